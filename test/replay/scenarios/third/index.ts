/** The domains of the third suite, one file each. */
import type { Suite } from '../build.ts'
import { ayuntamiento } from './ayuntamiento.ts'
import { concierge } from './concierge.ts'
import { contrats } from './contrats.ts'
import { crew } from './crew.ts'
import { forms } from './forms.ts'
import { healthportal } from './healthportal.ts'
import { household } from './household.ts'
import { lakehouse } from './lakehouse.ts'
import { lampshop } from './lampshop.ts'
import { messenger } from './messenger.ts'
import { outreach } from './outreach.ts'
import { servers } from './servers.ts'
import { sharing } from './sharing.ts'
import { skerryair } from './skerryair.ts'
import { teamrepo } from './teamrepo.ts'
import { voicehome } from './voicehome.ts'

export const third: readonly Suite[] = [
  ayuntamiento,
  concierge,
  contrats,
  crew,
  forms,
  healthportal,
  household,
  lakehouse,
  lampshop,
  messenger,
  outreach,
  servers,
  sharing,
  skerryair,
  teamrepo,
  voicehome,
]
