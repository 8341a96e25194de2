/** Sees spans of outside text that speak to a model as if they were its instructions. Soft evidence: never enough by itself. */
import type { Finding } from '../../finding/finding.ts'
import { literalDetector } from '../../finding/literal-walk.ts'

/** Most findings told of one text. */
const FINDINGS = 16
/** Highest score: below what policies are told of. */
const SPOKEN = 0.7
const MENTIONED = 0.3

/** How far before and after one of its words a passage is looked for. */
const [BEFORE, AFTER] = [64, 256]

interface Passage {
  readonly what: string
  /** One of them stands near the beginning of it; ASCII, lower case. */
  readonly words: readonly string[]
  readonly pattern: RegExp
}

const PASSAGES: readonly Passage[] = [
  {
    what: 'sets earlier instructions aside',
    words: ['ignor', 'disregard', 'forget', 'overrid', 'not follow'],
    pattern:
      /\b(?:ignore|disregard|forget|override|do not follow)\b[^.\n]{0,30}\b(?:previous|prior|above|earlier|preceding|all|your|system|original|existing)\b[^.\n]{0,30}\b(?:instructions?|prompts?|rules?|directions?|guidelines?|directives?|commands?|context)\b[^.\n]{0,120}/gi,
  },
  {
    what: 'gives the model a new part to play',
    words: ['you are now', 'from now on', 'act as', 'pretend', ' mode'],
    pattern:
      /\b(?:you are now|from now on,? you(?: are| will|'ll)?|act as (?:if|an?|the)|pretend (?:to be|you)|enter \w{2,20} mode)\b[^.\n]{0,120}/gi,
  },
  {
    what: 'passes for the frame of a conversation',
    words: [
      ...['<|', '[inst', '[/inst', '<<sys', '<system', '</system', '<assistant', '</assistant', '<information', '</information'],
      ...['<important', '</important', '<instruction', '</instruction', '# system', '# instruction', '# new task', '#system'],
      ...['prompt:', 'message:', 'note:', 'override:', 'instructions:', 'instruction:'],
    ],
    pattern:
      /<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id)\|>|\[\/?INST\]|<<SYS>>|<\/?(?:system|assistant|information|important|instructions?|system-reminder)>|(?:^|\n)#{1,4} ?(?:system|instructions?|new task)\b[^\n]{0,80}|\b(?:system|assistant|developer) ?(?:prompt|message|note|override|instructions?)\s{0,2}:[^\n]{0,120}/gi,
  },
  {
    what: 'speaks to whoever reads it for somebody else',
    words: [' ai', '\nai', 'llm', 'assistant', 'language model', 'agent', 'chatbot', ' gpt', 'claude', 'gemini', 'copilot', ' bot'],
    pattern:
      /\b(?:(?:dear|hey|hi|hello|attention|note to|message (?:to|for)|instructions? (?:to|for)|to)\s{1,3}(?:the |any |all )?(?:ai|llm|assistant|language model|agent|chatbot|gpt|claude|gemini|copilot|bot)s?\b|(?:ai|llm) (?:agents?|assistants?|models?) (?:must|should|need|reading|processing))[^.\n]{0,120}/gi,
  },
  {
    what: 'wants something kept from the person',
    words: ['tell', 'mention', 'inform', 'notif', 'reveal', 'alert', 'warn'],
    pattern:
      /\b(?:do not|don['’]t|never|must not|without)\s{1,3}(?:\w{1,12}\s){0,2}(?:tell|mention|inform|notify|reveal|alert|warn)(?:ing)?\b[^.\n]{0,40}\b(?:users?|humans?|anyone|operator|customer|owner)\b/gi,
  },
  {
    what: 'says what has to be done before the task',
    words: [
      'before you',
      'prior to you',
      ...['continu', 'proceed', 'complet', 'solv', 'start', 'answer', 'do'].map((verb) => `before ${verb}`),
    ],
    pattern:
      /\b(?:before|prior to) (?:you )?(?:can |continu|proceed|complet|solv|start|answer|do)\w{0,6}\b[^.\n]{0,60}\b(?:you (?:must|need|have to|should)|please|first)\b[^.\n]{0,120}/gi,
  },
]
const WORDS = PASSAGES.flatMap(({ words }, passage) => words.map((word) => ({ word, passage })))

export const instructionSpan = literalDetector({
  name: 'instruction-span',
  version: '1',
  literals: WORDS.map(({ word }) => word),
  begin({ text, where, outside }) {
    if (outside !== true) return undefined
    const findings: Finding[] = []
    const done = new Int32Array(PASSAGES.length)
    return {
      found: () => findings,
      visit: (literal, start) => {
        const { passage } = WORDS[literal] as (typeof WORDS)[number]
        if (start < (done[passage] as number) || findings.length >= FINDINGS) return
        const { what, pattern } = PASSAGES[passage] as Passage
        const from = Math.max(done[passage] as number, start - BEFORE)
        pattern.lastIndex = 0
        const match = pattern.exec(text.slice(from, start + AFTER))
        if (match === null) return
        const span = [from + match.index, from + match.index + match[0].length] as const
        done[passage] = span[1]
        const mentioned = isMentioned(text, span[0])
        const score = mentioned ? MENTIONED : SPOKEN
        const detail = mentioned ? `mentions a passage that ${what}` : `a passage that ${what}`
        findings.push({ detector: 'instruction-span', version: '1', kind: 'text.instruction', score, where, span, detail })
      },
    }
  },
})

/** Quoted, in code, or called an example, an attack or a test: somebody speaks about it. */
function isMentioned(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 96), at)
  return (
    /["“‘'`«]\s{0,2}$/.test(before) ||
    /\b(?:such as|like|e\.g\.|for example|for instance|called|known as|detects?|attack(?:s|ers?)?|injections?|jailbreaks?|phrases?|patterns?|says?|said|asks?|asserts?|expect|regex|payload|test)\b[^.\n]{0,48}$/i.test(
      before,
    )
  )
}
