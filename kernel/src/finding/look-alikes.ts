/** Letters of other scripts that are drawn like Latin ones, each beside the Latin letter; what is common as a sign is left out. */
const PAIRS =
  'аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwѵvАAВBЕEКKМMНHОOРPСCТTХXЅSІIЈJЗ3Уy' +
  'οoνvιiρpϲcϳjΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX' +
  'օoսuհhոnցgԼLՕOᎪAᏴBᏟCᎬEᏀGᎻHᎥiᎫJᏦKᏞLᎷMᏢPᎡRᏚSᎢTᏙVᎳWᏃZ' +
  'ɑaɡgıiℓlⅼlⅰiⅽcⅾdⅿm'

const LATIN: ReadonlyMap<string, string> = new Map(
  Array.from({ length: PAIRS.length / 2 }, (_, at) => [PAIRS[at * 2] as string, PAIRS[at * 2 + 1] as string]),
)

/** Anything a look-alike could be. */
export const STRANGE =
  /[\u0131\u0251\u0261\u0391-\u03FF\u0400-\u052F\u0531-\u0587\u13A0-\u13F5\u2113\u2170-\u217F\uFF21-\uFF5A]|\uD835[\uDC00-\uDFFF]/

/** The Latin letter a character is drawn like; undefined when it is like none. */
export function latinOf(character: string): string | undefined {
  return LATIN.get(character)
}

/** A name as it looks: look-alikes, widths and cases folded, separators and whatever is invisible left out. */
export function skeletonOf(name: string): string {
  let skeleton = ''
  for (const character of name.slice(0, 256).normalize('NFKC')) skeleton += LATIN.get(character) ?? character
  return skeleton.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
