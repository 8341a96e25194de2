/** Words that writers of documentation put where a secret would stand. */
const PLACEHOLDER =
  /example|placeholder|your[_-]?|change[_-]?me|replace|insert|redacted|removed|hidden|masked|dummy|sample|fake|todo|x{4,}|\*{3,}|\.{3,}|…|(.)\1{5,}/i

/** Neither a placeholder, nor words, nor a sequence: varied enough to have been drawn by a machine. */
export function randomness(text: string): boolean {
  const body = text.length > 256 ? text.slice(0, 256) : text
  if (PLACEHOLDER.test(body) || isSequence(body, 10) || isRepeated(body) || readsAsWords(body)) return false
  return entropyOf(body) >= 0.65 * Math.log2(Math.min(body.length, alphabetOf(body)))
}

export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text) || isSequence(text, 7) || isRepeated(text)
}

/** Bits per character, as Shannon counts them. */
export function entropyOf(text: string): number {
  const counts = new Map<number, number>()
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

function alphabetOf(text: string): number {
  if (/^\d+$/.test(text)) return 10
  if (/^[0-9a-f]+$/i.test(text)) return 16
  return /[a-z]/.test(text) && /[A-Z]/.test(text) ? 62 : 36
}

/** `abcdefgh`, `1234567890`, `87654321`: so many characters that each follow on the last. */
function isSequence(text: string, length: number): boolean {
  let [run, direction] = [1, 0]
  for (let at = 1; at < text.length; at += 1) {
    const step = text.startsWith('90', at - 1) ? 1 : text.charCodeAt(at) - text.charCodeAt(at - 1)
    run = step !== 1 && step !== -1 ? 1 : step === direction ? run + 1 : 2
    direction = step
    if (run >= length) return true
  }
  return false
}

/** The same few characters over and over: `deadbeefdeadbeef`. */
function isRepeated(text: string): boolean {
  for (const period of [1, 2, 3, 4, 5, 6, 8, 10, 16]) {
    if (text.length < period * 2) break
    if (text.slice(period) === text.slice(0, text.length - period)) return true
  }
  return false
}

/** Pairs of letters that English and the names in code are made of. */
const PAIRS = new Set(
  (
    'th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ne ea ra ce li ch ll be ma si om ur ' +
    'ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts mo ow pa im mi ai sh ' +
    'ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab gh ty op wo sa ay ex ke fr oo av ag if ap gr od bo sp rd do uc bu ei ov by rm ep tt oc fa ' +
    'ef cu rn sc gi da yo cr cl du ga qu ue ff ba ey ls va um pp ua up lu go ht ru ug ds lt pi rc rr eg au ck ew mu br bi pt ak pu ui rg ib tl ny ki rk ys ' +
    'ob mm fu ph og ms ye ud mb ip ub oi rl gu dr hr cc tw ft wn nu af hu nn eo vo rv nf xp gn sm fl iz ok nl my gl aw ju oa eq sy sl ps jo lf nv je nk kn'
  ).split(' '),
)

/** At least nine letters, most of whose neighbours are neighbours in words; where a capital follows a small letter, a word begins. */
export function readsAsWords(text: string): boolean {
  let [pairs, known, digits] = [0, 0, 0]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code >= 48 && code <= 57) digits += 1
    if (at === 0 || !isLetter(code) || !isLetter(text.charCodeAt(at - 1))) continue
    if (code < 97 && text.charCodeAt(at - 1) >= 97) continue
    pairs += 1
    if (PAIRS.has(text.slice(at - 1, at + 1).toLowerCase())) known += 1
  }
  return pairs >= 8 && digits * 4 <= text.length && known >= 0.85 * pairs && pairs * 2 >= text.length
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

/** How often small and capital letters take turns: hardly in names, often by chance. */
export function turnsOfCase(text: string): number {
  let turns = 0
  for (let at = 1; at < text.length; at += 1) {
    const [last, next] = [text.charCodeAt(at - 1), text.charCodeAt(at)]
    if (isLetter(last) && isLetter(next) && last < 97 !== next < 97) turns += 1
  }
  return turns
}
