import type { z } from 'zod'
import type { DecisionDetailRow, DecisionFilter, DecisionRow } from '../../store/index.ts'
import { type decisionDetailSchema, type decisionQuerySchema, type decisionSummarySchema, answerSchema } from '../schemas.ts'
import { isoTime, parsedObject } from './present.ts'

const ANSWERS = answerSchema.options

export function decisionSummary(row: DecisionRow): z.infer<typeof decisionSummarySchema> {
  const { id, verdict, title, policy, agent, hostname, session, gate, app, user, tool, server, micros } = row
  const answer = ANSWERS.find((one) => one === row.answer)
  return {
    id,
    verdict,
    title,
    policy,
    at: isoTime(row.at),
    agent,
    hostname,
    session,
    gate,
    app,
    user,
    tool,
    server,
    effectClasses: [...row.effectClasses],
    micros,
    ...(answer === undefined ? {} : { answer }),
  }
}

export function decisionDetail(row: DecisionDetailRow): z.infer<typeof decisionDetailSchema> {
  const { epoch, seq, hash, previousHash } = row
  return {
    ...decisionSummary(row),
    epoch,
    seq,
    hash,
    previousHash,
    receivedAt: isoTime(row.receivedAt),
    entry: parsedObject(row.body),
    outcomes: row.outcomes.map((one) => ({ outcome: one.outcome, at: isoTime(one.at), detail: detailOf(one.body) })),
  }
}

function detailOf(body: string): Record<string, unknown> {
  const { detail } = parsedObject(body)
  return typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? (detail as Record<string, unknown>) : {}
}

export function decisionFilter(query: Omit<z.infer<typeof decisionQuerySchema>, 'cursor' | 'limit'>): DecisionFilter {
  const { verdict, since, until, app, tool, agent, session, policy, effect, search } = query
  return {
    verdict: verdict === undefined ? undefined : [verdict].flat(),
    app,
    tool,
    agent,
    session,
    policy,
    effect,
    search,
    since: since === undefined ? undefined : Date.parse(since),
    until: until === undefined ? undefined : Date.parse(until),
  }
}
