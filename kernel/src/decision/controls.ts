/** Deeds on what goes on working by itself or keeps others out, such as limits, filters and locks: to hand a task over does not reach that far. */
import { calledName } from '../effect/tool/dispatcher.ts'
import { wordsOf } from '../effect/tool/tool-inference.ts'
import type { EffectClass } from '../effect/effect.ts'
import type { TracedEffect } from '../effect/traced-effect.ts'
import { saidByUser } from '../intent/said-by-user.ts'
import type { Situation } from './situation.ts'

const ON_CONTROLS: ReadonlySet<EffectClass> = new Set<EffectClass>([
  'data.mutate',
  'data.drop',
  'identity.grant',
  'device.actuate',
  'message.send',
  'net.egress',
  'agent.config',
  'tool.invoke',
])

/** Words of tools for them, and how the beginnings of the words go in which people speak of it. */
const CONTROLS: readonly (readonly [RegExp, RegExp])[] = [
  [
    /^(?:filters?|rules?|filtres?|filtros?|filtr|regeln?|règles?|reglas?|regole?|regras?)$/,
    /\b(?:filt|rule|regel|règle|regl|regol|regra|block|always|automat|forward)/,
  ],
  [
    /^(?:forwarding|forward|redirect|redirection|weiterleitung|umleitung|rufumleitung|redirección|desvío|desvio|renvoi|doorschakelen)$/,
    /\b(?:forward|redirect|rerout|divert|umleit|weiterleit|redirig|redireccion|desv|renvo|doorschak)/,
  ],
  [
    /^(?:settings?|preferences?|einstellungen?|paramètres?|ajustes?|impostazioni|instellingen|ustawienia|innstillinger|inställningar)$/,
    /\b(?:setting|preference|einstell|paramètre|ajust|impostaz|instell|ustawie|innstill|inställ|turn|switch|enabl|disabl|activ)/,
  ],
  [
    /^(?:limits?|thresholds?|quota|grenzwerte?|limites?|límites?|limiti|limity)$/,
    /\b(?:limit|threshold|quota|cap|max|min|grenz|límit|rais|lower)/,
  ],
  [
    /^(?:permissions?|access|roles?|rights?|visibility|acl|polic(?:y|ies)|berechtigung(?:en)?|zugriff|permisos?|acceso|accès|droits?|uprawnienia|dostęp)$/,
    /\b(?:permi|access|role|right|visib|acl|polic|berechtig|zugriff|zugang|acces|accès|droit|uprawn|dostęp|shar|invit|grant|open|let|allow|giv|public|privat|admin|join)/,
  ],
  [
    /^(?:verification|2fa|mfa|lock|screenlock|password|pin|firewall|captcha|antivirus|alarm|interlock|safety|guard)$/,
    /\b(?:verif|2fa|mfa|lock|password|passwort|pin|firewall|captcha|antivirus|alarm|interlock|safe|guard|secur)/,
  ],
]

/** Longest part of what the person said that is looked at. */
const SAID = 16_384

export function isControlHandedOver({ effect, payload }: TracedEffect, { session, call }: Situation): boolean {
  if (!(session.wishes.delegates || session.wishes.defers) || payload !== undefined || !ON_CONTROLS.has(effect.class)) return false
  const words = wordsOf(calledName(call.tool, call.args))
  const kinds = CONTROLS.filter(([tool]) => words.some((word) => tool.test(word)))
  if (kinds.length === 0) return false
  const said = saidByUser(session.evidence)
  return !kinds.some(([, spoken]) => said.some(({ folded }) => spoken.test(folded.slice(0, SAID))))
}
