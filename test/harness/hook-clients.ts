/** Real AI clients whose hooks hold calls: where each comes from, what it needs besides `assize protect`, and how it is run. */
import { spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type MockModel,
  type NextCall,
  startChatModel,
  startGeminiModel,
  startMessagesModel,
  startResponsesModel,
  type ToolCall,
} from './mock-models.ts'
import { type NpmProgram, runClient } from './npm-program.ts'

const RUN_MS = 180_000
/** Of util-linux. */
const OWN_MOUNTS = 'unshare'
const MACHINE = `${process.platform}-${process.arch}`

export interface HookClient {
  /** As in `assize protect CLIENT`. */
  readonly client: string
  /** As in the table of docs/gates.md. */
  readonly title: string
  readonly npm: NpmProgram
  readonly startModel: (...calls: readonly NextCall[]) => Promise<MockModel>
  /** The call by which its model runs a command. */
  readonly shell: (command: string) => ToolCall
  /** What a person has configured already. */
  readonly configure: (home: string, modelUrl: string) => Promise<void>
  /** The same by a person who has switched hooks off; absent where nobody but the person can put hooks there. */
  readonly configureWithoutHooks?: (home: string, modelUrl: string) => Promise<void>
  /** It ends its run at a refusal, so that its model never hears why. */
  readonly endsAtRefusal?: true
  readonly environment: (home: string, modelUrl: string) => NodeJS.ProcessEnv
  readonly arguments: (program: string, prompt: string) => readonly [command: string, ...args: string[]]
}

const CODEX_TRIPLES: Readonly<Record<string, string>> = {
  'linux-x64': 'x86_64-unknown-linux-musl',
  'linux-arm64': 'aarch64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
}

async function write(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, name), text)
}

function codexConfig(modelUrl: string): string {
  const provider = `[model_providers.mock]\nname = "mock"\nbase_url = "${modelUrl}/v1"\nwire_api = "responses"\nrequires_openai_auth = false\n`
  return `model = "mock" # offline\nmodel_provider = "mock"\n\n${provider}`
}

function opencodeConfig(modelUrl: string): string {
  const provider = { anthropic: { options: { baseURL: `${modelUrl}/v1`, apiKey: 'dummy' } } }
  return `${JSON.stringify({ $schema: 'https://opencode.ai/config.json', model: 'anthropic/claude-sonnet-4-5', provider }, null, 2)}\n`
}

function droidSettings(modelUrl: string): string {
  const model = { model: 'mock', displayName: 'mock', provider: 'generic-chat-completion-api', maxOutputTokens: 1000 }
  return JSON.stringify({ customModels: [{ ...model, baseUrl: `${modelUrl}/v1`, apiKey: 'dummy' }], cloudSessionSync: false })
}

function openclawConfig(home: string, modelUrl: string): string {
  const model = { id: 'mock', name: 'Mock', reasoning: false, input: ['text'], contextWindow: 120_000, maxTokens: 8192 }
  const mock = { baseUrl: `${modelUrl}/v1`, apiKey: 'dummy', api: 'openai-completions', models: [model] }
  const agents = { defaults: { model: { primary: 'mock/mock' }, workspace: join(home, 'project') } }
  return `// Mine\n${JSON.stringify({ models: { mode: 'merge', providers: { mock } }, agents }, null, 2)}\n`
}

function clineProviders(modelUrl: string): string {
  const settings = { provider: 'openai-compatible', apiKey: 'dummy', model: 'mock', baseUrl: `${modelUrl}/v1` }
  const provider = { settings, updatedAt: '2026-01-01T00:00:00.000Z', tokenSource: 'manual' }
  return JSON.stringify({ version: 1, lastUsedProvider: 'openai-compatible', modes: {}, providers: { 'openai-compatible': provider } })
}

