import { withoutEndSlashes } from '../effect/place/segments.ts'
import { parseAddress } from '../effect/place/address.ts'
import { canonicalPath, type Surroundings } from '../effect/place/path.ts'
import { rememberedAt } from '../effect/place/remembered.ts'
import type { TargetKind } from '../effect/traced-effect.ts'
import { numberForms } from './number-forms.ts'
import { decodeOnce } from './view.ts'

/** One way a value may be spelled in a text. */
export interface Form {
  readonly text: string
  readonly via: string
  /**
   * What whoever says this form names. `all`: the value. `where`: only where it leads: a host, a folder. `tail`: its last
   * part, too little for a person to have meant this very value, and enough to suspect a document.
   */
  readonly names: 'all' | 'where' | 'tail'
}

/** Longest value looked for as a whole. */
const WHOLE_LENGTH = 1024

/** The spellings to look for, best first. */
export function formsOf(value: string, kind: TargetKind, at: Surroundings): readonly Form[] {
  const trimmed = value.trim()
  if (trimmed === '' || trimmed.length > WHOLE_LENGTH) return []
  return RECALL[kind](at, trimmed, () => spellingsOf(trimmed, kind, at))
}

const RECALL: Readonly<Record<TargetKind, ReturnType<typeof rememberedAt<readonly Form[]>>>> = {
  path: rememberedAt(),
  address: rememberedAt(),
  recipient: rememberedAt(),
  command: rememberedAt(),
  name: rememberedAt(),
}

function spellingsOf(trimmed: string, kind: TargetKind, at: Surroundings): readonly Form[] {
  const forms: Form[] = [{ text: trimmed, via: 'verbatim', names: 'all' }]
  if (kind === 'address' || trimmed.includes('://')) forms.push(...addressForms(trimmed))
  else if (kind === 'path') forms.push(...pathForms(trimmed, at))
  else if (kind === 'recipient') forms.push(...recipientForms(trimmed))
  if (kind !== 'path') forms.push(...accountForms(trimmed))
  for (const text of numberForms(trimmed)) forms.push({ text, via: 'number', names: 'all' })
  const decoded = decodeOnce(trimmed)
  if (decoded !== undefined) forms.push({ text: decoded.text.trim(), via: decoded.via, names: 'all' })
  return unique(forms)
}

