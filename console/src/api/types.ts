import type { paths } from './schema.d.ts'

/** The hub's own shapes, taken from its OpenAPI document, under the names people use. */

type Answer<Path extends keyof paths> = paths[Path] extends { get: { responses: { 200: { content: { 'application/json': infer Body } } } } }
  ? Body
  : never
type Item<Page> = Page extends { items: (infer Of)[] } ? Of : never

export type Me = Answer<'/api/v1/me'>
export type Overview = Answer<'/api/v1/overview'>
export type DecisionPage = Answer<'/api/v1/decisions'>
export type DecisionSummary = Item<DecisionPage>
export type DecisionDetail = Answer<'/api/v1/decisions/{id}'>
export type SessionDetail = Answer<'/api/v1/sessions/{id}'>
export type AgentPage = Answer<'/api/v1/agents'>
export type AgentSummary = Item<AgentPage>
export type AgentDetail = Answer<'/api/v1/agents/{id}'>
export type PolicyPage = Answer<'/api/v1/policies'>
export type PolicyVersion = Item<PolicyPage>
export type PolicyRule = Answer<'/api/v1/policies/{version}/rules'>['rules'][number]
export type ModelRelease = Item<Answer<'/api/v1/models'>>
export type RunningModel = Item<Answer<'/api/v1/models/agents'>>
export type ApprovalPage = Answer<'/api/v1/approvals'>
export type Approval = Item<ApprovalPage>

export type Verdict = DecisionSummary['verdict']
export type CoverageState = AgentDetail['coverageByApp'][number]['state']
export type LinkState = AgentSummary['link']
