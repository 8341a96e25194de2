import { type Decision, type Json, type ToolCall, valueAt, withoutSecrets } from '@assize/kernel'

interface Secret {
  readonly text: string
  readonly mask: string
}

/** Secrets looked for one by one; the rest only where they stand whole. */
const MOST_SECRETS = 64
/** Part of a secret at the edge of an excerpt that is still masked. */
const PART = 8

/** The decision as it is recorded: a secret that is masked in the call is masked wherever the decision repeats it. */
export function maskDecision(decision: Decision, call: ToolCall): Decision {
  const found = decision.findings.filter(({ kind }) => kind.startsWith('secret.'))
  if (found.length === 0) return decision
  const secrets = found.slice(0, MOST_SECRETS).flatMap(({ where, span, kind }): readonly Secret[] => {
    const value = valueAt(call.args, where)
    const text = typeof value === 'string' ? value.slice(...span) : ''
    return text.length < PART ? [] : [{ text, mask: `[${kind}]` }]
  })
  const mask = (text: string): string => withoutSecrets(secrets.reduce(masked, text))
  const { derivations, effects, reasons, summary, counterfactual, setAside } = decision
  const told = {
    derivations,
    effects,
    reasons,
    summary,
    ...(counterfactual === undefined ? undefined : { counterfactual }),
    ...(setAside === undefined ? undefined : { setAside }),
  }
  return { ...decision, ...(mapTexts(told as unknown as Json, mask) as unknown as typeof told) }
}

function masked(text: string, { text: secret, mask }: Secret): string {
  const whole = text.replaceAll(secret, () => mask).replaceAll(encodeURIComponent(secret), () => mask)
  return withoutHead(withoutTail(whole, secret, mask), secret, mask)
}

/** An excerpt may end within a secret, with or without a sign that it does. */
function withoutTail(text: string, secret: string, mask: string): string {
  const at = text.lastIndexOf(secret.slice(0, PART))
  const rest = at < 0 ? '' : text.slice(at).replace(/…$/, '')
  return rest !== '' && secret.startsWith(rest) ? text.slice(0, at) + mask : text
}

/** Or begin within one. */
function withoutHead(text: string, secret: string, mask: string): string {
  const bare = text.replace(/^…/, '')
  const at = bare.indexOf(secret.slice(-PART))
  const head = at < 0 ? '' : bare.slice(0, at + PART)
  return head !== '' && head.length < secret.length && secret.endsWith(head) ? mask + bare.slice(head.length) : text
}

function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => mapTexts(item, change))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]))
}
