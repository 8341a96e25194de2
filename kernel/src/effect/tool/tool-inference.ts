import type { EffectClass } from '../effect.ts'
import type { Json, JsonObject } from '../../event/json.ts'
import { isUsualSource } from '../edit/sources.ts'
import { isFilePath } from '../place/file-uri.ts'
import { handsOver } from './handing-over.ts'
import { classOfTool, wordsOf } from './name-class.ts'
import { isPhysical } from './physical.ts'
import { isReceiverOfRule, RULE_TARGET_KEY, RULE_WORDS } from './standing-orders.ts'
import type { ToolUse } from './tool-catalogue.ts'

const PATH_KEY =
  /^(file|filename|filepath|path|paths|files|dir|directory|folder|source|destination|src|dest|dst|target_path|output|output_path|input_path)$/
/** Of these also what network rules hold: from where to where. */
const END_KEY = /^(?:source|destination|src|dest|dst)$/i
const RANGE = /^(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[\da-f]*:)[\d.:a-f]{2,45})\/\d{1,3}$|^\*$/i
const URL_KEY = /^(url|urls|uri|href|link|endpoint|webhook|webhook_url|callback_url|address_url|website)$/
const ADDRESS_KEY = /(?:^|_)(url|urls|uri|href|link|website)$|^(endpoint|webhook)$/
const RECIPIENT_KEY =
  /^(to|recipient|recipients|email|emails|cc|bcc|participants?|attendees?|channel|channel_id|channel_name|user|username|phone|phone_number|contact|account|iban|payee|beneficiary|destination_account|user_email|invitee|guests?|konto|compte|cuenta|conta|conto|rekening|numer_konta|kontonummer|bank_account|(?:to|payee|beneficiary|destination)_(?:iban|account|account_number|wallet))$/
/** People who are told when a record that names them is made. */
const INVITED_KEY = /^(to|recipients?|cc|bcc|participants?|attendees?|invitees?|guests?)$/
/** Whom something is handed to, where the tool is not made for that; and in other languages. */
const HANDED_KEY =
  /^(?:(?:share|deliver|send|forward|mail|email|report|notify|cc)_(?:to|with)|an|a|à|al|para|naar|aan|til|till|pour|do|empfaenger|empfänger|destinatari[oa]s?|destinataires?|mottaker|modtager|ontvanger)$/
const PHONE = /^\+?\d[\d ()/-]{6,20}$/
const SCRIPT_KEY = /^(command|cmd|script|command_line|(?:shell|cli|bash|terminal)_(?:command|cmd))$/
const CODE_KEY =
  /^(code|source_code|cell_source|expression|function_body|javascript|python|(?:python|py|js|javascript|typescript|ruby|r|cell)_(?:code|script)|code_(?:string|text|block|snippet))$/
/** Code as well, where the text is written like it. */
const CODE_TOO = /^(source|cell|cell_source|snippet|program|content|contents|input|body|text|statement|query)$/

/** Words of a tool's name that say it runs code. */
const LANGUAGE =
  /^(?:repl|interpreter|eval|sandbox|notebook|jupyter|i?python\d?|javascript|typescript|js|node|nodejs|deno|ruby|perl|php|lua|julia|applescript)$/

export { namesDeed, wordsOf } from './name-class.ts'

export interface ToolShape {
  readonly tool: string
  readonly description: string
  /** Top-level argument keys of the call. */
  readonly keys: readonly string[]
  /** Top-level arguments that are numbers. */
  readonly counts?: ReadonlySet<string>
  /** Top-level arguments that are text; of lists of texts the first. */
  readonly texts: ReadonlyMap<string, string>
  /** Top-level arguments that are ranges of addresses, and nothing else. */
  readonly ranges?: ReadonlySet<string>
}

/** One range of addresses, or a list of nothing but such. */
export function isRange(value: Json | undefined): boolean {
  const all = Array.isArray(value) ? value : [value]
  return all.length > 0 && all.every((text) => typeof text === 'string' && RANGE.test(text))
}