function addressForms(value: string): readonly Form[] {
  const bare = withoutEndSlashes(value.replace(/^[a-z][\w+.-]*:\/\//i, ''))
  const address = parseAddress(value, 'https')
  const forms: Form[] = [{ text: bare, via: 'without scheme', names: 'all' }]
  if (address === undefined) return forms
  forms.push({ text: withoutEndSlashes(address.url.replace(/^[^:]+:\/\//, '')), via: 'canonical', names: 'all' })
  if (address.host.includes('.') || address.host.includes(':') || address.host.length > 3)
    forms.push({ text: address.host, via: 'host', names: 'where' })
  if (address.host.startsWith('www.')) forms.push({ text: address.host.slice(4), via: 'host', names: 'where' })
  return forms
}

/** Longest way up that a relative spelling takes. */
const LEVELS = 4
/** A name that nobody uses for anything but a file. */
const FILE_NAME = /[^.]\.[A-Za-z]|^\.|[\d_-]|[a-z][A-Z]/

function pathForms(value: string, at: Surroundings): readonly Form[] {
  const path = canonicalPath(value, at).path
  const base = { platform: at.platform }
  const forms: Form[] = [{ text: path, via: 'canonical', names: 'all' }]
  const home = at.home === undefined ? undefined : canonicalPath(at.home, base).path
  if (home !== undefined && path.startsWith(`${home}/`)) forms.push({ text: `~${path.slice(home.length)}`, via: 'home', names: 'all' })
  const workspace = at.workspace === undefined ? undefined : canonicalPath(at.workspace, base).path
  const cwd = at.cwd === undefined ? undefined : canonicalPath(at.cwd, base).path
  for (const from of new Set([workspace, cwd])) {
    const relative = from === undefined ? undefined : relativePath(path, from)
    if (relative === undefined) continue
    forms.push({ text: relative, via: 'relative', names: 'all' })
    if (relative.includes('/')) forms.push({ text: relative.replaceAll('/', '\\'), via: 'relative', names: 'all' })
  }
  return [...forms, ...lastParts(path, workspace), ...folderForms(path, { home, workspace })]
}

/** `../handover/x` of `/home/u/handover/x` in `/home/u/work`. Undefined when it leads too far up to be said that way. */
function relativePath(path: string, from: string): string | undefined {
  if (path === from) return undefined
  if (path.startsWith(`${from}/`)) return path.slice(from.length + 1)
  const [to, base] = [path.split('/'), from.split('/')]
  let shared = 0
  while (shared < to.length && to[shared] === base[shared]) shared += 1
  // Through the root, everything is related to everything.
  if (shared < 2 || base.length - shared > LEVELS) return undefined
  return [...base.slice(shared).map(() => '..'), ...to.slice(shared)].join('/')
}

/** People name a file of the workspace by its last part; a document that does may mean one elsewhere as well. */
function lastParts(path: string, workspace: string | undefined): readonly Form[] {
  const parts = path.split('/').filter(Boolean)
  const name = parts.at(-1) ?? ''
  if (parts.length < 2 || name.length < 3) return []
  const inside = workspace !== undefined && path.startsWith(`${workspace}/`)
  const direct = inside && !path.slice(workspace.length + 1).includes('/')
  const telling = inside && FILE_NAME.test(name)
  return [
    { text: parts.slice(-2).join('/'), via: 'name and folder', names: inside ? 'where' : 'tail' },
    { text: name, via: 'name', names: telling ? (direct ? 'all' : 'where') : 'tail' },
  ]
}

function folderForms(path: string, at: { readonly home: string | undefined; readonly workspace: string | undefined }): readonly Form[] {
  const folder = path.slice(0, path.lastIndexOf('/'))
  if (folder.split('/').length <= 2 || folder === at.home || folder === at.workspace) return []
  const forms: Form[] = [{ text: folder, via: 'folder', names: 'where' }]
  if (at.home !== undefined && folder.startsWith(`${at.home}/`))
    forms.push({ text: `~${folder.slice(at.home.length)}`, via: 'folder', names: 'where' })
  return forms
}

function recipientForms(value: string): readonly Form[] {
  const forms: Form[] = []
  const address = /<([^<>\s]+@[^<>\s]+)>/.exec(value)?.[1] ?? (/^(?:mailto:)(\S+)$/i.exec(value)?.[1] as string | undefined)
  if (address !== undefined) forms.push({ text: address, via: 'address', names: 'all' })
  if (/^[#@]/.test(value)) forms.push({ text: value.slice(1), via: 'without mark', names: 'all' })
  return forms
}

/** Account numbers are written in groups. */
function accountForms(value: string): readonly Form[] {
  // The kind of number before it is written out where the number stands: `BG 5050-1181`, `Bankgiro 5050-1181`.
  const bare = /^[A-Z]{2,3}[ :]+(\d[\d -]{5,20}\d)$/i.exec(value)?.[1]
  if (bare !== undefined) return [{ text: bare, via: 'without kind', names: 'all' }]
  if (!/^[A-Z]{2}\d{2}[A-Z0-9 ]{8,30}$/i.test(value)) return []
  const dense = value.replaceAll(' ', '')
  return [
    { text: dense, via: 'without spaces', names: 'all' },
    { text: dense.replace(/(.{4})(?=.)/g, '$1 '), via: 'grouped', names: 'all' },
  ]
}

function unique(forms: readonly Form[]): readonly Form[] {
  const seen = new Map<string, Form>()
  for (const form of forms) if (form.text.length > 1 && !seen.has(form.text)) seen.set(form.text, form)
  return [...seen.values()]
}
