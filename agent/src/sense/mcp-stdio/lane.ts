/** Messages in one direction, in order. One that is held keeps its place until it is settled or parked. */
export interface Place {
  bytes: Buffer | undefined
  settled: boolean
}

export class Lane {
  private readonly write: (bytes: Buffer) => void
  private readonly queue: Place[] = []

  constructor(write: (bytes: Buffer) => void) {
    this.write = write
  }

  get waiting(): number {
    return this.queue.length
  }

  /** Sends a message as soon as everything before it is gone. */
  pass(bytes: Buffer): void {
    if (this.queue.length === 0) this.write(bytes)
    else this.queue.push({ bytes, settled: true })
  }

  /** Keeps a place for a message that is not decided yet. */
  hold(): Place {
    const place: Place = { bytes: undefined, settled: false }
    this.queue.push(place)
    return place
  }

  /** Fills a place with what is to be sent, or with nothing. A place that was parked is written at once. */
  settle(place: Place, bytes: Buffer | undefined): void {
    if (place.settled) {
      if (bytes !== undefined) this.write(bytes)
      return
    }
    place.bytes = bytes
    place.settled = true
    this.drain()
  }

  /** Lets those behind go: a person is being asked, and that takes long. */
  park(place: Place): void {
    if (place.settled) return
    place.settled = true
    this.drain()
  }

  private drain(): void {
    let sent = 0
    for (const place of this.queue) {
      if (!place.settled) break
      if (place.bytes !== undefined) this.write(place.bytes)
      sent += 1
    }
    this.queue.splice(0, sent)
  }
}
