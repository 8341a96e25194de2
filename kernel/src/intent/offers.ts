/** What an assistant offers to do and the person agrees to: `I can book Tuesday. Shall I?`, `Yes, please.` */

/** Longest answer of an assistant that is looked at, from its end, and longest agreement. */
const [ANSWER, AGREEMENT] = [2000, 200]
/** Longest question that asks about the sentence before it: `Shall I?`, `Is that all right?` */
const SHORT = 5

/** Says what could be done, not what was. */
const OFFERS =
  /(?<![\p{L}'’])(?:can|could|would|will|shall|['’]ll|['’]d|suggest|propose|recommend|offer|let me|kann|könnte|würde|werde|schlage|peux|pourrais|propose|puedo|podría|propongo|posso|potrei|poderia|kan|zou|zal|stel|mogę|proponuję|föreslår|foreslår)(?![\p{L}'’])/iu

/** The sentences that ask whether something is to be done; empty where none does. */
export function offersIn(answer: string): readonly string[] {
  const sentences = answer.slice(-ANSWER).split(/(?<=[.!?])\s+|\n+/)
  return sentences.flatMap((sentence, index) => {
    if (!/\?["'”)*]*\s*$/.test(sentence)) return []
    const before = sentences[index - 1] ?? ''
    const asksOfIt = sentence.trim().split(/\s+/).length <= SHORT && OFFERS.test(before)
    return asksOfIt ? [before, sentence] : [sentence]
  })
}

const AGREES =
  /^(?:yes|yeah|yep|yup|sure|ok|okay|please do|go ahead|go for it|do (?:it|that|so|both|all)|sounds good|all right|alright|agreed|that works|works for me|of course|with pleasure|ja|jo|jawohl|gerne?|klar|passt|einverstanden|mach das|in ordnung|oui|d['’]accord|volontiers|parfait|vas-y|allez-y|bien sûr|sí|si|claro|vale|de acuerdo|adelante|hazlo|perfecto|sim|pode ser|pode|certo|va bene|certamente|perfetto|graag|prima|akkoord|is goed|tak|dobrze|zgoda|jasne|proszę|gärna|gjerne|fint|absolut)(?![\p{L}'’])/iu
/** Words that agree by themselves, and speak of something else where they go on: `Good question`, `Right now I …`. */
const APPROVES =
  /^(?:fine|good|great|perfect|correct|exactly|right)(?=\s*(?:[.,;:!)–-]|$)|\s+(?:thanks?|idea|by|with|then|please|do|go|yes)(?!\p{L}))/iu
/** Takes part of it back, puts it off, or asks for something else. */
const RESTRICTS =
  /(?<!\p{L})(?:but|not|don['’]t|only|except|instead|rather|without|wait|however|unless|if|never ?mind|forget|leave (?:it|that|them)|skip|later|first|let me|hold on|myself|nothing|enough|another|aber|nicht|nur|kein\p{L}{0,2}|sondern|ohne|warte|später|erst|vergiss|lass|egal|selbst|selber|mais|pas|sauf|sans|plus tard|d['’]abord|laisse\p{L}?|oublie\p{L}?|moi-même|pero|no|solo|sólo|salvo|sin|luego|después|primero|olvíd\p{L}{1,5}|déja\p{L}{1,4}|mismo|misma|mas|não|só|sem|depois|primeiro|deixa|esquece|ma|non|senza|dopo|lascia\p{L}{0,3}|dimentica|maar|niet|alleen|geen|eerst|laat|vergeet|zelf|ale|nie|tylko|bez|później|najpierw|men|inte|ikke|bara|utan|senare|först|själv|senere|først|selv)(?!\p{L})|[?？]|[.!;]\s*(?:now|next)(?!\p{L})/iu

/** Agrees to all that was offered, and to no part only. */
export function agrees(prompt: string): boolean {
  const said = prompt.trim()
  return said.length <= AGREEMENT && (AGREES.test(said) || APPROVES.test(said)) && !RESTRICTS.test(said)
}
