import type { Overview } from '../../api/types.ts'

/** Problems that the gaps in coverage beside them do not tell already: an agent reports an application without protection both ways. */
export function untoldProblems({
  problems,
  coverageReasons,
}: Pick<Overview, 'problems' | 'coverageReasons'>): readonly Overview['problems'][number][] {
  return problems.filter(
    ({ agent, problem }) => !coverageReasons.some((gap) => gap.agent === agent && problem.startsWith(`${gap.app} is not protected:`)),
  )
}
