/** Texts that look like secrets or personal data and are neither, as they stand in the work of every day. */
import { BASE62, BASE64, Dice, DIGITS, HEX, type Sample, UPPER, URLSAFE } from './dice.ts'

const uuid = (dice: Dice): string => [8, 4, 4, 4, 12].map((length) => dice.text(length, HEX)).join('-')
const sha = (dice: Dice): string => dice.text(40, HEX)
const integrity = (dice: Dice): string => `sha512-${dice.bytes(64).toString('base64')}`
const name = (dice: Dice): string =>
  dice.one(['left-pad', '@acme/core', 'lodash.merge', 'react-dom', 'esbuild-linux-x64', 'token-types', 'password-prompt'])

type Maker = (dice: Dice) => string

const MAKERS: Readonly<Record<string, Maker>> = {
  lockfile: (dice) =>
    Array.from(
      { length: 8 },
      () =>
        `  ${name(dice)}@${dice.below(20)}.${dice.below(20)}.${dice.below(20)}:\n    resolution: {integrity: ${integrity(dice)}}\n    engines: {node: '>=18'}\n`,
    ).join(''),
  'git log': (dice) =>
    Array.from(
      { length: 8 },
      () => `commit ${sha(dice)}\nAuthor: Dev <dev@example.com>\nDate:   Mon Nov 2 14:05:59 2026 +0100\n\n    Rotate token handling\n`,
    ).join('\n'),
  hashes: (dice) => [32, 40, 64, 128].map((length) => `${dice.text(length, HEX)}  dist/app-${dice.text(8, HEX)}.js`).join('\n'),
  uuids: (dice) =>
    Array.from({ length: 6 }, () => `{"id": "${uuid(dice)}", "traceId": "${dice.text(32, HEX)}", "spanId": "${dice.text(16, HEX)}"}`).join(
      '\n',
    ),
  images: (dice) => `FROM node:22@sha256:${dice.text(64, HEX)}\nLABEL rev=${sha(dice)}\n`,
  placeholders: (dice) =>
    dice.one([
      'API_KEY=your-api-key-here\nSECRET_KEY=<secret>\nTOKEN=xxxxxxxxxxxxxxxxxxxxxxxx\n',
      'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n',
      `export GITHUB_TOKEN=ghp_${'x'.repeat(36)}\n`,
      'Authorization: Bearer <your-access-token>\nX-Api-Key: {{ api_key }}\n',
      'password: "${DB_PASSWORD}"\ntoken: ${{ secrets.DEPLOY_TOKEN }}\n',
      'STRIPE_KEY=sk_test_replace_me\nOPENAI_API_KEY=sk-...\n',
      'postgres://user:password@localhost:5432/db\nmysql://root:${MYSQL_ROOT_PASSWORD}@db/app\n',
      'mongodb+srv://<username>:<password>@cluster0.example.mongodb.net/\n',
    ]),
  code: (dice) =>
    dice.one([
      "const token = process.env.GITHUB_TOKEN ?? ''\nconst password = config.get('db.password')\n",
      'password = os.environ["DB_PASSWORD"]\napi_key = settings.API_KEY\nsecret = get_secret("prod/db")\n',
      'token: string\nrefreshToken?: string\npasswordHash: Buffer\nmaxTokens: 4096\n',
      'const nextPageToken = response.nextPageToken\nif (token !== expectedToken) throw new TokenError(token)\n',
      'func (c *Client) SetToken(token string) { c.token = token }\nfunc password() (string, error) { return readPassword() }\n',
      '<input type="password" name="password" placeholder="Enter your password" autocomplete="current-password">\n',
      '"password.label": "Password",\n"password.hint": "At least 12 characters",\n"token.expired": "Your token has expired"\n',
      '.token.punctuation { color: #999 }\n.password-field::after { content: "\\201C" }\n',
      'export const TOKEN_TYPES = { bearer: "Bearer", apiKey: "apiKey", secretText: "secretText" }\n',
      'tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased")\npad_token = "[PAD]"\nbos_token: "<s>"\n',
      'secretName: my-app-tls-2024\nsecretKeyRef:\n  name: database-credentials-v2\n  key: connection-string-primary\n',
      'key: "user-session-cache-key-2024-primary"\npartition_key = "tenant-0001-region-eu-west-1"\n',
    ]),
  'public keys': (dice) =>
    `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${dice.text(43, BASE64)} ann@laptop\n-----BEGIN CERTIFICATE-----\n${Array.from({ length: 6 }, () => dice.text(64, BASE64)).join('\n')}\n-----END CERTIFICATE-----\npk_live_${dice.text(24, BASE62)}\n`,
  minified: (dice) =>
    Array.from(
      { length: 40 },
      () =>
        `function ${dice.text(1, 'abcdefgh')}(${dice.text(1, 'tnrei')}){return ${dice.text(2, 'abcdefgh')}[${dice.below(400)}]^${dice.below(65536)}}`,
    ).join(';') + `var e="${dice.text(80, URLSAFE)}",n="data:font/woff2;base64,${dice.bytes(300).toString('base64')}";`,
  pictures: (dice) => `![logo](data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA${dice.bytes(240).toString('base64')})`,
  identifiers: (dice) =>
    `arn:aws:iam::${dice.text(12, DIGITS)}:role/deploy\nrequestId: ${dice.text(13, UPPER + DIGITS)}\netag: "${dice.text(32, HEX)}"\nchannel C0${dice.text(9, UPPER + DIGITS)}\ntenant ${uuid(dice)}\nAC${dice.text(32, HEX)}\nG-${dice.text(10, UPPER + DIGITS)}\n`,
  addresses: (dice) =>
    `https://cdn.acme.io/a/${dice.text(20, HEX)}/app.${dice.text(8, HEX)}.js?v=${dice.text(10, DIGITS)}\nhttps://acme.io/reset?next=%2Fhome&page_token=${dice.text(30, BASE62)}\nhttps://user@git.acme.io/r.git\n`,
  numbers: (dice) =>
    Array.from(
      { length: 12 },
      () =>
        `${dice.below(2_000_000_000)},${1_700_000_000_000 + dice.below(90_000_000_000)},0.${dice.text(16, DIGITS)},-${dice.below(180)}.${dice.text(6, DIGITS)},${dice.below(999)}.${dice.below(99)}.${dice.below(99)}`,
    ).join('\n'),
  'log lines': (dice) =>
    Array.from(
      { length: 6 },
      () =>
        `2026-11-${10 + dice.below(18)} 14:0${dice.below(9)}:59.${dice.text(6, DIGITS)} [${dice.text(5, DIGITS)}] order ${dice.text(9, '123456789')} from 10.${dice.below(255)}.${dice.below(255)}.7:${1024 + dice.below(60_000)} took ${dice.below(9999)} ms`,
    ).join('\n'),
  'order numbers': (dice) =>
    `Order ${dice.text(16, '123456789')} (invoice 2026-${dice.text(6, DIGITS)}, ISBN 978-3-${dice.text(2, DIGITS)}-${dice.text(6, DIGITS)}-${dice.text(1, DIGITS)}), parcel ${dice.text(12, DIGITS)}, part no. ${dice.text(3, DIGITS)}-${dice.text(4, DIGITS)}-${dice.text(2, DIGITS)}`,
  prose: (dice) =>
    dice.one([
      'Never put a password or token into the repository. If one leaks, rotate the secret at once and tell the security team.',
      'The token is valid for 15 minutes. The secret of good soup is patience; the key is to stir.',
      'Passwords must have at least 12 characters, one digit and one sign, and they expire after 90 days.',
      'Call us between 9:00 and 17:30. Room 4.12, seats 20-25, budget 1,200,000 for 2026/27, version 2.14.1.',
    ]),
}

export function harmlessTexts(dice: Dice, each: number): readonly Sample[] {
  return Object.entries(MAKERS).flatMap(([group, make]) => Array.from({ length: each }, () => ({ group, text: make(dice) })))
}
