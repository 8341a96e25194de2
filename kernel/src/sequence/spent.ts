import type { CallReading } from '../effect/effects-of.ts'
import type { Leaf } from '../event/leaves.ts'
import { bitOf, bitsOf } from './step.ts'

/** What a session has used up. */
export interface Spent {
  readonly calls: number
  /** UTF-16 code units of arguments that were sent away. */
  readonly bytes: number
  /** Hundredths of whatever currency; amounts of different currencies are added as they stand. */
  readonly money: number
}

export const NOTHING_SPENT: Spent = { calls: 0, bytes: 0, money: 0 }

const CARRIES_AWAY = bitsOf(['net.egress', 'message.send', 'code.publish', 'agent.delegate'])
const MOVES_MONEY = bitOf('money.move')

/** What will be used up once this call has been let go. */
export function spentBy(spent: Spent, { effects, leaves }: CallReading): Spent {
  const classes = bitsOf(effects.map(({ effect }) => effect.class))
  return {
    calls: spent.calls + 1,
    bytes: spent.bytes + ((classes & CARRIES_AWAY) === 0 ? 0 : leaves.leaves.reduce((sum, { text }) => sum + text.length, 0)),
    money: spent.money + ((classes & MOVES_MONEY) === 0 ? 0 : amountIn(leaves.leaves)),
  }
}

const AMOUNT_KEY = /amount|sum|total|price|value|quantity|betrag|montant|importe/i
const NUMBER = /^[^\d-]{0,4}(\d{1,15}(?:[ ,'.]\d{3})*(?:[.,]\d{1,8})?)[^\d]{0,4}$/
/** Beyond, sums would lose their cents. */
const MOST = 1e13

/** The largest amount that an argument names, in hundredths; 0 when none is found. Negative amounts count as 0. */
function amountIn(leaves: readonly Leaf[]): number {
  let most = 0
  for (const { key, text } of leaves.slice(0, 64)) {
    if (!AMOUNT_KEY.test(key) || text.length > 40) continue
    most = Math.max(most, hundredthsOf(text.trim()))
  }
  return Math.min(most, MOST)
}

/** `1,234.50`, `1.234,50`, `€ 12` and `1e3` in hundredths. */
function hundredthsOf(text: string): number {
  const plain = Number(text)
  if (Number.isFinite(plain)) return Math.max(0, Math.round(plain * 100))
  const digits = NUMBER.exec(text)?.[1]
  if (digits === undefined) return 0
  const cents = /[.,](\d{1,2}|\d{4,8})$/.exec(digits)
  const whole = (cents === null ? digits : digits.slice(0, -cents[0].length)).replace(/\D/g, '')
  return Math.round(Number(`${whole || '0'}.${cents?.[1] ?? '0'}`) * 100)
}
