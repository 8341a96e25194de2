/** Where to go after signing in: an address inside the console, never another origin. */
export function landing(next: string | undefined): string {
  if (next === undefined || !next.startsWith('/')) return '/'
  const inside = 'https://console.invalid'
  try {
    const address = new URL(next, inside)
    return address.origin === inside && !/^\/sign-?in$/.test(address.pathname) ? `${address.pathname}${address.search}${address.hash}` : '/'
  } catch {
    return '/'
  }
}

/** The one-time link in an address's fragment, where servers and logs do not see it. */
export function linkIn(fragment: string): string | undefined {
  const link = new URLSearchParams(fragment.replace(/^#/, '')).get('link')
  return link === null || link === '' ? undefined : link.slice(0, 200)
}
