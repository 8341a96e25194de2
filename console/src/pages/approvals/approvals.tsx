/** Questions that agents hold open for a person, one at a time. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { answer, hub } from '../../api/api.ts'
import { approvalsQuery, meQuery } from '../../api/queries.ts'
import type { Approval, Me } from '../../api/types.ts'
import { useKeys } from '../../app/keys.ts'
import { counted } from '../../design/format.ts'
import { Page, PageHead } from '../../design/design.tsx'
import { Empty, Failure, Ready } from '../../design/states.tsx'
import { AlsoWaiting } from './also-waiting.tsx'
import { Answered } from './answered.tsx'
import { lineUp, shown } from './line-up.ts'
import { type Reply, Question } from './question.tsx'

const route = getRouteApi('/shell/approvals')
const ANSWERERS: readonly Me['role'][] = ['approver', 'policy-admin', 'admin']

export function Approvals(): ReactNode {
  const query = useQuery(approvalsQuery())
  return (
    <Page>
      <Ready query={query}>{(page) => <Desk approvals={page.items} />}</Ready>
    </Page>
  )
}

function Desk({ approvals }: { readonly approvals: readonly Approval[] }): ReactNode {
  const waiting = lineUp(approvals.filter((approval) => approval.state === 'waiting'))
  const { at } = route.useSearch()
  const [held, hold] = useState<string>()
  const current = shown(waiting, { chosen: at, held })
  if (held !== current?.id) hold(current?.id)
  const looked = useLookedAt(current?.id)
  const me = useQuery(meQuery())
  const mayAnswer = me.data !== undefined && ANSWERERS.includes(me.data.role)
  const reply = useReply()
  const send = (choice: Reply): void => {
    if (current !== undefined && mayAnswer && looked && !reply.isPending) reply.mutate({ id: current.id, ...choice })
  }
  useApprovalKeys(waiting, current, send)
  return (
    <>
      <PageHead
        title="Approvals"
        note={waiting.length === 0 ? undefined : <span className="figures">{counted(waiting.length, 'question')} waiting</span>}
      />
      <div className="flex flex-col gap-5">
        {reply.isError ? <Failure error={reply.error} /> : null}
        {current === undefined ? (
          <div className="card">
            <Empty title="No question waits">
              When a policy says “ask”, the call is held on its machine and the question appears here, with all you need to answer it. It
              can be answered on the machine too.
            </Empty>
          </div>
        ) : (
          <Question
            key={current.id}
            approval={current}
            like={waiting.filter((other) => other.id !== current.id && other.question === current.question).length}
            mayAnswer={mayAnswer}
            busy={reply.isPending || !looked}
            onReply={send}
          />
        )}
        <AlsoWaiting approvals={waiting.filter((approval) => approval.id !== current?.id)} />
        <Answered approvals={approvals.filter((approval) => approval.state !== 'waiting')} />
      </div>
    </>
  )
}

const LOOK_MS = 600

/** Whether a question has been on screen long enough to be meant: the click or key before it was for another one. */
function useLookedAt(id: string | undefined): boolean {
  const [seen, see] = useState<string>()
  useEffect(() => {
    const timer = setTimeout(() => see(id), LOOK_MS)
    return () => clearTimeout(timer)
  }, [id])
  return id !== undefined && seen === id
}

function useReply() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...body }: Reply & { readonly id: string }) =>
      answer(hub.POST('/api/v1/approvals/{id}/answer', { params: { path: { id } }, body })),
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: ['approvals'] }), client.invalidateQueries({ queryKey: ['overview'] })]),
  })
}

function useApprovalKeys(waiting: readonly Approval[], current: Approval | undefined, send: (reply: Reply) => void): void {
  const navigate = useNavigate()
  const bindings = useMemo(() => {
    const move = (by: number): void => {
      const next = waiting[Math.min(waiting.length - 1, Math.max(0, waiting.findIndex((one) => one.id === current?.id) + by))]
      if (next !== undefined) void navigate({ to: '/approvals', search: { at: next.id }, replace: true })
    }
    return [
      { keys: 'a', does: 'Allow this once', run: () => send({ approved: true, scope: 'once' }) },
      { keys: 's', does: 'Allow for this session', run: () => send({ approved: true, scope: 'session' }) },
      { keys: 'd', does: 'Deny', run: () => send({ approved: false, scope: 'once' }) },
      { keys: 'j', does: 'Next question', run: () => move(1) },
      { keys: 'k', does: 'Previous question', run: () => move(-1) },
    ]
  }, [waiting, current, send, navigate])
  useKeys('Approvals', bindings)
}
