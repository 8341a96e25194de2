/** States that a change may bring about, as the deeds they are: to set the status of a booking to `cancelled` is to cancel it. */
import type { Json, JsonObject } from '../../event/json.ts'

const STATE_KEY = /^(?:new_?)?(?:status|state|action|operation_?type|transition|event|phase|lifecycle)(?:_?(?:to|name|code))?$/i
const VERBS: ReadonlyMap<string, string> = new Map(
  `cancelled:cancel canceled:cancel cancel:cancel deleted:delete delete:delete removed:remove remove:remove revoked:revoke revoke:revoke
  disabled:disable disable:disable inactive:disable deactivated:deactivate suspended:suspend terminated:terminate terminate:terminate
  blocked:block block:block banned:ban rejected:reject declined:decline voided:cancel void:cancel annulled:cancel aborted:cancel
  published:publish publish:publish public:publish released:release merged:merge refunded:refund refund:refund paid:pay
  discharged:discharge dismissed:reject dropped:drop`
    .split(/\s+/)
    .map((pair) => pair.split(':') as [string, string]),
)
/** Arguments looked at, those one level down included. */
const ARGUMENTS = 32

/** The verb of the state that a call sets, if its arguments name one. */
export function stateVerbOf(args: JsonObject): string | undefined {
  const own = Object.entries(args).slice(0, ARGUMENTS)
  const below = own.flatMap(([, value]) => (isObject(value) ? Object.entries(value).slice(0, ARGUMENTS) : []))
  for (const [key, value] of [...own, ...below]) {
    if (typeof value !== 'string' || value.length > 24 || !STATE_KEY.test(key)) continue
    const verb = VERBS.get(value.toLowerCase())
    if (verb !== undefined) return verb
  }
  return undefined
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
