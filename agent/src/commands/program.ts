/** The `assize` command line: one small module per command, loaded when it is used. */
import { Command, CommanderError } from 'commander'
import { EXIT } from '../platform/errors.ts'
import { currentPlatform } from '../platform/platform.ts'
import { AGENT_VERSION } from '../platform/version.ts'
import { completionScript } from './completion.ts'
import type { CommandContext } from './context.ts'
import { commandContext, takeGlobals } from './globals.ts'

type Run = (context: CommandContext, args: readonly string[], options: Readonly<Record<string, string | boolean>>) => Promise<number>

interface CommandSpec {
  /** Name and arguments, as commander writes them. */
  readonly usage: string
  readonly says: string
  readonly options?: readonly (readonly [string, string, string?])[]
  readonly run: Run
}

const text = (value: string | boolean | undefined): string | undefined => (typeof value === 'string' ? value : undefined)
/** Values of an option that takes several; commander answers a list, whatever its types say. */
const listed = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])
const PACK = ['--pack <pack>', 'policy pack or folder', process.env['ASSIZE_PACK'] ?? 'balanced'] as const

/** Which models a command speaks of. */
const MODEL_FOR: readonly [string, string, string] = ['--for <task>', 'texts that come in, or calls that rules leave open', 'texts']

const COMMANDS: readonly CommandSpec[] = [
  {
    usage: 'agent',
    says: 'run the agent in the foreground',
    run: async (context) => (await import('./agent.ts')).runAgentCommand(context),
  },
  {
    usage: 'enroll',
    says: 'make this machine an agent of a hub',
    options: [
      ['--hub <address>', "the hub's agent endpoint, host:port; the token names it unless given (ASSIZE_HUB)"],
      ['--token <token>', 'enrolment token; `-` reads it from standard input (ASSIZE_TOKEN)'],
    ],
    run: async (context, _args, options) =>
      (await import('./enroll.ts')).runEnroll(context, { hub: text(options['hub']), token: text(options['token']) }),
  },
  {
    usage: 'status',
    says: 'how the agent is; exit code 1 when something is wrong',
    run: async (context) => (await import('./status.ts')).runStatus(context),
  },
  {
    usage: 'doctor',
    says: 'check each part by itself and say what to mend',
    run: async (context) => (await import('./doctor.ts')).runDoctor(context),
  },
  {
    usage: 'protect [apps...]',
    says: 'route AI applications through the gates by editing their configuration; all that are found, unless named',
    options: [
      ['--dry-run', 'change nothing, say what would be changed'],
      ['--project <dir>', 'only the MCP servers that the project in this folder starts'],
      ['--managed', 'for everybody on this machine, where only an administrator can undo it'],
      ['--root <dir>', 'with --managed: the root of another system, such as an image', '/'],
    ],
    run: async (context, apps, options) => {
      const managed = options['managed'] === true ? { root: String(options['root']) } : {}
      const { resolve } = await import('node:path')
      const wish = typeof options['project'] === 'string' ? { apps, project: resolve(options['project']) } : { apps, ...managed }
      return (await import('./protect/protect.ts')).runProtect(context, wish, options['dryRun'] === true)
    },
  },
  {
    usage: 'unprotect [apps...]',
    says: 'put the configurations back as they were',
    options: [['--dry-run', 'change nothing, say what would be changed']],
    run: async (context, apps, options) => (await import('./protect/protect.ts')).runUnprotect(context, apps, options['dryRun'] === true),
  },
  {
    usage: 'mcp [command...]',
    says: 'run an MCP server over stdio behind the gate: assize mcp [options] -- CMD ARG…',
    options: [
      ['--url <address>', 'a server over streamable HTTP instead of a command'],
      ['--header <header>', 'with --url: sent with every request, `NAME: VALUE`; may be repeated'],
      ['--header-env <header>', 'with --url: the same from an environment variable, `NAME=VARIABLE`'],
      ['--listen <port>', 'for clients that speak HTTP: they find the server at http://127.0.0.1:PORT/mcp'],
      ['--origin <origin>', 'with --listen: a web page that may call it'],
      ['--server <name>', 'name of the server in policies; told from the command unless given'],
      ['--line-bytes <n>', 'longest message in bytes (67108864)'],
      ['--deadline <ms>', 'how long the agent may take before the fail mode applies (5000)'],
    ],
    run: async (context, args) => (await import('./mcp.ts')).runMcpCommand(context, ['--', ...args]),
  },
  {
    usage: 'run [command...]',
    says: 'run a program under protection, routed through the gates and in a sandbox: assize run [options] -- CMD ARG…',
    options: [
      ['--write <paths...>', 'more paths that it may write, besides the working directory'],
      ['--no-sandbox', 'routed through the gates only'],
    ],
    run: async (context, command, options) =>
      (await import('./run/run.ts')).runUnderProtection(context, {
        command,
        write: listed(options['write']),
        sandbox: options['sandbox'] !== false,
      }),
  },
  {
    usage: 'hook <client>',
    says: 'hook entry for claude-code codex cursor gemini copilot windsurf cline goose droid opencode openclaw kiro: its JSON on stdin, its answer on stdout',
    options: [
      ['--print-settings', 'print the settings that install the hook (claude-code)'],
      ['--deadline <ms>', 'milliseconds for the whole answer (5000)'],
    ],
    run: async (context, args) => (await import('./hook.ts')).runHookCommand(context, args),
  },
  {
    usage: 'decide',
    says: 'one tool call per JSON line on stdin, one decision per line on stdout; no agent needed',
    options: [PACK, ['--advice', 'ask the alignment model about calls that rules leave open']],
    run: async (context, _args, options) =>
      (await import('./decide.ts')).runDecide(context, String(options['pack']), options['advice'] === true),
  },
  {
    usage: 'classify',
    says: 'one text per JSON line on stdin, how much it looks like an attack per line on stdout; no agent needed',
    options: [['--model <dir>', 'model bundle; the one that ships with the agent unless given']],
    run: async (context, _args, options) => (await import('./classify.ts')).runClassify(context, text(options['model'])),
  },
  {
    usage: 'replay <files...>',
    says: 'recorded sessions through the same kernel',
    options: [
      PACK,
      ['--out <file>', 'write the decisions there'],
      ['--summary', 'print a table of what was decided and why instead of decisions'],
      ['--models <list>', 'have models take part: texts=DIR,calls=DIR, or one of the two'],
    ],
    run: async (context, files, options) => {
      const out = text(options['out'])
      const models = text(options['models'])
      return (await import('./replay.ts')).runReplay(context, {
        files,
        pack: String(options['pack']),
        summary: options['summary'] === true,
        ...(out === undefined ? {} : { out }),
        ...(models === undefined ? {} : { models }),
      })
    },
  },
  {
    usage: 'decisions',
    says: "the journal's decisions",
    options: [
      ['--follow', 'go on with every new one'],
      ['--since <time>', '15m, 2h, 3d or an ISO time'],
      ['--verdict <verdict>', 'allow, redact, ask, deny or quarantine'],
      ['--session <id>', 'one session'],
      ['--app <name>', 'one application'],
      ['--tool <name>', 'one tool'],
      ['--limit <n>', 'at most so many (100)'],
    ],
    run: async (context, _args, options) => (await import('./decisions.ts')).runDecisions(context, options),
  },
  {
    usage: 'explain <id>',
    says: 'one decision in full',
    run: async (context, [id = '']) => (await import('./decisions.ts')).runExplain(context, id),
  },
  {
    usage: 'approvals',
    says: 'questions that wait for a person',
    run: async (context) => (await import('./decisions.ts')).runApprovals(context),
  },
  {
    usage: 'approve <id>',
    says: 'answer a question with yes',
    options: [['--for <scope>', 'once, session, always, or a time such as 2h', 'once']],
    run: async (context, [id = ''], options) =>
      (await import('./decisions.ts')).runAnswer(context, id, { approved: true, scope: String(options['for']) }),
  },
  {
    usage: 'deny <id>',
    says: 'answer a question with no',
    run: async (context, [id = '']) => (await import('./decisions.ts')).runAnswer(context, id, { approved: false, scope: 'once' }),
  },
  {
    usage: 'grants',
    says: 'permissions that people gave and that are in force',
    run: async (context) => (await import('./grants.ts')).runGrants(context),
  },
  {
    usage: 'revoke <id>',
    says: 'take a permission back, at once',
    run: async (context, [id = '']) => (await import('./grants.ts')).runRevoke(context, id),
  },
  {
    usage: 'tools',
    says: 'what MCP servers offer, and how it changed since it was last used; needs no running agent',
    run: async (context) => (await import('./tools.ts')).runTools(context),
  },
  {
    usage: 'verify',
    says: "check the journal's chain and name the first bad entry; needs no running agent",
    options: [['--checkpoint <file>', 'a point of the journal kept elsewhere: the chain must pass through it']],
    run: async (context, _args, options) => (await import('./verify.ts')).runVerify(context, { checkpoint: text(options['checkpoint']) }),
  },
  {
    usage: 'policy check <dir>',
    says: 'validate a policy folder, or a pack by its name, with the loader that agents use',
    run: async (context, [dir = '']) => (await import('./policy.ts')).runPolicyCheck(context, dir),
  },
  {
    usage: 'policy test <dir>',
    says: "run a policy folder's own cases",
    run: async (context, [dir = '']) => (await import('./policy.ts')).runPolicyTest(context, dir),
  },
  {
    usage: 'policy diff <before> <after>',
    says: 'what one policy says otherwise than another; exit code 1 when something differs',
    options: [['--on <files...>', 'recorded sessions: also what it decides otherwise on them']],
    run: async (context, folders, options) => (await import('./policy-diff.ts')).runPolicyDiff(context, folders, listed(options['on'])),
  },
  {
    usage: 'policy flatten <dir> <out>',
    says: 'write a policy folder whole, with what it takes over from the pack it extends',
    run: async (context, folders) => (await import('./policy.ts')).runPolicyFlatten(context, folders),
  },
  {
    usage: 'model list',
    says: 'models on this machine and which is used',
    options: [MODEL_FOR],
    run: async (context, _args, options) => {
      const { modelTask, runModelList } = await import('./model.ts')
      return runModelList(context, modelTask(options['for']))
    },
  },
  {
    usage: 'model show [model]',
    says: "a model's card: what it is for, what it was measured to do, what it must not be used for",
    options: [MODEL_FOR],
    run: async (context, [name], options) => {
      const { modelTask, runModelShow } = await import('./model.ts')
      return runModelShow(context, name, modelTask(options['for']))
    },
  },
  {
    usage: 'model eval <files...>',
    says: 'how well a model tells labelled texts apart: one `{"text","label"}` per line',
    options: [['--model <dir>', 'model bundle; the one that ships with the agent unless given']],
    run: async (context, files, options) => (await import('./model-eval.ts')).runModelEval(context, files, text(options['model'])),
  },
  {
    usage: 'model activate <dir>',
    says: 'bring a signed model bundle into use',
    options: [
      ['--shadow', 'count its scores beside the active model, use none of them'],
      ['--key <file>', 'public key (Ed25519, PEM) whose signature counts, beside those of the hub'],
      MODEL_FOR,
    ],
    run: async (context, [dir = ''], options) => {
      const { modelTask, runModelActivate } = await import('./model.ts')
      const how = { shadow: options['shadow'] === true, key: text(options['key']), task: modelTask(options['for']) }
      return runModelActivate(context, dir, how)
    },
  },
  {
    usage: 'model promote',
    says: 'make the model in the shadow the active one',
    options: [MODEL_FOR],
    run: async (context, _args, options) => {
      const { modelTask, runModelPromote } = await import('./model.ts')
      return runModelPromote(context, modelTask(options['for']))
    },
  },
  {
    usage: 'model rollback',
    says: 'go back to the model before, or the one that ships',
    options: [MODEL_FOR],
    run: async (context, _args, options) => {
      const { modelTask, runModelRollback } = await import('./model.ts')
      return runModelRollback(context, modelTask(options['for']))
    },
  },
  {
    usage: 'model sign <dir>',
    says: 'sign a model bundle',
    options: [['--key <file>', 'private key (Ed25519, PEM)']],
    run: async (context, [dir = ''], options) => (await import('./model.ts')).runModelSign(context, dir, text(options['key'])),
  },
  { usage: 'stop', says: 'stop the running agent', run: async (context) => (await import('./stop.ts')).runStop(context) },
]

