/** Where a network target points, as far as its text tells. */
export interface NetworkTarget {
  /** Lower case, without colon; empty when not given. */
  readonly scheme: string
  /** Lower case; brackets of IPv6 kept off; empty when there is none. */
  readonly host: string
  /** 0 when not given. */
  readonly port: number
}

const AUTHORITY = /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?([^/?#\\]*)/
const HOST_AND_PORT = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/

/** Reads `scheme://user@host:port/…`, `host:port` and `host`. Never fails: what cannot be read is empty. */
export function networkTarget(target: string): NetworkTarget {
  const [, scheme = '', authority = ''] = AUTHORITY.exec(target) ?? []
  // The host starts after the last `@`: what stands before it is a name and password, however much it looks like a host.
  const [, bracketed, plain, port] = HOST_AND_PORT.exec(authority.slice(authority.lastIndexOf('@') + 1)) ?? []
  return { scheme: scheme.toLowerCase(), host: (bracketed ?? plain ?? '').toLowerCase(), port: Number(port ?? 0) }
}

/** Part of an e-mail address after the last `@`, lower case; empty when there is none. */
export function addressDomain(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 0 ? '' : address.slice(at + 1).toLowerCase()
}

/** Whether `host` is `domain` or a name below it. Addresses in numbers are below nothing. */
export function isInDomain(host: string, domain: string): boolean {
  if (host === domain) return host !== ''
  if (domain === '' || !host.endsWith(domain)) return false
  return host.charAt(host.length - domain.length - 1) === '.' && !/^[\d.]+$|:/.test(host)
}

/** Whether `directory` is a proper ancestor of `path`. Both are canonical: no `..`, no trailing separator but a root's. */
export function isBelow(path: string, directory: string): boolean {
  if (directory === '' || path.length <= directory.length || !path.startsWith(directory)) return false
  const separators = path.startsWith('/') ? '/' : '\\/'
  if (separators.includes(directory.charAt(directory.length - 1))) return isRoot(directory)
  return separators.includes(path.charAt(directory.length))
}

/** Last segment of a path. */
export function fileName(path: string): string {
  const last = path.startsWith('/') ? path.lastIndexOf('/') : Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
  return path.slice(last + 1)
}

/** What follows the last dot of a file name, without it; empty for `.profile` and for a name without a dot. */
export function fileExtension(path: string): string {
  const name = fileName(path)
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot + 1)
}

function isRoot(directory: string): boolean {
  return directory === '/' || /^[A-Za-z]:[\\/]$/.test(directory)
}
