/** One model's word on one call: evidence, never a verdict. */
export interface Advice {
  readonly model: string
  readonly version: string
  /** 0 to 1: how likely the call serves what the person asked for, and its effect was left to the text that asks for it. */
  readonly serves: number
}
