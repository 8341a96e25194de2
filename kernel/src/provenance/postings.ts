/** Which views hold a hash: a table of numbers, because an index holds hundreds of thousands of them. Appended to in place. */
export class Postings {
  /** By slot: a hash, and the number of its newest posting; 0 is a free slot. */
  #slots = new Int32Array(FIRST_SLOTS * 2)
  #shift = 32 - Math.log2(FIRST_SLOTS)
  #held = 0
  /** What found no slot nearby, so that hashes chosen to fall on the same slots cost no more than others. */
  readonly #astray = new Map<number, number>()
  /** By posting, from 1: the number of the next older one of the same hash or 0, and view and rank in one. */
  #postings = new Int32Array(FIRST_SLOTS * 2)
  #count = 1
  /** Hashes whose postings were cut at the limit, and from which view on: every view may hold them. */
  readonly #common = new Map<number, number>()

  /** Makes room for so many hashes at one go. */
  reserve(hashes: number): void {
    const most = this.#held + hashes
    let slots = this.#slots.length / 2
    while (most * 8 > slots * MOST_OF_8) slots *= 2
    if (slots * 2 > this.#slots.length) this.#grow(slots)
  }

  /** Says that a view holds a hash. Views come in order. */
  add(hash: number, view: number): void {
    const slot = this.#slotOf(hash)
    const newest = this.#at(slot, hash)
    if (newest === 0) return this.#place(slot, hash, this.#push(0, view * RANKS + 1))
    const last = this.#postings[newest * 2 + 1] as number
    if (last >> RANK_BITS === view) return
    const rank = last & (RANKS - 1)
    if (rank < VIEWS_PER_WORD) this.#place(slot, hash, this.#push(newest, view * RANKS + rank + 1))
    else if (!this.#common.has(hash)) this.#common.set(hash, view)
  }

  /** Of the first so many views, those that hold a hash, newest first; undefined when they are too many to tell. */
  viewsHolding(hash: number, views: number): readonly number[] | undefined {
    let posting = this.#at(this.#slotOf(hash), hash)
    if (posting === 0) return NONE
    const common = this.#common.size === 0 ? undefined : this.#common.get(hash)
    if (common !== undefined && common < views) return undefined
    const found: number[] = []
    for (; posting !== 0; posting = this.#postings[posting * 2] as number) {
      const view = (this.#postings[posting * 2 + 1] as number) >> RANK_BITS
      if (view < views) found.push(view)
    }
    return found
  }

  /** As it was when it held the first so many views; to be appended to apart from this one. */
  upTo(views: number): Postings {
    const copy = new Postings()
    let count = this.#count
    while (count > 1 && (this.#postings[count * 2 - 1] as number) >> RANK_BITS >= views) count -= 1
    copy.#count = count
    copy.#postings = this.#postings.slice()
    for (const [hash, view] of this.#common) if (view < views) copy.#common.set(hash, view)
    if (count === this.#count) copy.#takeOver(this.#slots.slice(), this.#shift, this.#held)
    else for (let at = 0; at < this.#slots.length; at += 2) this.#copy(copy, this.#slots[at] as number, this.#slots[at + 1] as number)
    for (const [hash, newest] of this.#astray) this.#copy(copy, hash, newest)
    return copy
  }

  /** What came later is the newest of its hash. */
  #copy(copy: Postings, hash: number, newest: number): void {
    let posting = newest
    while (posting >= copy.#count) posting = this.#postings[posting * 2] as number
    if (posting !== 0) copy.#place(copy.#slotOf(hash), hash, posting)
  }

  #takeOver(slots: Int32Array<ArrayBuffer>, shift: number, held: number): void {
    this.#slots = slots
    this.#shift = shift
    this.#held = held
  }

  /** The slot that holds the hash, or the free one where it belongs; -1 when neither is nearby. */
  #slotOf(hash: number): number {
    const slots = this.#slots
    const most = slots.length - 2
    let slot = (Math.imul(hash, SPREAD) >>> this.#shift) * 2
    for (let tries = 0; tries < NEARBY; tries += 1) {
      if (slots[slot] === hash || slots[slot + 1] === 0) return slot
      slot = (slot + 2) & most
    }
    return -1
  }

  #at(slot: number, hash: number): number {
    const newest = slot < 0 ? 0 : (this.#slots[slot + 1] as number)
    return newest !== 0 || this.#astray.size === 0 ? newest : (this.#astray.get(hash) ?? 0)
  }

  #place(slot: number, hash: number, posting: number): void {
    if (slot < 0 || (this.#astray.size > 0 && this.#astray.has(hash))) {
      this.#astray.set(hash, posting)
      return
    }
    if (this.#slots[slot + 1] === 0) this.#held += 1
    this.#slots[slot] = hash
    this.#slots[slot + 1] = posting
    if (this.#held * 16 > this.#slots.length * MOST_OF_8) this.#grow(this.#slots.length)
  }

  #grow(slots: number): void {
    const before = this.#slots
    this.#slots = new Int32Array(slots * 2)
    this.#shift = 32 - Math.log2(slots)
    for (let from = 0; from < before.length; from += 2) {
      if (before[from + 1] === 0) continue
      const [hash, posting] = [before[from] as number, before[from + 1] as number]
      const slot = this.#slotOf(hash)
      if (slot < 0) {
        this.#astray.set(hash, posting)
        this.#held -= 1
        continue
      }
      this.#slots[slot] = hash
      this.#slots[slot + 1] = posting
    }
  }

  #push(older: number, viewAndRank: number): number {
    const at = this.#count
    if (at * 2 >= this.#postings.length) {
      const longer = new Int32Array(Math.ceil(this.#postings.length * 0.75) * 2)
      longer.set(this.#postings)
      this.#postings = longer
    }
    this.#postings[at * 2] = older
    this.#postings[at * 2 + 1] = viewAndRank
    this.#count += 1
    return at
  }
}

const NONE: readonly number[] = []

/** Slots at first; twice as many whenever five eighths are taken. */
const FIRST_SLOTS = 64
const MOST_OF_8 = 5
/** Slots tried for one hash. */
const NEARBY = 32
/** Odd, near the golden ratio of all 32-bit numbers: spreads what differs little. */
const SPREAD = 0x9e3779b1

/** Most views told per word; a word in more of them is common and narrows nothing. */
const VIEWS_PER_WORD = 32
const RANK_BITS = 6
const RANKS = 1 << RANK_BITS
