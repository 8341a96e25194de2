/**
 * The formats of secrets that are known by their shape, taken from what their issuers say of them and compared with the rules of
 * gitleaks (MIT licence, copyright 2019 Zachary Rice).
 */
import type { SecretFormat } from '../format.ts'
import { CLOUD } from './cloud.ts'
import { CODE_HOSTING } from './code-hosting.ts'
import { SERVICES } from './services.ts'
import { STANDARDS } from './standards.ts'

export const FORMATS: readonly SecretFormat[] = [...CLOUD, ...CODE_HOSTING, ...SERVICES, ...STANDARDS]
