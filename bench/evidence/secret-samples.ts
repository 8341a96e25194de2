/** Secrets made from what their issuers publish about the formats, in the places where they leak. */
import { crc32 } from 'node:zlib'
import { generateKeyPairSync, createHmac } from 'node:crypto'
import { BASE62, BASE64, Dice, DIGITS, HEX, LOWER, type Sample, UPPER, URLSAFE } from './dice.ts'

/** GitHub and npm: 30 random digits and the CRC-32 of them in base 62. */
function checked(dice: Dice, prefix: string): string {
  const body = dice.text(30, BASE62)
  let [rest, tail] = [crc32(body), '']
  for (let digit = 0; digit < 6; digit += 1) {
    tail = (DIGITS + UPPER + LOWER)[rest % 62] + tail
    rest = Math.floor(rest / 62)
  }
  return `${prefix}${body}${tail}`
}

function uuid(dice: Dice): string {
  return [8, 4, 4, 4, 12].map((length) => dice.text(length, HEX)).join('-')
}

function webToken(dice: Dice): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: dice.text(10, DIGITS), iat: 1_700_000_000 + dice.below(9_000_000) })}`
  return `${body}.${createHmac('sha256', dice.bytes(16)).update(body).digest('base64url')}`
}

let keys: readonly string[] | undefined
/** A few real keys: making one is slow. */
function privateKey(dice: Dice): string {
  keys ??= [0, 1, 2].map(() =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  )
  return dice.one(keys).trim()
}

type Maker = (dice: Dice) => string

export const ISSUED: Readonly<Record<string, Maker>> = {
  aws: (dice) => `${dice.one(['AKIA', 'ASIA'])}${dice.text(16, `${UPPER}234567`)}`,
  github: (dice) => checked(dice, dice.one(['ghp_', 'gho_', 'ghs_', 'ghu_'])),
  'github fine-grained': (dice) => `github_pat_${dice.text(22, BASE62)}_${dice.text(59, BASE62)}`,
  npm: (dice) => checked(dice, 'npm_'),
  gitlab: (dice) => `glpat-${dice.text(20, URLSAFE)}`,
  pypi: (dice) => `pypi-AgEIcHlwaS5vcmc${dice.text(150, URLSAFE)}`,
  rubygems: (dice) => `rubygems_${dice.text(48, HEX)}`,
  docker: (dice) => `dckr_pat_${dice.text(27, URLSAFE)}`,
  slack: (dice) => `xoxb-${dice.text(12, '123456789')}-${dice.text(12, '123456789')}-${dice.text(24, BASE62)}`,
  'slack webhook': (dice) =>
    `https://hooks.slack.com/services/T${dice.text(10, UPPER + DIGITS)}/B${dice.text(10, UPPER + DIGITS)}/${dice.text(24, BASE62)}`,
  'discord webhook': (dice) => `https://discord.com/api/webhooks/${dice.text(18, '123456789')}/${dice.text(68, URLSAFE)}`,
  telegram: (dice) => `${dice.text(10, '123456789')}:AA${dice.text(33, URLSAFE)}`,
  stripe: (dice) => `${dice.one(['sk_live_', 'rk_live_'])}${dice.text(24, BASE62)}`,
  'stripe webhook': (dice) => `whsec_${dice.text(32, BASE62)}`,
  square: (dice) => `sq0csp-${dice.text(43, URLSAFE)}`,
  shopify: (dice) => `shpat_${dice.text(32, HEX)}`,
  twilio: (dice) => `SK${dice.text(32, HEX)}`,
  sendgrid: (dice) => `SG.${dice.text(22, URLSAFE)}.${dice.text(43, URLSAFE)}`,
  mailchimp: (dice) => `${dice.text(32, HEX)}-us${1 + dice.below(20)}`,
  mailgun: (dice) => `key-${dice.text(32, HEX)}`,
  'google key': (dice) => `AIza${dice.text(35, URLSAFE)}`,
  'google client': (dice) => `GOCSPX-${dice.text(28, URLSAFE)}`,
  'azure storage': (dice) =>
    `DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=${dice.bytes(64).toString('base64')};EndpointSuffix=core.windows.net`,
  'azure signature': (dice) =>
    `https://acme.blob.core.windows.net/c/f?sv=2024-05-04&se=2027-01-01T00%3A00%3A00Z&sr=b&sp=r&sig=${encodeURIComponent(dice.bytes(32).toString('base64'))}`,
  'azure client': (dice) => `${dice.text(3, BASE62)}8Q~${dice.text(34, `${URLSAFE}.~`.replace('-', ''))}`,
  digitalocean: (dice) => `dop_v1_${dice.text(64, HEX)}`,
  databricks: (dice) => `dapi${dice.text(32, HEX)}`,
  vault: (dice) => `hvs.${dice.text(95, URLSAFE)}`,
  terraform: (dice) => `${dice.text(14, BASE62)}.atlasv1.${dice.text(67, BASE62)}`,
  openai: (dice) => `sk-proj-${dice.text(74, URLSAFE)}T3BlbkFJ${dice.text(74, URLSAFE)}`,
  anthropic: (dice) => `sk-ant-api03-${dice.text(93, URLSAFE)}AA`,
  huggingface: (dice) => `hf_${dice.text(34, UPPER + LOWER)}`,
  groq: (dice) => `gsk_${dice.text(52, BASE62)}`,
  replicate: (dice) => `r8_${dice.text(37, BASE62)}`,
  notion: (dice) => `ntn_${dice.text(11, DIGITS)}${dice.text(35, BASE62)}`,
  linear: (dice) => `lin_api_${dice.text(40, BASE62)}`,
  figma: (dice) => `figd_${dice.text(40, URLSAFE)}`,
  grafana: (dice) => `glsa_${dice.text(32, BASE62)}_${dice.text(8, HEX)}`,
  newrelic: (dice) => `NRAK-${dice.text(27, UPPER + DIGITS)}`,
  postman: (dice) => `PMAK-${dice.text(24, HEX)}-${dice.text(34, HEX)}`,
  '1password': (dice) => `ops_eyJ${dice.text(300, BASE64.replace('+/', ''))}`,
  age: (dice) => `AGE-SECRET-KEY-1${dice.text(58, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L')}`,
  'private key': privateKey,
  'web token': webToken,
  'database address': (dice) => `postgresql://app:${dice.text(16, BASE62)}@db${dice.below(9)}.internal:5432/shop`,
}

