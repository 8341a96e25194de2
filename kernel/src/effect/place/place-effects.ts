import type { Certainty, EffectClass } from '../effect.ts'
import { type Spelling, traced, type TracedEffect } from '../traced-effect.ts'
import { type Address, parseAddress } from './address.ts'
import { type KnownPlace, knownPlaces } from './known-places.ts'
import { type CanonicalPath, canonicalPath, insideWorkspace, type Surroundings } from './path.ts'
import { rememberedAt } from './remembered.ts'

export type FileAccess = 'read' | 'write' | 'delete'

export interface FileUse {
  readonly access: FileAccess
  readonly spelling: Spelling
  /** The path, where it is not the spelling itself. */
  readonly path?: string
  readonly certainty?: Certainty
  readonly detail?: string | undefined
  readonly payload?: readonly Spelling[]
}

/** What using one file does: the access itself, and what the place makes of it. */
export function fileEffects(use: FileUse, at: Surroundings): readonly TracedEffect[] {
  const { found, places, inside } = placeOf(use.path ?? use.spelling.text, at)
  const certainty = found.resolved ? (use.certainty ?? 'certain') : 'likely'
  const make = (effectClass: EffectClass, detail?: string): TracedEffect => ({
    ...traced({ class: effectClass, target: found.path, certainty, kind: 'path', spellings: [use.spelling], detail: detail ?? use.detail }),
    insideWorkspace: inside,
    ...(use.payload === undefined ? {} : { payload: use.payload }),
  })
  const effects = placeEffects(use.access, places, make)
  const remote = found.remoteHost === undefined ? undefined : parseAddress(`smb://${found.remoteHost}`)
  return remote === undefined ? effects : [...effects, addressEffect({ address: remote, spelling: use.spelling, certainty: 'likely' })]
}

/** What a path means, whatever is done with it. */
interface Place {
  readonly found: CanonicalPath
  readonly places: readonly KnownPlace[]
  readonly inside: boolean
}

const recall = rememberedAt<Place>()

function placeOf(spelled: string, at: Surroundings): Place {
  return recall(at, spelled, () => {
    const found = canonicalPath(spelled, at)
    return { found, places: knownPlaces(found, at), inside: insideWorkspace(found.path, at) }
  })
}

type Make = (effectClass: EffectClass, detail?: string) => TracedEffect

function placeEffects(access: FileAccess, places: readonly KnownPlace[], make: Make): readonly TracedEffect[] {
  const named = (kind: KnownPlace['kind']): KnownPlace | undefined => places.find((place) => place.kind === kind)
  const secret = named('secret')
  if (access === 'read') return secret === undefined ? [make('fs.read')] : [make('secret.read', secret.name)]
  const effects: TracedEffect[] = []
  const [config, persistence, identity] = [named('agent-config'), named('persistence'), named('identity')]
  effects.push(
    make(
      access === 'write' ? 'fs.write' : 'fs.delete',
      persistence === undefined ? (secret?.name ?? identity?.name) : `persistence: ${persistence.name}`,
    ),
  )
  if (config !== undefined) effects.push(make('agent.config', config.name))
  if (access === 'write' && persistence !== undefined) effects.push(make('code.install', `persistence: ${persistence.name}`))
  if (identity !== undefined) effects.push(make('identity.grant', identity.name))
  return effects
}

export interface AddressUse {
  readonly address: Address
  readonly spelling: Spelling
  readonly certainty?: Certainty
  readonly detail?: string | undefined
  readonly retrieval?: boolean
  readonly payload?: readonly Spelling[]
}

/** What using an address does, and where it sends on whoever opens it. */
export function effectsOfAddress(use: AddressUse): readonly TracedEffect[] {
  const effect = addressEffect(use)
  const onward = use.address.leadsTo === undefined ? undefined : parseAddress(use.address.leadsTo)
  if (onward === undefined) return [effect]
  const spelling = { ...use.spelling, text: use.address.leadsTo ?? '' }
  return [
    effect,
    addressEffect({
      ...use,
      address: onward,
      spelling,
      certainty: 'likely',
      detail: `${use.address.host} may send whoever opens it there`,
    }),
  ]
}

export function addressEffect(use: AddressUse): TracedEffect {
  const { address, spelling } = use
  const detail = [use.detail, address.deceptive].filter((part) => part !== undefined).join('; ') || undefined
  return {
    ...traced({
      class: 'net.egress',
      target: address.url,
      certainty: use.certainty ?? 'certain',
      kind: 'address',
      spellings: [spelling],
      detail,
    }),
    host: address.host,
    hostPrivate: address.private,
    ...(use.retrieval === true ? { retrieval: true } : {}),
    ...(use.payload === undefined ? {} : { payload: use.payload }),
  }
}
