/** How many bytes have been taken from the wire and are not yet durable, over all streams. */
export class Load {
  readonly #most: number
  #bytes = 0

  constructor(most: number) {
    this.#most = most
  }

  add(bytes: number): void {
    this.#bytes += bytes
  }

  remove(bytes: number): void {
    this.#bytes -= bytes
  }

  get full(): boolean {
    return this.#bytes >= this.#most
  }

  get bytes(): number {
    return this.#bytes
  }
}
