/** PowerShell read by a grammar of its own, and what a script of it would do. The shapes a parse gives. */

export type Expression =
  /** Pieces of one text: `"a$b"`, `a'b'c`. */
  | { readonly kind: 'text'; readonly parts: readonly (string | Expression)[]; readonly bare?: boolean }
  /** Lower case, without a scope: `env:path`, `x`. */
  | { readonly kind: 'variable'; readonly name: string; readonly splat?: boolean }
  | { readonly kind: 'type'; readonly name: string }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | { readonly kind: 'table'; readonly entries: readonly (readonly [key: Expression, value: Expression])[] }
  /** `( … )`, `$( … )`, `@( … )`. */
  | { readonly kind: 'group'; readonly body: readonly Statement[] }
  | { readonly kind: 'block'; readonly body: readonly Statement[]; readonly parameters: readonly string[] }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  /** A prefix operator, or a cast when the operator is `[type]`. */
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | {
      readonly kind: 'member'
      readonly target: Expression
      readonly name: Expression
      /** Absent for a property. */
      readonly args?: readonly Expression[]
    }
  | { readonly kind: 'index'; readonly target: Expression; readonly index: Expression }

/** `-Name`, `-Name:value` or a value. */
export interface Argument {
  readonly parameter?: string
  readonly value?: Expression
}

export interface Redirect {
  readonly target: Expression
  readonly append: boolean
}

export type Element =
  | {
      readonly kind: 'command'
      /** Called by `&`, read in by `.`, or by its bare name. */
      readonly call: 'plain' | 'invoke' | 'source'
      readonly name: Expression
      readonly args: readonly Argument[]
      readonly redirects: readonly Redirect[]
    }
  | { readonly kind: 'value'; readonly value: Expression; readonly redirects: readonly Redirect[] }

export type Statement =
  | { readonly kind: 'pipeline'; readonly elements: readonly Element[] }
  | { readonly kind: 'assign'; readonly target: Expression; readonly operator: string; readonly value: Statement }
  /** Whatever may or may not run: conditions first, then bodies. */
  | { readonly kind: 'branch'; readonly conditions: readonly Statement[]; readonly bodies: readonly (readonly Statement[])[] }
  | { readonly kind: 'loop'; readonly variable: string; readonly values: Statement; readonly body: readonly Statement[] }
  | { readonly kind: 'function'; readonly name: string; readonly parameters: readonly string[]; readonly body: readonly Statement[] }

export interface Script {
  readonly statements: readonly Statement[]
  /** False when some of it could not be understood. */
  readonly complete: boolean
}
