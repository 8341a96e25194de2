import { afterAll, expect, it } from 'vitest'
import { isOptimised } from './optimised.fixture.ts'
import { doNotOptimise, optimise } from './optimiser.ts'

afterAll(optimise)

it('leaves code as it is compiled at first, and afterwards not', async () => {
  doNotOptimise()
  expect(await isOptimised()).toBe(false)
  optimise()
  expect(await isOptimised()).toBe(true)
})
