/**
 * Whether a command leaves something open that reads further commands. Codex asks its hooks about the command, not about what
 * is typed into its terminal afterwards, and does not say which commands get a terminal: so any that could use one counts.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

const SHELLS = words('sh bash dash zsh ksh ash fish csh tcsh pwsh powershell nu xonsh')
/** They run a file or inline code when they are given any, and read from the terminal otherwise. */
const INTERPRETERS = words(
  'python python2 python3 pypy pypy3 ipython bpython node deno bun ruby irb pry perl php lua luajit julia R octave ghci erl iex scala jshell racket guile sbcl clisp ocaml utop swift tclsh psql mysql mariadb sqlite sqlite3 duckdb mongosh redis-cli',
)
const CODE_OPTION = /^(?:-c|-e|-E|-m|-M|-r|-p|-f|-lc|-ic|-lic|-ec|--?eval|--print|--command|--execute|--file|--version|-V|-v|--help|-h)$/
/** Programs from which commands can be run whatever they were started with. */
const ALWAYS = words(
  'tmux screen script expect telnet ftp sftp gdb lldb vi vim nvim view ex ed emacs nano less more most man htop top mc ranger nnn watch su',
)
/** Their operands name a database, not what is to be done with it. */
const DATABASES = words('psql mysql mariadb mongosh')
const CONTAINERS = words('docker podman nerdctl kubectl oc lxc')
const WRAPPERS = words('exec env command nohup time sudo doas nice stdbuf setsid unbuffer rlwrap busybox winpty builtin')
/** Inline code in inline code, so deep. */
const DEEPEST = 4
const MOST_CHARACTERS = 100_000

interface Simple {
  readonly words: string[]
  /** Its input is a pipe, a file or a text of the command. */
  fed: boolean
}

export function opensTerminal(command: string, depth = 0): boolean {
  if (depth > DEEPEST || command.length > MOST_CHARACTERS) return true
  return simpleCommands(command).some(({ words: all, fed }) => !fed && readsOn(all, depth))
}

function readsOn(all: readonly string[], depth: number): boolean {
  const [name, ...args] = unwrapped(all)
  if (name === undefined) return all.some((word) => /^(?:sudo|doas)$/.test(word)) && all.some((word) => /^-(?:i|s)$/.test(word))
  const program = (name.split('/').at(-1) ?? name).replace(/\.exe$/i, '').replace(/(?<=[a-z])[\d.]+$/, '')
  if (ALWAYS.has(program)) return !args.some((arg) => /^--?(?:batch|version|help)$/.test(arg))
  const operands = args.filter((arg) => !arg.startsWith('-'))
  // What the name will be is not known: without anything to work on it could be any of these.
  if (/[$`]/.test(name)) return operands.length === 0
  if (SHELLS.has(program)) {
    const at = args.findIndex((arg) => /^-[a-z]*c$/.test(arg))
    return at < 0 ? operands.length === 0 || args.includes('-s') : opensTerminal(args[at + 1] ?? '', depth + 1)
  }
  if (INTERPRETERS.has(program) || INTERPRETERS.has(name)) {
    if (args.some((arg) => arg === '-i' || arg === '-a')) return true
    if (args.some((arg) => CODE_OPTION.test(arg))) return false
    return DATABASES.has(program) || operands.length < (/^(?:sqlite|duckdb)$/.test(program) ? 2 : 1)
  }
  if (program === 'ssh' || program === 'mosh') return operands.length < 2 || args.some((arg) => /^-t+$/.test(arg))
  if (!CONTAINERS.has(program) || !operands.some((word) => /^(?:run|exec|attach|debug|shell)$/.test(word))) return false
  return args.some((arg) => /^-(?:i|t|it|ti)$|^--(?:interactive|tty|stdin)(?:=true)?$/.test(arg) || arg === 'attach')
}

/** Without assignments and the programs that only start others. */
function unwrapped(all: readonly string[]): readonly string[] {
  let at = 0
  while (at < all.length) {
    const word = all[at] ?? ''
    const wraps = WRAPPERS.has(word.split('/').at(-1) ?? word)
    if (!wraps && !/^\w+=/.test(word) && !(at > 0 && word.startsWith('-'))) break
    at += 1
  }
  return all.slice(at)
}

function simpleCommands(command: string): readonly Simple[] {
  const found: Simple[] = [{ words: [], fed: false }]
  let skip = false
  let end = -1
  for (const { 0: token, index } of command.matchAll(/'[^']*'|"[^"]*"|\\.|[^\s'"\\;|&<>()]+|[;|&()\n]+|<+|>+/g)) {
    const current = found.at(-1)
    if (current === undefined) break
    const joined = index === end
    end = index + token.length
    if (/^[;|&()\n]/.test(token)) {
      found.push({ words: [], fed: token.includes('|') && !token.includes('||') })
      end = -1
    } else if (token.startsWith('<') || token.startsWith('>')) {
      current.fed ||= token.startsWith('<')
      skip = true
      end = -1
    } else if (skip) skip = false
    else {
      // Parts that touch are one word, however each of them is quoted.
      const part = /^['"]/.test(token) ? token.slice(1, -1) : token.replace(/^\\/, '')
      const last = joined ? current.words.pop() : undefined
      current.words.push((last ?? '') + part)
    }
  }
  return found
}
