/** How other languages than English ask for something: by a word of politeness or duty anywhere before the verb, or by the bare infinitive. */
import { FOREIGN_VERBS } from '../effect/tool/foreign-verbs.ts'

/** `please` and `it must` of other languages. What follows them need not begin with its verb. */
const ASKS =
  /(?<![\p{L}\p{N}])(?:bitte|veuillez|merci de|merci d['’]|prière de|s['’]il (?:vous|te) pla[iî]t|por favor|favor de|se ruega|se solicita|ten(?:ga|ed) a bien|haga el favor|ser[ií]ais tan amables de|ser[ií]a tan amable de|podr[ií]as?|podr[ií]a[in]s|per favore|per cortesia|si prega|gelieve|alstublieft|graag|proszę|prosimy|vennligst|vänligen|venligst|var (?:god|snäll)|por gentileza|muss|müssen|musst|soll|sollen|sollte|sollten|ist zu|sind zu|gilt es|wird gebeten|werden gebeten|doit|doivent|devez|il faut|faut|est prié|sont priés|pourriez|pouvez|debe|deben|debes|hay que|tiene que|tienen que|tienes que|es obligatorio|deve|devono|devi|devem|bisogna|occorre|moet|moeten|dient|dienen|wordt verzocht|skal|ska|måste|należy|trzeba|musi|musisz|powinien|powinna)(?![\p{L}\p{N}])/u

/** Infinitives of languages that put them at the end, where they ask by themselves: `Alle Fenster schließen!` */
const INFINITIVE = /\p{L}{3,}(?:en|ern|eln)$/u

/** Where in a sentence of small letters another language asks for something; -1 where it does not. */
export function asksFrom(sentence: string): number {
  return sentence.search(ASKS)
}

/** An infinitive that ends its clause. */
export function endsClause(word: string, after: string): boolean {
  return INFINITIVE.test(word) && FOREIGN_VERBS.has(word) && /^\s*(?:[.!,;:)\]}"']|$)/.test(after)
}
