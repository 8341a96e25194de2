/** The Windows command prompt read by a grammar of its own, and what a batch of it would do. The shapes a parse gives. */

/** A redirection of a command, its target as it stands in the text. */
export interface Redirect {
  readonly access: 'read' | 'write'
  readonly append: boolean
  readonly target: string
}

export type Node =
  /** One command, not yet expanded; quotes and carets still in it. */
  | { readonly kind: 'command'; readonly text: string; readonly redirects: readonly Redirect[] }
  | { readonly kind: 'group'; readonly body: readonly Node[]; readonly redirects: readonly Redirect[] }
  | { readonly kind: 'pipe'; readonly stages: readonly Node[] }
  | { readonly kind: 'if'; readonly condition: string; readonly yes: Node; readonly no: Node | undefined }
  | { readonly kind: 'for'; readonly options: string; readonly variable: string; readonly set: string; readonly body: Node }

export interface Batch {
  readonly nodes: readonly Node[]
  /** False when some of it could not be understood. */
  readonly complete: boolean
}
