/** RFC 3492: names in letters beyond ASCII as the network spells them, and back. */
/** One label, without `xn--`. */
export function punycode(label: string): string {
  const points = [...label].map((character) => character.codePointAt(0) as number)
  const basic = points.filter((point) => point < 128)
  let output = basic.length > 0 ? `${String.fromCharCode(...basic)}-` : ''
  let [n, delta, bias, handled] = [128, 0, 72, basic.length]
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= n))
    delta += (next - n) * (handled + 1)
    n = next
    for (const point of points) {
      if (point < n) delta += 1
      if (point !== n) continue
      output += variableLength(delta, bias)
      bias = adapt(delta, handled + 1, handled === basic.length)
      delta = 0
      handled += 1
    }
    delta += 1
    n += 1
  }
  return output
}

function variableLength(value: number, bias: number): string {
  let [rest, output] = [value, '']
  for (let k = 36; ; k += 36) {
    const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
    if (rest < threshold) return output + digit(rest)
    output += digit(threshold + ((rest - threshold) % (36 - threshold)))
    rest = Math.floor((rest - threshold) / (36 - threshold))
  }
}

function digit(value: number): string {
  return String.fromCharCode(value < 26 ? value + 97 : value + 22)
}

function adapt(value: number, points: number, first: boolean): number {
  let delta = first ? Math.floor(value / 700) : Math.floor(value / 2)
  delta += Math.floor(delta / points)
  let k = 0
  for (; delta > 455; k += 36) delta = Math.floor(delta / 35)
  return k + Math.floor((36 * delta) / (delta + 38))
}

/** One label without `xn--`, as people write it; undefined when it is none. */
export function fromPunycode(label: string): string | undefined {
  const dash = label.lastIndexOf('-')
  const points = [...label.slice(0, Math.max(dash, 0))].map((character) => character.codePointAt(0) as number)
  let [n, i, bias] = [128, 0, 72]
  for (let at = dash < 0 ? 0 : dash + 1; at < label.length; ) {
    const [start, read] = [i, readLength(label, at, bias)]
    if (read === undefined || points.length > 63) return undefined
    i += read.value
    at = read.end
    bias = adapt(i - start, points.length + 1, start === 0)
    n += Math.floor(i / (points.length + 1))
    i %= points.length + 1
    if (n > 0x10ffff || (n >= 0xd800 && n < 0xe000)) return undefined
    points.splice(i, 0, n)
    i += 1
  }
  return String.fromCodePoint(...points)
}

function readLength(label: string, from: number, bias: number): { readonly value: number; readonly end: number } | undefined {
  let [value, weight] = [0, 1]
  for (let [k, at] = [36, from]; at < label.length; k += 36, at += 1) {
    const code = label.charCodeAt(at)
    const number = code >= 97 && code <= 122 ? code - 97 : code >= 48 && code <= 57 ? code - 22 : undefined
    if (number === undefined) return undefined
    value += number * weight
    if (value > 0x7fffffff) return undefined
    const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
    if (number < threshold) return { value, end: at + 1 }
    weight *= 36 - threshold
  }
  return undefined
}
