/** Addresses that lead to no machine: code and content that stand in the address itself. */
import { type Spelling, traced, type TracedEffect } from '../traced-effect.ts'

const CODE_CONTENT = /^[\0-\x20]*data:(?:text\/html|image\/svg|application\/(?:xhtml|javascript|ecmascript|xml)|text\/(?:javascript|xml))/i
const CONTENT = /^[\0-\x20]*(?:data|about|mailto|tel|sms|cid|chrome|edge|resource|moz-extension|chrome-extension):/i

/** What opening such an address does; undefined for any other. */
export function inlineEffects(spelling: Spelling): readonly TracedEffect[] | undefined {
  const text = spelling.text.slice(0, 256).replace(/[\t\r\n]/g, '')
  if (/^[\0-\x20]*(?:javascript|vbscript|livescript):/i.test(text) || CODE_CONTENT.test(text))
    return [
      traced({
        class: 'process.exec',
        target: 'page',
        certainty: 'unknown',
        kind: 'command',
        spellings: [spelling],
        detail: 'the address is code that runs in the page',
      }),
    ]
  if (!CONTENT.test(text)) return undefined
  return [
    traced({
      class: 'data.query',
      target: text
        .slice(0, text.indexOf(':') + 1)
        .trim()
        .toLowerCase(),
      certainty: 'likely',
      kind: 'name',
      spellings: [spelling],
    }),
  ]
}
