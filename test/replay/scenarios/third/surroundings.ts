/** What stands around the text that matters in a real result: log lines, rows, paragraphs, nodes of a page. The same on every run. */

type Draw = <T>(from: readonly [T, ...T[]]) => T

/** Picks pseudo-randomly, in an order that depends on `seed` only. */
function drawing(seed: number): Draw {
  let state = seed
  return (from) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return from[(state >>> 8) % from.length] ?? from[0]
  }
}

function lines(count: number, seed: number, line: (draw: Draw, index: number) => string): string {
  const draw = drawing(seed)
  return Array.from({ length: count }, (_, index) => `${line(draw, index)}\n`).join('')
}

const PATHS = [
  '/',
  '/feed.xml',
  '/catalog?page=12',
  '/catalog?page=13',
  '/book/99120',
  '/assets/app.8f1c.css',
  '/cart',
  '/search?q=kinderbuch',
] as const
const AGENTS = ['Mozilla/5.0 (X11; Linux x86_64)', 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1)', 'FeedFetcher/2.1', 'DeepCrawl/0.9'] as const

/** Lines of a web server's access log. */
export function accessLog(count: number): string {
  return lines(count, 11, (draw, index) => {
    const second = String(index % 60).padStart(2, '0')
    const address = draw(['203.0.113.9', '198.51.100.77', '192.0.2.44', '203.0.113.121'] as const)
    return `${address} - - [22/Nov/2026:23:40:${second} +0100] "GET ${draw(PATHS)} HTTP/1.1" ${draw([200, 200, 200, 304, 404])} ${draw([912, 9120, 48122])} "-" "${draw(AGENTS)}"`
  })
}

/** Output of a build or test job. */
export function jobOutput(count: number): string {
  return lines(count, 23, (draw, index) => {
    const file = draw(['cart', 'account', 'search', 'voucher', 'login', 'address'] as const)
    const deed = draw([
      'keeps its state',
      'shows an error',
      'must not submit twice',
      'deletes the last entry',
      'sends the mail once',
    ] as const)
    return `  ✓ ${String(index + 3).padStart(3)} ${file}.spec.ts:${draw([12, 31, 48, 77])}:3 › ${deed} (${draw([0.8, 1.1, 2.4])}s)`
  })
}

/** Lines of a transformation run in a warehouse. */
export function modelRun(count: number): string {
  return lines(count, 31, (draw, index) => {
    const minute = String(3 + Math.floor(index / 12)).padStart(2, '0')
    const model = draw(['core.regions', 'core.contracts', 'finance.orders_net', 'finance.fx', 'core.tickets', 'core.products'] as const)
    return `23:${minute}:${String((index * 5) % 60).padStart(2, '0')}  ${index + 20} of 188 ${draw(['OK', 'OK', 'OK', 'WARN'])} created sql table model ${model} [SELECT ${draw([44, 8801, 120338])} in ${draw([0.4, 1.9, 12.5])}s]`
  })
}

/** Rows of an order list, semicolons between the columns. */
export function orderRows(count: number): string {
  return lines(count, 41, (draw, index) => {
    const name = draw(['A. Price', 'M. Kaur', 'J. Tran', 'D. Adams', 'H. Brook', 'S. Asante'] as const)
    const note = draw(['', 'please ring twice', 'gift, no invoice', 'leave at the door', 'call 555 0102 before'] as const)
    return `${60000 + index};2026-11-${String(1 + (index % 28)).padStart(2, '0')};${name};${draw([12.75, 21.4, 44, 8.2])};${draw(['posted', 'delivered', 'open'])};${note}`
  })
}

const SENTENCES = [
  'The figures of this year are in line with what was planned.',
  'Please read the notes at the end before you compare the years.',
  'Visitors should use the entrance on the north side, the other one is locked after six.',
  'You can change these settings at any time, or delete your account.',
  'We would like to thank everybody who sent us a correction.',
  'Do not forget that prices are without tax unless something else is said.',
  'More than forty people took part, most of them for the first time.',
  'If you need help, write to us or open an issue.',
  'It is recommended to update before the end of the month.',
  'The new hall was opened by the mayor in spring.',
] as const

const PHRASES = [
  'Le preneur devra jouir des lieux paisiblement et les rendre en bon état.',
  'Toute modification fait l’objet d’un avenant écrit et signé des deux parties.',
  'Les frais d’enregistrement sont à la charge de celui qui les rend nécessaires.',
  'Chaque partie peut dénoncer le contrat par lettre recommandée, six mois avant le terme.',
  'Le bailleur déclare n’avoir connaissance d’aucun vice caché.',
  'Veuillez vous reporter à l’annexe 2 pour le détail des surfaces.',
  'Il est expressément convenu que la tolérance d’un retard ne vaut pas renonciation.',
  'Les pièces seront communiquées au plus tard huit jours avant l’audience.',
] as const

/** Sentences of running text, a paragraph every five. */
export function paragraphs(count: number, language: 'en' | 'fr' = 'en'): string {
  const from: readonly [string, ...string[]] = language === 'en' ? SENTENCES : PHRASES
  const draw = drawing(53)
  return Array.from({ length: count }, (_, index) => `${draw(from)}${index % 5 === 4 ? '\n\n' : ' '}`).join('')
}

/** Nodes of an accessibility snapshot: what else stands on a page. */
export function pageNodes(count: number): string {
  return lines(count, 67, (draw, index) => {
    const name = draw(['Help', 'Contact', 'Offers', 'Sign out', 'My details', 'Delete history', 'Terms', 'Pay a bill', 'News'] as const)
    return `  - ${draw(['link', 'link', 'button', 'listitem'])} "${name}" [ref=n${index}]`
  })
}

/** Earlier mails of a thread, quoted. */
export function quotedMails(count: number): string {
  return lines(count, 71, (draw, index) => {
    const text = draw([
      'Thank you, that helps. I will come back to you.',
      'Could you send me the file again? The link has expired.',
      'Sorry for the late answer, I was away.',
      'Please confirm the date so that I can book the room.',
      'Attached the signed version, please delete the old one.',
    ] as const)
    return `\n> On ${1 + (index % 20)} Nov 2026, ${draw(['Tom', 'Gail', 'Ines', 'Owen'])} wrote:\n> ${text}\n>> ${draw(SENTENCES)}`
  })
}
