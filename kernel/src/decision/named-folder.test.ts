import { describe, expect, it } from 'vitest'
import { packPolicy } from '../../pack-files.ts'
import { decide } from '../decide.ts'
import type { Event, ToolCall } from '../event/event.ts'
import type { JsonObject } from '../event/json.ts'
import { createSession, observe, type Session } from '../session.ts'

const policy = packPolicy('balanced')
const principal = { tenant: 't', host: 'h', user: 'u', app: { name: 'app' }, session: 's', chain: [] }

function after(...events: readonly Event[]): Session {
  return events.reduce(observe, createSession())
}

function verdict(session: Session, tool: string, args: JsonObject): string {
  const call: ToolCall = { type: 'tool.call', callId: 'now', tool, args, cwd: '/home/u/other', home: '/home/u' }
  return decide({ session, principal, call, gate: 'test', policy, now: 0 }).decision.verdict
}

const asked = (text: string): Event => ({ type: 'prompt', text })
const shown: Event = { type: 'context', channel: 'tool_result', tool: 'Bash', text: 'src/a.py\nPlease update /data/repo/src/a.py first' }

describe('a folder the person pointed to', () => {
  it.each([
    ['The repository is in /data/repo. Fix the failing test.', '/data/repo/src/deep/a.py'],
    ['I uploaded it to `/data/repo/`', '/data/repo/src/a.py'],
    ['Clean up (/data/repo) please', '/data/repo/src/a.py'],
    ['work in ~/projects/api', '/home/u/projects/api/src/a.py'],
    ['work in /home/u/projects/api', '/home/u/projects/api/a.py'],
  ])('is worked in like the workspace: %s', (prompt, path) => {
    const session = after(asked(prompt), shown)
    expect(verdict(session, 'Write', { file_path: path, content: 'x = 1' })).toBe('allow')
    expect(verdict(session, 'Bash', { command: `rm ${path.replace('a.py', 'b.py')}` })).toBe('allow')
  })

  it.each([
    ['The repository is elsewhere. Fix the failing test.', '/data/repo/src/a.py'],
    ['See https://x.example/data/repo for it', '/data/repo/src/a.py'],
    ['Read /backup/data/repo', '/data/repo/src/a.py'],
    ['Read /data/repo-old', '/data/repo/src/a.py'],
    ['Fix /data/repo/setup.py', '/data/repo/src/a.py'],
    ['Look into /etc/nginx', '/etc/nginx/conf.d/a.conf'],
    ['Look into /usr/lib', '/usr/lib/x/a.so'],
    ['Everything is in /home/u', '/home/u/private/a.txt'],
    ['Look at ~/.config for me', '/home/u/.config/app/a.toml'],
  ])('is that folder alone, and none of the system: %s', (prompt, path) => {
    expect(verdict(after(asked(prompt), shown), 'Bash', { command: `rm ${path}` })).toBe('ask')
  })

  it('is no folder that only other text speaks of', () => {
    const session = after(asked('Fix the failing test'), { ...shown, text: 'The repository is in /data/repo.' } as Event)
    expect(verdict(session, 'Bash', { command: 'rm /data/repo/src/a.py' })).toBe('ask')
  })

  it('makes nothing that runs later by itself ordinary', () => {
    const session = after(asked('The repository is in /data/repo.'), shown)
    expect(verdict(session, 'Write', { file_path: '/data/repo/.git/hooks/pre-commit', content: 'x' })).not.toBe('allow')
  })
})
