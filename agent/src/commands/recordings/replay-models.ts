import { type Classifier, OnnxClassifier } from '@assize/inference'
import type { Advice, Finding, Open } from '@assize/kernel'
import { readModelFolder } from '../../control/models/model-folder.ts'
import { readReady } from '../../control/models/ready-model.ts'
import { Adviser, Counsel } from '../../decide/index.ts'
import { AgentError } from '../../platform/errors.ts'
import type { JudgedCall, RecordingJudge } from './judge-recording.ts'
import type { Recording } from './recording.ts'

/** Folders of the models that take part in a replay. */
export interface ModelFolders {
  readonly texts?: string
  readonly calls?: string
}

/** Nobody is held up here, so loading a model is waited for as well, milliseconds. */
const WAIT_MS = 30_000
const PLACES: Readonly<Record<string, keyof ModelFolders>> = { texts: 'texts', injection: 'texts', calls: 'calls', alignment: 'calls' }

/** What `--models` says: `texts=DIR`, `calls=DIR` or both with a comma between. Throws an `AgentError`. */
export function modelFolders(said: string): ModelFolders {
  const folders: { texts?: string; calls?: string } = {}
  for (const part of said.split(',')) {
    const at = part.indexOf('=')
    const place = PLACES[part.slice(0, Math.max(0, at))]
    if (place === undefined || at === part.length - 1)
      throw new AgentError(
        'usage',
        `\`${part.slice(0, 60)}\` names no model, so nothing was replayed. Write \`--models texts=DIR,calls=DIR\`, or one of the two.`,
      )
    folders[place] = part.slice(at + 1)
  }
  return folders
}

/** Models that read the results of recordings and are asked about the calls that rules leave open. To be closed. */
export class ReplayModels {
  readonly #texts: Classifier | undefined
  readonly #calls: Classifier | undefined
  readonly #adviser: Adviser
  readonly #counsel: Counsel

  constructor(folders: ModelFolders) {
    this.#texts = started(folders.texts, 'texts')
    this.#calls = started(folders.calls, 'calls')
    this.#adviser = new Adviser({ mode: () => 'on', waitMs: WAIT_MS, classifier: () => this.#texts, record: () => undefined })
    const config = { advice: { use: 'on', waitMs: WAIT_MS, doubts: false }, judge: { waitMs: WAIT_MS } } as const
    const alignment = () => this.#calls
    this.#counsel = new Counsel({ config, mode: () => 'on', alignment, judge: () => undefined, record: () => undefined })
  }

  /** A recording as rules and models together decide it. */
  async judge(judge: RecordingJudge, recording: Recording, otherwise: string): Promise<readonly JudgedCall[]> {
    const found = await this.#read(recording)
    const open = new Map<string, Open>()
    const told = { found: (text: string) => found.get(text) ?? [], open: (callId: string, left: Open) => void open.set(callId, left) }
    const byRules = judge.judge(recording, otherwise, { ...told, said: () => undefined })
    const said = await this.#ask(open)
    return said.size === 0 ? byRules : judge.judge(recording, otherwise, { ...told, said: (callId) => said.get(callId) })
  }

  async close(): Promise<void> {
    await Promise.all([this.#texts?.close(), this.#calls?.close()])
  }

  async #read({ events }: Recording): Promise<ReadonlyMap<string, readonly Finding[]>> {
    const read = new Map<string, readonly Finding[]>()
    for (const { type, text } of this.#texts === undefined ? [] : events) {
      if (type !== 'tool_result' || typeof text !== 'string' || read.has(text)) continue
      const alone = {}
      this.#adviser.hear(alone, { type: 'context', channel: 'tool_result', text }, '')
      await this.#adviser.pending(alone)
      read.set(text, this.#adviser.findings(alone))
    }
    return read
  }

  async #ask(open: ReadonlyMap<string, Open>): Promise<ReadonlyMap<string, readonly Advice[]>> {
    const said = new Map<string, readonly Advice[]>()
    if (this.#calls === undefined) return said
    for (const [callId, left] of open) {
      const advice = await this.#counsel.ask(left)
      if (advice !== undefined && advice.length > 0) said.set(callId, advice)
    }
    return said
  }
}

function started(folder: string | undefined, task: keyof ModelFolders): Classifier | undefined {
  if (folder === undefined) return undefined
  const ready = readReady(readModelFolder(folder), folder)
  const reads = ready.card.reads === 'questions-1' ? 'calls' : 'texts'
  if (reads !== task)
    throw new AgentError(
      'usage',
      `The model in \`${folder}\` reads ${reads}, not ${task}, so nothing was replayed. Write \`${reads}=${folder}\`.`,
    )
  const { name, version } = ready.card
  return OnnxClassifier.start({ model: { name, version }, files: ready.files })
}
