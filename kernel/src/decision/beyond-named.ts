/** Deeds that go beyond what the person named: done to everybody, or to another one of the kind. */
import { leavesWithin } from '../effect/effects-of.ts'
import { opensToAll } from '../effect/tool/tool-inference.ts'
import type { TracedEffect } from '../effect/traced-effect.ts'
import { rememberedTexts } from '../event/remembered-texts.ts'
import type { Evidence } from '../provenance/evidence.ts'
import { findWhole } from '../provenance/search.ts'
import type { View } from '../provenance/view.ts'
import type { Situation } from './situation.ts'
import type { Tracer } from './tracer.ts'

/** Arguments looked at, and how much of what the person said. */
const [ARGUMENTS, SAID] = [24, 16_384]

/** It would be opened to everybody, and the person spoke of nothing like it. */
export function isOpened({ call, session }: Situation): boolean {
  return opensToAll(call.args) && !EVERYBODY.some((word) => findWhole(session.evidence.said, word).length > 0)
}

/** It would go to everybody there is, and the person spoke of nothing like it. */
export function isToEverybody({ effect }: TracedEffect, { session, reading }: Situation): boolean {
  if (effect.class !== 'message.send' && effect.class !== 'code.publish') return false
  const wide = leavesWithin(reading)
    .slice(0, ARGUMENTS)
    .some(({ text }) => TO_ALL.test(text.trim()))
  return wide && !TO_MANY.some((word) => findWhole(session.evidence.said, word).length > 0)
}

const TO_ALL = /^(?:\*|[@#]?(?:all|everyone|everybody|here|channel)|all[ _-](?:members|users|contacts|customers|staff))$/i

const EVERYBODY =
  'public publicly everyone everybody anyone anybody world internet anonymous öffentlich jeder jedem allen público publique publiquement tous todos pubblico tutti openbaar iedereen publiczny wszyscy offentlig alla alle'.split(
    ' ',
  )

const TO_MANY = [...EVERYBODY, ...'all members users contacts customers staff people team group channel here'.split(' ')]

/** The person named one thing of the kind, and it is done to another that only outside text names: they said `b-12`, this is `b-13`. */
export function isAnotherOne({ session, reading }: Situation): boolean {
  const { said, read } = session.evidence
  const ids = leavesWithin(reading)
    .slice(0, ARGUMENTS)
    .filter(({ text }) => IDENTIFIER.test(text) && findWhole(said, text).length === 0 && findWhole(read, text).length > 0)
  if (ids.length === 0) return false
  const named = namedShapes(said)
  return ids.some(({ text }) => named.has(shapeOf(text)))
}

const IDENTIFIER = /^(?=.*\d)(?=.*\p{L})[\p{L}\p{N}#_-]{3,40}$/u

/** The kinds of identifier that the person used. */
function namedShapes(said: Evidence['said']): ReadonlySet<string> {
  const shapes = new Set<string>()
  for (const { segment, views } of said)
    for (let index = 0; index < views; index += 1) {
      const { source, text } = segment.views[index] as View
      if (source.channel === 'user') for (const shape of recallShapes(text.slice(0, SAID), shapesIn)) shapes.add(shape)
    }
  return shapes
}

function shapesIn(text: string): readonly string[] {
  const words = text.match(/[\p{L}\p{N}#_-]{3,40}/gu) ?? []
  return [...new Set(words.filter((word) => IDENTIFIER.test(word)).map(shapeOf))]
}

/** Characters of what people said whose identifiers are remembered. */
const REMEMBERED = 262_144
const recallShapes = rememberedTexts<readonly string[]>(REMEMBERED)

/** Letters stay, numbers do not. */
function shapeOf(id: string): string {
  return id.toLowerCase().replaceAll(/\d+/g, '0')
}

/**
 * The tool did what the person named, or they named one thing of the kind; now it is called with nothing of theirs, on what only
 * sentences of outside text tell.
 */
export function isOtherThanNamed({ session, reading, call }: Situation, tracer: Tracer): boolean {
  const own = leavesWithin(reading)
    .slice(0, ARGUMENTS)
    .filter(({ text }) => text.trim().length >= VALUE)
  const novel = own.filter(({ text }) => findWhole(session.evidence.said, text).length === 0)
  if (novel.length === 0) return false
  const named = namedShapes(session.evidence.said)
  const again = novel.length === own.length && session.calls.some(({ tool, namedByUser }) => namedByUser && tool === call.tool)
  const others = again ? novel : novel.filter(({ text }) => IDENTIFIER.test(text) && named.has(shapeOf(text)))
  return others.some(({ pointer, text }) => {
    if (text.length > LONGEST) return false
    const { derivation, field, fields, whole } = tracer.trace({ arg: pointer, text }, 'name')
    return whole && derivation.integrity === 'untrusted' && !field && fields.length === 0
  })
}

/** Shortest and longest value that names something. */
const [VALUE, LONGEST] = [2, 80]
