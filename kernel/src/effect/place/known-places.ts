import { type CanonicalPath, homeRelative, type Surroundings } from './path.ts'
import { couldBe, wildcardSegments } from './wildcards.ts'

/** What stands at a known place of a machine, and why an access to it matters. */
export type PlaceKind = 'secret' | 'agent-config' | 'persistence' | 'identity'

export interface KnownPlace {
  readonly kind: PlaceKind
  /** Plain words: `SSH private key`. */
  readonly name: string
}

// `~/` is any home directory, a leading `**` any directory, `*` anything within one segment, a trailing `**` all that lies
// below. Compared without regard to case: some file systems have none. A secret that lies in a hidden folder of a home
// directory is one wherever such a folder stands: copies of home directories are made, mounted and checked in.
type PlaceRow = readonly [kind: PlaceKind, name: string, ...patterns: string[]]

const PLACES: readonly PlaceRow[] = [
  [
    'identity',
    'SSH keys that may log in',
    '~/.ssh/authorized_keys',
    '~/.ssh/authorized_keys2',
    '/etc/ssh/sshd_config',
    '/etc/ssh/sshd_config.d/**',
  ],
  [
    'identity',
    'who may act as administrator',
    '/etc/sudoers',
    '/etc/sudoers.d/**',
    '/etc/passwd',
    '/etc/group',
    '/etc/doas.conf',
    '/etc/pam.d/**',
    '/etc/polkit-1/**',
  ],
  [
    'identity',
    'the container engine, which may do anything on this machine',
    '/var/run/docker.sock',
    '/run/docker.sock',
    '/run/user/*/docker.sock',
    '~/.docker/run/docker.sock',
    '/run/podman/podman.sock',
    '/run/user/*/podman/podman.sock',
    '/run/containerd/containerd.sock',
    '/run/crio/crio.sock',
  ],
  ['secret', 'password hashes', '/etc/shadow', '/etc/gshadow', '/etc/master.passwd', 'c:/windows/system32/config/{sam,security,system}'],
  [
    'secret',
    'SSH private key',
    '~/.ssh/id_*',
    '~/.ssh/*.pem',
    '~/.ssh/*_rsa',
    '~/.ssh/*_ed25519',
    '~/.ssh/identity',
    '~/.ssh/*key*',
    '~/.ssh/deploy*',
    '~/.ssh/{github,gitlab,bitbucket,azure,aws}*',
    '/etc/ssh/ssh_host_*_key',
  ],
  // What these open would let a program answer for a person, or speak as this machine.
  [
    'secret',
    'tokens and keys of the guard',
    '/var/lib/assize/*.token',
    '/var/lib/assize/identity/**',
    '~/.local/state/assize/*.token',
    '~/.local/state/assize/identity/**',
    '~/Library/Application Support/Assize/*.token',
    '~/Library/Application Support/Assize/identity/**',
    '/Library/Application Support/Assize/*.token',
    '/Library/Application Support/Assize/identity/**',
    '~/AppData/Local/Assize/*.token',
    '~/AppData/Local/Assize/identity/**',
  ],
  [
    'agent-config',
    'state and settings of the guard',
    '/var/lib/assize/**',
    '~/.local/state/assize/**',
    '~/Library/Application Support/Assize/**',
    '/Library/Application Support/Assize/**',
    '~/AppData/Local/Assize/**',
    '/etc/assize/**',
    'c:/programdata/assize/**',
  ],
  ['secret', 'SSH folder', '~/.ssh', '~/.ssh/\\*'],
  ['secret', 'AWS credentials', '~/.aws', '~/.aws/credentials', '~/.aws/sso/cache/**', '~/.aws/cli/cache/**', '~/.boto'],
  [
    'secret',
    'Google Cloud credentials',
    '~/.config/gcloud/**',
    '~/.gsutil/**',
    '**/application_default_credentials.json',
    '**/service-account*.json',
  ],
  ['secret', 'Azure credentials', '~/.azure/{accesstokens.json,azureprofile.json,msal_token_cache*,service_principal_entries*}'],
  ['secret', 'Kubernetes credentials', '~/.kube/config', '/etc/kubernetes/*.conf', '/var/run/secrets/**', '/run/secrets/**'],
  ['secret', 'container registry credentials', '~/.docker/config.json', '~/.config/containers/auth.json'],
  [
    'secret',
    'package registry token',
    '~/.npmrc',
    '~/.pypirc',
    '~/.cargo/credentials*',
    '~/.gem/credentials',
    '~/.m2/settings.xml',
    '~/.nuget/nuget.config',
    '~/.nuget/nuget/nuget.config',
    '~/{.composer,.config/composer}/auth.json',
    '~/.yarnrc.yml',
    '~/.config/pip/pip.conf',
  ],
  [
    'secret',
    'Git credentials',
    '~/.git-credentials',
    '~/.config/git/credentials',
    '~/.config/gh/hosts.yml',
    '~/.config/glab-cli/config.yml',
    '~/.config/hub',
  ],
  [
    'secret',
    'login data for hosts',
    '**/.netrc',
    '**/_netrc',
    '**/.pgpass',
    '~/.my.cnf',
    '**/.htpasswd',
    '~/.config/rclone/rclone.conf',
    '~/.s3cfg',
  ],
  [
    'secret',
    'environment file with secrets',
    '**/.env',
    '**/.env.local',
    '**/.env.production*',
    '**/.env.development*',
    '**/.env.staging*',
    '**/.envrc',
    '/proc/*/environ',
  ],
  ['secret', 'GnuPG keys', '~/.gnupg/**'],
  [
    'secret',
    'password store',
    '~/.password-store/**',
    '~/.local/share/keyrings/**',
    '~/Library/Keychains/**',
    '/Library/Keychains/**',
    '~/.config/op/**',
    '**/*.kdbx',
    '~/.config/Bitwarden/**',
    '~/.vault-token',
  ],
  [
    'secret',
    'browser logins and cookies',
    '~/.mozilla/firefox/*/{logins.json,key4.db,cookies.sqlite}',
    '~/.config/{google-chrome,chromium,BraveSoftware,microsoft-edge}/**/{Login Data,Cookies,Local State}',
    '~/Library/Application Support/{Google,Chromium,BraveSoftware,Microsoft Edge,Firefox}/**',
    '~/AppData/Local/{Google,BraveSoftware,Microsoft/Edge}/**/{Login Data,Cookies,Local State}',
    '~/Library/Cookies/**',
  ],
  ['secret', 'Windows credential store', '~/AppData/{Local,Roaming}/Microsoft/{Credentials,Protect,Vault}/**'],
  ['secret', 'wallet', '~/.bitcoin/wallet.dat', '~/.ethereum/keystore/**', '~/.config/solana/id.json', '~/.electrum/wallets/**'],
  [
    'secret',
    'cloud tool token',
    '~/.terraform.d/credentials.tfrc.json',
    '~/.config/heroku/**',
    '~/.config/doctl/config.yaml',
    '~/.config/netlify/config.json',
    '~/.fly/config.yml',
    '~/.config/stripe/config.toml',
  ],
  [
    'secret',
    'AI app login',
    '~/.claude/.credentials.json',
    '~/.codex/auth.json',
    '~/.gemini/oauth_creds.json',
    '~/.config/github-copilot/**',
    '~/.cache/huggingface/token',
    '~/.huggingface/token',
  ],
  [
    'secret',
    'private key file',
    '**/*.p12',
    '**/*.pfx',
    '**/*.jks',
    '**/*.keystore',
    '**/id_rsa',
    '**/id_ed25519',
    '**/id_ecdsa',
    '**/*private*.pem',
    '**/*-key.pem',
    '**/*.key',
  ],
  ['secret', 'shell history', '~/.bash_history', '~/.zsh_history', '~/.python_history', '~/.psql_history', '~/.mysql_history'],
  [
    'agent-config',
    'Claude Code settings',
    '**/.claude',
    '**/.claude/settings*.json',
    '**/.claude/{hooks,plugins,agents,commands,skills}/**',
    '~/.claude.json',
    '/etc/claude-code/**',
    '/Library/Application Support/ClaudeCode/**',
    'c:/program files/claudecode/**',
  ],
  [
    'agent-config',
    'MCP server list',
    '**/.mcp.json',
    '**/mcp.json',
    '**/mcp_config.json',
    '**/mcp-servers.json',
    '**/claude_desktop_config.json',
    '**/managed-mcp.json',
  ],
  ['agent-config', 'agent hooks', '**/hooks.json', '**/.github/hooks/**'],
  ['agent-config', 'Codex settings', '**/.codex/**', '/etc/codex/**'],
  [
    'agent-config',
    'Cursor settings',
    '**/.cursor/{rules,hooks,mcp.json,hooks.json,permissions.json,cli-config.json}/**',
    '**/.cursor/*.json',
    '**/.cursorrules',
  ],
  ['agent-config', 'Gemini settings', '**/.gemini/{settings.json,extensions,skills}/**', '**/.gemini/settings.json'],
  [
    'agent-config',
    'agent instructions',
    '**/CLAUDE.md',
    '**/CLAUDE.local.md',
    '**/AGENTS.md',
    '**/AGENTS.override.md',
    '**/GEMINI.md',
    '**/SKILL.md',
    '**/.goosehints',
    '**/.windsurfrules',
    '**/.windsurf/rules/**',
    '**/.clinerules',
    '**/.clinerules/**',
    '**/.roo/**',
    '**/.junie/**',
    '**/.github/copilot-instructions.md',
    '**/.github/{instructions,agents,skills,prompts}/**',
  ],
  ['agent-config', 'agent memory', '~/.claude/projects/*/memory/**'],
  [
    'agent-config',
    'AI app settings',
    '~/.config/goose/**',
    '~/.copilot/**',
    '~/.openclaw/**',
    '~/.agents/**',
    '~/.codeium/windsurf/**',
    '~/.continue/**',
    '~/.factory/**',
    '**/.vscode/{settings.json,tasks.json,mcp.json}',
  ],
  [
    'agent-config',
    "Assize's own state",
    '**/.assize/**',
    '/etc/assize/**',
    '/var/lib/assize/**',
    '~/.local/state/assize/**',
    '~/.local/share/assize/**',
    '~/.config/assize/**',
    '~/Library/Application Support/Assize/**',
    '/Library/Application Support/Assize/**',
    'c:/programdata/assize/**',
  ],
  [
    'persistence',
    'shell start-up file',
    '~/.{bashrc,bash_profile,bash_login,bash_logout,profile,zshrc,zshenv,zprofile,zlogin,kshrc,cshrc,tcshrc,xprofile,xinitrc,inputrc,bash_aliases,zsh_aliases,aliases,functions,bash_functions}',
    '~/.config/fish/**',
    '/etc/profile',
    '/etc/profile.d/**',
    '/etc/bash.bashrc',
    '/etc/zsh/**',
    '/etc/environment',
    '/etc/ld.so.preload',
    '~/.pam_environment',
    // Found before the command of the system that it is called like.
    '~/{.local/bin,bin}/{ls,cat,cp,mv,rm,ps,cd,env,sh,bash,zsh,sudo,su,doas,login,passwd,ssh,scp,sftp,git,curl,wget,grep,find,sed,awk,less,make,tar,gpg,pass,docker,kubectl,psql,mysql}',
    '~/Documents/{PowerShell,WindowsPowerShell}/*profile.ps1',
  ],
  [
    'persistence',
    'scheduled job',
    '/etc/crontab',
    '/etc/cron.*/**',
    '/etc/cron.d/**',
    '/var/spool/cron/**',
    '/etc/anacrontab',
    'c:/windows/system32/tasks/**',
  ],
  [
    'persistence',
    'service started by the system',
    '/etc/systemd/**',
    '/lib/systemd/**',
    '/usr/lib/systemd/**',
    '~/.config/systemd/**',
    '~/.local/share/systemd/**',
    '/etc/init.d/**',
    '/etc/rc.local',
  ],
  [
    'persistence',
    'program started at login',
    '~/.config/autostart/**',
    '/etc/xdg/autostart/**',
    '~/Library/LaunchAgents/**',
    '/Library/Launch{Agents,Daemons}/**',
    '~/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup/**',
    'c:/programdata/microsoft/windows/start menu/programs/startup/**',
  ],
  [
    'persistence',
    'Git hook',
    '**/.git/hooks/**',
    '**/.husky/**',
    '**/.git/config',
    '~/.gitconfig',
    '~/.config/git/config',
    '/etc/gitconfig',
  ],
  [
    'persistence',
    'code run by an interpreter at start',
    '**/sitecustomize.py',
    '**/usercustomize.py',
    '**/site-packages/*.pth',
    '~/.ssh/rc',
    '~/.ssh/config',
    '~/.vimrc',
    '~/.config/nvim/**',
    '~/.emacs',
    '~/.emacs.d/**',
  ],
  [
    'persistence',
    'system program or library',
    '/usr/{bin,sbin,lib,local/bin,local/sbin}/**',
    '/{bin,sbin,lib,boot}/**',
    '/etc/hosts',
    '/etc/resolv.conf',
    '/etc/apt/**',
    '/etc/ld.so.conf*',
    'c:/windows/**',
  ],
]

