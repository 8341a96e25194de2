/** Errors in the shapes that clients of each model API read. */
import type { JsonObject } from '@assize/kernel'

export function openaiProblem(status: number, text: string): JsonObject {
  return { error: { message: text, type: 'assize_gateway', param: null, code: String(status) } }
}

/** Its events all have a type, errors as well. */
export function responsesProblem(status: number, text: string): JsonObject {
  return { type: 'error', ...openaiProblem(status, text), code: String(status), message: text, param: null }
}

export function anthropicProblem(_status: number, text: string): JsonObject {
  return { type: 'error', error: { type: 'assize_gateway', message: text } }
}

export function geminiProblem(status: number, text: string): JsonObject {
  return {
    error: {
      code: status,
      message: text,
      status: status === 403 ? 'PERMISSION_DENIED' : status < 500 ? 'INVALID_ARGUMENT' : 'UNAVAILABLE',
    },
  }
}

export function ollamaProblem(_status: number, text: string): JsonObject {
  return { error: text }
}

/** For a request of no known API: most clients find the text in it. */
export function anyProblem(status: number, text: string): JsonObject {
  return { type: 'error', error: { type: 'assize_gateway', code: status, message: text } }
}
