const LAUNCHERS =
  /^(?:node|nodejs|npx|npm|pnpm|yarn|bun|bunx|deno|uv|uvx|python[\d.]*|pipx|docker|podman|cmd|sh|bash|env|tsx|ts-node|exec|run|x|dlx|tool)$/i

/**
 * A short name for a server, from the command that starts it: what the machine's owner wrote, not what the server claims.
 * `npx -y @modelcontextprotocol/server-filesystem@2026.8.31 /data` is `filesystem`.
 */
export function serverName(command: readonly string[]): string {
  const words = command.filter((word) => word !== '' && !word.startsWith('-'))
  const found = words.find((word) => !LAUNCHERS.test(baseOf(word))) ?? words[0] ?? 'server'
  return shortened(packageOf(found)) || 'server'
}

/** The package's name when the word is a path into one, else its last part without version and extension. */
function packageOf(word: string): string {
  const path = word.replaceAll('\\', '/')
  const inPackage = /.*\/node_modules\/(?:@[^/]+\/)?([^/]+)/.exec(path)
  if (inPackage?.[1] !== undefined) return inPackage[1]
  return baseOf(path.replace(/(.)@[^/@]*$/, '$1'))
}

function baseOf(word: string): string {
  return (
    word
      .replaceAll('\\', '/')
      .split('/')
      .findLast((part) => part !== '') ?? word
  ).replace(/\.(?:exe|cmd|js|mjs|cjs|ts|mts|py|sh)$/i, '')
}

function shortened(name: string): string {
  const short = name
    .toLowerCase()
    .replace(/^(?:mcp-server-|server-|mcp-)/, '')
    .replace(/(?:-mcp-server|-mcp|-server)$/, '')
  return short.replace(/[^\w.-]/g, '-').slice(0, 64)
}
