/** What the person named, by the argument it filled: that call `merge` had `number` 217 says which number they meant. */
import { type CallReading, leavesWithin } from '../effect/effects-of.ts'
import type { Leaf } from '../event/leaves.ts'
import type { Evidence } from '../provenance/evidence.ts'
import { numberForms } from '../provenance/number-forms.ts'
import { findWhole } from '../provenance/search.ts'

/** A value that names something, and the argument that holds it. */
export interface Slot {
  /** Name of the argument, small letters. */
  readonly key: string
  /** Small letters. */
  readonly value: string
  readonly pointer: string
}

/** Arguments looked at, slots told of one call, and the longest value that names a thing. */
const [ARGUMENTS, SLOTS, VALUE] = [16, 8, 64]
/** Arguments that say something, how much, when, in which form, or where on a page, and do not name what it is done to. */
export const NAMES_NOTHING =
  /^(?:text|body|content|contents|message|note|notes|reason|description|subject|topic|title|summary|comment|query|q|search|caption|value|values|data|label|element|ref|selector|method|operation|action|command|date|day|time|start|end|from|until|since|due|format|state|status|type|limit|count|amount|quantity|price|offset|page|permission|inhalt|nachricht|notiz|grund|betreff|titel|datum|menge|betrag|texte|contenu|raison|objet|titre|quantité|quantite|montant|texto|contenido|mensaje|nota|motivo|asunto|título|titulo|fecha|cantidad|importe|conteúdo|conteudo|mensagem|assunto|quantidade|valor|testo|contenuto|messaggio|oggetto|titolo|quantità|importo|tekst|bericht|onderwerp|aantal|bedrag|treść|tresc|wiadomość|wiadomosc|powód|powod|temat|tytuł|tytul|data|ilość|ilosc|kwota|besked|emne|beløb|meddelande|ämne|belopp)$/

/** Values of a call that name things, one per argument. */
export function slotsIn(reading: CallReading): readonly Slot[] {
  const slots: Slot[] = []
  for (const leaf of leavesWithin(reading).slice(0, ARGUMENTS)) {
    const slot = slotOf(leaf)
    if (slot !== undefined) slots.push(slot)
  }
  return slots
}

function slotOf(leaf: Leaf): Slot | undefined {
  const [key, value] = [leaf.key.toLowerCase(), leaf.text.trim().toLowerCase()]
  // What is JSON written as a text comes with its own leaves.
  if (value === '' || value.length > VALUE || key === '' || NAMES_NOTHING.test(key) || /^[{[]/.test(value)) return undefined
  return { key, value, pointer: leaf.pointer }
}

/** Those that the person spoke of. */
export function slotsNamed(evidence: Evidence, reading: CallReading): readonly Slot[] {
  return slotsIn(reading)
    .filter(({ value }) => isSaidByUser(value, evidence))
    .slice(0, SLOTS)
}

export function isSaidByUser(text: string, { said }: Evidence): boolean {
  return [text, ...numberForms(text)].some((form) => findWhole(said, form).some(({ view }) => view.source.channel === 'user'))
}
