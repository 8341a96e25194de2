/** Rules that go on sending things somewhere: filters of mail that forward, calls that are diverted, hooks that report. */
import type { Leaf } from '../../event/leaves.ts'

/** `forward:a@b.example`, `redirect to https://…`, `bcc=…`: a deed and to whom, in one text. */
const TOLD =
  /(?:^|[\s,;{["'])(?:forward|redirect|divert|resend|bcc|cc|copy|mirror|relay|share|send|notify|report)(?:[_ -]?(?:to|with|all|copy))?["']?\s?[:=>]\s?["']?([^\s"',;}\]]{5,200})|\b(?:forward|redirect|divert|relay|mirror|copy|bcc)\s(?:\w{1,12}\s){0,2}to\s([^\s"',;]{5,200})/giu
const MAIL = /^[^\s@<>]{1,64}@[^\s@<>]{1,190}\.[^\s@<>.]{2,24}$/
const PHONE = /^\+?\d[\d()/-]{6,20}$/
const ADDRESS = /^https?:\/\/\S+$/i
/** Words of tools that set up such rules. */
export const RULE_WORDS =
  /^(?:filters?|rules?|forward\w*|redirect\w*|divert\w*|automations?|triggers?|routing|reroute|autoforward|autoreply|regel\w*|filtre|filtro|regla|règle)$/
/** Where they send it, by the names of arguments. */
export const RULE_TARGET_KEY =
  /^(?:(?:new_)?(?:target|destination|dest)|(?:forward|redirect|divert|send|copy|route|forwarding)_?(?:to|number|address|target|email)?|to_?(?:number|address|email)?|number|address|email)$/

/** The receivers that a text of a rule names. */
export function receiversWithin({ text }: Leaf): readonly string[] {
  if (text.length < 8 || text.length > 4000) return []
  return [...text.matchAll(TOLD)]
    .map((found) => (found[1] ?? found[2] ?? '').replace(/[).\]]+$/, ''))
    .filter((receiver) => MAIL.test(receiver) || PHONE.test(receiver) || ADDRESS.test(receiver))
    .slice(0, 8)
}

/** Whether a text is itself somebody who could be sent to. */
export function isReceiverOfRule(text: string): boolean {
  const plain = text.trim().replaceAll(' ', '')
  return MAIL.test(plain) || PHONE.test(plain) || ADDRESS.test(plain)
}
