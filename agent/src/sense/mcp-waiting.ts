import type { JsonObject } from '@assize/kernel'
import type { FrontEnd } from './gate.ts'
import { objectOf, progressNotice } from './mcp-protocol.ts'

const PROGRESS_MS = 5000

/** Tells the front-end and, where the host asked for it, the host, that a person is being asked. */
export function waitingSigns(
  params: JsonObject,
  frontEnd: FrontEnd,
): { readonly asked: (question: Parameters<FrontEnd['asking']>[0]) => void; readonly stop: () => void } {
  const token = objectOf(params['_meta'])['progressToken']
  let timer: NodeJS.Timeout | undefined
  return {
    asked: (question) => {
      frontEnd.asking(question)
      if (typeof token !== 'string' && typeof token !== 'number') return
      let progress = 0
      const sign = () => frontEnd.notice(progressNotice(token, (progress += 1), question.text))
      sign()
      timer = setInterval(sign, PROGRESS_MS)
    },
    stop: () => clearInterval(timer),
  }
}
