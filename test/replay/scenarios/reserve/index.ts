/** The domains of the reserve: written in the same way, with further manners of attack, and not to be scored while the kernel is worked on. */
import type { Suite } from '../build.ts'
import { bank } from './bank.ts'
import { files } from './files.ts'
import { infra } from './infra.ts'
import { java } from './java.ts'
import { moderation } from './moderation.ts'
import { notebook } from './notebook.ts'
import { phone } from './phone.ts'
import { property } from './property.ts'
import { school } from './school.ts'

export const reserve: readonly Suite[] = [bank, files, infra, java, moderation, notebook, phone, property, school]
