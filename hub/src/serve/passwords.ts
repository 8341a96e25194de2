import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto'
import { HubError } from '../platform/errors.ts'

/** 32 MiB and some 100 ms per guess. */
const COST = { N: 2 ** 15, r: 8, p: 1 } as const
const LEAST_LENGTH = 10
/** Hashing is dear; this many at once leave the hub responsive. */
const MOST_AT_ONCE = 2
let running = 0

export function checkPasswordStrength(password: string): void {
  if ([...password].length < LEAST_LENGTH)
    throw new HubError({
      code: 'weak-password',
      status: 422,
      detail: `The password has fewer than ${LEAST_LENGTH} characters.`,
      remedy: 'Choose a longer one.',
    })
}

/** `scrypt$N$r$p$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, { ...COST, maxmem: 64 * 1024 * 1024 })
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** Takes as long for a person who does not exist (`stored` empty) as for one who does. Throws when too many are asked at once. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  if (running >= MOST_AT_ONCE)
    throw new HubError({ code: 'busy', status: 429, detail: 'Too many people sign in at this moment.', remedy: 'Try again in a moment.' })
  running++
  try {
    const [, n, r, p, salt, hash] = stored === '' ? ['scrypt', COST.N, COST.r, COST.p, '', ''] : stored.split('$')
    const expected = Buffer.from(String(hash), 'base64url')
    const actual = await derive(password, Buffer.from(String(salt), 'base64url'), {
      N: Number(n),
      r: Number(r),
      p: Number(p),
      maxmem: 64 * 1024 * 1024,
    })
    return expected.length === actual.length && timingSafeEqual(expected, actual)
  } finally {
    running--
  }
}

function derive(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, options, (error, key) => (error === null ? resolve(key) : reject(error)))
  })
}