interface CompiledPlace {
  readonly place: KnownPlace
  readonly pattern: RegExp
  /** A path that lies there, to try an unresolved pattern of the caller's against. */
  readonly example: string
}

const COMPILED: readonly CompiledPlace[] = PLACES.flatMap(([kind, name, ...patterns]) =>
  patterns.map((pattern) => ({
    place: { kind, name },
    pattern: new RegExp(`^${source(pattern, kind)}$`, 'i'),
    example: exampleOf(pattern),
  })),
)
const ANY: Readonly<Record<PlaceKind, RegExp>> = {
  secret: anyOf('secret'),
  'agent-config': anyOf('agent-config'),
  persistence: anyOf('persistence'),
  identity: anyOf('identity'),
}
const KINDS: readonly PlaceKind[] = ['identity', 'secret', 'agent-config', 'persistence']
/** Templates and examples of secret files hold none. */
const HARMLESS =
  /(^|\/)\.env\.(example|sample|template|dist|test)$|\.pub$|(^|\/)(test|tests|fixtures?|testdata|node_modules)\/(?:.*\/)?[^/]*\.(key|pem|p12|pfx)$/i

function anyOf(kind: PlaceKind): RegExp {
  return new RegExp(
    COMPILED.filter((item) => item.place.kind === kind)
      .map((item) => item.pattern.source)
      .join('|'),
    'i',
  )
}

