/** What happens in a session, as the gates report it, and the plain values events are made of. */
import type { Json, JsonObject } from './json.ts'
import type { Confidentiality, Integrity } from './labels.ts'

/** A tool as its server describes it. `annotations` are the server's own claims and prove nothing. */
export interface ToolDefinition {
  readonly name: string
  readonly description?: string
  readonly inputSchema?: Json
  readonly annotations?: Json
}

/** A tool call that a gate holds open. */
export interface ToolCall {
  readonly type: 'tool.call'
  readonly callId: string
  readonly tool: string
  /** MCP server or other namespace the tool lives in. */
  readonly server?: string
  readonly args: JsonObject
  /** Absolute working directory of the caller. */
  readonly cwd?: string
  /** Home directory of the user, so that `~` means something. */
  readonly home?: string
  /** Operating system family the call runs on; decides path rules. */
  readonly platform?: 'posix' | 'windows'
  readonly definition?: ToolDefinition
}

/** The person speaks. */
export interface Prompt {
  readonly type: 'prompt'
  readonly text: string
}

/** Standing instructions of the application. */
export interface SystemPrompt {
  readonly type: 'system'
  readonly text: string
}

/** The model speaks or plans. Never a source of authority. */
export interface Reasoning {
  readonly type: 'reasoning'
  readonly text: string
}

/** Text that enters the session from outside: the result of a tool, a retrieved document, a memory. */
export interface Context {
  readonly type: 'context'
  readonly channel: 'tool_result' | 'retrieval' | 'memory' | 'resource' | 'prompt_template' | 'elicitation'
  /** Empty with `integrity` given as untrusted: text went by that nobody saw, so a value nobody knows may come from it. */
  readonly text: string
  readonly callId?: string
  readonly tool?: string
  readonly server?: string
  /** Path, URL or other name of where the text came from, for people. */
  readonly origin?: string
  /** Overrides the default labels of the channel. */
  readonly integrity?: Integrity
  readonly confidentiality?: Confidentiality
  readonly isError?: boolean
}

/** A server offers tools; a later change of a known one is drift. */
export interface ToolsOffered {
  readonly type: 'tools.offered'
  readonly server: string
  readonly tools: readonly ToolDefinition[]
}

/** Work is handed to another agent. */
export interface Delegation {
  readonly type: 'delegation'
  readonly to: string
  readonly task: string
}

/** Something about the machine itself. Does not change what a session may do. */
export interface HostEvent {
  readonly type: 'host'
  readonly subject: 'process' | 'model_file' | 'config'
  readonly detail: JsonObject
}

/** A person answered a question about this session. */
export interface GrantGiven {
  readonly type: 'grant'
  readonly grant: Grant
}

/** A narrow permission given by a person: these policies no longer ask for this effect on this target. */
export interface Grant {
  readonly id: string
  readonly policy: string
  readonly effectClass: string
  readonly target: string
  readonly scope: 'once' | 'session' | 'always'
  /** Milliseconds since 1970. */
  readonly expiresAt?: number
  readonly grantedBy: string
}

export type Event = ToolCall | Prompt | SystemPrompt | Reasoning | Context | ToolsOffered | Delegation | HostEvent | GrantGiven
