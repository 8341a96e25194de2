/** The door: name and password, or a one-time link. */

import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { answer, hub } from '../../api/api.ts'
import { asProblem, type HubProblem } from '../../api/problem.ts'
import { meQuery } from '../../api/queries.ts'
import { Button } from '../../design/button.tsx'
import { useTitle } from '../../design/design.tsx'
import { Command } from '../../design/states.tsx'
import { visible } from '../../design/visible.ts'
import { landing, linkIn } from './landing.ts'

const route = getRouteApi('/sign-in')

type Credentials = { readonly name: string; readonly password: string } | { readonly link: string }

export function SignIn(): ReactNode {
  useTitle('Sign in')
  const { signIn, busy, problem } = useSignIn()
  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <div className="card w-full max-w-sm p-7">
        <div className="flex items-center gap-2.5">
          <img src="/mark.svg" alt="" width={26} height={26} />
          <h1 className="text-title font-semibold tracking-tight">Assize</h1>
        </div>
        <p className="mt-2 text-soft">Sign in to this hub.</p>
        {problem === undefined ? null : <Refused problem={problem} />}
        <PasswordForm busy={busy} onSubmit={(credentials) => void signIn(credentials)} />
        <div className="mt-6 border-t border-line pt-4 text-small text-soft">
          <p>No password, or forgotten? On the hub’s machine, make a one-time link:</p>
          <Command text="assize-hub admin link" />
        </div>
      </div>
    </main>
  )
}

function PasswordForm({ busy, onSubmit }: { readonly busy: boolean; readonly onSubmit: (credentials: Credentials) => void }): ReactNode {
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    onSubmit({ name: String(form.get('name')), password: String(form.get('password')) })
  }
  return (
    <form className="mt-5 flex flex-col gap-3.5" onSubmit={submit}>
      <Field name="name" label="Name" type="text" autoComplete="username" />
      <Field name="password" label="Password" type="password" autoComplete="current-password" />
      <div className="mt-1 flex flex-col">
        <Button type="submit" tone="primary" disabled={busy}>
          {busy ? 'Signing in …' : 'Sign in'}
        </Button>
      </div>
    </form>
  )
}

function Field(field: {
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'password'
  readonly autoComplete: string
}): ReactNode {
  return (
    <label className="flex flex-col gap-1">
      <span className="font-medium">{field.label}</span>
      <input
        name={field.name}
        type={field.type}
        autoComplete={field.autoComplete}
        required
        maxLength={200}
        className="h-9 rounded-md border border-line-strong bg-surface px-2.5 text-ink"
      />
    </label>
  )
}

function Refused({ problem }: { readonly problem: HubProblem }): ReactNode {
  const wrong = problem.status === 401
  return (
    <div role="alert" className="mt-4 rounded-md bg-deny-wash p-3 text-deny-ink">
      <p className="font-semibold">{wrong ? 'That did not open the door' : visible(problem.title)}</p>
      <p className="mt-0.5">{visible(problem.message)}</p>
      <p className="mt-0.5">{visible(problem.remedy)}</p>
    </div>
  )
}

function useSignIn(): { signIn: (credentials: Credentials) => Promise<void>; busy: boolean; problem: HubProblem | undefined } {
  const search = route.useSearch()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<HubProblem>()
  const tried = useRef<ReadonlySet<string>>(new Set())
  const fragment = useSyncExternalStore(onFragment, () => window.location.hash)

  const signIn = async (credentials: Credentials): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    try {
      await answer(hub.POST('/api/v1/sign-in', { body: credentials }))
      await client.fetchQuery({ ...meQuery(), staleTime: 0 })
      await navigate({ href: landing(search.next), replace: true })
    } catch (error) {
      setProblem(asProblem(error))
      setBusy(false)
    }
  }

  useEffect(() => {
    const link = linkIn(fragment) ?? search.link
    if (link === undefined || tried.current.has(link)) return
    tried.current = new Set([...tried.current, link])
    // The link works once and stays out of the history.
    window.history.replaceState(window.history.state, '', '/sign-in')
    void signIn({ link })
  })

  return { signIn, busy, problem }
}

/** A second link can come into the same tab; only the address's fragment changes then, and no page is loaded. */
function onFragment(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}
