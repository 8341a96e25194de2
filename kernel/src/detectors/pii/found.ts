import type { Finding } from '../../finding/finding.ts'

export type Found = Pick<Finding, 'kind' | 'score' | 'span' | 'detail'>

/** A text being looked through, with the name of what it stands in. */
export interface Looked {
  readonly text: string
  readonly where: string
}

/** How far before a number its name is looked for. */
const BEFORE = 48

/** Whether a name stands shortly before, or is that of the argument. */
export function isNear({ text, where }: Looked, at: number, name: RegExp): boolean {
  return name.test(text.slice(Math.max(0, at - BEFORE), at)) || name.test(spelled(where))
}

/** `/customer/cardNumber` as words. */
function spelled(where: string): string {
  return where.length > 256 ? '' : where.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_/-]/g, ' ')
}
