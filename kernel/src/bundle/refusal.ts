/** Why a bundle is not put in force. The codes are stable; the hub shows them. */
export type RefusalCode =
  | 'too-large'
  | 'malformed'
  | 'wrong-kind'
  | 'expired'
  | 'not-newer'
  | 'agent-too-old'
  | 'missing-file'
  | 'extra-file'
  | 'wrong-content'
  | 'invalid-policy'
  | 'failed-test'

export interface Refusal {
  readonly code: RefusalCode
  /** What happened, what it means for protection, what to do. */
  readonly detail: string
}

/** What a refusal always means; a bundle is never put in force in part. */
const MEANING = 'Nothing changes on this machine; the rules before stay in force.'

const REMEDIES: Readonly<Record<RefusalCode, string>> = {
  'too-large': 'Publish a smaller bundle.',
  malformed: 'Publish the folder again with `assize-hub policy publish`.',
  'wrong-kind': 'Publish it as the kind it is.',
  expired: 'Publish the folder again to give it a fresh expiry, and check the clock of this machine.',
  'not-newer': 'To go back to older rules, publish them again under a new version.',
  'agent-too-old': 'Update the agent on this machine.',
  'missing-file': 'Publish the folder again.',
  'extra-file': 'Publish the folder again.',
  'wrong-content': 'Publish the folder again; if this repeats, find out who changes it on the way.',
  'invalid-policy': 'Run `assize policy check` on the folder and mend what it names.',
  'failed-test': 'Run `assize policy test` on the folder and mend the policy or the test.',
}

/** `happened` is a sentence without its full stop. */
export function refuse(code: RefusalCode, happened: string): { readonly ok: false } & Refusal {
  return { ok: false, code, detail: `${happened}. ${MEANING} ${REMEDIES[code]}` }
}