/** Text that every known place holds some of: most paths hold none, and need no closer look. */
const HINTS = new RegExp([...new Set(PLACES.flatMap(([, , ...patterns]) => patterns.flatMap(hintsOf)))].map(literal).join('|'), 'i')

/** The longest text that whatever matches the pattern must hold; one for each choice. */
function hintsOf(pattern: string): readonly string[] {
  const choices = /\{([^}]*)\}/.exec(pattern)
  if (choices !== null) return (choices[1] as string).split(',').flatMap((choice) => hintsOf(pattern.replace(choices[0], () => choice)))
  const parts = pattern
    .replace(/^(?:~|\*\*)\//, '')
    .replace(/\/\*\*$/, '')
    .split(/\\?\*+/)
  return [parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '')]
}

function literal(text: string): string {
  return text.replace(/[.+^$()|[\]{}\\?*]/g, '\\$&')
}

function source(pattern: string, kind: PlaceKind): string {
  const body = pattern.startsWith('~/') ? pattern.slice(2) : pattern.startsWith('**/') ? pattern.slice(3) : pattern
  const anywhere = pattern.startsWith('**/') || (kind === 'secret' && /^~\/\.(?!config\/|cache\/|local\/)[^/]+\//.test(pattern))
  const prefix = anywhere ? '(?:.*/)?' : pattern.startsWith('~/') ? '~/' : ''
  return prefix + globSource(body)
}

function globSource(glob: string): string {
  return glob.replace(/\/\*\*$|\*\*|\*|\\\*|\{[^}]*\}|[.+^$()|[\]\\?]/g, (part) => {
    if (part === '/**') return '(?:/.*)?'
    if (part === '**') return '.*'
    if (part === '*') return '[^/]*'
    if (part === '\\*') return '\\*'
    if (part.startsWith('{'))
      return `(?:${part
        .slice(1, -1)
        .split(',')
        .map((choice) => choice.replace(/[.+^$()|[\]\\?]/g, '\\$&').replaceAll('*', '[^/]*'))
        .join('|')})`
    return `\\${part}`
  })
}

