import { describe, expect, it } from 'vitest'
import type { Envelope } from '../../event/envelope.ts'
import type { Json } from '../../event/json.ts'
import { outsideEnvelope } from './outside-envelope.ts'

const WALK: Envelope = {
  listed: true,
  types: ['geometry_msgs/Twist', 'geometry_msgs/Twist'],
  fields: { 'linear.x': { min: -0.5, max: 0.5, unit: 'm/s' }, 'angular.z': { min: -1, max: 1, unit: 'rad/s' } },
  others: 'zero',
  rate: { count: 1, most: 20 },
}
const kinds = (message: Json, envelope: Envelope = WALK): readonly string[] =>
  outsideEnvelope.look({ kind: 'envelope', where: '/message', message, envelope }).map(({ kind }) => kind)

describe('what goes beyond what an operator allows', () => {
  it.each([
    ['within', { linear: { x: 0.5, y: 0, z: 0 }, angular: { z: -1 } }, ['envelope.within']],
    ['nothing said, which is 0', {}, ['envelope.within']],
    ['too fast', { linear: { x: 0.51 } }, ['envelope.exceeded']],
    ['the other way', { linear: { x: -4 }, angular: { z: 9 } }, ['envelope.exceeded', 'envelope.exceeded']],
    ['a number without bounds', { linear: { x: 0.1, y: 0.1 } }, ['envelope.exceeded']],
    ['more than a number can be', { linear: { x: Number.POSITIVE_INFINITY } }, ['envelope.no-number']],
    ['no number, as it is on the wire', { linear: { x: null } }, ['envelope.no-number']],
    ['a text in the place of a number', { linear: { x: 'NaN' } }, ['envelope.no-number']],
    ['a list in the place of a number', { linear: { x: [9] } }, ['envelope.no-number', 'envelope.exceeded']],
    ['a number in the place of an object', { linear: 9 }, ['envelope.exceeded']],
  ] as const)('tells %s', (_what, message, expected) => {
    expect(kinds(message as Json)).toEqual(expected)
  })

  it('looks at every place of a list', () => {
    const arm: Envelope = { listed: true, fields: { 'points[].velocities[]': { min: -1, max: 1 } }, others: 'any' }
    expect(kinds({ points: [{ velocities: [0.1, -1] }, { velocities: [1] }] }, arm)).toEqual(['envelope.within'])
    expect(kinds({ points: [{ velocities: [0.1, -1] }, { velocities: [1, 1.1] }] }, arm)).toEqual(['envelope.exceeded'])
  })

  it('counts what is left out as 0, also where 0 is not allowed', () => {
    expect(kinds({}, { listed: true, fields: { height: { min: 0.2, max: 1 } } })).toEqual(['envelope.exceeded'])
  })

  it('tells what is not listed, of another type, and too often', () => {
    expect(kinds({}, { listed: false })).toEqual(['envelope.unlisted'])
    expect(kinds({}, { ...WALK, types: ['geometry_msgs/Twist', 'std_msgs/String'] })).toEqual(['envelope.other-type'])
    expect(kinds({}, { ...WALK, rate: { count: 21, most: 20 } })).toEqual(['envelope.too-often'])
  })

  it('takes nothing for allowed that it cannot look at in full', () => {
    expect(kinds({ data: Array.from({ length: 30_000 }, () => 0) })).toEqual(['envelope.unread'])
    let deep: Json = 0
    for (let level = 0; level < 100; level += 1) deep = { deep }
    expect(kinds(deep)).toEqual(['envelope.unread'])
  })
})
