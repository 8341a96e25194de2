import type { ActionType, NamespaceDefinition, SchemaJson } from '@cedar-policy/cedar-wasm/nodejs'
import { EFFECT_CLASSES, type EffectClass } from '../effect/effect.ts'
import type { CedarEngine, PolicyFiles, PolicyProblem } from './policy.ts'
import { CONTEXT_ATTRIBUTES, ENTITY_TYPES, isEffectClass, LATER_ACTIONS, NAMESPACE, RESOURCE_TYPES } from './vocabulary.ts'

type Namespace = NamespaceDefinition<string>
type Groups = ReadonlyMap<EffectClass, ReadonlySet<string>>

export const SCHEMA_FILE = 'schema.cedarschema'

/**
 * Reads the schema and holds it against what the kernel really sends. A schema may leave out attributes, so that a folder
 * written for an older agent still loads; it may not promise any that never come.
 */
export function readSchema(
  files: PolicyFiles,
  cedar: CedarEngine,
): { readonly groups: Groups; readonly problems: readonly PolicyProblem[] } {
  const answer = cedar.schemaToJson(files.get(SCHEMA_FILE) ?? '')
  if (answer.type === 'failure') {
    const texts = answer.errors.map((error) => `the schema cannot be read: ${error.message}`)
    return { groups: new Map(), problems: texts.map(problem) }
  }
  const namespace = (answer.json as SchemaJson<string>)[NAMESPACE]
  if (!namespace)
    return { groups: new Map(), problems: [problem(`the schema has no namespace \`${NAMESPACE}\`; start from the balanced pack's schema`)] }
  const texts = [...checkEntities(namespace), ...checkActions(namespace)]
  return { groups: groupsOf(namespace), problems: texts.map(problem) }
}

function problem(text: string): PolicyProblem {
  return { code: 'bad-schema', file: SCHEMA_FILE, text }
}

function checkEntities(namespace: Namespace): string[] {
  return Object.entries(ENTITY_TYPES).flatMap(([name, { attributes, optional }]) => {
    const declared = namespace.entityTypes[name]
    if (!declared) return [`the entity type \`${name}\` is missing; the agent sends entities of it`]
    const shape = attributesIn('shape' in declared ? declared.shape : undefined, namespace)
    const promised = Object.entries(shape).filter(([attribute, type]) => type.required && optional.includes(attribute))
    return [
      ...checkAttributes(shape, attributes, `\`${name}\``),
      ...promised.map(([attribute]) => `\`${attribute}\` of \`${name}\` is not always known; write \`${attribute}?\``),
    ]
  })
}

function checkActions(namespace: Namespace): string[] {
  const missing = EFFECT_CLASSES.filter((name) => !namespace.actions[name] && !LATER_ACTIONS.has(name))
  return [
    ...missing.map((name) => `the action \`${name}\` is missing; without it no policy can speak of that effect`),
    ...Object.entries(namespace.actions).flatMap(([name, action]) => checkAction(name, action, namespace)),
  ]
}

function checkAction(name: string, action: ActionType<string>, namespace: Namespace): string[] {
  const { resourceTypes = [], principalTypes = [], context } = action.appliesTo ?? {}
  if (!isEffectClass(name)) {
    return resourceTypes.length === 0 ? [] : [`the action \`${name}\` is no effect the agent knows; a group has no \`appliesTo\``]
  }
  const absent = RESOURCE_TYPES[name].filter((type) => !resourceTypes.some((declared) => isNamed(declared, type)))
  return [
    ...absent.map((type) => `the action \`${name}\` must apply to \`${type}\` as a resource; the agent sends such targets`),
    ...(principalTypes.some((declared) => isNamed(declared, 'App')) ? [] : [`the action \`${name}\` must apply to \`App\` as principal`]),
    ...checkAttributes(attributesIn(context, namespace), CONTEXT_ATTRIBUTES, `the context of \`${name}\``),
  ]
}

interface AttributeShape {
  readonly type: string
  readonly required: boolean
}

function checkAttributes(
  shape: Readonly<Record<string, AttributeShape>>,
  known: Readonly<Record<string, string>>,
  where: string,
): string[] {
  return Object.entries(shape).flatMap(([attribute, { type }]) => {
    const expected = Object.hasOwn(known, attribute) ? known[attribute] : undefined
    if (expected === undefined)
      return [`the attribute \`${attribute}\` of ${where} is unknown to this agent; remove it or update the agent`]
    return type === expected ? [] : [`the attribute \`${attribute}\` of ${where} is a ${expected}, not a ${type}`]
  })
}

/** Attributes of a record type, through common types. */
function attributesIn(type: unknown, namespace: Namespace, depth = 0): Readonly<Record<string, AttributeShape>> {
  const { type: kind, name, attributes } = (type ?? {}) as { type?: string; name?: string; attributes?: Record<string, unknown> }
  if (attributes)
    return Object.fromEntries(Object.entries(attributes).map(([attribute, shape]) => [attribute, attributeShape(shape, namespace)]))
  const common = commonType(name ?? kind, namespace)
  return common && depth < 8 ? attributesIn(common, namespace, depth + 1) : {}
}

function attributeShape(shape: unknown, namespace: Namespace): AttributeShape {
  return { type: typeName(shape, namespace), required: (shape as { required?: boolean }).required !== false }
}

/** A type as `vocabulary.ts` writes it; anything else by Cedar's own name. */
function typeName(shape: unknown, namespace: Namespace, depth = 0): string {
  const { type = '', name, element } = shape as { type?: string; name?: string; element?: unknown }
  if (type === 'Set') return `Set<${typeName(element, namespace, depth + 1)}>`
  const plain = (name ?? type).replace(/^__cedar::/, '')
  const common = commonType(plain, namespace)
  if (common && depth < 8) return typeName(common, namespace, depth + 1)
  return plain === 'Bool' ? 'Boolean' : plain
}

function commonType(name: string | undefined, namespace: Namespace): unknown {
  const local = name?.replace(`${NAMESPACE}::`, '') ?? ''
  return Object.hasOwn(namespace.commonTypes ?? {}, local) ? namespace.commonTypes?.[local] : undefined
}

function isNamed(declared: string, type: string): boolean {
  return declared === type || declared === `${NAMESPACE}::${type}`
}

/** For each effect class, the groups above it, however far. */
function groupsOf(namespace: Namespace): Groups {
  const above = (name: string, seen: Set<string>): Set<string> => {
    for (const { id } of namespace.actions[name]?.memberOf ?? []) {
      if (!seen.has(id)) above(id, seen.add(id))
    }
    return seen
  }
  return new Map(EFFECT_CLASSES.map((name) => [name, above(name, new Set<string>())]))
}
