// Keeps out of the bundles what nothing of the product uses, for the agent holds its own source in memory as long as it runs.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const NO_PROTO_FILES = fileURLToPath(new URL('no-proto-files.cjs', import.meta.url))
const BEYOND_ASCII = /[^\x00-\x7f]/g

export const leanSource = {
  name: 'lean-source',
  setup(build) {
    // Messages in forty languages, of which one is set.
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: "export { default as en } from './en.js'" }))
    // Read by gRPC's own diagnosis services only, which are not served.
    build.onResolve({ filter: /^@grpc\/proto-loader$/ }, () => ({ path: NO_PROTO_FILES }))
    // One character beyond Latin makes the engine keep every character of a bundle in two octets.
    build.onLoad({ filter: /\.[cm]?[jt]s$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      if (text.search(BEYOND_ASCII) < 0) return undefined
      if (/String\.raw`[^`]*[^\x00-\x7f]/.test(text)) throw new Error(`write characters beyond ASCII as escapes, not raw, in ${path}`)
      return { contents: text.replace(BEYOND_ASCII, escaped), loader: /\.[cm]?ts$/.test(path) ? 'ts' : 'js' }
    })
  },
}

/** Means the same in strings, regular expressions, names and comments. */
function escaped(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
