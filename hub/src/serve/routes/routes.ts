/** The routes of the REST API, one file per noun. */
import { z } from 'zod'
import { problemSchema } from '../schemas.ts'

/** Every route may end in a problem. */
export const problems = {
  default: { description: 'problem', content: { 'application/problem+json': { schema: problemSchema } } },
}

export const idParams = z.object({ id: z.string().min(1).max(64) })

/** A POST without a body still wants JSON: a form of another site cannot send that. */
export const nothing = z.strictObject({}).nullish()

export const done = z.null().describe('done')
