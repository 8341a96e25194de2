/** Edits of settings that put one machine in the place of another: what went there goes elsewhere from then on. */
import { effectsOfAddress } from '../place/place-effects.ts'
import { parseAddress } from '../place/address.ts'
import type { TracedEffect } from '../traced-effect.ts'
import type { Added } from './added-lines.ts'

/** Files whose texts are settings; in code a dot is most often no part of a host. */
const SETTINGS =
  /\.(?:tf|tfvars|hcl|ya?ml|toml|ini|cfg|conf|config|env|properties|xml|json5?|plist|service|editorconfig)$|(?:^|\/)(?:\.env[\w.]*|\.?npmrc|dockerfile|caddyfile|nginx\.conf)$/i
/** Ends of names of machines. */
const DOMAIN =
  'com|net|org|io|dev|app|ai|co|eu|de|uk|fr|es|it|nl|pl|se|no|dk|fi|ch|at|be|cz|pt|ie|us|ca|mx|br|ar|au|nz|in|cn|jp|kr|tw|sg|hk|ru|ua|tr|il|za|info|biz|me|tv|cc|xyz|top|site|online|cloud|tech|store|shop|space|live|pro|page|link|zip|sh|gg|to|ly|is|example|test|internal|local|lan|corp|home|onion'
const HOST = new RegExp(`(?<=^|[\\s"'=@<>(,]|://)((?:[a-z0-9](?:[a-z0-9-]{0,62})\\.){1,6}(?:${DOMAIN}))(?=$|[\\s"'/:<>),;?#])`, 'gim')
/** Longest text looked at. */
const LENGTH = 16_384

/** Machines that the change brings in where it takes others out. */
export function movedHosts(path: string, { arg, text, old }: Added): readonly TracedEffect[] {
  if (old === undefined || old.length > LENGTH || text.length > LENGTH || !SETTINGS.test(path)) return []
  const gone = hostsIn(old)
  if (gone.size === 0) return []
  const come = hostsIn(text)
  if ([...gone].every((host) => come.has(host))) return []
  return [...come]
    .filter((host) => !gone.has(host))
    .slice(0, 4)
    .flatMap((host) => {
      const address = parseAddress(`https://${host}`)
      if (address === undefined) return []
      return effectsOfAddress({
        address,
        spelling: { arg, text: host },
        certainty: 'inferred',
        detail: 'what is set here would go there from now on',
        payload: [{ arg, text: text.slice(0, 400) }],
        retrieval: false,
      })
    })
}

function hostsIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(HOST)].map((found) => (found[1] as string).toLowerCase()))
}
