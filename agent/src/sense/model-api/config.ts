import { z } from 'zod'

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** Keys travel to the upstream, so they travel encrypted, or not off this machine. */
const upstream = (address: string) =>
  z
    .url({ protocol: /^https?$/ })
    .refine((text) => {
      const { protocol, hostname } = new URL(text)
      return protocol === 'https:' || LOOPBACK.has(hostname)
    }, 'must be https, or http on this machine')
    .default(address)

/** `sense.modelApi` in the agent's configuration. */
export const modelApiConfigSchema = z.strictObject({
  /** Port on 127.0.0.1; absent: no gateway. */
  port: z.number().int().min(0).max(65_535).optional(),
  /** Web origins that may call it from a browser, exactly as browsers send them. */
  origins: z.array(z.string().max(300)).max(100).default([]),
  /** Milliseconds without a byte after which a model server is given up. */
  silentMs: z.number().int().min(100).max(86_400_000).default(600_000),
  /** Ports of model servers that were moved behind the gateway; `assize protect` writes this. */
  takeOver: z
    .strictObject({
      ollama: z
        .strictObject({ port: z.number().int().min(0).max(65_535).default(11_434), server: upstream('http://127.0.0.1:11435') })
        .optional(),
    })
    .prefault({}),
  upstreams: z
    .strictObject({
      openai: upstream('https://api.openai.com'),
      anthropic: upstream('https://api.anthropic.com'),
      gemini: upstream('https://generativelanguage.googleapis.com'),
      ollama: upstream('http://127.0.0.1:11434'),
      llama: upstream('http://127.0.0.1:9931'),
    })
    .prefault({}),
})
export type ModelApiConfig = z.infer<typeof modelApiConfigSchema>
