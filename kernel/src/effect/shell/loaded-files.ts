/** Files that programs of a project load without being told which: tests, settings, build files. What the session put there runs. */
import type { Expanded } from './expanded.ts'
import { commandName, type Invocation } from './invocation.ts'
import { couldReachOut } from './loaded-effects.ts'
import { folderAt, type Reading, recalled, runsFromFetched } from './reading.ts'

/** Names of programs, the words one of which has to stand behind them if any, and the files they load. Data. */
type Row = readonly [names: string, verbs: RegExp | undefined, files: RegExp]
const SCRIPT = /\.[cm]?[jt]sx?$/i
const ROWS: readonly Row[] = [
  ['pytest py.test nox nose2 behave robot pytest-3', undefined, /\.py$/i],
  ['tox', undefined, /\.py$|(?:^|\/)tox\.ini$/i],
  ['invoke inv fab doit', undefined, /(?:^|\/)(?:tasks|fabfile|dodo)(?:\/.*)?\.py$/i],
  ['python python3 pypy pypy3', undefined, /(?:^|\/)(?:sitecustomize|usercustomize)\.py$/i],
  ['python python3 pypy pypy3 coverage', /^(?:pytest|unittest|nose2|tox|nox)$/, /\.py$|(?:^|\/)tox\.ini$/i],
  [
    'jest vitest mocha ava jasmine tap tape playwright cypress karma vite webpack rollup esbuild parcel rspack next nuxt astro remix storybook eslint oxlint prettier stylelint babel tsup grunt gulp nx turbo lerna metro tailwindcss postcss nodemon hardhat truffle',
    undefined,
    SCRIPT,
  ],
  ['npm pnpm yarn bun', /^(?:t|test|tst|run|run-script|start|build|lint|dev|check|e2e|coverage|exec|rum|urn)(?::.*)?$/, SCRIPT],
  ['node bun deno', /^(?:--test|test|task)$/, SCRIPT],
  ['go', /^(?:test|run|generate)$/, /\.go$/],
  ['cargo cross', /^(?:run|test|bench|nextest|t|r)$/, /\.rs$/],
  ['cargo cross', /^(?:build|check|clippy|install|doc|b|c)$/, /(?:^|\/)build\.rs$/],
  ['gradle gradlew', undefined, /\.(?:gradle|kts?|java|groovy|scala)$/i],
  ['mvn mvnw sbt ant lein', undefined, /\.(?:kt|java|groovy|scala|sbt|clj)$|(?:^|\/)build\.xml$/i],
  ['dotnet', /^(?:run|test|build|msbuild|watch)$/, /\.(?:cs|fs|vb|csproj|fsproj|targets|props)$/i],
  ['rake rspec rails cucumber guard minitest', undefined, /\.(?:rb|rake)$|(?:^|\/)(?:Rakefile|Guardfile)$/],
  ['phpunit pest artisan codecept', undefined, /\.php$/i],
  ['mix elixir', undefined, /\.exs?$/],
  ['swift', /^(?:run|test|build)$/, /\.swift$/],
  ['dart flutter', /^(?:run|test)$/, /\.dart$/],
  ['zig', /^(?:build|run|test)$/, /\.zig$/],
  ['cmake ctest', undefined, /(?:^|\/)CMakeLists\.txt$|\.cmake$/],
  ['just', undefined, /(?:^|\/)\.?justfile$/i],
  ['task go-task', undefined, /(?:^|\/)Taskfile(?:\.dist)?\.ya?ml$/i],
  ['direnv', /^(?:allow|exec|reload|permit|grant)$/, /(?:^|\/)\.envrc$/],
  ['terraform tofu terragrunt', /^(?:apply|plan|destroy|refresh)$/, /\.(?:tf|tofu)$/],
]

const LOADED: ReadonlyMap<string, readonly Row[]> = new Map(
  [...new Set(ROWS.flatMap(([names]) => names.split(' ')))].map((name) => [
    name,
    ROWS.filter(([names]) => names.split(' ').includes(name)),
  ]),
)
/** Programs that run or translate the files they are given, in languages which are only looked through. */
const TRANSLATORS =
  /^(?:go|java|javac|kotlinc?|scalac?|rustc|gcc|g\+\+|cc|c\+\+|clang(?:\+\+)?|tcc|swiftc?|ghc|runghc|runhaskell|ocaml|nim|crystal|zig|v|odin|dmd|rdmd|dotnet|csc|mcs)$/
