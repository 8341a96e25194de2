import { z } from 'zod'

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])
const NAME = /^[A-Za-z0-9][\w.-]{0,99}$/

/** Tokens and tasks travel to the agent, so they travel encrypted, or not off this machine. */
const address = z.url({ protocol: /^https?$/ }).refine((text) => {
  const { protocol, hostname, username, password } = new URL(text)
  return (protocol === 'https:' || LOOPBACK.has(hostname)) && username === '' && password === ''
}, 'must be https, or http on this machine, and without a password')

/** A public key as a JSON web key; anything private in it does not belong here. */
const publicKey = z
  .looseObject({ kty: z.enum(['EC', 'OKP', 'RSA']), kid: z.string().min(1).max(500) })
  .refine((key) => !('d' in key), 'must be a public key')

/** `sense.a2a` in the agent's configuration. */
export const a2aConfigSchema = z.strictObject({
  /** Port on 127.0.0.1; absent: no gate. */
  port: z.number().int().min(0).max(65_535).optional(),
  /** Web origins that may call it from a browser, exactly as browsers send them. */
  origins: z.array(z.string().max(300)).max(100).default([]),
  /** Agents by the name that policies and people know them by. */
  agents: z
    .record(
      z.string().regex(NAME),
      z.strictObject({
        /** Where its card is: below `/.well-known/agent-card.json`, unless `card` says otherwise. */
        url: address,
        card: z
          .string()
          .regex(/^\/[\x21-\x7e]{0,500}$/)
          .default('/.well-known/agent-card.json'),
        /** Its card must be signed by one of these; absent: the card is remembered as it was first seen. */
        keys: z.array(publicKey).min(1).max(20).optional(),
        /** Hosts besides its own that its card may send messages to, such as `api.example.com:8443`. */
        hosts: z.array(z.string().max(300)).max(20).default([]),
      }),
    )
    .default({}),
})
export type A2aConfig = z.infer<typeof a2aConfigSchema>
export type A2aAgentConfig = A2aConfig['agents'][string]
