/** Which language the code is in that a tool is handed: by what the call says of it, by what the tool is called, by the code itself. */
import { isCodeLanguage, languageOf } from '../code/read-code.ts'
import { COMMANDS, SHELLS } from '../shell/command-table.ts'
import type { ToolCall } from '../../event/event.ts'

/** Arguments that say which language or which kernel of a notebook is meant. */
const HINTS = ['language', 'lang', 'kernel', 'kernel_name', 'kernelName', 'runtime', 'interpreter', 'engine', 'syntax']
/** Words that tell, in a tool's name or what it says of itself. */
const SPOKEN: readonly (readonly [RegExp, string])[] = [
  [/\b(?:python\d?|ipython|pandas|jupyter|ipynb|colab|py)\b/i, 'python'],
  [/\b(?:javascript|typescript|node(?:\.?js)?|deno|bun|js|ts)\b/i, 'javascript'],
  [/\bruby\b/i, 'ruby'],
  [/\bperl\b/i, 'perl'],
  [/\bphp\b/i, 'php'],
  [/\bjulia\b/i, 'julia'],
  [/\b(?:rscript|rstats|r code|rmarkdown)\b/i, 'r'],
  [/\b(?:bash|shell|terminal|zsh|command line)\b/i, 'shell'],
  // What is evaluated in a page is the page's language.
  [/\b(?:browser|puppeteer|playwright|devtools|evaluate script)\b/i, 'javascript'],
]
/** How code of a language begins a line that another language would not. */
const WRITTEN: readonly (readonly [RegExp, string])[] = [
  [/^\s*<\?php\b/, 'php'],
  [
    /^(?:import [a-z_][\w.]*(?: as \w+)?(?:, ?[\w.]+)*\s*(?:#.*)?|from [a-z_.][\w.]* import .*|(?:async )?def \w+\(.*|(?:for|with|while|if|try|class)\b.*:\s*(?:#.*)?|print\(.*|%{0,2}[%!]\w.*|@\w[\w.]*(?:\(.*\))?)$/m,
    'python',
  ],
  [
    /^(?:(?:const|let|var) [\w${[].*=|import .*from ['"]|export |(?:async )?function\s?\w*\(|console\.\w+\()|=>\s*[{(\w]|\brequire\(['"]/m,
    'javascript',
  ],
  [/^(?:require ['"]|puts |def \w+\s*$)/m, 'ruby'],
  [/^(?:library\(\w+\)|\w+ <- )/m, 'r'],
  [/^(?:using \w+|println\()/m, 'julia'],
  [/^(?:use strict|my [$@%])/m, 'perl'],
]
/** How much of the code and of what the tool says is looked at. */
const [CODE, SAID] = [4096, 400]

/** Undefined where nothing tells. */
export function codeLanguage(call: ToolCall, code: string): string | undefined {
  for (const key of HINTS) {
    const hint = call.args[key]
    if (typeof hint === 'string' && hint.length <= 40) {
      const plain = hint.replace(/[\d.\s_-]+$/, '').toLowerCase()
      const named = [plain, languageOf(plain)].find(isCodeLanguage)
      if (named !== undefined) return named
      if (/^(?:bash|sh|zsh|shell)$/i.test(hint)) return 'shell'
    }
  }
  const own = languageOf(call.tool)
  if (isCodeLanguage(own)) return own
  const name = call.tool
    .slice(0, 200)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
  return (
    told(name) ??
    WRITTEN.find(([pattern]) => pattern.test(code.slice(0, CODE)))?.[1] ??
    told((call.definition?.description ?? '').slice(0, SAID)) ??
    (/\b(?:notebook|cell)\b/i.test(name) ? 'python' : isCommandLine(code) ? 'shell' : undefined)
  )
}

/** The first word is a command. */
function isCommandLine(code: string): boolean {
  const first = /^\s{0,40}([a-z][\w.-]{1,40})(?:\s|$)/.exec(code)?.[1] ?? ''
  return COMMANDS.has(first) || SHELLS.has(first)
}

function told(text: string): string | undefined {
  return SPOKEN.find(([pattern]) => pattern.test(text))?.[1]
}

/** A cell of a notebook, taken apart: its own lines, and what it hands to a shell. */
export interface Cell {
  readonly code: string
  readonly commands: string
}

/** `!ls`, `files = !ls`, `d['x'] = %sx ls`: what stands before the sign is no text in which it would only be a letter. */
const BELL = /^(?:(?:[\w.,*() \t]|\[[^\]=!]{0,80}\]){1,80}=\s{0,40})?(?:!{1,2}|%(?:sx|system|sc)\s)\s{0,40}(\S.*)$/
const MAGIC = /^%(pip|conda|mamba|uv|cd|run|rm|rmdir|mv|cp|mkdir|cat|ls)\s(.+)$/
const WHOLE = /^%%(?:bash|sh|script\s+\S+|system|sx|!)[^\n]*\n/
const WRITES = /^%%writefile\s([^\n]{1,1000})\n/

export function cellOf(text: string): Cell {
  if (!/[!%]/.test(text)) return { code: text, commands: '' }
  // Empty lines before it count for nothing.
  const cell = text.trimStart()
  if (WHOLE.test(cell)) return { code: '', commands: cell.replace(WHOLE, '') }
  const file = WRITES.exec(cell)?.[1]
  if (file !== undefined) return { code: '', commands: `tee ${file}` }
  const code: string[] = []
  const commands: string[] = []
  let open = false
  for (const line of text.split('\n')) {
    const plain = line.trimStart()
    const bell: string | undefined = open ? line : BELL.exec(plain)?.[1]
    const magic = bell === undefined ? MAGIC.exec(plain) : null
    // A command goes on in the next line where a backslash ends one.
    open = bell?.endsWith('\\') === true
    if (bell !== undefined) commands.push(bell)
    else if (magic !== null) commands.push(magic[1] === 'run' ? `python ${magic[2]}` : `${magic[1]} ${magic[2]}`)
    else code.push(line)
  }
  return { code: code.join('\n'), commands: commands.join('\n') }
}
