/** Finds many literals in one pass over a text (Aho and Corasick, 1975), ASCII letters of either case being equal. */
export interface LiteralIndex {
  /** Hands every occurrence to `visit`: number of the literal, and where it starts. In order of where they end. */
  readonly search: (text: string, visit: (literal: number, start: number) => void) => void
}

interface Node {
  readonly next: Map<number, Node>
  readonly found: number[]
  fallback: Node | undefined
}

/** Class of every ASCII character: 0 stands in no literal, as does whatever is not ASCII. */
type Classes = Uint8Array

export function literalIndex(literals: readonly string[]): LiteralIndex {
  const folded = literals.map((literal) => foldAscii(literal))
  const { classes, count } = classesOf(folded)
  const nodes = trieOf(folded, classes)
  // States that found something stand last, so that one comparison tells.
  const ordered = [...nodes.filter(({ found }) => found.length === 0), ...nodes.filter(({ found }) => found.length > 0)]
  const quiet = ordered.findIndex(({ found }) => found.length > 0) * count
  const numbers = new Map(ordered.map((node, number) => [node, number * count]))
  const table = new Int32Array(ordered.length * count)
  for (const node of nodes)
    for (let at = 0; at < count; at += 1) table[(numbers.get(node) as number) + at] = numbers.get(step(node, at)) as number
  const found = ordered.map((node) => Int32Array.from(node.found))
  const lengths = Int32Array.from(folded, (literal) => literal.length)
  const root = numbers.get(nodes[0] as Node) as number

  function search(text: string, visit: (literal: number, start: number) => void): void {
    let state = root
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      state = table[state + (code < 128 ? (classes[code] as number) : 0)] as number
      if (state < quiet) continue
      for (const literal of found[state / count] as Int32Array) visit(literal, at + 1 - (lengths[literal] as number))
    }
  }
  return { search }
}

function foldAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

function classesOf(literals: readonly string[]): { readonly classes: Classes; readonly count: number } {
  const classes = new Uint8Array(128)
  let count = 1
  for (const character of new Set(literals.join(''))) {
    const code = character.charCodeAt(0)
    if (code >= 128) throw new RangeError(`a literal holds \`${character}\`, which is not ASCII`)
    classes[code] = count
    if (character >= 'a' && character <= 'z') classes[code - 32] = count
    count += 1
  }
  return { classes, count }
}

/** All nodes, the root first; each knows where to go on when its own text ends. */
function trieOf(literals: readonly string[], classes: Classes): readonly Node[] {
  const root: Node = { next: new Map(), found: [], fallback: undefined }
  const nodes = [root]
  for (const [number, literal] of literals.entries()) {
    let node = root
    for (let at = 0; at < literal.length; at += 1) node = grown(node, classes[literal.charCodeAt(at)] as number, nodes)
    node.found.push(number)
  }
  const queue = [root]
  for (let at = 0; at < queue.length; at += 1) {
    const node = queue[at] as Node
    for (const [character, child] of node.next) {
      child.fallback = node.fallback === undefined ? root : step(node.fallback, character)
      child.found.push(...child.fallback.found)
      queue.push(child)
    }
  }
  return nodes
}

function grown(node: Node, character: number, nodes: Node[]): Node {
  const known = node.next.get(character)
  if (known !== undefined) return known
  const made: Node = { next: new Map(), found: [], fallback: undefined }
  node.next.set(character, made)
  nodes.push(made)
  return made
}

function step(node: Node, character: number): Node {
  for (let from: Node | undefined = node; from !== undefined; from = from.fallback) {
    const next = from.next.get(character)
    if (next !== undefined) return next
    if (from.fallback === undefined) return from
  }
  return node
}
