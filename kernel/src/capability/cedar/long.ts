import { EvaluationError } from './scope.ts'
import type { Value } from './value.ts'

/** A 64-bit signed integer: a `number` while that is exact, a `bigint` beyond. */
export type Long = number | bigint

const SMALLEST = -(2n ** 63n)
const LARGEST = 2n ** 63n - 1n

export function add(left: Long, right: Long): Long {
  const sum = Number(left) + Number(right)
  return isExact(left, right, sum) ? sum : bounded(BigInt(left) + BigInt(right))
}

export function subtract(left: Long, right: Long): Long {
  const difference = Number(left) - Number(right)
  return isExact(left, right, difference) ? difference : bounded(BigInt(left) - BigInt(right))
}

export function multiply(left: Long, right: Long): Long {
  const product = Number(left) * Number(right)
  return isExact(left, right, product) ? product : bounded(BigInt(left) * BigInt(right))
}

export function negate(value: Long): Long {
  return subtract(0, value)
}

export function expectLong(value: Value): Long {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  throw new EvaluationError('expected an integer')
}

/** INVARIANT: an operation on safe integers whose double result is safe was exact. */
function isExact(left: Long, right: Long, result: number): boolean {
  return typeof left === 'number' && typeof right === 'number' && Number.isSafeInteger(result) && !Object.is(result, -0)
}

function bounded(value: bigint): Long {
  if (value < SMALLEST || value > LARGEST) throw new EvaluationError('integer overflow')
  const narrow = Number(value)
  return Number.isSafeInteger(narrow) ? narrow : value
}
