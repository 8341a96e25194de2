import { parseAddress } from '../effect/place/address.ts'
import { canonicalPath, type Surroundings } from '../effect/place/path.ts'
import type { TargetKind } from '../effect/traced-effect.ts'
import { decodeOnce } from './view.ts'

/** One way a value may be spelled in a text. */
export interface Form {
  readonly text: string
  readonly via: string
  /** Who says this form names the whole value. `where`: names only where it leads: a host, a folder. */
  readonly names: 'all' | 'where'
}

/** Longest value looked for as a whole. */
const WHOLE_LENGTH = 1024

/** The spellings to look for, best first. */
export function formsOf(value: string, kind: TargetKind, at: Surroundings): readonly Form[] {
  const trimmed = value.trim()
  if (trimmed === '' || trimmed.length > WHOLE_LENGTH) return []
  const forms: Form[] = [{ text: trimmed, via: 'verbatim', names: 'all' }]
  if (kind === 'address' || trimmed.includes('://')) forms.push(...addressForms(trimmed))
  else if (kind === 'path') forms.push(...pathForms(trimmed, at))
  else if (kind === 'recipient') forms.push(...recipientForms(trimmed))
  const decoded = decodeOnce(trimmed)
  if (decoded !== undefined) forms.push({ text: decoded.text.trim(), via: decoded.via, names: 'all' })
  return unique(forms)
}

function addressForms(value: string): readonly Form[] {
  const bare = value.replace(/^[a-z][\w+.-]*:\/\//i, '').replace(/\/+$/, '')
  const address = parseAddress(value, 'https')
  const forms: Form[] = [{ text: bare, via: 'without scheme', names: 'all' }]
  if (address === undefined) return forms
  forms.push({ text: address.url.replace(/^[^:]+:\/\//, '').replace(/\/+$/, ''), via: 'canonical', names: 'all' })
  if (address.host.includes('.') || address.host.includes(':') || address.host.length > 3)
    forms.push({ text: address.host, via: 'host', names: 'where' })
  if (address.host.startsWith('www.')) forms.push({ text: address.host.slice(4), via: 'host', names: 'where' })
  return forms
}

function pathForms(value: string, at: Surroundings): readonly Form[] {
  const path = canonicalPath(value, at).path
  const forms: Form[] = [{ text: path, via: 'canonical', names: 'all' }]
  const home = at.home === undefined ? undefined : canonicalPath(at.home, { platform: at.platform }).path
  if (home !== undefined && path.startsWith(`${home}/`)) forms.push({ text: `~${path.slice(home.length)}`, via: 'home', names: 'all' })
  const workspace = at.workspace === undefined ? undefined : canonicalPath(at.workspace, { platform: at.platform }).path
  if (workspace !== undefined && path.startsWith(`${workspace}/`)) {
    const relative = path.slice(workspace.length + 1)
    forms.push({ text: relative, via: 'relative', names: 'all' })
    // Inside the workspace people name a file by its last part.
    forms.push({ text: path.slice(path.lastIndexOf('/') + 1), via: 'name', names: relative.includes('/') ? 'where' : 'all' })
  }
  const folder = path.slice(0, path.lastIndexOf('/'))
  if (folder.split('/').length > 2 && folder !== home && folder !== workspace) {
    forms.push({ text: folder, via: 'folder', names: 'where' })
    if (home !== undefined && folder.startsWith(`${home}/`))
      forms.push({ text: `~${folder.slice(home.length)}`, via: 'folder', names: 'where' })
  }
  return forms
}

function recipientForms(value: string): readonly Form[] {
  const forms: Form[] = []
  const address = /<([^<>\s]+@[^<>\s]+)>/.exec(value)?.[1] ?? (/^(?:mailto:)(\S+)$/i.exec(value)?.[1] as string | undefined)
  if (address !== undefined) forms.push({ text: address, via: 'address', names: 'all' })
  if (/^[#@]/.test(value)) forms.push({ text: value.slice(1), via: 'without mark', names: 'all' })
  // Account numbers are written in groups.
  if (/^[A-Z]{2}\d{2}[A-Z0-9 ]{8,}$/i.test(value)) {
    const dense = value.replaceAll(' ', '')
    forms.push(
      { text: dense, via: 'without spaces', names: 'all' },
      { text: dense.replace(/(.{4})(?=.)/g, '$1 '), via: 'grouped', names: 'all' },
    )
  }
  return forms
}

function unique(forms: readonly Form[]): readonly Form[] {
  const seen = new Map<string, Form>()
  for (const form of forms) if (form.text.length > 1 && !seen.has(form.text)) seen.set(form.text, form)
  return [...seen.values()]
}
