import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, hub } from './api.ts'
import type { Verdict } from './types.ts'

/** What the console asks the hub, one entry per question. The first part of each key names what the live stream refreshes. */

/** Filters of the decisions list; the same words as in its address. */
export interface DecisionFilter {
  readonly verdict?: readonly Verdict[]
  readonly app?: string
  readonly tool?: string
  readonly agent?: string
  readonly policy?: string
  readonly effect?: string
  readonly search?: string
  readonly since?: string
  readonly until?: string
}

const PAGE = 100

export function meQuery() {
  return queryOptions({
    queryKey: ['me'],
    queryFn: ({ signal }) => answer(hub.GET('/api/v1/me', { signal })),
    staleTime: 60_000,
    retry: false,
  })
}

export function overviewQuery() {
  return queryOptions({
    queryKey: ['overview'],
    queryFn: ({ signal }) => answer(hub.GET('/api/v1/overview', { signal })),
    refetchInterval: 30_000,
  })
}

export function decisionsQuery(filter: DecisionFilter) {
  return infiniteQueryOptions({
    queryKey: ['decisions', filter],
    queryFn: ({ signal, pageParam }) =>
      answer(
        hub.GET('/api/v1/decisions', {
          signal,
          params: { query: { ...asQuery(filter), limit: PAGE, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    gcTime: 60_000,
  })
}

export function facetsQuery(filter: DecisionFilter) {
  return queryOptions({
    queryKey: ['facets', filter],
    queryFn: ({ signal }) => answer(hub.GET('/api/v1/decisions/facets', { signal, params: { query: asQuery(filter) } })),
    placeholderData: (previous) => previous,
    refetchInterval: 10_000,
  })
}

export function decisionQuery(id: string) {
  return queryOptions({
    queryKey: ['decision', id],
    queryFn: ({ signal }) => answer(hub.GET('/api/v1/decisions/{id}', { signal, params: { path: { id } } })),
  })
}

export function sessionQuery(id: string) {
  return queryOptions({
    queryKey: ['session', id],
    queryFn: ({ signal }) => answer(hub.GET('/api/v1/sessions/{id}', { signal, params: { path: { id } } })),
  })
}

export function agentsQuery() {
  return infiniteQueryOptions({
    queryKey: ['agents'],
    queryFn: ({ signal, pageParam }) =>
      answer(hub.GET('/api/v1/agents', { signal, params: { query: { limit: PAGE, ...(pageParam === '' ? {} : { cursor: pageParam }) } } })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    refetchInterval: 30_000,
  })
}

export function agentQuery(id: string) {
  return queryOptions({
    queryKey: ['agent', id],
    queryFn: ({ signal }) => answer(hub.GET('/api/v1/agents/{id}', { signal, params: { path: { id } } })),
    refetchInterval: 30_000,
  })
}

export function policiesQuery() {
  return queryOptions({
    queryKey: ['policies'],
    queryFn: ({ signal }) => answer(hub.GET('/api/v1/policies', { signal, params: { query: { limit: 50 } } })),
    refetchInterval: 30_000,
  })
}

/** The rules of a version; they never change. 0: the pack agents are built with. */
export function policyRulesQuery(version: number) {
  return queryOptions({
    queryKey: ['policies', version, 'rules'],
    queryFn: ({ signal }) => answer(hub.GET('/api/v1/policies/{version}/rules', { signal, params: { path: { version } } })),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function modelsQuery() {
  return queryOptions({
    queryKey: ['models'],
    queryFn: ({ signal }) => answer(hub.GET('/api/v1/models', { signal, params: { query: { limit: 50 } } })),
    refetchInterval: 30_000,
  })
}

export function runningModelsQuery() {
  return queryOptions({
    queryKey: ['models', 'agents'],
    queryFn: ({ signal }) => answer(hub.GET('/api/v1/models/agents', { signal })),
    refetchInterval: 30_000,
  })
}

export function approvalsQuery() {
  return queryOptions({
    queryKey: ['approvals'],
    queryFn: ({ signal }) => answer(hub.GET('/api/v1/approvals', { signal, params: { query: { limit: PAGE } } })),
    refetchInterval: 15_000,
  })
}

function asQuery(filter: DecisionFilter) {
  const { verdict, ...rest } = filter
  return verdict === undefined || verdict.length === 0 ? rest : { ...rest, verdict: [...verdict] }
}
