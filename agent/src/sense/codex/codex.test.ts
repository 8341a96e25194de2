import { describe, expect, it } from 'vitest'
import { parsePayload } from '../hook-facts.ts'
import { codexHost } from './index.ts'
import { opensTerminal } from './terminals.ts'

const OPEN = [
  'bash',
  '/bin/bash -l',
  'cd /w && bash',
  'FOO=1 exec zsh -i',
  'sudo -s',
  'sudo su -',
  'env bash',
  "bash -c 'python3 -i'",
  'python3',
  'python3 -i -q',
  'python3.12',
  'python3 -i app.py',
  'node',
  'irb',
  'php -a',
  'psql -U me mydb',
  'sqlite3 x.db',
  'ssh host',
  'ssh -t host top',
  'docker exec -it web bash',
  'kubectl exec --stdin --tty pod -- sh',
  'tmux new -s x',
  'screen',
  'vim notes.txt',
  'less log',
  'gdb ./a.out',
  'script -q /dev/null',
  'make; bash',
  '(bash)',
  `b''ash`,
  'ba\\sh',
  `"/bin"/'ba'sh`,
  'x=bash; $x -i',
  '/usr/bin/sqlite3 x.db',
  'bash &',
]
const CLOSED = [
  'ls -la',
  'bash build.sh',
  "bash -lc 'npm test'",
  'sh -c "make && ls"',
  "python3 - <<'E'\nprint(1)\nE",
  'python3 -c "print(1)"',
  'python3 -m pytest',
  'python3 app.py',
  'node -e "1"',
  'node server.js',
  'node --version',
  'curl -s https://example.com | sh',
  'bash < setup.sh',
  'echo select 1 | psql mydb',
  "sqlite3 x.db 'select 1'",
  'psql -c "select 1" mydb',
  'ssh host uptime',
  'docker run --rm image ls',
  'docker build -t x .',
  'git log --oneline',
  'cat > x.py',
  'npm run dev',
  'rg bash src',
  '$HOME/bin/tool run',
  'echo "bash"',
]

describe('the Codex gate', () => {
  it.each(OPEN)('knows that `%s` reads further commands', (command) => expect(opensTerminal(command)).toBe(true))
  it.each(CLOSED)('knows that `%s` does not', (command) => expect(opensTerminal(command)).toBe(false))

  it('names such a call for what it is, since nobody asks about what is typed afterwards', () => {
    const call = (command: string) =>
      codexHost.read(
        parsePayload(codexHost.facts, JSON.stringify({ hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command } })),
      )
    expect(call('python3 -i -q')).toMatchObject({ kind: 'call', tool: 'open_terminal', args: { command: 'python3 -i -q' } })
    expect(call('ls')).toMatchObject({ tool: 'Bash' })
  })

  it('takes no time on hostile commands', () => {
    for (const text of ['(', "'", '"', 'a ', '-c ', "bash -c '", '<', 'sudo '].map((part) => part.repeat(12_000))) {
      const started = process.cpuUsage()
      opensTerminal(text)
      expect(process.cpuUsage(started).user / 1000).toBeLessThan(500)
    }
  })
})
