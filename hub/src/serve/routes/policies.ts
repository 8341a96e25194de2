import { POLICY_BUNDLE_BYTES } from '@assize/kernel'
import { z } from 'zod'
import { builtInPack, type ListedRules, publishPolicy, publishSigned, RuleLists } from '../../distribute/index.ts'
import { HubError } from '../../platform/errors.ts'
import type { BundleRow } from '../../store/index.ts'
import { callerOf, onlyFor, requireRole } from '../caller.ts'
import type { App, ServeContext } from '../context.ts'
import { policyOf, type PolicyParts } from '../present/policies.ts'
import { notFound } from '../problems.ts'
import { pageOf, pageQuerySchema, policyRulesSchema, policySchema, publishPolicySchema } from '../schemas.ts'
import { problems } from './routes.ts'

/** Base64 grows by a third; what is longer is not looked at. */
const BODY_BYTES = Math.ceil(POLICY_BUNDLE_BYTES * 1.5)
const BUILT_IN = 'balanced'
const rulesParams = z.object({ version: z.coerce.number().int().nonnegative() })
const versionParams = z.object({ version: z.coerce.number().int().positive() })

export function policyRoutes(app: App, context: ServeContext): void {
  const { store } = context
  app.get(
    '/api/v1/policies',
    { schema: { querystring: pageQuerySchema, response: { 200: pageOf(policySchema), ...problems } } },
    async (request) => {
      const { tenant } = requireRole(await callerOf(request, context), 'viewer')
      const page = await store.read.bundles(tenant, 'policy', request.query)
      return { ...page, items: await Promise.all(page.items.map((bundle) => present(context, tenant, bundle))) }
    },
  )

  app.get(
    '/api/v1/policies/:version',
    { schema: { params: versionParams, response: { 200: policySchema, ...problems } } },
    async (request) => {
      const { tenant } = requireRole(await callerOf(request, context), 'viewer')
      const bundle = await store.read.bundle(tenant, 'policy', request.params.version)
      if (bundle === undefined) throw notFound('policy version')
      return present(context, tenant, bundle)
    },
  )

  const lists = new RuleLists()
  app.get(
    '/api/v1/policies/:version/rules',
    { schema: { params: rulesParams, response: { 200: policyRulesSchema, ...problems } } },
    async (request) => {
      const { tenant } = requireRole(await callerOf(request, context), 'viewer')
      const { version } = request.params
      if (version === 0) return rulesOf({ name: BUILT_IN, version }, await lists.of(BUILT_IN, builtInPack))
      const bundle = await store.read.bundle(tenant, 'policy', version)
      if (bundle === undefined) throw notFound('policy version')
      return rulesOf(bundle, await lists.of(bundle.hash, () => filesOf(context, tenant, bundle.hash)))
    },
  )

  app.post(
    '/api/v1/policies',
    {
      bodyLimit: BODY_BYTES,
      onRequest: onlyFor('policy-admin', context),
      schema: { body: publishPolicySchema, response: { 200: policySchema, ...problems } },
    },
    async (request) => {
      const caller = requireRole(await callerOf(request, context), 'policy-admin')
      const bundle = await publish(context, { tenant: caller.tenant, by: caller.name, wish: request.body })
      context.control.offer(caller.tenant, bundle)
      return present(context, caller.tenant, bundle)
    },
  )
}

async function filesOf({ store }: ServeContext, tenant: string, hash: string): Promise<ReadonlyMap<string, string>> {
  const files = await store.read.bundleFiles(tenant, hash)
  return new Map(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString('utf8')]))
}

/** Without what only permits: that is the ground all others stand on. */
function rulesOf({ name, version }: Pick<BundleRow, 'name' | 'version'>, { description, rules }: ListedRules) {
  return {
    name,
    version,
    description,
    rules: rules
      .filter(({ effect }) => effect === 'forbid')
      .map(({ id, title, verdict, severity, owasp, atlas, remedy, file }) => ({
        id,
        title,
        verdict,
        severity,
        owasp,
        atlas,
        remedy,
        file,
      })),
  }
}

interface Publishing {
  readonly tenant: string
  readonly by: string
  readonly wish: z.infer<typeof publishPolicySchema>
}

function publish(context: ServeContext, { tenant, by, wish }: Publishing): Promise<BundleRow> {
  if (!('manifest' in wish)) {
    const files = new Map(Object.entries(wish.files).map(([path, text]) => [path, Buffer.from(text, 'utf8')]))
    return publishPolicy(context, tenant, {
      files,
      by,
      name: wish.name,
      expires: wish.expires === undefined ? undefined : Date.parse(wish.expires),
    })
  }
  const files = new Map(Object.entries(wish.files).map(([path, base64]) => [path, bytesOf(base64)]))
  return publishSigned(context, tenant, {
    manifest: bytesOf(wish.manifest),
    signatures: wish.signatures.map((one) => ({ keyId: one.keyId, signature: bytesOf(one.signature) })),
    files,
    by,
  })
}

function bytesOf(base64: string): Uint8Array {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64') !== base64)
    throw new HubError({
      code: 'bad-base64',
      status: 422,
      detail: 'The bundle was not published: part of it is not base64.',
      protection: 'The policy in force stays in force on every agent.',
      remedy: 'Send manifest, signatures and files as base64 with padding.',
    })
  return new Uint8Array(bytes)
}

async function present(context: ServeContext, tenant: string, bundle: BundleRow) {
  return policyOf(bundle, await policyParts(context, tenant, bundle))
}

export async function policyParts({ store }: ServeContext, tenant: string, bundle: BundleRow): Promise<PolicyParts> {
  const [agents, reports, latest, newest] = await Promise.all([
    store.read.allAgents(tenant),
    store.read.reportsOn(tenant, bundle.kind, bundle.version),
    store.read.latestReports(tenant, bundle.kind),
    store.read.latestBundle(tenant, bundle.kind),
  ])
  return { agents, reports, latest, newest: newest?.version === bundle.version }
}
