/** Functions that only work out a value: what they make of known values is known. */
import { decodeBase64, decodeHex } from '../../event/encoding.ts'
import { type CodeValue, joinedPath, joinedText, knownText, textValue, UNKNOWN } from './value.ts'

export interface PureCall {
  /** Full name, with dots. */
  readonly name: string
  readonly args: readonly CodeValue[]
  /** What a method is called on. */
  readonly on: CodeValue | undefined
}

type Pure = (call: PureCall) => CodeValue | undefined

const HOME = textValue('~')
const same: Pure = ({ args }) => args[0]
const itself: Pure = ({ on }) => on
const joined: Pure = ({ args }) => joinedPath(args.flatMap((value) => value.items ?? [value]))
const asPath: Pure = (call) => ({ ...joinedPath(call.args), name: 'path' })
const decoded =
  (decode: (text: string) => string | undefined): Pure =>
  ({ args }) => {
    const text = knownText(args[0])
    const plain = text === undefined ? undefined : decode(text)
    return plain === undefined ? { known: false, decoded: true } : { ...textValue(plain), decoded: true }
  }
const rot13 = (text: string): string =>
  text.replace(/[a-zA-Z]/g, (letter) => {
    const base = letter <= 'Z' ? 65 : 97
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base)
  })
const characters: Pure = ({ args }) => {
  const codes = args.map((value) => Number(knownText(value)))
  return codes.length > 0 && codes.every((code) => Number.isInteger(code) && code >= 0 && code <= 0x10ffff)
    ? textValue(String.fromCodePoint(...codes.slice(0, 4096)))
    : undefined
}
const onText =
  (change: (text: string, args: readonly (string | undefined)[]) => string | undefined): Pure =>
  ({ on, args }) => {
    const text = knownText(on)
    const changed = text === undefined ? undefined : change(text, args.map(knownText))
    return changed === undefined ? undefined : { ...textValue(changed), ...(on?.decoded === true ? { decoded: true } : {}) }
  }

