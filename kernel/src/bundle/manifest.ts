import { z } from 'zod'

/** A signed release of policies, models or antibodies. The signature covers its canonical JSON (RFC 8785). */
export const bundleManifestSchema = z.strictObject({
  kind: z.enum(['policy', 'model', 'antibody']),
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  /** Grows with every release of this kind; an agent never goes back. */
  version: z.int().positive(),
  /** ISO 8601. */
  created: z.iso.datetime(),
  expires: z.iso.datetime(),
  minAgentVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
  files: z
    .array(
      z.strictObject({
        /** Relative, `/`-separated, no `..`. */
        path: z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[\w./-]{1,200}$/),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        length: z.int().nonnegative(),
      }),
    )
    .min(1)
    .max(500),
})
export type BundleManifest = z.infer<typeof bundleManifestSchema>

/** Most bytes a policy bundle may have, all files together; checked before anything is read. */
export const POLICY_BUNDLE_BYTES = 4 * 1024 * 1024

/** Most bytes of a model that a hub hands to agents; larger ones are brought by hand. */
export const MODEL_OFFER_BYTES = 64 * 1024 * 1024
