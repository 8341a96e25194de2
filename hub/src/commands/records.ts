import { once } from 'node:events'
import { entryHash } from '@assize/kernel'
import type { Command } from 'commander'
import { sha256 } from '../platform/secrets.ts'
import type { Store } from '../store/index.ts'
import { EXIT, globalOptions, say, usage } from './commands.ts'
import { withStore } from './offline.ts'

const AT_ONCE = 1000

export function addRecordCommands(program: Command): void {
  program.command('verify').description('check every stored chain from its first entry to its head').action(verify)
  program.command('export').description('print every stored entry').option('--format <format>', 'jsonl', 'jsonl').action(exportEntries)
}

type Chain = Awaited<ReturnType<Store['read']['chains']>>[number]

interface Verified {
  readonly chain: Chain
  readonly entries: number
  readonly dropped: number
  /** Undefined when the chain holds. */
  readonly fault?: string
}

async function verify(_flags: object, command: Command): Promise<void> {
  const options = globalOptions(command)
  const results = await withStore(options.state, async (store) => {
    const verified: Verified[] = []
    for (const chain of await store.read.chains()) verified.push(await verifyChain(store, chain))
    return verified
  })
  const bad = results.filter((result) => result.fault !== undefined)
  const entries = results.reduce((sum, result) => sum + result.entries, 0)
  const words =
    bad.length === 0
      ? `${results.length} chains with ${entries} entries hold.`
      : bad.map(({ chain, fault }) => `The chain of ${chain.agent} (epoch ${chain.epoch}) does not hold: ${fault}.`).join('\n')
  say(options, words, {
    ok: bad.length === 0,
    chains: results.map(({ chain, ...rest }) => ({
      tenant: chain.tenant,
      agent: chain.agent,
      epoch: chain.epoch,
      seq: chain.seq,
      ...rest,
    })),
  })
  if (bad.length > 0) process.exitCode = EXIT.no
}

/** Reads every entry again: each must be there, and hash onto the one before it. A dropped body is taken at its hash. */
async function verifyChain(store: Store, chain: Chain): Promise<Verified> {
  let previous: Uint8Array = new Uint8Array(32)
  let seq = 0
  let dropped = 0
  const result = (fault?: string): Verified => ({ chain, entries: seq, dropped, ...(fault === undefined ? {} : { fault }) })
  for (;;) {
    const entries = await store.read.chainEntries(chain, seq, AT_ONCE)
    for (const entry of entries) {
      if (entry.seq !== seq + 1) return result(`entry ${seq + 1} is missing`)
      if (entry.body.length === 0) dropped++
      else if (Buffer.compare(entryHash(previous, entry.body, sha256), entry.hash) !== 0)
        return result(`entry ${entry.seq} was changed, or the one before it`)
      previous = entry.hash
      seq = entry.seq
    }
    if (entries.length < AT_ONCE) break
  }
  if (seq !== chain.seq || Buffer.compare(previous, chain.hash) !== 0) return result(`it ends at ${seq} and not at its head ${chain.seq}`)
  if (dropped !== chain.dropped) return result(`${dropped} bodies are missing and ${chain.dropped} drops are declared`)
  return result()
}

async function exportEntries(flags: { readonly format: string }, command: Command): Promise<void> {
  if (flags.format !== 'jsonl') throw usage(`The format \`${flags.format}\` is not known.`, 'Use --format jsonl.')
  await withStore(globalOptions(command).state, async (store) => {
    for (const chain of await store.read.chains()) await exportChain(store, chain)
  })
}

async function exportChain(store: Store, chain: Chain): Promise<void> {
  const { tenant, agent, epoch } = chain
  for (let seq = 0; ; ) {
    const entries = await store.read.chainEntries(chain, seq, AT_ONCE)
    for (const { body, hash, ...entry } of entries) {
      const head = JSON.stringify({
        tenant,
        agent,
        epoch,
        seq: entry.seq,
        receivedAt: new Date(entry.receivedAt).toISOString(),
        hash: Buffer.from(hash).toString('hex'),
      })
      const line = `${head.slice(0, -1)},"entry":${body.length === 0 ? 'null' : Buffer.from(body).toString('utf8')}}\n`
      if (!process.stdout.write(line)) await once(process.stdout, 'drain')
      seq = entry.seq
    }
    if (entries.length < AT_ONCE) return
  }
}
