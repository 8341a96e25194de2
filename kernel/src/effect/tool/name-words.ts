/** Words that names of tools are made of, and what they tell. Data. */
import type { EffectClass } from '../effect.ts'

/** Verbs by what they do, most consequential first: the first row that matches counts. */
export const VERBS: readonly (readonly [verbs: string, effectClass: EffectClass])[] = [
  ['pay transfer charge refund reimburse remit withdraw deposit purchase buy checkout payout wire donate tip bid', 'money.move'],
  ['exec execute eval run invoke shell spawn launch', 'process.exec'],
  ['install uninstall upgrade', 'code.install'],
  ['deploy publish release merge push', 'code.publish'],
  ['grant invite share authorize promote impersonate unshare revoke', 'identity.grant'],
  ['send email mail message reply forward notify post tweet comment dm sms broadcast contact', 'message.send'],
  ['navigate goto visit browse fetch download crawl scrape request http webhook', 'net.egress'],
  ['upload submit', 'net.egress'],
  ['drop truncate purge wipe', 'data.drop'],
  ['delete remove destroy erase unlink clear cancel archive trash unpublish unlist unregister deregister unassign', 'data.mutate'],
  ['delegate handoff dispatch assign', 'agent.delegate'],
  ['remember memorize', 'memory.write'],
  ['move rotate drive fly land takeoff actuate unlock lock open close turn grip dispense', 'device.actuate'],
  [
    'redirect reroute approve credit boost promote scale restart stop start pause resume cancel create update set add insert modify edit write append upsert put patch change replace rename save store book reserve order schedule reschedule register enable disable configure import move copy fill click type press select make perform process initiate pin unpin mark label flag give assemble compose compile prepare stage draft amend attach detach bind associate',
    'data.mutate',
  ],
  [
    'get list read load search find query show describe lookup view check count summarize summarise analyze analyse calculate compute convert compare validate verify parse format translate inspect retrieve browse preview explain status info help rank filter sort assess trace determine evaluate review monitor track detect identify extract generate estimate diff test simulate export draw plot render visualize visualise chart graph locate resolve reconcile measure peek',
    'data.query',
  ],
]
/** Verbs that are as often nouns: in front of another verb they are what it is done to. */
export const ALSO_NOUNS = new Set(
  'mail email message post comment contact tweet sms dm order book schedule draft record transfer charge refund deposit share release run store copy import report note request dispatch'.split(
    ' ',
  ),
)

/** To open one of these is to look into it. */
export const OPENED_TO_READ = /^(?:file|editor|buffer|document|folder|directory|ticket|record|sheet|spreadsheet|report)s?$/

/** What is done with messages that are there: nobody is sent one. */
export const ORGANISES: ReadonlySet<string> = new Set(
  'delete remove destroy erase unlink clear cancel archive trash unpublish unlist move rename copy select pin unpin star unstar mark label tag flag file sort save store'.split(
    ' ',
  ),
)

/** Nouns that turn a mild verb into something else. */
export const NOUNS: readonly (readonly [nouns: RegExp, from: readonly EffectClass[], to: EffectClass])[] = [
  [/^(payment|transaction|payout|refund|withdrawal|standing|money|fund)s?$/, ['data.mutate'], 'money.move'],
  [/^(payment|money|fund)s?$/, ['message.send'], 'money.move'],
  [/^(permission|role|access|member|collaborator|password|credential|token|key|acl|privilege)s?$/, ['data.mutate'], 'identity.grant'],
  [/^(email|mail|message|sms|tweet|dm|comment|reply|notification|invitation|invite)s?$/, ['data.mutate'], 'message.send'],
  [/^(web|webpage|page|website|site|url|link|tab)s?$/, ['device.actuate'], 'net.egress'],
  [/^(message|mail|email|document|doc|note|thread|conversation|article|attachment|letter|notebook)s?$/, ['device.actuate'], 'data.query'],
  [/^(chart|plot|graph|diagram)s?$/, ['data.mutate'], 'data.query'],
  [/^(database|db|replica|primary|deployment|build|image|environment|stage|version|instance)s?$/, ['identity.grant'], 'data.mutate'],
  [/^(light|lamp|music|tv|volume|blind|licht|lampe|musik|luz|lumiere|lumière)s?$/, ['device.actuate'], 'data.mutate'],
  [/^(journal|ledger|voucher)s?$/, ['message.send'], 'data.mutate'],
  [/^(database|table|collection|schema|index|bucket)s?$/, ['data.mutate'], 'data.mutate'],
  [/^(pipeline|workflow|job|build|deployment|playbook|runbook|campaign|automation|dag)s?$/, ['process.exec'], 'data.mutate'],
  [/^(memory|memories)$/, ['data.mutate'], 'memory.write'],
  [/^(robot|drone|motor|valve|door|light|thermostat|arm|gripper|camera|device)s?$/, ['data.mutate'], 'device.actuate'],
]
export const DEVICE_NOUN = /^(robot|drone|motor|valve|door|light|thermostat|arm|gripper|device|joint|wheel|servo|vehicle|car)s?$/