/** What a tool nobody knows probably does: from its name, then its description, then its arguments. */
export function inferUses(shape: ToolShape): readonly ToolUse[] {
  const words = wordsOf(shape.tool)
  const named = classOfTool(shape.tool, shape.description)
  const effectClass = actualClass(named, words, shape)
  const uses: ToolUse[] = []
  const keysLike = (pattern: RegExp): readonly string[] => shape.keys.filter((key) => pattern.test(wordsOf(key).join('_')))
  // `eval_js` is given a script, but not one for a shell.
  const language =
    words.some((word) => LANGUAGE.test(word)) && !words.some((word) => /^(?:shell|bash|terminal|sh|zsh|cmd|command)$/.test(word))
  for (const key of keysLike(SCRIPT_KEY)) uses.push({ what: language && /script$/i.test(key) ? 'foreign' : 'shell', keys: [key] })
  const runs = effectClass === 'process.exec' || language || words.some((word) => /^(?:exec|execute|eval)$/.test(word))
  const code = runs ? shape.keys.filter((key) => isCode(key, shape.texts.get(key))) : []
  for (const key of code) uses.push({ what: 'foreign', keys: [key] })
  const reading = effectClass === 'data.query' || effectClass === 'net.egress'
  // A tool that goes somewhere goes to whatever of its arguments is an address; others may just as well note one down.
  const known = keysLike(reading ? ADDRESS_KEY : URL_KEY)
  const addresses = known.length > 0 || effectClass !== 'net.egress' ? known : keysOfSites(shape)
  const urls = addresses.filter((key) => !isFilePath(shape.texts.get(key) ?? ''))
  const recipients = keysLike(RECIPIENT_KEY)
  const paths = [...keysLike(PATH_KEY), ...addresses.filter((key) => !urls.includes(key))].filter(
    (key) => !code.includes(key) && !(END_KEY.test(key) && shape.ranges?.has(key) === true),
  )
  for (const key of urls) uses.push({ what: reading ? 'fetch' : 'net.egress', keys: [key] })
  for (const key of paths) uses.push({ what: fileUse(effectClass, words), keys: [key] })
  const aimed = effectClass !== undefined && AIMED.has(effectClass)
  const handed = [...shape.texts]
    .filter(([key, text]) => HANDED_KEY.test(wordsOf(key).join('_')) && isAddress(text.trim()))
    .map(([key]) => key)
  if (!aimed) for (const key of handed) uses.push({ what: 'message.send', keys: [key] })
  // What is handed up goes away from here, whatever it is read from.
  if (paths.length > 0 && words.some((word) => /^(?:upload|attach|submit)$/.test(word))) uses.push({ what: 'net.egress', keys: [] })
  if (reading && revealsSecret(words)) return [...uses, { what: 'secret.read', keys: [...shape.texts.keys()].slice(0, 1) }]
  if (effectClass === undefined) return uses.length > 0 ? uses : [{ what: 'tool.invoke', keys: [] }]
  if (uses.length > 0 && (reading || effectClass === 'data.mutate' || effectClass === 'process.exec')) return uses
  const told =
    effectClass === 'data.mutate'
      ? keysLike(INVITED_KEY)
          .filter((key) => shape.counts?.has(key) !== true && !TIME.test(shape.texts.get(key) ?? ''))
          .map((key) => ({ what: 'message.send', keys: [key] }))
      : []
  const orders = effectClass === 'data.mutate' && words.some((word) => RULE_WORDS.test(word)) ? ruleUses(shape) : []
  if (effectClass === 'code.install') return [...uses, ...installUses(shape)]
  return [...uses, ...classUses(effectClass, aimed ? receiversOf(shape, recipients, handed) : recipients), ...told, ...orders]
}

/** Whatever the argument is called: `address`, `page`, `site`. */
function keysOfSites({ texts }: ToolShape): readonly string[] {
  return [...texts].filter(([, text]) => SITE.test(text.trim())).map(([key]) => key)
}

