import { z } from 'zod'

/** `sense.acs` in the agent's configuration. */
export const acsConfigSchema = z.strictObject({
  /** Port on 127.0.0.1; absent: nobody is answered. */
  port: z.number().int().min(0).max(65_535).optional(),
})
export type AcsConfig = z.infer<typeof acsConfigSchema>
