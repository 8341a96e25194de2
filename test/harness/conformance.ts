/** The official conformance suite against a server over HTTP. */
import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { conformanceSuite } from './servers.ts'

/** How many checks passed and failed, by scenario. */
export async function suiteResults(url: string, revision: string, folder: string): Promise<Readonly<Record<string, string>>> {
  await mkdir(folder, { recursive: true })
  const summary = await printed(['server', '--url', url, '--requirements', revision, '-o', folder])
  const lines = [...summary.matchAll(/^\S (\S+): (\d+ passed, \d+ failed)/gm)]
  return Object.fromEntries(lines.map(([, name = '', counts = '']) => [name, counts]))
}

function printed(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [conformanceSuite(), ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, NO_COLOR: '1' },
    })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', () => resolve(Buffer.concat(chunks).toString()))
  })
}
