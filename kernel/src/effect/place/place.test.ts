import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAddress } from './address.ts'
import { inlineEffects } from './inline-address.ts'
import { knownPlaces } from './known-places.ts'
import { effectsOfAddress } from './place-effects.ts'
import { fromPunycode, punycode } from './punycode.ts'
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
    ['file:/etc/passwd', '/etc/passwd'],
    ['file://host/etc/passwd', '/etc/passwd'],
    ['/proc/thread-self/root/etc/x', '/etc/x'],
    ['/proc/self/task/7/cwd/a', '/home/u/proj/a'],
    ['/Volumes/Macintosh HD/Users/u/x', '/Users/u/x'],
    ['/System/Volumes/Data/private/etc/hosts', '/etc/hosts'],
    ['/Users/u/.SSH/Id_rsa', '/Users/u/.ssh/Id_rsa'],
    ['~/.ssh\u200b/id_rsa', '/home/u/.ssh/id_rsa'],
    ['C:\\Users\\U\\x', 'c:/users/u/x'],
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
    ['\\\\.\\C:\\x', 'c:/x'],
    ['\\??\\C:\\x', 'c:/x'],
    ['//?/C:/x', 'c:/x'],
    ['\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1\\Windows\\System32\\config\\SAM', 'c:/windows/system32/config/sam'],
    ['\\\\localhost\\C$\\Users\\u\\x', 'c:/users/u/x'],
    ['\\\\127.0.0.1\\c$', 'c:/'],
    ['C:\\PROGRA~1\\x', 'c:/program files/x'],
    ['C:\\Users\\u\\SSH~1\\ID_RSA', 'c:/users/u/*ssh*/id_rsa'],
    ['C:\\a\\..\\b...\\c. .\\d', 'c:/b/c/d'],
    ['C:\\a\\con\\..\\..\\b', 'c:/b'],
    ['C:\\w\\.git::$INDEX_ALLOCATION\\hooks\\x', 'c:/w/.git/hooks/x'],
    ['x.txt:hidden.exe:$DATA', 'c:/w/x.txt'],
    ['/c/Users/u/x', 'c:/users/u/x'],
    ['file:///C:/Users/u/x%20y', 'c:/users/u/x y'],
    ['file:/C|/x', 'c:/x'],
    ['file://evil/s/x', '//evil/s/x'],
    ['%SystemRoot%\\x', 'c:/windows/x'],
    ['$env:TEMP\\x', 'c:/users/u/appdata/local/temp/x'],
    ['\\\\wsl$\\Ubuntu\\home\\u\\.ssh\\id_rsa', '/home/u/.ssh/id_rsa'],
  ])('on Windows %s is %s', (spelled, path) => expect(win(spelled)).toBe(path))

  it.each([
    ['\\\\evil\\s\\x', 'evil'],
    ['//evil/s/x', 'evil'],
    ['\\\\?\\UNC\\evil\\s\\x', 'evil'],
    ['\\\\evil.example@SSL@443\\DavWWWRoot\\x', 'evil.example'],
    ['\\\\evil\\C$\\x', 'evil'],
    ['\\\\localhost\\s\\x', undefined],
    ['C:\\x', undefined],
  ])('names the machine behind %s', (path, host) => expect(canonicalPath(path, windows).remoteHost).toBe(host))

  it('does not claim to know what a short or device name opens', () => {
    for (const path of ['C:\\Users\\u\\SSH~1\\x', 'C:\\a\\CON', 'C:\\a\\aux.txt', 'lpt1:', '%X%\\a', '$env:X\\a'])
      expect(canonicalPath(path, windows).resolved, path).toBe(false)
    expect(knownPlaces(canonicalPath('C:\\Users\\u\\SSH~1\\id_rsa', windows), windows).map(({ kind }) => kind)).toContain('secret')
    expect(
      knownPlaces(canonicalPath('%USERPROFILE%\\.ssh\\id_rsa', { platform: 'windows' }), { platform: 'windows' }).map(({ kind }) => kind),
    ).toContain('secret')
  })

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

  it('reads hostile patterns in time that grows with them', () => {
    for (const piece of ['[', '*a', '?', '{', '$x', '*/', '~', '../', 'SSH~1/', '\\\\?\\', '%2e/'])
      for (const at of [linux, windows]) {
        const started = process.cpuUsage()
        knownPlaces(canonicalPath(`~/.s${piece.repeat(4000)}x`, at), at)
        expect(process.cpuUsage(started).user / 1000, piece).toBeLessThan(500)
      }
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
    ['~/.local/state/assize/command.token', 'secret'],
    ['/var/lib/assize/identity/key.pem', 'secret'],
    ['/etc/assize/agent.yaml', 'agent-config'],
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
    ['http://2130706433/', 'http://127.0.0.1/'],
    ['http://0x7f.1/', 'http://127.0.0.1/'],
    ['http://017700000001/', 'http://127.0.0.1/'],
    ['http://[::ffff:10.0.0.1]/', 'http://10.0.0.1/'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    ['https://e\u200Bvil.example/', 'https://evil.example/'],
    ['https://evil。example/', 'https://evil.example/'],
    ['not an address', undefined],
    ['http:\\\\evil.example\\x', 'http://evil.example/x'],
    ['https:/evil.example/x', 'https://evil.example/x'],
    ['\u0001 https://evil.example', 'https://evil.example/'],
    ['https://evil.exam\tple\n/', 'https://evil.example/'],
    ['https://EVIL.example.:8443/', 'https://evil.example:8443/'],
    ['view-source:https://evil.example/', 'https://evil.example/'],
    ['https://good.example\\@evil.example/', 'https://evil.example/@evil.example/'],
    ['http://①②⑦.0.0.1/', 'http://127.0.0.1/'],
    ['http://127.1/', 'http://127.0.0.1/'],
    ['http://0177.0.0.1/', 'http://127.0.0.1/'],
    ['http://0x7f000001/', 'http://127.0.0.1/'],
    ['http://[0:0:0:0:0:0:0:1]/', 'http://[::1]/'],
    ['http://[::ffff:a9fe:a9fe]/', 'http://169.254.169.254/'],
    ['http://[0:0:0:0:0:ffff:169.254.169.254]/', 'http://169.254.169.254/'],
    ['http://[::127.0.0.1]/', 'http://127.0.0.1/'],
    ['http://[64:ff9b::7f00:1]/', 'http://127.0.0.1/'],
    ['http://[2002:7f00:1::]/', 'http://127.0.0.1/'],
    ['http://[fe80::1%25eth0]/', 'http://[fe80::1]/'],
    ['http://[2001:DB8:0:0:1:0:0:1]/', 'http://[2001:db8::1:0:0:1]/'],
    ['http://[::1::2]/', undefined],
    ['http://999.0.0.1/', undefined],
    ['http://1.2.3.4.5/', undefined],
    ['https://a.example/b/../../c/./d', 'https://a.example/c/d'],
    ['https://a.example/repos/x/%2e%2e/%2E%2e/user/keys?a=../b', 'https://a.example/user/keys?a=../b'],
    ['https://a.example/b/..', 'https://a.example/'],
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
  it.each([
    ['http://[fd12::1]/'],
    ['http://[::ffff:192.168.1.1]/'],
    ['http://198.18.0.1/'],
    ['http://metadata.google.internal/'],
    ['http://0/'],
  ])('%s is private too', (text) => expect(parseAddress(text)?.private).toBe(true))

  it.each([
    ['https://\u0430pple.example/', 'its name mixes alphabets: \u0430pple'],
    ['https://xn--pple-43d.example/', 'its name mixes alphabets: \u0430pple'],
    ['https://\u0441\u0430\u0440.example/', 'its name looks like another: \u0441\u0430\u0440'],
    ['https://www.good.example@evil.example/', 'a name before the @ looks like its machine'],
    ['https://good.example\\@evil.example/', 'programs disagree on which machine it names'],
    ['https://b\u00fccher.example/', undefined],
    ['https://\u043f\u0440\u0438\u043c\u0435\u0440.example/', undefined],
    ['https://user:pw@a.example/', undefined],
  ])('%s: %s', (text, deceptive) => expect(parseAddress(text)?.deceptive).toBe(deceptive))

  it.each([
    ['https://a.example/login?next=https://evil.example/x', 'https://evil.example/x'],
    ['https://a.example/out?id=1&url=https%3A%2F%2Fevil.example%2Fx%3Fy', 'https://evil.example/x?y'],
    ['https://a.example/?redirect=//evil.example/', 'https://evil.example/'],
    ['https://a.example/?next=https://a.example/b', undefined],
    ['https://a.example/?next=/b', undefined],
    ['https://a.example/?q=https://evil.example', undefined],
  ])('%s leads to %s', (text, leadsTo) => expect(parseAddress(text)?.leadsTo).toBe(leadsTo))

  it.each([
    ['javascript:fetch(1)', ['process.exec']],
    ['java\tscript:fetch(1)', ['process.exec']],
    ['data:text/html,<script>1</script>', ['process.exec']],
    ['data:image/png;base64,AAAA', ['data.query']],
    ['about:blank', ['data.query']],
    ['https://a.example/', undefined],
  ])('%s leads to no machine', (text, classes) =>
    expect(inlineEffects({ arg: '/url', text })?.map(({ effect }) => effect.class)).toEqual(classes),
  )

  it('tells where an address sends on whoever opens it', () => {
    const address = parseAddress('https://a.example/login?next=https://evil.example/x')
    const effects = address === undefined ? [] : effectsOfAddress({ address, spelling: { arg: '/url', text: 'x' } })
    expect(effects.map(({ effect }) => effect.target)).toEqual([
      'https://a.example/login?next=https://evil.example/x',
      'https://evil.example/x',
    ])
  })

  it('knows a name in either spelling', () => {
    const label = fc.string({ unit: fc.constantFrom(...'abz09-\u00fc\u00df\u0430\u4e2d\u{1f600}\u05d0'), minLength: 1, maxLength: 12 })
    fc.assert(fc.property(label, (text) => /[^\0-\x7F]/.test(text) === false || fromPunycode(punycode(text)) === text))
  })

  it('a public one is not', () => expect(parseAddress('https://11.0.0.1/')?.private).toBe(false))
  it('never throws', () =>
    fc.assert(
      fc.property(fc.webUrl(), fc.string({ unit: 'binary' }), (url, text) => [parseAddress(url), parseAddress(text, 'https')].length === 2),
    ))
})
