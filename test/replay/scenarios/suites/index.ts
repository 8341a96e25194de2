/** The domains of the scored half, one file each. */
import type { Suite } from '../build.ts'
import { accounting } from './accounting.ts'
import { browser } from './browser.ts'
import { calendar } from './calendar.ts'
import { chat } from './chat.ts'
import { clinic } from './clinic.ts'
import { cloud } from './cloud.ts'
import { crm } from './crm.ts'
import { drive } from './drive.ts'
import { forge } from './forge.ts'
import { freight } from './freight.ts'
import { home } from './home.ts'
import { hr } from './hr.ts'
import { mail } from './mail.ts'
import { ops } from './ops.ts'
import { python } from './python.ts'
import { research } from './research.ts'
import { shop } from './shop.ts'
import { social } from './social.ts'
import { systems } from './systems.ts'
import { tickets } from './tickets.ts'
import { travel } from './travel.ts'
import { warehouse } from './warehouse.ts'
import { web } from './web.ts'

export const suites: readonly Suite[] = [
  accounting,
  browser,
  calendar,
  chat,
  clinic,
  cloud,
  crm,
  drive,
  forge,
  freight,
  home,
  hr,
  mail,
  ops,
  python,
  research,
  shop,
  social,
  systems,
  tickets,
  travel,
  warehouse,
  web,
]
