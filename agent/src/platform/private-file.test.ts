import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const WRITES = {
  'A private file': `(await import('${new URL('./private-file.ts', import.meta.url).href}')).writePrivateFile(path, text)`,
  "An application's file": `const all = await import('${new URL('../posture/protect/config-file.ts', import.meta.url).href}'); all.replaceConfig(all.readConfig(path), Buffer.from(text))`,
}

test.skipIf(process.platform === 'win32').each(Object.entries(WRITES))(
  '%s leaves the old file where there is no room for the new one',
  (_, write) => {
    const folder = mkdtempSync(join(tmpdir(), 'assize-full-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const path = join(folder, 'file')
    writeFileSync(path, 'old')
    const script = `const path = process.argv[1]; const text = 'x'.repeat(3000); ${write}`
    // Files of more than a kilobyte cannot be written: as on a full disk, the first part is taken without an error.
    const command = ['-c', 'ulimit -f 1; exec "$0" "$@"', process.execPath, '--input-type=module', '-e', script, path]
    const ended = spawnSync('bash', command, { encoding: 'utf8', cwd: import.meta.dirname })
    expect(ended.status).toBe(1)
    expect(ended.stderr).toMatch(/EFBIG/)
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['file'])
  },
)
