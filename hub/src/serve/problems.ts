import type { FastifyReply } from 'fastify'
import { isHubError, HubError } from '../platform/errors.ts'

/** Problem details (RFC 9457): what happened, what it means for protection, what to do next. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly protection?: string
  readonly remedy?: string
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request cannot be understood',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Not possible now',
  413: 'Too large',
  415: 'Not this kind of content',
  421: 'Wrong address',
  422: 'Refused',
  429: 'Too many attempts',
  503: 'The hub cannot do this now',
}

export function sendProblem(reply: FastifyReply, error: HubError): FastifyReply {
  return reply.code(error.status).type('application/problem+json').serializer(JSON.stringify).send(problemOf(error))
}

export function problemOf(error: HubError): Problem {
  return {
    type: `urn:assize:problem:${error.code}`,
    title: TITLES[error.status] ?? 'The hub failed',
    status: error.status,
    detail: error.detail,
    ...(error.protection === undefined ? {} : { protection: error.protection }),
    ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
  }
}

/** Any thrown value as a problem; unknown ones reveal nothing of the inside. */
export function asHubError(error: unknown): HubError {
  if (isHubError(error)) return error
  const { statusCode, code, message } = error as { statusCode?: number; code?: string; message?: string }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new HubError(
      {
        code:
          code
            ?.toLowerCase()
            .replace(/^fst_err_/, '')
            .replaceAll('_', '-') ?? 'bad-request',
        status: statusCode,
        detail: `The request cannot be used: ${message ?? 'it is malformed'}.`,
        remedy: 'Mend the request; the shapes are described at /api/v1/openapi.json.',
      },
      error,
    )
  }
  return new HubError(
    {
      code: 'internal',
      status: 500,
      detail: 'The hub failed at this request.',
      protection: 'Agents keep deciding and keep their records.',
      remedy: 'Try again; if it fails again, look at the log of the hub.',
    },
    error,
  )
}

export function notFound(what: string): HubError {
  return new HubError({
    code: 'not-found',
    status: 404,
    detail: `There is no such ${what}.`,
    remedy: 'Check the address; it may belong to another tenant or not have arrived yet.',
  })
}
