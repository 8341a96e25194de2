/** What is fuzzed: readers of text that an attacker may write in full. One line each. */
import type { JsonObject } from '@assize/kernel'
import { effectsOf } from '../../kernel/src/effect/effects-of.ts'
import { evaluate } from '../../kernel/src/effect/code/evaluate.ts'
import { languageNamed } from '../../kernel/src/effect/code/language.ts'
import { UNKNOWN } from '../../kernel/src/effect/code/value.ts'
import { MORE_TARGETS } from './more-targets.ts'

export interface Target {
  readonly name: string
  /** Texts to start from, and pieces that mean something to the reader. */
  readonly pieces: readonly string[]
  /** Reads a text afresh; what comes out is compared with what comes out the second time. */
  readonly read: (text: string) => unknown
}

const AT = { cwd: '/home/u/proj', home: '/home/u', platform: 'posix' } as const

function effectsOfTool(tool: string, args: JsonObject): unknown {
  const { effects, written } = effectsOf({ type: 'tool.call', callId: 'c', tool, args, ...AT })
  return [effects, [...written]]
}

const SHELL =
  "$( ` ${ ${x:1:2} ${!x} ${x[@]} ${x//a*/b} $((1+ )) <( >( << <<EOF <<-'E' \nEOF\n <<< >| &>> 2>&1 {a,b} {1..9} [!a-z]* ?(x) \"$@\" 'x' \"x\" \\ \\\n $'\\x41' && || ; & | |& ( ) { } [[ =~ ]] (( )) if then else fi for in do done while case esac function x() alias x= trap export A= a[1]= declare -n read set -- eval source exec 3< <&3 sh -c bash python3 -c node -e perl -pi -e awk sed s/a/b/e w\u0020/x xargs -I{} find -exec {} ; git -c alias.x=! docker run -v /:/h curl -d @- http://h/x -o f | sh make -f - base64 -d printf %s\\n tr a-z n-za-m rev cut -c1- env -S timeout 5 sudo tee cp ln -s .. ~/.ssh/id_rsa /etc/crontab # \r \u200b \u0000 é".split(
    ' ',
  )
const CODE =
  '" \' """ f"{ } ` ${ ( ) [ ] { } , . : ; = += == + - * / // # /* */ -- --[[ ]] %q( %x{ qx/ => :: -> ?. ... @ $ import from as const { a: b } = require( os.system( subprocess.run([ open( eval( exec( __import__( getattr( base64.b64decode( process.env[ os.environ[ Path( .join( .replace( [::-1] chr( system "rm", puts `x` |getline print > "f" \\n \\x41 \\u{41} /re[/]x/ 0x41 \n \t é \u0000'.split(
    ' ',
  )

function readCode(language: string): (text: string) => unknown {
  return (text) => {
    const known = languageNamed(language)
    if (known === undefined) throw new Error(`no language ${language}`)
    const calls: unknown[] = []
    const complete = evaluate(text, {
      language: known,
      variables: new Map(),
      aliases: new Map(),
      functions: new Map(),
      inserted: 0,
      listener: {
        call: (call) => {
          if (calls.length < 2000) calls.push([call.name, call.args.map((value) => value.text ?? null)])
          return UNKNOWN
        },
        isKnown: (name) => name.length % 2 === 0,
        run: () => undefined,
        environment: () => UNKNOWN,
        set: () => undefined,
      },
    })
    return [complete, calls]
  }
}

export const TARGETS: readonly Target[] = [
  { name: 'shell', pieces: SHELL, read: (command) => effectsOfTool('Bash', { command }) },
  {
    name: 'script',
    pieces: SHELL,
    read: (text) => effectsOfTool('Bash', { command: `cat > x.sh <<'END_OF_FILE'\n${text}\nEND_OF_FILE\nsh x.sh` }),
  },
  {
    name: 'makefile',
    pieces: [...SHELL, 'all:', '\t', '$(shell ', '$(X)', 'X :='],
    read: (text) => effectsOfTool('Bash', { command: `make -f - <<'END_OF_FILE'\n${text}\nEND_OF_FILE` }),
  },
  { name: 'code', pieces: CODE, read: (code) => effectsOfTool('python', { code }) },
  ...['python', 'javascript', 'ruby', 'perl', 'php', 'lua', 'julia', 'r'].map((name) => ({ name, pieces: CODE, read: readCode(name) })),
  {
    name: 'awk',
    pieces: CODE,
    read: (code) =>
      effectsOfTool('Bash', { command: `awk -f - <<'END_OF_FILE'\n${code}\nEND_OF_FILE\nawk '${code.replaceAll("'", '')}' f` }),
  },
  ...MORE_TARGETS,
]
