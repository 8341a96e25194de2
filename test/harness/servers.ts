/** The real MCP servers that tests and the demo put behind the gate, run straight from their npm packages. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
/** Some packages do not export their manifest, so it is found by its place. */
const packages = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules')

function binary(name: string): string {
  const manifest = join(packages, name, 'package.json')
  const { bin } = require(manifest) as { bin: string | Record<string, string> }
  const path = typeof bin === 'string' ? bin : Object.values(bin)[0]
  if (path === undefined) throw new Error(`${name} has no program`)
  return join(dirname(manifest), path)
}

export const fixture = (name: string): string => join(dirname(fileURLToPath(import.meta.url)), '..', 'fixtures', name)
export const filesystem = (...folders: readonly string[]): string[] => [
  process.execPath,
  binary('@modelcontextprotocol/server-filesystem'),
  ...folders,
]
export const everything = (): string[] => [process.execPath, binary('@modelcontextprotocol/server-everything'), 'stdio']
export const playwright = (...options: readonly string[]): string[] => [process.execPath, binary('@playwright/mcp'), ...options]
export const memory = (): string[] => [process.execPath, binary('@modelcontextprotocol/server-memory')]
export const modern = (): string[] => [process.execPath, fixture('modern-server.ts')]
export const conformance = (): string[] => [process.execPath, fixture('conformance-server.ts')]
/** A program that comes with the SDK. */
export const sdkExample = (name: string): string =>
  join(packages, '@modelcontextprotocol', 'sdk', 'dist', 'esm', 'examples', 'server', name)
/** The official suite's own program. */
export const conformanceSuite = (): string => join(packages, '@modelcontextprotocol', 'conformance', 'dist', 'index.js')
