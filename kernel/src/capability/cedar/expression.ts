import { expectLong, negate } from './long.ts'
import { matchesPattern, readPattern } from './like.ts'
import { expectEntity, isInValue } from './membership.ts'
import { binaryOperator, expectBoolean, expectSet, expectString } from './operators.ts'
import { type Evaluate, EvaluationError, type Scope, UnsupportedExpression } from './scope.ts'
import { attributeReader, entityUid, isEntity, isRecord, type RecordValue, type Value } from './value.ts'

type Members = Readonly<Record<string, unknown>>

/**
 * Turns an expression in Cedar's JSON form into a closure.
 * Throws `UnsupportedExpression` for what this engine refuses: extension types, slots, integers a double cannot hold.
 */
export function compileExpression(expression: unknown): Evaluate {
  const [operator, operand] = onlyMember(expression)
  switch (operator) {
    case 'Value':
      return constant(readLiteral(operand))
    case 'Var':
      return variable(operand)
    case 'Set':
      return setOf((operand as readonly unknown[]).map(compileExpression))
    case 'Record':
      return recordOf(Object.entries(operand as Members))
    case 'if-then-else':
      return conditional(operand as Members)
    default:
      return unary(operator, operand as Members) ?? binary(operator, operand as Members)
  }
}

/** Reads a literal in Cedar's JSON form; also how requests and entities in that form are read. */
export function readLiteral(json: unknown): Value {
  if (typeof json === 'boolean' || typeof json === 'string') return json
  if (typeof json === 'number') return safeInteger(json)
  if (Array.isArray(json)) return json.map(readLiteral)
  if (typeof json !== 'object' || json === null) throw new UnsupportedExpression('a value that is no Cedar value')
  if ('__extn' in json) throw new UnsupportedExpression('a value of an extension type such as ip or decimal')
  if ('__entity' in json) {
    const { type, id } = json.__entity as { type: string; id: string }
    return entityUid(type, id)
  }
  return frozenRecord(Object.entries(json).map(([name, value]) => [name, readLiteral(value)]))
}

function safeInteger(value: number): number {
  // The parser hands integers over as doubles, so beyond this what the author wrote is already lost.
  if (!Number.isSafeInteger(value)) throw new UnsupportedExpression(`an integer beyond ${Number.MAX_SAFE_INTEGER} in size`)
  return value
}

function onlyMember(expression: unknown): readonly [string, unknown] {
  const [member] = Object.entries(expression as Members)
  if (!member) throw new UnsupportedExpression('an empty expression')
  return member
}

function constant(value: Value): Evaluate {
  return () => value
}

function variable(name: unknown): Evaluate {
  switch (name) {
    case 'principal':
      return (scope) => scope.principal
    case 'action':
      return (scope) => scope.action
    case 'resource':
      return (scope) => scope.resource
    case 'context':
      return (scope) => scope.context
    default:
      throw new UnsupportedExpression(`the variable ${String(name)}`)
  }
}

function setOf(elements: readonly Evaluate[]): Evaluate {
  return (scope) => elements.map((element) => element(scope))
}

function recordOf(members: readonly (readonly [string, unknown])[]): Evaluate {
  const compiled = members.map(([name, value]) => [name, compileExpression(value)] as const)
  return (scope) => frozenRecord(compiled.map(([name, evaluate]) => [name, evaluate(scope)]))
}

/** A record without a prototype, so that an attribute may have any name. */
function frozenRecord(members: readonly (readonly [string, Value])[]): RecordValue {
  const record = Object.create(null) as Record<string, Value>
  for (const [name, value] of members) record[name] = value
  return record
}

function conditional(operand: Members): Evaluate {
  const condition = compileExpression(operand['if'])
  const consequent = compileExpression(operand['then'])
  const alternative = compileExpression(operand['else'])
  return (scope) => (expectBoolean(condition(scope)) ? consequent(scope) : alternative(scope))
}

function unary(operator: string, operand: Members): Evaluate | undefined {
  switch (operator) {
    case '!':
      return negation(compileExpression(operand['arg']))
    case 'neg': {
      const value = compileExpression(operand['arg'])
      return (scope) => negate(expectLong(value(scope)))
    }
    case 'isEmpty': {
      const value = compileExpression(operand['arg'])
      return (scope) => expectSet(value(scope)).length === 0
    }
    case '.':
      return access(compileExpression(operand['left']), operand['attr'] as string)
    case 'has':
      return presence(compileExpression(operand['left']), operand['attr'] as string | readonly string[])
    case 'like':
      return likeness(compileExpression(operand['left']), operand['pattern'] as readonly unknown[])
    case 'is':
      return typeTest(operand)
    default:
      return undefined
  }
}

function binary(operator: string, operand: Members): Evaluate {
  if (Array.isArray(operand)) throw new UnsupportedExpression(`the extension function ${operator}`)
  if (operator === 'Slot') throw new UnsupportedExpression('a template slot')
  const compiled = binaryOperator(operator, compileExpression(operand['left']), compileExpression(operand['right']))
  if (!compiled) throw new UnsupportedExpression(`the operator ${operator}`)
  return compiled
}

function negation(value: Evaluate): Evaluate {
  return (scope) => !expectBoolean(value(scope))
}

function access(left: Evaluate, attribute: string): Evaluate {
  const read = attributeReader(attribute)
  return (scope) => {
    const value = read(attributesOf(left(scope), scope) ?? missingEntity())
    if (value === undefined) throw new EvaluationError(`the attribute ${attribute} is missing`)
    return value
  }
}

function missingEntity(): never {
  throw new EvaluationError('the entity does not exist')
}

/** Attributes of a record or an entity; undefined for an entity that does not exist. */
function attributesOf(value: Value, scope: Scope): RecordValue | undefined {
  if (isEntity(value)) return scope.entities.attributesOf(value)
  if (isRecord(value)) return value
  throw new EvaluationError('expected a record or an entity')
}

function presence(left: Evaluate, attribute: string | readonly string[]): Evaluate {
  const path = (typeof attribute === 'string' ? [attribute] : attribute).map(attributeReader)
  return (scope) => {
    let value: Value = left(scope)
    for (const read of path) {
      const attributes = attributesOf(value, scope)
      const next = attributes && read(attributes)
      if (next === undefined) return false
      value = next
    }
    return true
  }
}

function likeness(left: Evaluate, elements: readonly unknown[]): Evaluate {
  const pattern = readPattern(elements)
  return (scope) => matchesPattern(pattern, expectString(left(scope)))
}

function typeTest(operand: Members): Evaluate {
  const left = compileExpression(operand['left'])
  const type = operand['entity_type'] as string
  const ancestor = operand['in'] === undefined ? undefined : compileExpression(operand['in'])
  return (scope) => {
    const value = left(scope)
    if (expectEntity(value).type !== type) return false
    return ancestor === undefined || isInValue(scope, value, ancestor(scope))
  }
}
