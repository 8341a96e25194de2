/** States that a change may bring about, as the deeds they are: to set the status of a booking to `cancelled` is to cancel it. */
import type { Json, JsonObject } from '../../event/json.ts'

const STATE_KEY = /^(?:new_?)?(?:status|state|action|operation_?type|transition|event|phase|lifecycle)(?:_?(?:to|name|code))?$/i
const VERBS: ReadonlyMap<string, string> = new Map(
  `cancelled:cancel canceled:cancel cancel:cancel deleted:delete delete:delete removed:remove remove:remove revoked:revoke revoke:revoke
  disabled:disable disable:disable inactive:disable deactivated:deactivate suspended:suspend terminated:terminate terminate:terminate
  blocked:block block:block banned:ban rejected:reject declined:decline voided:cancel void:cancel annulled:cancel aborted:cancel
  published:publish publish:publish public:publish released:release merged:merge refunded:refund refund:refund paid:pay
  discharged:discharge dismissed:reject dropped:drop trash:trash trashed:trash forward:forward redirect:redirect`
    .split(/\s+/)
    .map((pair) => pair.split(':') as [string, string]),
)
/** What guards something, or lets it run at all; said of an argument, or of what an argument names. */
const GUARD =
  /(?:^|[_.-])(?:enabled|active|verif\w*|authenticat\w*|authoriz\w*|auth|mfa|2fa|otp|two_?factor|encrypt\w*|lock\w*|\w*lock|firewall|protect\w*|guard\w*|approvals?|signature|checksum|audit\w*|alarms?|alerts?|monitoring|antivirus|tls|ssl|csrf|moderation|captcha|password|pin|backups?|logging|safety)(?=$|[_.-])/
/** Arguments that name what another one of them sets. */
const NAMES_KEY = /^(?:name|key|setting|option|feature|flag|property|parameter|field|config|preference)(?:_?name)?$/i
const SETS_KEY = /^(?:new_?)?(?:value|state|enabled|setting|to)$/i
const OFF = /^(?:off|false|disabled?|no|none|0|aus|never)$/i
/** Arguments looked at, those one level down included. */
const ARGUMENTS = 32

/** The verb of the state that a call sets, if its arguments name one. */
export function stateVerbOf(args: JsonObject): string | undefined {
  const own = Object.entries(args).slice(0, ARGUMENTS)
  const below = own.flatMap(([, value]) => (isObject(value) ? Object.entries(value).slice(0, ARGUMENTS) : []))
  const all = [...own, ...below]
  for (const [key, value] of all) {
    if (typeof value !== 'string' || value.length > 24 || !STATE_KEY.test(key)) continue
    const verb = VERBS.get(value.toLowerCase())
    if (verb !== undefined) return verb
  }
  return all.some(([key, value]) => isOff(value) && isGuard(key, value, all)) ? 'disable' : undefined
}

/** The argument is called after what guards something, or another argument says which setting it is. */
function isGuard(key: string, value: Json, all: readonly (readonly [string, Json])[]): boolean {
  if (GUARD.test(plain(key))) return true
  if (!SETS_KEY.test(key) || value === 0) return false
  return all.some(([name, called]) => NAMES_KEY.test(name) && typeof called === 'string' && called.length <= 64)
}

function isOff(value: Json): boolean {
  return value === false || (typeof value === 'string' && value.length <= 8 && OFF.test(value))
}

/** `screenLock` as `screen_lock`. */
function plain(key: string): string {
  return key.length > 64 ? '' : key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