export const HOOK_CLIENTS: readonly HookClient[] = [
  {
    client: 'claude-code',
    title: 'Claude Code',
    npm: { spec: `@anthropic-ai/claude-code-${MACHINE}@2.1.330`, folder: 'claude-code-2.1.330', program: 'claude' },
    startModel: startMessagesModel,
    shell: (command) => ({ name: 'Bash', input: { command, description: 'Does it' } }),
    configure: (home) => write(join(home, '.claude'), 'settings.json', '{\n  "cleanupPeriodDays": 30\n}\n'),
    configureWithoutHooks: (home) => write(join(home, '.claude'), 'settings.json', '{ "disableAllHooks": true }'),
    environment: (home, modelUrl) => ({
      CLAUDE_CONFIG_DIR: join(home, '.claude'),
      ANTHROPIC_BASE_URL: modelUrl,
      ANTHROPIC_API_KEY: 'dummy',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_AUTOUPDATER: '1',
    }),
    arguments: (program, prompt) => [
      program,
      '-p',
      prompt,
      '--allowedTools',
      'Bash',
      '--permission-mode',
      'acceptEdits',
      '--model',
      'claude-sonnet-5',
    ],
  },
  {
    client: 'codex',
    title: 'Codex',
    npm: {
      spec: `@openai/codex@0.169.0-${MACHINE}`,
      folder: 'codex-0.169.0',
      program: `vendor/${CODEX_TRIPLES[MACHINE] ?? 'unknown'}/bin/codex`,
    },
    startModel: startResponsesModel,
    shell: (cmd) => ({ name: 'exec_command', input: { cmd } }),
    configure: (home, modelUrl) => write(join(home, '.codex'), 'config.toml', codexConfig(modelUrl)),
    configureWithoutHooks: (home, modelUrl) =>
      write(join(home, '.codex'), 'config.toml', `${codexConfig(modelUrl)}\n[features]\nhooks = false\n`),
    environment: (home) => ({ CODEX_HOME: join(home, '.codex') }),
    arguments: (program, prompt) => [program, 'exec', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', prompt],
  },
  {
    client: 'gemini',
    title: 'Gemini CLI',
    npm: { spec: '@google/gemini-cli@0.61.0', folder: 'gemini-cli-0.61.0', program: 'bundle/gemini.js' },
    startModel: startGeminiModel,
    shell: (command) => ({ name: 'run_shell_command', input: { command } }),
    configure: (home) =>
      write(join(home, '.gemini'), 'settings.json', '{\n  // by key\n  "security": { "auth": { "selectedType": "gemini-api-key" } }\n}\n'),
    configureWithoutHooks: (home) =>
      write(
        join(home, '.gemini'),
        'settings.json',
        '{ "security": { "auth": { "selectedType": "gemini-api-key" } }, "hooksConfig": { "enabled": false } }',
      ),
    environment: (home, modelUrl) => ({ GEMINI_CLI_HOME: home, GEMINI_API_KEY: 'dummy', GOOGLE_GEMINI_BASE_URL: modelUrl }),
    arguments: (program, prompt) => [process.execPath, program, '--yolo', '--skip-trust', '-m', 'gemini-2.5-pro', '-p', prompt],
  },
  {
    client: 'opencode',
    title: 'OpenCode',
    npm: { spec: `opencode-${MACHINE}@1.18.33`, folder: 'opencode-1.18.33', program: 'bin/opencode' },
    startModel: startMessagesModel,
    shell: (command) => ({ name: 'bash', input: { command, description: 'Does it' } }),
    configure: (home, modelUrl) => write(join(home, '.config', 'opencode'), 'opencode.json', opencodeConfig(modelUrl)),
    // Otherwise it waits for packages it does not need.
    environment: () => ({ OPENCODE_DISABLE_MODELS_FETCH: '1', OPENCODE_DISABLE_AUTOUPDATE: '1', npm_config_offline: 'true' }),
    arguments: (program, prompt) => [program, 'run', prompt],
  },
  {
    client: 'copilot',
    title: 'Copilot CLI',
    npm: { spec: `@github/copilot-${MACHINE}@1.0.102`, folder: 'copilot-1.0.102', program: 'copilot' },
    startModel: startMessagesModel,
    shell: (command) => ({ name: 'bash', input: { command, description: 'Does it' } }),
    configure: (home) => write(join(home, '.copilot'), 'settings.json', '{\n  "banner": "never"\n}\n'),
    configureWithoutHooks: (home) => write(join(home, '.copilot'), 'settings.json', '{ "disableAllHooks": true }'),
    environment: (_home, modelUrl) => ({
      COPILOT_OFFLINE: 'true',
      COPILOT_PROVIDER_BASE_URL: modelUrl,
      COPILOT_PROVIDER_TYPE: 'anthropic',
      COPILOT_PROVIDER_API_KEY: 'dummy',
      COPILOT_MODEL: 'claude-sonnet-4.5',
    }),
    arguments: (program, prompt) => [program, '-p', prompt, '--allow-all-tools'],
  },
  {
    client: 'cline',
    title: 'Cline CLI',
    npm: { spec: `@cline/cli-${MACHINE}@3.0.65`, folder: 'cline-3.0.65', program: 'bin/cline' },
    startModel: startChatModel,
    shell: (command) => ({ name: 'run_commands', input: { commands: [command] } }),
    configure: (home, modelUrl) => write(join(home, '.cline', 'data', 'settings'), 'providers.json', clineProviders(modelUrl)),
    endsAtRefusal: true,
    // No helper of its own that stays behind.
    environment: () => ({ CLINE_SESSION_BACKEND_MODE: 'local' }),
    arguments: (program, prompt) => [program, '-P', 'openai-compatible', '-m', 'mock', '-k', 'dummy', prompt],
  },
  {
    client: 'droid',
    title: 'Droid',
    npm: { spec: `@factory/cli-${MACHINE}@0.215.0`, folder: 'droid-0.215.0', program: 'bin/droid' },
    startModel: startChatModel,
    shell: (command) => ({
      name: 'Execute',
      input: { command, summary: 'Does it', riskLevel: 'low', riskLevelReason: 'None', timeout: 20 },
    }),
    configure: (home, modelUrl) => write(join(home, '.factory'), 'settings.json', droidSettings(modelUrl)),
    environment: () => ({}),
    arguments: (program, prompt) => [program, 'exec', '--auto', 'high', '-m', 'custom:mock', prompt],
  },
  {
    client: 'openclaw',
    title: 'OpenClaw',
    // It asks for a newer Node than the product's own.
    npm: {
      spec: 'openclaw@2026.9.6',
      folder: 'openclaw-2026.9.6',
      program: 'node_modules/openclaw/openclaw.mjs',
      beside: [`node-${MACHINE}@24.21.0`],
    },
    startModel: startChatModel,
    shell: (command) => ({ name: 'exec', input: { command } }),
    configure: (home, modelUrl) => write(join(home, '.openclaw'), 'openclaw.json', openclawConfig(home, modelUrl)),
    environment: () => ({}),
    arguments: (program, prompt) => [
      join(program, '..', '..', `node-${MACHINE}`, 'bin', 'node'),
      program,
      ...['agent', '--local', '--agent', 'main', '-m', prompt],
    ],
  },
]

export interface Turn {
  readonly program: string
  readonly home: string
  readonly cwd: string
  readonly modelUrl: string
  readonly prompt: string
  /** A folder that is laid over the system's `/etc`, for this turn only. Linux, and only for an administrator. */
  readonly etc?: string
  readonly env?: NodeJS.ProcessEnv
  /** After this it is killed; three minutes unless told. */
  readonly timeoutMs?: number
}

/** Why a turn cannot be given an `/etc` of its own here; undefined when it can. */
export function whyNoOwnEtc(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only an administrator on Linux can lay a folder over /etc'
  const tried = spawnSync(OWN_MOUNTS, ['-m', 'sh', '-c', 'mount -t overlay overlay -o lowerdir=/tmp:/etc /etc'])
  return tried.status === 0 ? undefined : 'this system lets nobody lay a folder over /etc'
}

/** One headless turn in a home of its own. */
export function runTurn(
  client: HookClient,
  { program, home, cwd, modelUrl, prompt, etc, env: more, timeoutMs }: Turn,
): ReturnType<typeof runClient> {
  const over = `mount -t overlay overlay -o lowerdir=${etc}:/etc /etc && exec "$@"`
  const prefix = etc === undefined ? [] : [OWN_MOUNTS, '-m', 'sh', '-c', over, 'sh']
  const [command = '', ...args] = [...prefix, ...client.arguments(program, prompt)]
  const env = { PATH: process.env['PATH'], HOME: home, ...client.environment(home, modelUrl), ...more }
  return runClient(command, args, { cwd, env, timeoutMs: timeoutMs ?? RUN_MS })
}
