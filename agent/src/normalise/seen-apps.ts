import type { AppCoverage } from '../platform/health.ts'
import { hookApp } from '../platform/hook-apps.ts'

const MOST_APPS = 200

/** AI applications that can act on this machine by themselves; a running one that no gate hears of is unprotected. */
const ACTING: ReadonlySet<string> = new Set([
  'claude-code',
  'codex',
  'gemini-cli',
  'copilot-cli',
  'cursor',
  'opencode',
  'goose',
  'cline',
  'windsurf',
  'aider',
  'amp',
  'crush',
  'droid',
  'openclaw',
  'kiro',
])

const MCP_ONLY = 'Calls to wrapped MCP servers are decided; its own tools are not.'
/** What other gates than hooks and those at MCP servers see of an application. */
const COVERED: Readonly<Record<string, string>> = {
  'model-api': 'Calls that its model asks for through the gateway are decided; what it does without being asked is not.',
  acs: 'Calls that it asks about are decided; what it does not ask about is not seen.',
  a2a: 'What it hands to agents through the gate is decided; what it does itself, and what those agents do, is not.',
  robot: 'What it tells robots through the gate is decided; what reaches them another way is not.',
  egress: 'Connections from its sandbox are decided; of its tools only those at other gates.',
}

/** Which applications were heard of at which gate, and when: what coverage may truthfully be claimed. */
export class SeenApps {
  private readonly lastAt = new Map<string, { readonly gate: string; readonly at: number }>()

  saw(app: string, gate: string, at: number): void {
    const known = this.lastAt.get(app)
    // A hook covers every tool of an application, a wrapped server only its own.
    if (known !== undefined && hookApp(known.gate) !== undefined && hookApp(gate) === undefined) return
    if (known === undefined && this.lastAt.size >= MOST_APPS) return
    this.lastAt.set(app, { gate, at })
  }

  /** `running` are the kinds of AI processes on the machine now. */
  coverage(running: readonly string[]): readonly AppCoverage[] {
    const seen = [...this.lastAt].map(([app, { gate, at }]): AppCoverage => {
      const hooked = hookApp(gate)
      if (hooked !== undefined) return { app, gate, state: hooked.state, reason: hooked.reason, lastDecisionAt: at }
      return {
        app,
        gate,
        state: 'partial',
        reason: COVERED[gate] ?? MCP_ONLY,
        lastDecisionAt: at,
      }
    })
    const silent = [...new Set(running)].filter((kind) => ACTING.has(kind) && !this.lastAt.has(kind))
    return [
      ...seen,
      ...silent.map(
        (app): AppCoverage => ({
          app,
          gate: '',
          state: 'unprotected',
          reason: 'It runs, and no gate has heard of it since the agent started. Run `assize protect`.',
        }),
      ),
    ]
  }
}