const SOURCE = /\.(?:c|cc|cpp|cxx|m|mm|rs|go|java|kts?|cs|csx|swift|hs|ml|nim|cr|zig|v|odin|scala|sc|d)$/
const STANDARD_INPUT = /^(?:-|\/dev\/(?:stdin|fd\/0))$/
/** Programs that run whatever the folder they stand in says. */
const BUILDS =
  /^(?:g?make|npm|pnpm|yarn|bun|pip3?|uv|poetry|cargo|gradlew?|mvnw?|just|task|rake|cmake|ninja|meson|bazel|tox|nox|pytest|bundle|composer|mix|docker|podman|docker-compose|vagrant|ansible-playbook|java|go|swift|dotnet|node|tsx|ts-node|bun|deno)$/
/** Most files that one command is read with. */
const FILES = 32
/** Most characters of such files as could do more than build and test. */
const LENGTH = 196_608
/** Words among which the verb stands. */
const VERBS = 8

/** What the files do that the program takes up by itself, as far as the session wrote them. */
export function readLoaded(invocation: Invocation, reading: Reading): void {
  const name = commandName(invocation)
  if (TRANSLATORS.test(name)) readSources(invocation, reading)
  if (reading.files?.isEmpty() !== false) return
  const words = invocation.words.slice(1, 1 + VERBS)
  const wanted = (LOADED.get(name) ?? []).filter(([, verbs]) => verbs === undefined || words.some(({ text }) => verbs.test(text)))
  if (wanted.length > 0 || BUILDS.test(name)) readFetched(invocation, reading)
  if (wanted.length === 0 || reading.loaded === undefined) return
  const at = { ...reading.at, cwd: folderOf(words, invocation, reading) }
  const files = reading.files.below(at).filter(([path]) => wanted.some(([, , pattern]) => pattern.test(path)))
  let [read, left] = [0, LENGTH]
  // The newest first: what a session wrote last is what it is about to try.
  for (const [path, text] of files.toReversed()) {
    if (!couldReachOut(text)) continue
    read += 1
    if (read > FILES) return
    // One that is too much leaves room for those behind it: nobody can crowd out another with a few long ones.
    if (text.length > left) continue
    left -= text.length
    for (const effect of reading.loaded(path, text, at)) reading.add({ ...effect, payload: reading.payload })
  }
}

/** What it takes up lies in the folder it stands in, or below one that it is told: `make -C tool`, `pip install ./tool`. */
function readFetched(invocation: Invocation, reading: Reading): void {
  const told = invocation.words.slice(1, 1 + FILES).map(({ text }) => text.replace(/^-[\w-]{1,40}=/, ''))
  for (const folder of ['.', ...told.filter((text) => !text.startsWith('-'))])
    if (runsFromFetched(`${folder}/any`, invocation, reading)) return
}

/** `go run x.go`, `gcc -xc -`. */
function readSources(invocation: Invocation, reading: Reading): void {
  const at = { ...reading.at, cwd: invocation.cwd }
  for (const word of invocation.words.slice(1, 1 + FILES)) {
    const typed = STANDARD_INPUT.test(word.text)
    if (!typed && !SOURCE.test(word.text)) continue
    const text = (typed ? invocation.input : recalled(word, { reading, cwd: invocation.cwd }))?.text
    if (text === undefined) continue
    for (const effect of reading.loaded?.(typed ? 'standard input' : word.text, text, at) ?? [])
      reading.add({ ...effect, payload: reading.payload })
  }
}

/** `npm --prefix DIR test`, `just -d DIR`. */
function folderOf(words: readonly Expanded[], invocation: Invocation, reading: Reading): string | undefined {
  const at = words.findIndex(({ text }) => /^(?:-C|--prefix|--cwd|--dir|--directory|--rootdir|-S)$/.test(text))
  const folder = at < 0 ? undefined : words[at + 1]
  return folder === undefined ? invocation.cwd : folderAt(folder.text, { cwd: invocation.cwd, reading })
}