function exampleOf(pattern: string): string {
  return pattern
    .replace(/^\*\*\//, '')
    .replaceAll('/**', '/x')
    .replace(/\{([^},]*)[^}]*\}/g, '$1')
    .replaceAll('\\*', 'x')
    .replaceAll('*', 'x')
    .toLowerCase()
}

/** The known places a path is. A path with a pattern in it is every place it could be. */
export function knownPlaces(found: CanonicalPath, at: Surroundings): readonly KnownPlace[] {
  const path = homeRelative(found.path, at)
  if (found.resolved && !HINTS.test(path)) return []
  const places: KnownPlace[] = []
  for (const kind of KINDS) {
    if (ANY[kind].test(path) && !(kind === 'secret' && HARMLESS.test(path))) {
      places.push(COMPILED.find((item) => item.place.kind === kind && item.pattern.test(path))?.place ?? { kind, name: kind })
    }
  }
  return found.resolved || !/[*?[{$]/.test(path) ? places : [...places, ...placesOfPattern(path, places)]
}

function placesOfPattern(path: string, known: readonly KnownPlace[]): readonly KnownPlace[] {
  // A pattern of mere wildcards in a neutral folder matches nothing in particular.
  if (/^[^~]*[*?]+$/.test(path) && !/\/\.[^/]*$/.test(path)) return []
  const segments = wildcardSegments(path)
  const found = new Map<PlaceKind, KnownPlace>()
  // One of the paths that the pattern stands for, for places that are patterns themselves.
  const sample = path.replace(/\[([^\]!^])[^\]]*\]/g, '$1').replace(/\*+|\?/g, 'x')
  for (const item of COMPILED) {
    if (
      !found.has(item.place.kind) &&
      !known.some((place) => place.kind === item.place.kind) &&
      (couldBe(segments, item.example) || item.pattern.test(sample))
    )
      found.set(item.place.kind, item.place)
  }
  return [...found.values()]
}
