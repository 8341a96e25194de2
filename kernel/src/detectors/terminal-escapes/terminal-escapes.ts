/** Sees escape sequences that make a terminal show something else than what the text says. Colours are none of them. */
import type { Detector } from '../../finding/detector.ts'
import { LOOKED_AT } from '../../finding/detector.ts'

/** CSI, OSC and the other introducers, in seven bits and in eight; written out as well, as sources of scripts have them. */
const SEQUENCE =
  /(?:\u001B|\\(?:x1[bB]|u001[bB]|033|e))(?:\[([0-9;:?<=>!]{0,40})([ -/]?[@-~])|\]([^\u0007\u001B\n]{0,512})(?:\u0007|\u001B\\|\\(?:x07|u0007|a))?|([PX^_])|[@-Z\\-_])|\u009B([0-9;:?]{0,40})([@-~])/g

interface Seen {
  readonly what: string
  readonly score: number
}

/** Most sequences looked at. */
const SEQUENCES = 4096

export const terminalEscapes: Detector = {
  name: 'terminal-escapes',
  version: '1',
  look(subject) {
    if (subject.kind !== 'text') return []
    const text = subject.text.length > LOOKED_AT ? subject.text.slice(0, LOOKED_AT) : subject.text
    if (!/[\u001B\u009B]|\\(?:x1b|u001b|033|e)[[\]PX^_]/i.test(text)) return []
    let worst: (Seen & { readonly span: readonly [number, number] }) | undefined
    let count = 0
    for (const match of text.matchAll(SEQUENCE)) {
      count += 1
      if (count > SEQUENCES) break
      const seen = meaningOf(match)
      if (seen !== undefined && seen.score > (worst?.score ?? 0)) worst = { ...seen, span: [match.index, match.index + match[0].length] }
    }
    if (worst === undefined) return []
    const { what, score, span } = worst
    // Spelled out, it is source code until somebody prints it.
    const spelled = text[span[0]] === '\\'
    return [
      {
        detector: 'terminal-escapes',
        version: '1',
        kind: 'text.terminal-escapes',
        score: spelled ? Math.min(score, 0.5) : score,
        where: subject.where,
        span,
        detail: `an escape sequence that ${what}, among ${count}`,
      },
    ]
  },
}

function meaningOf(match: RegExpExecArray): Seen | undefined {
  const [, parameters, final, command, string, shortParameters, shortFinal] = match
  if (command !== undefined) return operatingSystemCommand(command)
  if (string !== undefined) return { what: 'hands the terminal a string of its own', score: 0.85 }
  return controlSequence(parameters ?? shortParameters ?? '', final ?? shortFinal ?? '')
}

function operatingSystemCommand(command: string): Seen | undefined {
  if (command.startsWith('52;')) return { what: 'writes the clipboard', score: 0.95 }
  if (command.startsWith('8;')) return /^8;[^;]*;$/.test(command) ? undefined : { what: 'puts a link behind a text', score: 0.6 }
  if (/^(?:50|51|7|1337;(?!RemoteHost|CurrentDir))/.test(command)) return { what: 'commands the terminal', score: 0.8 }
  return { what: 'names the window', score: 0.4 }
}

function controlSequence(parameters: string, final: string): Seen | undefined {
  if (final === 'm') return concealing(parameters) ? { what: 'hides what follows', score: 0.9 } : undefined
  if ('HfABF'.includes(final) && final !== '') return { what: 'goes back over what was shown', score: 0.6 }
  if (final === 'J' || final === 'M' || final === 'L') return { what: 'clears what was shown', score: 0.6 }
  return undefined
}

/** Concealed, or a foreground in the colour of the background. */
function concealing(parameters: string): boolean {
  const codes = parameters.split(';')
  if (codes[0] !== '38' && codes[0] !== '48' && codes.includes('8')) return true
  const fore = codes.find((code) => /^(?:3|9)[0-7]$/.test(code))
  const back = codes.find((code) => /^(?:4|10)[0-7]$/.test(code))
  return fore !== undefined && back !== undefined && fore.at(-1) === back.at(-1) && fore.startsWith('9') === back.startsWith('10')
}
