import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../tools/bootstrap/runtime.mjs'

/** The demo judges itself: it exits 0 only if the attack was stopped, the ordinary work ran and the hub holds every decision. */
describe('npm run demo', () => {
  it('holds', async () => {
    const child = spawn(process.execPath, [join(root, 'tools', 'start', 'demo.mjs')], { stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    const code = await new Promise((resolve) => child.on('exit', resolve))
    const output = Buffer.concat(chunks).toString()
    expect(code, output).toBe(0)
    expect(output).toContain('The attack was stopped')
  })
})
