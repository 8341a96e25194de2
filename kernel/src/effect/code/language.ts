/** Languages whose code people hand to an interpreter. Data. */
export interface Language {
  readonly name: string
  /** What starts a comment to the end of its line. */
  readonly comments: readonly string[]
  /** What starts and ends a comment of several lines. */
  readonly blocks: readonly (readonly [start: string, end: string])[]
  /** Quotes whose text is taken as it stands, and quotes in which values may be inserted. */
  readonly plain: string
  readonly filled: string
  /** What inserts a value: `${…}`, `#{…}`, `{…}` of an f-string, or `$name`. */
  readonly insertion: 'dollar' | 'hash' | 'brace' | 'perl' | 'none'
  /** A text in backticks is run by a shell. */
  readonly backtickRuns: boolean
  /** A slash may start a pattern. */
  readonly patterns: boolean
  /** A function is called without parentheses as well. */
  readonly bareCalls: boolean
  /** What joins two texts. */
  readonly joins: readonly string[]
}

const BASE: Omit<Language, 'name'> = {
  comments: ['#'],
  blocks: [],
  plain: "'",
  filled: '"',
  insertion: 'none',
  backtickRuns: false,
  patterns: false,
  bareCalls: false,
  joins: ['+'],
}

const LANGUAGES: readonly Language[] = [
  { ...BASE, name: 'python', plain: `'"`, filled: '', insertion: 'brace', joins: ['+', '/'] },
  { ...BASE, name: 'javascript', comments: ['//'], blocks: [['/*', '*/']], plain: `'"`, filled: '`', insertion: 'dollar', patterns: true },
  { ...BASE, name: 'ruby', blocks: [['\n=begin', '\n=end']], insertion: 'hash', backtickRuns: true, patterns: true, bareCalls: true },
  {
    ...BASE,
    name: 'perl',
    blocks: [['\n=pod', '\n=cut']],
    insertion: 'perl',
    backtickRuns: true,
    patterns: true,
    bareCalls: true,
    joins: ['.'],
  },
  {
    ...BASE,
    name: 'php',
    comments: ['//', '#'],
    blocks: [['/*', '*/']],
    insertion: 'perl',
    backtickRuns: true,
    bareCalls: true,
    joins: ['.'],
  },
  { ...BASE, name: 'lua', comments: ['--'], blocks: [['--[[', ']]']], plain: `'"`, filled: '', bareCalls: true, joins: ['..'] },
  { ...BASE, name: 'awk', plain: '', filled: '', insertion: 'none', patterns: true, joins: [] },
  { ...BASE, name: 'r', plain: `'"`, filled: '', joins: [] },
  { ...BASE, name: 'julia', blocks: [['#=', '=#']], plain: '', insertion: 'perl', backtickRuns: true, joins: ['*'] },
]
const NAMES: readonly (readonly [language: string, names: string])[] = [
  ['python', 'python python2 python3 pypy pypy3 py pyw ipython'],
  ['javascript', 'node nodejs deno bun js mjs cjs ts mts cts tsx jsx'],
  ['ruby', 'ruby rb irb jruby'],
  ['perl', 'perl pl pm'],
  ['php', 'php'],
  ['lua', 'lua luajit'],
  ['awk', 'awk gawk mawk nawk'],
  ['r', 'r rscript'],
  ['julia', 'julia jl'],
]

const BY_NAME = new Map(LANGUAGES.map((language) => [language.name, language]))
const LANGUAGE_OF = new Map(NAMES.flatMap(([language, names]) => names.split(' ').map((name) => [name, language] as const)))

/** The language of an interpreter or of a file's ending; `shell` when it is none of those. */
export function languageOf(name: string): string {
  return LANGUAGE_OF.get(name.toLowerCase()) ?? 'shell'
}

export function languageNamed(name: string): Language | undefined {
  return BY_NAME.get(name)
}
