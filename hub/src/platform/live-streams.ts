/** Which agents are on the line right now, so that revoking one hangs up at once. */
export interface LiveStream {
  /** Ends the stream with a status the agent understands. */
  end(reason: EndReason): void
}

export type EndReason = 'revoked' | 'certificate-expired' | 'replaced' | 'drain'

export class LiveStreams {
  readonly #streams = new Map<string, Set<LiveStream>>()

  add(tenant: string, agent: string, stream: LiveStream): () => void {
    const key = `${tenant}/${agent}`
    const streams = this.#streams.get(key) ?? new Set()
    streams.add(stream)
    this.#streams.set(key, streams)
    return () => {
      streams.delete(stream)
      if (streams.size === 0 && this.#streams.get(key) === streams) this.#streams.delete(key)
    }
  }

  has(tenant: string, agent: string): boolean {
    return this.#streams.has(`${tenant}/${agent}`)
  }

  end(tenant: string, agent: string, reason: EndReason): number {
    const streams = [...(this.#streams.get(`${tenant}/${agent}`) ?? [])]
    for (const stream of streams) stream.end(reason)
    return streams.length
  }

  endAll(reason: EndReason): void {
    for (const streams of [...this.#streams.values()]) for (const stream of [...streams]) stream.end(reason)
  }

  /** Agents with at least one live stream. */
  get size(): number {
    return this.#streams.size
  }
}
