/** Addresses at which a cloud machine hands out the credentials it acts by. */
import type { Spelling, TracedEffect } from '../traced-effect.ts'
import { traced } from '../traced-effect.ts'
import type { Address } from './address.ts'

const NAMES = /^(?:metadata|metadata\.google\.internal|metadata\.goog|metadata\.azure\.internal|instance-data(?:\.ec2\.internal)?)$/
const NUMBERS = new Set(['169.254.169.254', '169.254.170.2', '169.254.170.23', '100.100.100.200', '192.0.0.192', 'fd00:ec2::254'])
/** A name that spells the number: it leads there whoever answers for it. */
const SPELLED = /(?:^|[.-])169[.-]254[.-](?:169[.-]254|170[.-]2)(?:[.-]|$)/

/** What a request to such an address reveals; undefined for any other. */
export function machineCredentials({ host, url }: Address, spelling: Spelling): TracedEffect | undefined {
  const name = host.replace(/^\[|\]$/g, '')
  if (!NAMES.test(name) && !NUMBERS.has(name) && !SPELLED.test(name)) return undefined
  return traced({
    class: 'secret.read',
    target: url,
    certainty: 'likely',
    kind: 'address',
    spellings: [spelling],
    detail: 'the credentials of this machine',
  })
}