const ROWS: readonly (readonly [names: string, pure: Pure])[] = [
  ['os.path.join path.join path.resolve path.posix.join File.join posixpath.join', joined],
  ['pathlib.Path pathlib.PurePath pathlib.PosixPath Pathname.new Pathname', asPath],
  ['*.joinpath', ({ on, args }) => (on === undefined ? undefined : { ...joinedPath([on, ...args]), name: 'path' })],
  ['pathlib.Path.home os.homedir Dir.home', () => ({ ...HOME, name: 'path' })],
  ['pathlib.Path.cwd os.getcwd process.cwd Dir.pwd getcwd', () => ({ ...textValue('.'), name: 'path' })],
  [
    'os.tmpdir tempfile.gettempdir tempfile.mkdtemp tempfile.mktemp fs.mkdtempSync Dir.tmpdir Dir.mktmpdir sys_get_temp_dir',
    () => textValue('/tmp/x'),
  ],
  [
    'os.path.expanduser os.path.abspath os.path.realpath os.path.normpath os.fspath os.fsencode File.expand_path str bytes String Buffer.from.toString glob glob.glob URI.parse URI new.URL encodeURI shlex.quote',
    same,
  ],
  [
    '*.expanduser *.resolve *.absolute *.as_posix *.toString *.to_s *.freeze *.encode *.decode *.strip *.trim *.chomp *.rstrip *.text *.read *.toString',
    itself,
  ],
  [
    'base64.b64decode base64.standard_b64decode base64.urlsafe_b64decode atob Base64.decode64 Base64.strict_decode64 decode_base64 MIME.Base64.decode_base64 base64_decode',
    decoded(decodeBase64),
  ],
  ['bytes.fromhex bytearray.fromhex binascii.unhexlify binascii.a2b_hex hex2bin', decoded(decodeHex)],
  ['str_rot13', decoded(rot13)],
  [
    'zlib.decompress gzip.decompress marshal.loads pickle.loads gzuncompress gzinflate zlib.inflateSync zlib.gunzipSync lzma.decompress bz2.decompress',
    decoded(() => undefined),
  ],
  [
    'codecs.decode',
    (call) =>
      decoded(/rot/i.test(knownText(call.args[1]) ?? '') ? rot13 : /hex/i.test(knownText(call.args[1]) ?? '') ? decodeHex : decodeBase64)(
        call,
      ),
  ],
  [
    'Buffer.from',
    (call) => {
      const encoding = knownText(call.args[1]) ?? ''
      return encoding === 'base64' ? decoded(decodeBase64)(call) : encoding === 'hex' ? decoded(decodeHex)(call) : call.args[0]
    },
  ],
  ['chr String.fromCharCode String.fromCodePoint String.char string.char', characters],
  [
    'strrev scalar',
    ({ args }) => (knownText(args[0]) === undefined ? undefined : textValue([...(knownText(args[0]) ?? '')].reverse().join(''))),
  ],
  [
    '*.reverse',
    ({ on }) =>
      on?.items === undefined
        ? onText((text) => [...text].reverse().join(''))({ name: '', args: [], on })
        : { ...on, items: [...on.items].reverse() },
  ],
  [
    'reversed',
    ({ args }) =>
      args[0]?.items === undefined
        ? args[0] && onText((text) => [...text].reverse().join(''))({ name: '', args: [], on: args[0] })
        : { ...args[0], items: [...args[0].items].reverse() },
  ],
  ['*.join', (call) => (call.on?.items === undefined ? list(call.args[0], call.on) : list(call.on, call.args[0]))],
  ['implode join', ({ args }) => list(args[1]?.items === undefined ? { known: true, items: args.slice(1) } : args[1], args[0])],
  [
    '*.split shlex.split',
    ({ name, on, args }) => split(name.endsWith('shlex.split') ? args[0] : on, name.endsWith('shlex.split') ? undefined : args[0]),
  ],
  ['*.concat', ({ on, args }) => (on === undefined ? undefined : args.reduce(joinedText, on))],
  ['*.lower *.toLowerCase *.downcase lc strtolower', onText((text) => text.toLowerCase())],
  ['*.upper *.toUpperCase *.upcase uc strtoupper', onText((text) => text.toUpperCase())],
  [
    '*.replace *.replaceAll *.gsub *.sub',
    onText((text, [wanted, put]) =>
      wanted === undefined || put === undefined || wanted === '' ? undefined : text.replaceAll(wanted, () => put),
    ),
  ],
]

const PURE: ReadonlyMap<string, Pure> = new Map(ROWS.flatMap(([names, pure]) => names.split(' ').map((name) => [name, pure] as const)))

/** The value of a call; undefined when the function is none of these. */
export function pureCall(call: PureCall): CodeValue | undefined {
  const plain = call.name.replaceAll('::', '.').replace(/^(?:node:|globalThis\.)/, '')
  const pure = PURE.get(plain) ?? (plain.includes('.') ? PURE.get(`*.${plain.slice(plain.lastIndexOf('.') + 1)}`) : undefined)
  if (pure === undefined) return undefined
  return pure(call) ?? (PURE.has(plain) ? UNKNOWN : undefined)
}

function list(values: CodeValue | undefined, separator: CodeValue | undefined): CodeValue | undefined {
  if (values?.items === undefined) return values?.text === undefined ? undefined : values
  const between = separator === undefined ? textValue('') : separator
  return values.items.reduce((all, item, index) => (index === 0 ? item : joinedText(joinedText(all, between), item)), textValue(''))
}

function split(value: CodeValue | undefined, separator: CodeValue | undefined): CodeValue | undefined {
  const text = knownText(value)
  if (text === undefined) return undefined
  const at = separator === undefined ? undefined : knownText(separator)
  if (separator !== undefined && at === undefined) return undefined
  const pieces = at === undefined ? text.split(/\s+/).filter(Boolean) : at === '' ? [...text] : text.split(at)
  return { known: true, items: pieces.slice(0, 4096).map(textValue) }
}
