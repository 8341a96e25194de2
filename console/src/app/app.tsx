/** The console as one application: every address, the shell around the pages, keys and the live stream. What an address holds restores the view. */

import { QueryCache, QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { asProblem, HubProblem } from '../api/problem.ts'
import { meQuery } from '../api/queries.ts'
import { Bones, Empty, Failure } from '../design/states.tsx'
import { readDecisionSearch } from '../pages/decisions/search.ts'
import { Shell } from './shell.tsx'

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error) => leaveWhenSignedOut(error) }),
  defaultOptions: { queries: { retry: (failures, error) => failures < 1 && mayPass(error), staleTime: 5_000, refetchOnWindowFocus: true } },
})

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Outlet, notFoundComponent: NotFound })

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { link?: string; next?: string } => ({
    ...text(search, 'link'),
    ...text(search, 'next'),
  }),
  component: lazyRouteComponent(() => import('../pages/sign-in/sign-in.tsx'), 'SignIn'),
})

/** The address that older links name. */
const oldSignInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/signin',
  beforeLoad: ({ location }) => {
    throw redirect({ href: `/sign-in${location.searchStr}${location.hash === '' ? '' : `#${location.hash}`}` })
  },
})

const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(meQuery())
    } catch (error) {
      if (asProblem(error).status === 401) throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } })
      throw error
    }
  },
  errorComponent: ({ error, reset }) => <Failure error={error} retry={() => void router.invalidate().then(reset)} />,
})

const nowRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/now/now.tsx'), 'Now'),
})

const decisionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/decisions',
  validateSearch: readDecisionSearch,
  component: lazyRouteComponent(() => import('../pages/decisions/decisions.tsx'), 'Decisions'),
})

const decisionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/decisions/$id',
  component: lazyRouteComponent(() => import('../pages/decision/decision.tsx'), 'OneDecision'),
})

const sessionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sessions/$id',
  component: lazyRouteComponent(() => import('../pages/session/session.tsx'), 'Session'),
})

const approvalsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/approvals',
  validateSearch: (search: Record<string, unknown>): { at?: string } => text(search, 'at'),
  component: lazyRouteComponent(() => import('../pages/approvals/approvals.tsx'), 'Approvals'),
})

const fleetRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/fleet',
  component: lazyRouteComponent(() => import('../pages/fleet/fleet.tsx'), 'Fleet'),
})

const agentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/fleet/$id',
  component: lazyRouteComponent(() => import('../pages/fleet/agent.tsx'), 'Agent'),
})

const policyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/policy',
  validateSearch: (search: Record<string, unknown>): { version?: number } =>
    typeof search['version'] === 'number' ? { version: search['version'] } : {},
  component: lazyRouteComponent(() => import('../pages/policy/policy.tsx'), 'Policy'),
})

const modelsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/models',
  validateSearch: (search: Record<string, unknown>): { release?: string } => text(search, 'release'),
  component: lazyRouteComponent(() => import('../pages/models/models.tsx'), 'Models'),
})

/** Any other address, so that whoever followed an old link still has the sidebar. */
const unknownRoute = createRoute({ getParentRoute: () => shellRoute, path: '$', component: NotFound })

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signInRoute,
    oldSignInRoute,
    shellRoute.addChildren([
      nowRoute,
      decisionsRoute,
      decisionRoute,
      sessionRoute,
      approvalsRoute,
      fleetRoute,
      agentRoute,
      policyRoute,
      modelsRoute,
      unknownRoute,
    ]),
  ]),
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPendingComponent: () => <Bones />,
  defaultPendingMs: 200,
  defaultErrorComponent: ({ error }) => <Failure error={error} />,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

function NotFound() {
  return (
    <Empty title="Nothing lives at this address" page>
      The link may be from another version of the console.{' '}
      <a className="text-accent-ink underline" href="/">
        Go to Now
      </a>
      .
    </Empty>
  )
}

function leaveWhenSignedOut(error: unknown): void {
  if (!(error instanceof HubProblem) || error.status !== 401 || router.state.location.pathname === '/sign-in') return
  queryClient.removeQueries({ queryKey: ['me'] })
  void router.navigate({ to: '/sign-in', search: { next: router.state.location.href } })
}

function mayPass(error: unknown): boolean {
  const { status } = asProblem(error)
  return status === 0 || status >= 500
}

function text<Name extends string>(search: Record<string, unknown>, name: Name): { [key in Name]?: string } {
  const value = search[name]
  return (typeof value === 'string' || typeof value === 'number' ? { [name]: String(value).slice(0, 500) } : {}) as {
    [key in Name]?: string
  }
}