/** Parses the command line and runs the command. Resolves with the exit code. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  const { globals, rest } = takeGlobals(argv)
  const context = commandContext(globals, currentPlatform())
  let exit: Promise<number> = Promise.resolve(EXIT.done)
  const program = root()
  for (const spec of COMMANDS)
    add(program, spec, (run) => {
      exit = run(context)
    })
  program
    .command('completion <shell>')
    .description('print a completion script for bash, zsh or fish')
    .action((shell: string) => {
      exit = context
        .say(
          completionScript(
            shell,
            program.commands.map((command) => command.name()),
          ),
        )
        .then(() => EXIT.done)
    })
  try {
    await program.parseAsync([...rest], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? EXIT.done : EXIT.usage
  }
  return exit
}

function root(): Command {
  return new Command('assize')
    .description('Assize decides about every AI tool call on this machine, explains why, and records it.')
    .version(AGENT_VERSION, '-V, --version')
    .option('--state <dir>', 'state directory of the agent (ASSIZE_STATE)')
    .option('--config <file>', 'configuration file (ASSIZE_CONFIG)')
    .option('--json', 'machine-readable output')
    .option('--no-color', 'no colours')
    .option('-v, --verbose', 'say more, also about errors')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 the answer is no, 2 usage or bad input, 3 the agent cannot be reached, 4 internal error.',
    )
    .showHelpAfterError('(see assize --help)')
    .exitOverride()
}

function add(program: Command, spec: CommandSpec, start: (run: (context: CommandContext) => Promise<number>) => void): void {
  const words = spec.usage.split(' ')
  const parent = words[1] === undefined || /^[<[]/.test(words[1]) ? program : group(program, words.shift() ?? '')
  const command = parent.command(words.join(' ')).description(spec.says).exitOverride()
  command.showHelpAfterError(`(see assize ${[parent, command].flatMap((one) => (one === program ? [] : [one.name()])).join(' ')} --help)`)
  for (const [flags, says, otherwise] of spec.options ?? []) command.option(flags, says, otherwise)
  command.action(() => start((context) => spec.run(context, command.args, command.opts())))
}

const GROUPS: Readonly<Record<string, string>> = { policy: 'policy folders', model: 'models that score texts' }

function group(program: Command, name: string): Command {
  return (
    program.commands.find((command) => command.name() === name) ??
    program
      .command(name)
      .description(GROUPS[name] ?? name)
      .exitOverride()
  )
}