const SITE = /^(?:https?:\/\/|www\.)[^\s"'<>]{3,2000}$/i

/** What is looked up is itself a secret: `get_secret`, `vault.readPassword`. A list of their names is none. */
function revealsSecret(words: readonly string[]): boolean {
  const plain = /^(?:values?|versions?)$/.test(words.at(-1) ?? '') ? words.slice(0, -1) : words
  const [last, before] = [plain.at(-1) ?? '', plain.at(-2) ?? '']
  const secret =
    /^(?:secret|password|passphrase|credentials?|passkey)$/.test(last) ||
    /^(?:api|private|secret|access|signing|ssh) keys?$/.test(`${before} ${last}`)
  return secret && words.some((word) => /^(?:get|read|fetch|show|reveal|retrieve|export|dump|download|decrypt|view|access)$/.test(word))
}

const SOURCE_KEY = /(?:^|_)(?:index|registry|repository|repo|source|channel|index_url|extra_index_url|find_links|mirror)(?:_url)?$/
const PACKAGE_KEY = /^(?:name|names|package|packages|package_name|module|plugin|extension|skill|addon|dependency|spec)$/

/** What is installed, and where it comes from if that is told. */
function installUses({ keys, texts }: ToolShape): readonly ToolUse[] {
  const sources = keys.filter((key) => {
    const text = texts.get(key) ?? ''
    return SOURCE_KEY.test(wordsOf(key).join('_')) && /:\/\//.test(text) && !isUsualSource(text)
  })
  const named = keys.find((key) => PACKAGE_KEY.test(wordsOf(key).join('_')) && texts.has(key))
  return [...sources, ...(named === undefined && sources.length > 0 ? [] : [named])].map((key) => ({
    what: 'code.install',
    keys: key === undefined ? [] : [key],
  }))
}

/** A rule sends to whomever one of its arguments is, or names behind what is done. */
function ruleUses({ texts }: ToolShape): readonly ToolUse[] {
  const aims = [...texts].filter(([key, text]) => RULE_TARGET_KEY.test(wordsOf(key).join('_')) && isReceiverOfRule(text))
  return [{ what: 'rule', keys: [] }, ...aims.map(([key]) => ({ what: 'message.send', keys: [key] }))]
}

function isCode(key: string, text: string | undefined): boolean {
  const name = wordsOf(key).join('_')
  return CODE_KEY.test(name) || (text !== undefined && CODE_TOO.test(name) && /[\n(=;!%]/.test(text))
}

/** From when to when. */
const TIME = /^\s*(?:\d{4}-\d{2}-\d{2}(?:[T ]\d{1,2}:\d{2}\S{0,20})?|(?:\p{L}{3,12},? ){0,2}\d{1,2}:\d{2}(?::\d{2})?)\s*$/u

/** Whom it goes to, by the names of arguments; in languages whose words for that nobody listed, by what looks like an address. */
function receiversOf({ texts }: ToolShape, named: readonly string[], handed: readonly string[]): readonly string[] {
  const known = [...named, ...handed.filter((key) => !named.includes(key))]
  if (known.length > 0) return known
  return [...texts].filter(([, text]) => isReceiver(text.trim())).map(([key]) => key)
}

const HANDLE = /^@[\p{L}\p{N}_.-]{2,40}$/u

function isReceiver(text: string): boolean {
  return MAIL_ADDRESS.test(text) || /^\+\d[\d ()/-]{6,20}$/.test(text) || BANK_ACCOUNT.test(text) || HANDLE.test(text)
}

function paysSomebody(keys: readonly string[]): boolean {
  return keys.map((key) => wordsOf(key).join('_')).some((key) => AMOUNT_KEY.test(key) || RECIPIENT_KEY.test(key))
}

function actualClass(named: EffectClass | undefined, words: readonly string[], shape: ToolShape): EffectClass | undefined {
  if (isPhysical({ named, words, keys: shape.keys, counts: shape.counts })) return 'device.actuate'
  if (named === 'money.move' && handsOver(words) && !paysSomebody(shape.keys)) return 'agent.delegate'
  if (named === 'data.query' && releases(words, shape.keys)) return 'money.move'
  if (isLog(words)) return shape.keys.some((key) => ENTRY_KEY.test(key)) ? 'data.mutate' : 'data.query'
  if (named === 'data.query' && /^format$/.test(words[0] ?? '') && words.some((word) => STORE.test(word))) return 'data.drop'
  if (asksForMoney(named, words, shape.keys)) return 'money.move'
  if (named === 'data.mutate' && goesLive(words, shape.texts)) return 'code.publish'
  if (named === 'data.mutate' && pays(words, shape.keys)) return 'money.move'
  if (named === 'data.mutate' && words.some((word) => /^(?:transfer|remittance)s?$/.test(word)) && paysSomebody(shape.keys))
    return 'money.move'
  if (named === 'data.mutate' && linksForAll(words)) return 'identity.grant'
  // Whatever it is given the folder of: what was set up from it is gone.
  if (words.length === 1 && /^(?:destroy|teardown|nuke)$/.test(words[0] ?? '')) return 'data.drop'
  if ((named === undefined || named === 'data.mutate') && opensToAll(Object.fromEntries(shape.texts))) return 'identity.grant'
  if ((named === undefined || named === 'data.mutate') && dropsStore(words)) return 'data.drop'
  return handedTo(named, shape) ?? named
}

/** Whom or what a thing is opened to, and how everybody is called there. */
const OPENED_KEY =
  /(?:^|_)(?:visibility|acl|access|sharing|shared|audience|privacy|permissions?|source|sources|cidr|ip_range|range|principal|allowed|scope|who)$/
const EVERYBODY = /^(?:public|public[-_ ]read(?:[-_ ]write)?|anyone|everyone|everybody|world|all_?users|0\.0\.0\.0\/0|::\/0|\*)$/i

/** Whether arguments, those one level down included, open something to everybody. */
export function opensToAll(args: JsonObject): boolean {
  const opens = (key: string, value: Json | undefined): boolean =>
    typeof value === 'string' && EVERYBODY.test(value.trim()) && OPENED_KEY.test(wordsOf(key).join('_'))
  return Object.entries(args)
    .slice(0, 64)
    .some(([key, value]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value)
            .slice(0, 64)
            .some(([inner, text]) => opens(inner, text))
        : opens(key, value),
    )
}

/** Whoever has the link gets at what it leads to. */
function linksForAll(words: readonly string[]): boolean {
  return words.some((word) => /^(?:links?|urls?)$/.test(word)) && words.some((word) => /^(?:shared|sharing|public|presigned)$/.test(word))
}

const RELEASED =
  /^(?:models?|artifacts?|artefacts?|packages?|images?|builds?|versions?|plugins?|extensions?|apps?|bundles?|firmware|pipelines?)$/
const STAGE_KEY = /(?:^|_)(?:stage|env|environment|alias|channel|track|slot|target|tier|lifecycle)$/
const LIVE = /^(?:prod|production|live|public|stable|champion|ga|release)$/i

/** What others use from then on: a model that is set to production. */
function goesLive(words: readonly string[], texts: ReadonlyMap<string, string>): boolean {
  if (!words.some((word) => RELEASED.test(word))) return false
  return [...texts].some(([key, text]) => STAGE_KEY.test(wordsOf(key).join('_')) && LIVE.test(text.trim()))
}

const ENTRY_KEY = /(?:^|_)(?:entry|text|message|note|body|content|line|event|details?)$/i

/** A log is written where something to write is given, else read. */
function isLog(words: readonly string[]): boolean {
  return (
    words.at(-1) === 'log' &&
    words.length <= 3 &&
    (words.length === 1 || /^(?:audit|staff|event|activity|change|access|error|system|call|visitor|access)s?$/.test(words.at(-2) ?? ''))
  )
}

/** What stands for money, and words that ask somebody for it. */
const WORTH =
  /^(?:giftcard|credit|bonus|payout|salary|wage|deposit|loan|compensation|invoice|bill|stipend|allowance|reward|cashback|points|rechnung|factura|fattura|faktura|ueberweisung|überweisung|virement|transferencia|pagamento|pago|paiement|betaling|betalning|zahlung|platnosc|przelew|kaucja|bet|wager|donation)s?$/
const ASKS = /^(?:split|request|collect|demand|claim|ask|bill|invoice|charge)$/

/** An amount with something that stands for money, or somebody who is asked for it. */
function asksForMoney(named: EffectClass | undefined, words: readonly string[], keys: readonly string[]): boolean {
  if (named !== undefined && named !== 'data.mutate' && named !== 'net.egress') return false
  if (!keys.some((key) => AMOUNT_KEY.test(wordsOf(key).join('_')))) return false
  return (
    words.some((word) => WORTH.test(word)) ||
    (words.some((word) => ASKS.test(word)) &&
      keys.some((key) => RECIPIENT_KEY.test(wordsOf(key).join('_')) || /^(?:from|payer|debtor|who)$/.test(key)))
  )
}

/** An amount, and a verb that hands it to somebody. */
function pays(words: readonly string[], keys: readonly string[]): boolean {
  return (
    words.some((word) => /^(?:credit|boost|promote|debit|fund|topup|sponsor|bid)$/.test(word)) &&
    keys.some((key) => AMOUNT_KEY.test(wordsOf(key).join('_')))
  )
}

/** Whole stores, not entries in them: with one of these gone all that was in it is gone. */
const STORE =
  /^(database|db|table|collection|schema|bucket|namespace|keyspace|project|workspace|cluster|volume|disk|instance|server|vm|repository|repo|organization|tenant|environment|backup|snapshot|domain|zone)s?$/

function dropsStore(words: readonly string[]): boolean {
  if (words.includes('reset') && words.some((word) => /^(?:database|db|table|collection|index|bucket)s?$/.test(word))) return true
  return words.some((word) => /^(delete|remove|destroy|erase|terminate|deprovision)$/.test(word)) && words.some((word) => STORE.test(word))
}

/** Classes that say little: what is handed in, and to whom, says more. */
const VAGUE: ReadonlySet<EffectClass | undefined> = new Set<EffectClass | undefined>([undefined, 'data.mutate', 'agent.delegate'])
const AMOUNT_KEY =
  /(?:^|_)(?:amount|sum|total|price|money|euros?|dollars?|pounds?|betrag|summe|montant|importe|monto|valor|kwota|bedrag|belopp|belob|beløb|importo|castka|tutar|stake)(?:_(?:eur|usd|gbp|chf|pln|sek|nok|dkk|jpy|cents?|minor|net|gross))?$|^(?:eur|usd|gbp)$/
const RIGHT_KEY = /(?:^|_)(?:level|role|permissions?|access|rights?|scope|privileges?)$/
const TEXT_KEY = /(?:^|_)(?:text|body|message|subject|content|note)$/
const BANK_ACCOUNT = /^[A-Z]{2}\d{2}[A-Z0-9 ]{10,32}$/
const MAIL_ADDRESS = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/

/** An amount to an account, rights to a person, a text to a mail address: whatever the tool is called. */
function handedTo(named: EffectClass | undefined, { keys, texts }: ToolShape): EffectClass | undefined {
  if (!VAGUE.has(named)) return undefined
  const has = (pattern: RegExp): boolean => keys.some((key) => pattern.test(wordsOf(key).join('_')))
  const receiver = [...texts].find(([key]) => RECIPIENT_KEY.test(wordsOf(key).join('_')))?.[1].trim() ?? ''
  if (BANK_ACCOUNT.test(receiver)) return has(AMOUNT_KEY) ? 'money.move' : undefined
  if (!MAIL_ADDRESS.test(receiver)) return undefined
  return has(RIGHT_KEY) ? 'identity.grant' : has(TEXT_KEY) && named !== 'data.mutate' ? 'message.send' : undefined
}

/** Classes whose effect reaches somebody. */
const AIMED: ReadonlySet<EffectClass> = new Set<EffectClass>(['message.send', 'money.move', 'identity.grant'])

function isAddress(text: string): boolean {
  return MAIL_ADDRESS.test(text) || PHONE.test(text)
}

function classUses(effectClass: EffectClass, recipients: readonly string[]): readonly ToolUse[] {
  if (AIMED.has(effectClass) && recipients.length > 0) return recipients.map((key) => ({ what: effectClass, keys: [key] }))
  return [{ what: effectClass, keys: [] }]
}

/** Whoever does this with a thing is handed the file of it. */
const READS_ALONG = /^(?:register|import|upload|attach|submit|publish|deploy|release|ingest|enroll)$/

function fileUse(effectClass: EffectClass | undefined, words: readonly string[]): string {
  if (words.some((word) => /^(delete|remove|erase|unlink|trash)$/.test(word))) return 'fs.delete'
  if (words.includes('destroy')) return effectClass === 'data.drop' ? 'fs.read' : 'fs.delete'
  if (words.some((word) => READS_ALONG.test(word))) return 'fs.read'
  if (/^(?:export|save|download|dump)$/.test(words[0] ?? '')) return 'fs.write'
  return effectClass === 'data.query' || effectClass === 'net.egress' || effectClass === 'message.send' || effectClass === 'code.publish'
    ? 'fs.read'
    : 'fs.write'
}

/** To confirm a payment with a code is to make it. */
function releases(words: readonly string[], keys: readonly string[]): boolean {
  const confirms = words.some((word) => /^(verify|confirm|validate|complete)$/.test(word))
  const payment = words.some((word) => /^(payment|transaction|transfer|payout|order|purchase)s?$/.test(word))
  return (
    confirms && payment && keys.some((key) => wordsOf(key).some((word) => /^(otp|code|pin|tan|token|passcode|password|secret)$/.test(word)))
  )
}
