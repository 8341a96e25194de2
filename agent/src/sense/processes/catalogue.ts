/** How one kind of AI process is recognised. Any hit is enough. */
export interface ProcessKind {
  readonly kind: string
  /** `runtime` answers other programs; `agent` acts. */
  readonly role: 'runtime' | 'agent'
  /** People work in terminals inside it. */
  readonly terminals?: true
  /** Base names of the executable, of argv[0] or of the script, lower case, without `.exe`. */
  readonly names?: readonly string[]
  /** Python modules started with `-m`, themselves or as a prefix. */
  readonly modules?: readonly string[]
  /** Parts of the executable's or script's path. */
  readonly paths?: readonly string[]
  /** Base names that count only together with this first argument. */
  readonly withArgument?: readonly [name: string, argument: string]
}

/** Known local model runtimes and agents. The first hit wins. */
export const PROCESS_KINDS: readonly ProcessKind[] = [
  { kind: 'ollama', role: 'runtime', names: ['ollama'] },
  {
    kind: 'llama-server',
    role: 'runtime',
    names: ['llama-server', 'llama.cpp', 'llama-cpp-server'],
    modules: ['llama_cpp.server'],
    withArgument: ['llama', 'serve'],
  },
  { kind: 'llamafile', role: 'runtime', names: ['llamafile'] },
  {
    kind: 'lm-studio',
    role: 'runtime',
    names: ['lms', 'lm studio', 'lm-studio', 'lmstudio', 'llmster'],
    paths: ['/.lmstudio/', '/LM Studio'],
  },
  { kind: 'vllm', role: 'runtime', names: ['vllm'], modules: ['vllm'] },
  { kind: 'sglang', role: 'runtime', names: ['sglang'], modules: ['sglang'] },
  { kind: 'localai', role: 'runtime', names: ['local-ai', 'localai'] },
  { kind: 'jan', role: 'runtime', paths: ['/Jan.app/', '/jan/Jan', '\\Jan\\Jan'] },
  { kind: 'gpt4all', role: 'runtime', names: ['gpt4all', 'gpt4all-chat'], paths: ['/gpt4all/', '\\gpt4all\\'] },
  { kind: 'koboldcpp', role: 'runtime', names: ['koboldcpp', 'koboldcpp.py', 'koboldcpp-linux-x64'] },
  {
    kind: 'text-generation-webui',
    role: 'runtime',
    paths: ['text-generation-webui/server.py', 'text-generation-webui\\server.py', '/text-generation-webui/'],
  },
  { kind: 'text-generation-inference', role: 'runtime', names: ['text-generation-launcher', 'text-generation-router'] },
  { kind: 'mlx-lm', role: 'runtime', names: ['mlx_lm.server'], modules: ['mlx_lm'] },
  { kind: 'open-webui', role: 'runtime', names: ['open-webui'], modules: ['open_webui'] },
  { kind: 'claude-code', role: 'agent', names: ['claude', 'claude-code'], paths: ['@anthropic-ai/claude-code', '/.claude/local/'] },
  { kind: 'claude-desktop', role: 'agent', paths: ['/Claude.app/', '\\AnthropicClaude\\', '/claude-desktop/'] },
  { kind: 'codex', role: 'agent', names: ['codex'], paths: ['@openai/codex'] },
  { kind: 'gemini-cli', role: 'agent', names: ['gemini'], paths: ['@google/gemini-cli'] },
  { kind: 'cursor-agent', role: 'agent', names: ['cursor-agent'], paths: ['/cursor-agent/'] },
  { kind: 'cursor', role: 'agent', terminals: true, names: ['cursor'], paths: ['/Cursor.app/', '\\cursor\\Cursor.exe'] },
  { kind: 'copilot-cli', role: 'agent', names: ['copilot'], paths: ['@github/copilot'] },
  { kind: 'windsurf', role: 'agent', terminals: true, names: ['windsurf'], paths: ['/Windsurf.app/'] },
  { kind: 'opencode', role: 'agent', names: ['opencode'], paths: ['opencode-ai/'] },
  { kind: 'goose', role: 'agent', names: ['goose', 'goosed'] },
  { kind: 'cline', role: 'agent', names: ['cline', 'cline-core'], paths: ['node_modules/cline/'] },
  { kind: 'aider', role: 'agent', names: ['aider'], modules: ['aider'] },
  { kind: 'qwen-code', role: 'agent', names: ['qwen'], paths: ['@qwen-code/'] },
  { kind: 'droid', role: 'agent', names: ['droid'] },
  { kind: 'kiro', role: 'agent', names: ['kiro-cli', 'kiro-cli-chat', 'kiro'], paths: ['/Kiro.app/'] },
  { kind: 'openclaw', role: 'agent', names: ['openclaw'], paths: ['node_modules/openclaw/'] },
]
