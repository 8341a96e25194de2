/** Whether a call goes to a place that only looks like one the person named: they said `hooks.corp.example`, this is `hooks-corp.example`. */
import type { TracedEffect } from '../effect/traced-effect.ts'
import { saidByUser } from '../intent/said-by-user.ts'
import type { Evidence } from '../provenance/evidence.ts'

/** Shortest host of which two can be told to look alike, how many letters may differ, and how many hosts of the person's are looked at. */
const [HOST, LETTERS, HOSTS] = [8, 2, 64]
/** Longest part of what the person said that is looked at. */
const SAID = 16_384

export function isLookalike(traced: TracedEffect, evidence: Evidence): boolean {
  const hosts = hostsOf(traced)
  if (hosts.length === 0) return false
  const named = namedIn(evidence)
  return hosts.some((host) => !named.some((own) => isSameSite(host, own)) && named.some((own) => looksLike(host, own)))
}

function hostsOf({ effect, host, kind, target }: TracedEffect): readonly string[] {
  if (host !== undefined) return [host]
  if (kind !== 'recipient') return []
  return [effect.target, ...target.map(({ text }) => text)].flatMap((text) => /@([\p{L}\p{N}.-]{4,190})$/u.exec(text.trim())?.[1] ?? [])
}

function namedIn(evidence: Evidence): readonly string[] {
  const texts = saidByUser(evidence).map(({ folded }) => folded.slice(0, SAID))
  return texts.flatMap((text) => text.match(/[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu) ?? []).slice(0, HOSTS)
}

function isSameSite(host: string, own: string): boolean {
  return host === own || host.endsWith(`.${own}`) || own.endsWith(`.${host}`)
}

function looksLike(host: string, own: string): boolean {
  if (Math.min(host.length, own.length) < HOST) return false
  return skeletonOf(host) === skeletonOf(own) || (siteOf(host) !== siteOf(own) && differsLittle(host, own))
}

/** Points and hyphens moved, and letters that look alike taken for one. */
function skeletonOf(host: string): string {
  return host.replaceAll(/[._-]/g, '').replaceAll('0', 'o').replaceAll(/[1i]/g, 'l').replaceAll('rn', 'm').replaceAll('vv', 'w')
}

/** What is registered, roughly: hosts of one site may differ by a letter. */
function siteOf(host: string): string {
  return host.split('.').slice(-2).join('.')
}

/** All but a few letters in one place are the same, and both end alike. */
function differsLittle(host: string, own: string): boolean {
  if (Math.abs(host.length - own.length) > LETTERS || host.split('.').at(-1) !== own.split('.').at(-1)) return false
  const shorter = Math.min(host.length, own.length)
  let [head, tail] = [0, 0]
  while (head < shorter && host[head] === own[head]) head += 1
  while (tail < shorter - head && host.at(-1 - tail) === own.at(-1 - tail)) tail += 1
  return Math.max(host.length, own.length) - head - tail <= LETTERS
}
