/** Calls that move, heat, pour or let in: told by the quantities they set and the things they set them of, whatever the tool is called. */
import type { EffectClass } from '../effect.ts'
import { DEVICE_NOUN, READ_NOUNS } from './name-words.ts'
import { wordsOf } from './name-class.ts'

/** Quantities of the world that a number sets. */
const QUANTITY =
  /(?:^|_)(?:temperature|temp|setpoint|celsius|fahrenheit|speed|velocity|rpm|torque|pressure|flow|flow_rate|rate|throttle|thrust|altitude|heading|angle|position|height|distance|acceleration|force|power|voltage|current|amps|watts|humidity|vents?|ec|ph|dose|dosage|litres?|liters?|ml|ml_per_hour|minutes|seconds|duration|percent|intensity|brightness|temperatur|geschwindigkeit|druck|vitesse|velocidad|temperatura|presion|predkosc|cisnienie|temperatuur|snelheid)$/
/** Of these those that nothing but a machine has. */
const OF_MACHINES =
  /(?:^|_)(?:setpoint|rpm|torque|throttle|thrust|flow_rate|ml_per_hour|max_speed|stop_distance|acceleration|spindle_speed|joint_\w+|waypoint)$/
/** What says which machine, or where it works. */
const WHICH =
  /(?:^|_)(?:robot|device|drone|vehicle|vin|pump|valve|motor|joint|axis|machine|actuator|relay|zone|tank|chamber|oven|heater|unit|gate|door|barrier|conveyor|cart|plc|line|crane|spindle|greenhouse)(?:_id|_name)?$/
/** Where it goes. */
const WHERETO = /^(?:place|waypoint|dest|destination|target|location|pose|dock|station|floor|lat|lon|x|y|z)$/

export interface Physical {
  readonly named: EffectClass | undefined
  readonly words: readonly string[]
  readonly keys: readonly string[]
  readonly counts: ReadonlySet<string> | undefined
}

/** Classes that a name may have and still be about a machine. */
const MAY_BE: ReadonlySet<EffectClass | undefined> = new Set<EffectClass | undefined>([
  undefined,
  'data.mutate',
  'process.exec',
  'net.egress',
  'tool.invoke',
])
/** Lamps and music change nothing that matters, and settings of programs no machine. */
const HARMLESS =
  /^(?:lights?|lamps?|music|tv|volume|playback|song|screen|display|camera|theme|font|editor|page|browser|licht|lampe|musik|luz)$/

export function isPhysical({ named, words, keys, counts }: Physical): boolean {
  if (!MAY_BE.has(named) || READ_NOUNS.has(words.at(-1) ?? '') || words.some((word) => HARMLESS.test(word))) return false
  const names = keys.map((key) => [key, wordsOf(key).join('_')] as const)
  const quantities = names.filter(([key, name]) => counts?.has(key) === true && QUANTITY.test(name))
  const which = names.some(([, name]) => WHICH.test(name))
  const device = words.some((word) => DEVICE_NOUN.test(word))
  if (names.some(([key, name]) => counts?.has(key) === true && OF_MACHINES.test(name)) && (device || which)) return true
  if (quantities.length > 0) return (device && named !== 'net.egress') || (which && (named === 'data.mutate' || named === 'process.exec'))
  // To go or be sent somewhere is to move, where a machine is told to.
  return (device || names.some(([, name]) => /^(?:robot|drone|vehicle|cart)(?:_id)?$/.test(name))) &&
    names.some(([, name]) => WHERETO.test(name)) &&
    named !== 'data.mutate'
    ? true
    : device && named === undefined && keys.length > 0 && which
}
