/** What happens in a session, as the gates report it, and the plain values events are made of. */
import type { Envelope } from './envelope.ts'
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
  /** Of calls to machines: what the operator allows of the argument `message`. */
  readonly envelope?: Envelope
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

/** The model speaks or plans. Never a source of authority: what it offers counts once the person agrees, and names nothing even then. */
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
  /** Another session read it and handed its work on to this one. */
  readonly handedOn?: true
}

/** A server offers tools; a later change of a known one is drift. */
export interface ToolsOffered {
  readonly type: 'tools.offered'
  readonly server: string
  readonly tools: readonly ToolDefinition[]
  /** A person let a call go to them as they are now, so that is what they are known by. */
  readonly accepted?: boolean
}

/** Work is handed to another agent. */
export interface Delegation {
  readonly type: 'delegation'
  readonly to: string
  readonly task: string
  /** What the other agent may do at most; absent, whatever the one that hands on may do. */
  readonly limits?: Limits
  /** Agents between the session's own and the one that hands on, outermost first. */
  readonly chain?: readonly string[]
}

/** What one agent hands on to another; what is absent is not limited. */
export interface Limits {
  /** Effect classes. */
  readonly effects?: readonly string[]
  /** A path with all below it, a domain with all below it, or exactly this target. */
  readonly targets?: readonly string[]
  /** Milliseconds since 1970; from then on nothing is left. */
  readonly expiresAt?: number
  /** False: permissions that people gave to the session do not reach the other agent. */
  readonly grants?: boolean
}

/** A call was stopped. It did nothing, but that it was tried says something. */
export interface Refused {
  readonly type: 'refused'
  readonly call: ToolCall
  /** `nobody`: it was asked about and no answer came in time, or it could not be judged. */
  readonly by: 'policy' | 'person' | 'nobody'
  /** Of the policy that stopped it; only what is critical counts against the principal. */
  readonly severity?: string
}

/** A person took a permission back. */
export interface Revoked {
  readonly type: 'revoked'
  /** Id of the grant. */
  readonly grant: string
}

/** What is known of the principal from before this session. */
export interface Standing {
  readonly type: 'standing'
  readonly conduct: Conduct
}

/** Weights of good and of bad conduct by effect class; a class that is absent was never seen. */
export type Conduct = Readonly<Record<string, readonly [good: number, bad: number]>>

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
  /** `below`: the target is a path or a domain, and what lies in it is meant as well. Absent: exactly the target. */
  readonly reach?: 'below'
  readonly scope: 'once' | 'session' | 'always'
  /** Milliseconds since 1970. */
  readonly expiresAt?: number
  readonly grantedBy: string
}

export type Event =
  | ToolCall
  | Prompt
  | SystemPrompt
  | Reasoning
  | Context
  | ToolsOffered
  | Delegation
  | HostEvent
  | GrantGiven
  | Refused
  | Revoked
  | Standing
