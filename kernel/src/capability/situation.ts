import type { Effect, EffectClass } from '../effect/effect.ts'
import { EFFECT_CLASSES } from '../effect/effect.ts'
import type { Principal } from '../event/principal.ts'
import type { Entities, Scope } from './cedar/scope.ts'
import { type EntityUid, entityUid, type RecordValue, type Value } from './cedar/value.ts'
import type { EffectContext, EffectRequest } from './request.ts'
import { addressDomain, fileExtension, fileName, isBelow, isInDomain, networkTarget } from './target.ts'
import { ENTITY_TYPES, NAMESPACE, type ResourceType, resourceTypeOf } from './vocabulary.ts'

const ACTION_TYPE = typeName('Action')
const APP_TYPE = typeName('App')
const ACTIONS = new Map(EFFECT_CLASSES.map((name) => [name, entityUid(ACTION_TYPE, name)]))

/** Names of entity types in full, made once: they are compared in every policy. */
const TYPE_NAMES = new Map(Object.keys(ENTITY_TYPES).map((type) => [type, typeName(type)]))
const [PATH_TYPE, DOMAIN_TYPE, SERVER_TYPE] = [typeName('Path'), typeName('Domain'), typeName('Server')]
const [USER_TYPE, HOST_TYPE, TENANT_TYPE] = [typeName('User'), typeName('Host'), typeName('Tenant')]

/** Puts a request into Cedar's terms: the app asks to have an effect on a target. `groups` are the action's. */
export function scopeOf(request: EffectRequest, groups: ReadonlySet<string>): Scope {
  const principal = entityUid(APP_TYPE, request.principal.app.name)
  const type = resourceTypeOf(request.effect)
  const resource = entityUid(TYPE_NAMES.get(type) ?? typeName(type), request.effect.target)
  const action = actionUid(request.effect.class)
  const entities = situationEntities({ principal, resource, action, groups, type, request })
  return { principal, action, resource, context: contextRecord(request.context), entities }
}

function typeName(type: string): string {
  return `${NAMESPACE}::${type}`
}

export function actionUid(name: EffectClass): EntityUid {
  return ACTIONS.get(name) ?? entityUid(ACTION_TYPE, name)
}

/** The context as Cedar sees it: a finding is also known by its family, so `secret.aws-access-key` implies `secret`. */
export function contextRecord(context: EffectContext): RecordValue {
  // The same members; only the type of a record that Cedar reads is wider.
  if (context.findings.length === 0) return context as unknown as RecordValue
  return { ...context, findings: withFamilies(context.findings) }
}

function withFamilies(findings: readonly string[]): readonly string[] {
  const families = findings.map((kind) => kind.split('.', 1)[0] ?? kind)
  return [...new Set([...families, ...findings])]
}

interface Situation {
  readonly principal: EntityUid
  readonly resource: EntityUid
  readonly action: EntityUid
  readonly groups: ReadonlySet<string>
  readonly type: ResourceType
  readonly request: EffectRequest
}

/**
 * The three entities of the request. Ancestors are told by looking, not listed: a path has no end of parents.
 * INVARIANT: an ancestor is itself no entity, so it has neither attributes nor ancestors.
 */
function situationEntities(situation: Situation): Entities {
  const { principal, resource, action, request } = situation
  // Read off once, however many policies ask; most requests are decided without them.
  let [ofResource, ofPrincipal]: [RecordValue?, RecordValue?] = []
  const resourceRecord = (): RecordValue => (ofResource ??= resourceAttributes(situation.type, request.effect))
  return {
    attributesOf(entity) {
      if (isSame(entity, resource)) return resourceRecord()
      if (isSame(entity, principal)) return (ofPrincipal ??= principalAttributes(request.principal))
      return isSame(entity, action) ? {} : undefined
    },
    tagsOf: (entity) => (isSame(entity, resource) || isSame(entity, principal) || isSame(entity, action) ? {} : undefined),
    hasAncestor(entity, ancestor) {
      if (isSame(entity, action)) return ancestor.type === ACTION_TYPE && situation.groups.has(ancestor.id)
      if (isSame(entity, resource)) return isResourceIn(request.effect.target, resourceRecord(), ancestor)
      return isSame(entity, principal) && isPrincipalIn(request.principal, ancestor)
    },
  }
}

function isSame(left: EntityUid, right: EntityUid): boolean {
  return left === right || (left.id === right.id && left.type === right.type)
}

function principalAttributes(principal: Principal): RecordValue {
  const { app, user, host, tenant, session } = principal
  return {
    name: app.name,
    user,
    host,
    tenant,
    session,
    ...(app.version !== undefined && { version: app.version }),
    ...(app.binaryHash !== undefined && { binaryHash: app.binaryHash }),
  }
}

function isPrincipalIn(principal: Principal, ancestor: EntityUid): boolean {
  switch (ancestor.type) {
    case USER_TYPE:
      return ancestor.id === principal.user
    case HOST_TYPE:
      return ancestor.id === principal.host
    case TENANT_TYPE:
      return ancestor.id === principal.tenant
    default:
      return false
  }
}

function resourceAttributes(type: ResourceType, effect: Effect): RecordValue {
  const { target } = effect
  switch (type) {
    case 'Path':
      return { path: target, name: fileName(target), extension: fileExtension(target) }
    case 'Endpoint':
      return { url: target, ...networkTarget(target) }
    case 'Recipient':
      return { address: target, domain: addressDomain(target) }
    case 'Tool':
      return { name: toolParts(target).name, server: toolParts(target).server }
    case 'Command':
    case 'Data':
    case 'Model':
    case 'Device':
      return { name: target }
  }
}

function isResourceIn(target: string, attributes: RecordValue, ancestor: EntityUid): boolean {
  switch (ancestor.type) {
    case PATH_TYPE:
      return 'path' in attributes && isBelow(target, ancestor.id)
    case DOMAIN_TYPE:
      return isInDomain(textOf(attributes['host'] ?? attributes['domain']), ancestor.id)
    case SERVER_TYPE:
      return ancestor.id !== '' && ancestor.id === attributes['server']
    default:
      return false
  }
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** A tool's target is `server/tool`, or the tool alone. */
function toolParts(target: string): { readonly server: string; readonly name: string } {
  const slash = target.indexOf('/')
  return slash < 0 ? { server: '', name: target } : { server: target.slice(0, slash), name: target.slice(slash + 1) }
}
