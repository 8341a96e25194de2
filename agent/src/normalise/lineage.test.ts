import { createSession, observe, type Session } from '@assize/kernel'
import { describe, expect, it } from 'vitest'
import { Lineage } from './lineage.ts'

const T = '0af7651916cd43dd8448eb211c80319c'
const blank = createSession()
const read = observe(blank, { type: 'context', channel: 'tool_result', text: 'something' })

/** A session calls in a trace. */
function calls(
  lineage: Lineage,
  session: string,
  { state = blank, to, trace = T }: { readonly state?: Session; readonly to?: string; readonly trace?: string } = {},
): void {
  lineage.enter(session, trace, `app of ${session}`)
  lineage.passed(session, trace, { state, to })
}

describe('whom a session works for', () => {
  it('is whoever spoke of its trace before, as that one was at its last call', () => {
    const lineage = new Lineage()
    calls(lineage, 'parent')
    calls(lineage, 'parent', { state: read, to: 'travel' })
    calls(lineage, 'child')
    expect(lineage.parentsOf('child')).toEqual([{ session: 'parent', state: read, chain: [], to: 'travel' }])
    expect([lineage.chainOf('child'), lineage.chainOf('parent')]).toEqual([['travel'], []])
  })

  it('is nobody for the one who began, whatever the others do', () => {
    const lineage = new Lineage()
    calls(lineage, 'parent', { to: 'travel' })
    calls(lineage, 'child', { to: 'hotels' })
    calls(lineage, 'grandchild')
    calls(lineage, 'parent')
    calls(lineage, 'child')
    expect(lineage.worksForAnother('parent')).toBe(false)
    expect(lineage.chainOf('child')).toEqual(['travel'])
    expect(lineage.chainOf('grandchild')).toEqual(['travel', 'hotels'])
    expect(lineage.parentsOf('grandchild').map(({ session }) => session)).toEqual(['child'])
  })

  it('is the latest who handed work on to it, however many did', () => {
    const lineage = new Lineage()
    for (let index = 0; index < 20; index += 1) {
      const trace = index.toString(16).padStart(32, 'a')
      calls(lineage, `parent ${index}`, { trace, to: 'travel' })
      calls(lineage, 'child', { trace })
    }
    const parents = lineage.parentsOf('child').map(({ session }) => session)
    expect([parents.length, parents.at(-1)]).toEqual([16, 'parent 19'])
  })

  it('goes by the application’s own name where nobody said under which', () => {
    const lineage = new Lineage()
    calls(lineage, 'parent')
    calls(lineage, 'child')
    expect(lineage.chainOf('child')).toEqual(['app of child'])
  })

  it('is everybody who handed work on to it', () => {
    const lineage = new Lineage()
    calls(lineage, 'one', { to: 'travel' })
    calls(lineage, 'two', { to: 'hotels', trace: T.replace('0', '1') })
    calls(lineage, 'child')
    calls(lineage, 'child', { trace: T.replace('0', '1') })
    expect(lineage.parentsOf('child').map(({ session }) => session)).toEqual(['one', 'two'])
    expect(lineage.chainOf('child')).toEqual(['travel', 'hotels'])
  })

  it('is nobody where a trace is made up', () => {
    const lineage = new Lineage()
    calls(lineage, 'parent', { state: read })
    calls(lineage, 'stranger', { trace: T.replace('0', '2') })
    expect(lineage.parentsOf('stranger')).toEqual([])
  })

  it('remembers no more than there is room for', () => {
    const lineage = new Lineage()
    for (let index = 0; index < 3000; index += 1) {
      const trace = index.toString(16).padStart(32, '0')
      calls(lineage, `parent ${index}`, { to: 'x', trace })
      calls(lineage, 'child', { trace })
    }
    expect(lineage.parentsOf('child').length).toBe(16)
    calls(lineage, 'late', { trace: (0).toString(16).padStart(32, '0') })
    expect(lineage.worksForAnother('late')).toBe(false)
  })
})
