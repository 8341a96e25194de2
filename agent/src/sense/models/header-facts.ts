/** What a header says, filled in while it is read, so that a broken rest costs nothing that was already there. */
export interface HeaderFacts {
  name: string
  architecture: string
  readonly problems: string[]
}