/** Where tokens leak: each puts one into a text. */
const PLACES: readonly ((secret: string, dice: Dice) => string)[] = [
  (secret) => `# production\nPORT=8080\nSERVICE_VALUE=${secret}\nLOG_LEVEL=info\n`,
  (secret) => JSON.stringify({ name: 'worker', settings: { value: secret, retries: 3 } }, null, 2),
  (secret) => `const client = createClient('${secret}', { timeout: 5000 })\n`,
  (secret) => `2026-11-22T14:05:59Z INFO http GET /v1/items with ${secret} took 31 ms\n`,
  (secret) => `Hi Ann, you can use ${secret} until Friday. Bob`,
  (secret) => `services:\n  api:\n    image: acme/api:1.4\n    environment:\n      - VALUE=${secret}\n`,
  (secret) => JSON.stringify({ body: `export VALUE=${secret}\nrun()` }),
  (secret) => `curl -s https://api.acme.io/v1/me -H "X-Value: ${secret}" | jq .`,
]

const NAMES = [
  'API_KEY',
  'apiKey',
  'client_secret',
  'SECRET_KEY',
  'auth_token',
  'accessToken',
  'x-api-key',
  'webhook_secret',
  'DB_TOKEN',
  'aws_secret_access_key',
]
const PASSWORD_NAMES = ['password', 'DB_PASSWORD', 'dbPassword', 'passwd', 'ADMIN_PASSWORD', 'smtp_password', 'spring.datasource.password']
const ASSIGNMENTS: readonly ((name: string, secret: string) => string)[] = [
  (name, secret) => `HOST=db.internal\n${name}=${secret}\nPORT=5432\n`,
  (name, secret) => `${JSON.stringify({ host: 'db.internal', [name]: secret, port: 5432 }, null, 2)}\n`,
  (name, secret) => `host: db.internal\n${name}: "${secret}"\nport: 5432\n`,
  (name, secret) => `const settings = { ${name.replace(/[^A-Za-z]/g, '_')}: '${secret}', port: 5432 }\n`,
  (name, secret) => `export ${name.replace(/[^A-Za-z_]/g, '_')}='${secret}'\n`,
  (name, secret) => `myapp --host db.internal --${name.replaceAll('_', '-').toLowerCase()}=${secret} --verbose\n`,
  (name, secret) => `${name} = "${secret}"\n`,
  (name, secret) => JSON.stringify({ content: `user: app\n${name}: ${secret}\n` }),
]

const WORDS = ['river', 'Falcon', 'copper', 'Winter', 'garden', 'Marble', 'tiger', 'Cactus', 'orbit', 'Velvet']

/** As people choose them: words with digits and a sign, or random. */
function password(dice: Dice): string {
  const choice = dice.below(3)
  if (choice === 0) return `${dice.one(WORDS)}${dice.text(4, DIGITS)}${dice.one([...'!#$%&*'])}`
  if (choice === 1) return `${dice.one(WORDS)}-${dice.one(WORDS)}-${dice.text(3, DIGITS)}`
  return dice.text(12, `${BASE62}!#%*`)
}

function machineSecret(dice: Dice): string {
  return dice.one([
    () => dice.text(32, HEX),
    () => dice.text(40, BASE64),
    () => dice.text(24, BASE62),
    () => dice.text(43, URLSAFE),
    () => uuid(dice),
  ])()
}

export function issuedSecrets(dice: Dice, each: number): readonly Sample[] {
  return Object.entries(ISSUED).flatMap(([group, make]) =>
    Array.from({ length: each }, () => {
      const secret = make(dice)
      return { group, secret, text: dice.one(PLACES)(secret, dice) }
    }),
  )
}

/** Secrets of no format, known by the name they are assigned to. */
export function assignedSecrets(dice: Dice, each: number): readonly Sample[] {
  const made = (group: string, names: readonly string[], make: Maker): readonly Sample[] =>
    Array.from({ length: each }, () => {
      const secret = make(dice)
      return { group, secret, text: dice.one(ASSIGNMENTS)(dice.one(names), secret) }
    })
  return [...made('assigned key', NAMES, machineSecret), ...made('assigned password', PASSWORD_NAMES, password)]
}
