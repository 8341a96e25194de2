/** The domains of the second suite, one file each. */
import type { Suite } from '../build.ts'
import { airline } from './airline.ts'
import { club } from './club.ts'
import { coding } from './coding.ts'
import { data } from './data.ts'
import { devops } from './devops.ts'
import { errands } from './errands.ts'
import { handoff } from './handoff.ts'
import { inbox } from './inbox.ts'
import { insurance } from './insurance.ts'
import { marketplace } from './marketplace.ts'
import { robots } from './robots.ts'
import { teamchat } from './teamchat.ts'
import { telecom } from './telecom.ts'
import { terminal } from './terminal.ts'
import { trips } from './trips.ts'
import { wallet } from './wallet.ts'

export const second: readonly Suite[] = [
  airline,
  club,
  coding,
  data,
  devops,
  errands,
  handoff,
  inbox,
  insurance,
  marketplace,
  robots,
  teamchat,
  telecom,
  terminal,
  trips,
  wallet,
]
