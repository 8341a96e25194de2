import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAddress } from './address.ts'
import { knownPlaces } from './known-places.ts'
import { canonicalPath, insideWorkspace, type Surroundings } from './path.ts'

const linux: Surroundings = { cwd: '/home/u/proj', workspace: '/home/u/proj', home: '/home/u', platform: 'posix' }
const windows: Surroundings = { cwd: 'C:\\w', workspace: 'C:\\w', home: 'C:\\Users\\U', platform: 'windows' }
const posix = (path: string): string => canonicalPath(path, linux).path
const win = (path: string): string => canonicalPath(path, windows).path

describe('paths', () => {
  it.each([
    ['a/../b', '/home/u/proj/b'],
    ['~/x', '/home/u/x'],
    ['$HOME/x', '/home/u/x'],
    ['${HOME}/x/', '/home/u/x'],
    ['/private/etc/hosts', '/etc/hosts'],
    ['/proc/self/root/etc/shadow', '/etc/shadow'],
    ['/proc/self/root/proc/1/root/etc/shadow', '/etc/shadow'],
    ['/proc/self/cwd/a', '/home/u/proj/a'],
    ['../../../../../etc/passwd', '/etc/passwd'],
    ['file:///etc/pass%77d', '/etc/passwd'],
    ['//etc//passwd', '/etc/passwd'],
  ])('%s is %s', (spelled, path) => expect(posix(spelled)).toBe(path))

  it.each([
    ['\\\\?\\C:\\Windows\\x', 'c:/windows/x'],
    ['C:/USERS/u/.SSH/id_rsa', 'c:/users/u/.ssh/id_rsa'],
    ['file.txt::$DATA', 'c:/w/file.txt'],
    ['name. ', 'c:/w/name'],
    ['%USERPROFILE%\\a', 'c:/users/u/a'],
    ['\\x', 'c:/x'],
    ['..\\y', 'c:/y'],
    ['C:\\', 'c:/'],
    ['\\\\?\\C:\\', 'c:/'],
  ])('on Windows %s is %s', (spelled, path) => expect(win(spelled)).toBe(path))

  it('names the machine behind a UNC path', () => expect(canonicalPath('\\\\evil\\s\\x', windows).remoteHost).toBe('evil'))

  it('does not take a neighbour with a longer name for the workspace', () => {
    expect(insideWorkspace('/home/u/proj-evil/x', linux)).toBe(false)
    expect(insideWorkspace('/home/u/proj/x', linux)).toBe(true)
    expect(insideWorkspace('/x', { ...linux, workspace: '/' })).toBe(false)
    expect(insideWorkspace('/home/u/.bashrc', { ...linux, workspace: '/home/u' })).toBe(false)
  })

  it('is canonical: once more changes nothing, and no `..` is left', () => {
    const part = fc.constantFrom('..', '.', 'a', 'b', '', '~', 'proc', 'self', 'root', 'private', 'etc', '\\', 'C:', '$HOME')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.boolean(), (parts, rooted) => {
        const once = posix((rooted ? '/' : '') + parts.join('/'))
        if (!once.startsWith('/')) return
        expect(once.split('/')).not.toContain('..')
        expect(posix(once)).toBe(once)
      }),
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) =>
        [linux, windows].every((at) => Array.isArray(knownPlaces(canonicalPath(text, at), at))),
      ),
    )
  })
})

describe('known places', () => {
  const kinds = (path: string): string[] => knownPlaces(canonicalPath(path, linux), linux).map((place) => place.kind)
  it.each([
    ['~/.ssh/id_ed25519', 'secret'],
    ['~/.SSH/ID_RSA', 'secret'],
    ['.env', 'secret'],
    ['~/.config/gcloud/x/y', 'secret'],
    ['/home/other/.aws/credentials', 'secret'],
    ['~/.ssh/authorized_keys', 'identity'],
    ['.claude/settings.local.json', 'agent-config'],
    ['sub/CLAUDE.md', 'agent-config'],
    ['.mcp.json', 'agent-config'],
    ['/usr/local/bin/tool', 'persistence'],
    ['/BIN/sh', 'persistence'],
    ['~/.azure/msal_token_cache.bin', 'secret'],
    ['~/.gnupg', 'secret'],
    ['deep/down/safe.KDBX', 'secret'],
    ['~/.zshrc', 'persistence'],
    ['.git/hooks/pre-commit', 'persistence'],
    ['~/.config/systemd/user/x.service', 'persistence'],
  ])('%s is %s', (path, kind) => expect(kinds(path)).toContain(kind))

  it.each([['src/a.ts'], ['.env.example'], ['~/.ssh/id_rsa.pub'], ['README.md'], ['*'], ['src/*.ts'], ['package.json']])(
    '%s is nothing special',
    (path) => expect(kinds(path)).toEqual([]),
  )
})

describe('addresses', () => {
  it.each([
    ['https://EXAMPLE.com:443/a?b#c', 'https://example.com/a?b'],
    ['http://user:pw@evil.example/', 'http://evil.example/'],
    ['http://good.example@evil.example/', 'http://evil.example/'],
    ['http:\\\\evil.example\\x', undefined],
    ['http://2130706433/', 'http://127.0.0.1/'],
    ['http://0x7f.1/', 'http://127.0.0.1/'],
    ['http://017700000001/', 'http://127.0.0.1/'],
    ['http://[::ffff:10.0.0.1]/', 'http://10.0.0.1/'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    ['https://e\u200Bvil.example/', 'https://evil.example/'],
    ['https://evil。example/', 'https://evil.example/'],
    ['not an address', undefined],
  ])('%s is %s', (text, url) => expect(parseAddress(text)?.url).toBe(url))

  it.each([
    ['http://127.0.0.1/'],
    ['http://10.1.2.3'],
    ['http://192.168.0.1:80/'],
    ['http://169.254.169.254/'],
    ['http://localhost:3000'],
    ['http://box.local/'],
    ['http://[::1]/'],
  ])('%s is private', (text) => expect(parseAddress(text)?.private).toBe(true))
  it('a public one is not', () => expect(parseAddress('https://11.0.0.1/')?.private).toBe(false))
  it('never throws', () =>
    fc.assert(
      fc.property(fc.webUrl(), fc.string({ unit: 'binary' }), (url, text) => [parseAddress(url), parseAddress(text, 'https')].length === 2),
    ))
})
