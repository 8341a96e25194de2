/** Words that names of tools are made of, and what they tell. Data. */
import type { EffectClass } from '../effect.ts'

/** Verbs by what they do, most consequential first: the first row that matches counts. */
export const VERBS: readonly (readonly [verbs: string, effectClass: EffectClass])[] = [
  [
    'pay transfer charge refund reimburse remit withdraw deposit purchase buy sell checkout payout wire donate tip bid topup invest lend borrow repay overpay prepay sponsor debit',
    'money.move',
  ],
  ['exec execute eval run invoke shell spawn launch', 'process.exec'],
  ['install uninstall upgrade', 'code.install'],
  ['deploy redeploy publish republish release rollout rollback merge push', 'code.publish'],
  [
    'grant invite share authorize authorise promote demote impersonate unshare revoke allow permit whitelist allowlist elevate entitle empower admit',
    'identity.grant',
  ],
  [
    'send resend email mail message reply respond forward notify inform announce remind post repost tweet comment dm sms broadcast contact',
    'message.send',
  ],
  ['navigate goto visit browse fetch download crawl scrape request http webhook', 'net.egress'],
  ['upload submit', 'net.egress'],
  ['drop truncate purge wipe shred flushall flushdb', 'data.drop'],
  ['delete remove destroy erase unlink clear cancel archive trash unpublish unlist unregister deregister unassign', 'data.mutate'],
  ['delegate handoff dispatch assign consult instruct', 'agent.delegate'],
  ['remember memorize', 'memory.write'],
  [
    'move rotate drive fly land takeoff actuate unlock lock open close turn grip dispense boil spray brew pour inject heat cool',
    'device.actuate',
  ],
  [
    'redirect reroute approve credit boost promote scale restart stop start pause resume cancel create update set add insert modify edit write append upsert put patch change replace rename save store book reserve order schedule reschedule rebook register enable disable configure import move copy fill click type press select make perform process initiate pin unpin mark label flag ban unban mute unmute kick expel suspend unsuspend block unblock approve accept reject decline deny confirm acknowledge ack complete done finish tick untick close reopen fulfil fulfill sign countersign declare swap renew extend postpone adjust correct override apply enroll enrol unenroll onboard offboard dismiss discharge prescribe administer issue escalate qualify disqualify snooze silence reassign allocate deallocate waive void annul amend replace restock reprice discount subscribe unsubscribe follow unfollow upvote downvote split join leave vacate evict backfill sync migrate rename convert upsert toggle switch reset resize provision deprovision terminate revert undo redo restore give assemble compose compile prepare stage draft amend attach detach bind associate',
    'data.mutate',
  ],
  [
    'get list read load search find query show describe lookup view check count summarize summarise analyze analyse calculate compute convert compare validate verify parse format translate inspect retrieve browse preview explain status info help rank filter sort assess trace determine evaluate monitor track detect identify extract generate estimate diff test simulate export draw plot render visualize visualise chart graph locate resolve reconcile measure peek look watch ask quote diagnose scan',
    'data.query',
  ],
]
/** Verbs that are as often nouns: in front of another verb they are what it is done to. */
export const ALSO_NOUNS = new Set(
  'mail email message post comment contact tweet sms dm order book schedule draft record transfer charge refund deposit share release run store copy import report note request dispatch issue'.split(
    ' ',
  ),
)

/** Verbs only where a name begins with them; elsewhere they are what something is done to, or a part of it. */
export const WEAK_VERBS: ReadonlyMap<string, EffectClass> = new Map(
  (
    [
      [
        'data.mutate',
        'ship rate review vote grade rent hire fire lift swap seat park log note port claim match link return exchange refer triage like react bump place hand mint redeem score tune dose feed drop swap start',
      ],
      ['message.send', 'page call phone ring text alert ping whisper speak say tell answer greet'],
      ['data.drop', 'empty'],
      ['data.mutate', 'flush drain rebuild'],
      ['data.query', 'view history stats details top latest newest recent'],
    ] as const
  ).flatMap(([effectClass, words]) => words.split(' ').map((word) => [word, effectClass] as const)),
)

/** What people look up: a name without a verb that ends on one of these only tells it. */
export const READ_NOUNS: ReadonlySet<string> = new Set(
  'history state status balance balances statement statements timetable timetables forecast weather details overview summary stats statistics metrics profile profiles documents docs doc reviews bookings thread threads top newest latest recent active catalog catalogue directory availability avail vacancies openings seatmap slots disponibilidad verfügbarkeit disponibilités disponibilità menu rates prices quotes news headlines results log logs events feed schema version capabilities neighbors neighbours list lista listado liste lijst diagnostics telemetry readings kontostand kontoauszug saldo solde übersicht uebersicht resumen estado historial storico historique verlauf'.split(
    ' ',
  ),
)

/** Of these those that nothing is done to but to be told: `order_history` orders nothing. */
export const ONLY_TOLD: ReadonlySet<string> = new Set(
  'history status balance timetable forecast details overview summary stats statistics metrics list catalog catalogue directory rates quotes schema version'.split(
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
  [
    /^(payment|transaction|payout|refund|withdrawal|standing|money|fund|payroll|salar(?:y|ie)|wage|escrow|donation|contribution|wager|bet)s?$/,
    ['data.mutate', 'process.exec', 'code.publish'],
    'money.move',
  ],
  [/^(lock|mutex|lease|semaphore|connection|memory|resource)s?$/, ['code.publish'], 'data.mutate'],
  [/^(notification|alarm|alert|reminder)s?$/, ['code.publish'], 'message.send'],
  [/^(model|artifact|artefact|package|build|release|version|image)s?$/, ['identity.grant'], 'code.publish'],
  [/^(payment|money|fund|crypto|coin|bitcoin|btc|eth|usdc|usdt)s?$/, ['message.send'], 'money.move'],
  [/^(ownership)$/, ['money.move', 'data.mutate'], 'identity.grant'],
  [/^(agent|subagent|worker|assistant)s?$/, ['process.exec'], 'agent.delegate'],
  [
    /^(permission|role|access|member|collaborator|password|credential|token|key|acl|privilege|admin|administrator|owner|badge|keycard|passcode|whitelist|allowlist|sudoer|uprawnienia|uprawnień|klucz|berechtigung|schluessel|schlüssel|permiso|permissao|permesso|chiave|sleutel|nyckel|nøgle)(?:s|es|en)?$/,
    ['data.mutate'],
    'identity.grant',
  ],
  [/^(role|permission|privilege|entitlement|admin|administrator)s?$/, ['agent.delegate'], 'identity.grant'],
  [/^(delegate)s?$/, ['data.mutate'], 'identity.grant'],
  [/^(email|mail|message|sms|tweet|dm|comment|reply|notification|invitation|invite)s?$/, ['data.mutate'], 'message.send'],
  [/^(web|webpage|page|website|site|url|link|tab)s?$/, ['device.actuate'], 'net.egress'],
  [/^(message|mail|email|document|doc|note|thread|conversation|article|attachment|letter|notebook)s?$/, ['device.actuate'], 'data.query'],
  [/^(chart|plot|graph|diagram)s?$/, ['data.mutate'], 'data.query'],
  [
    /^(database|db|replica|primary|deployment|environment|stage|instance|cookie|redirect|overlap|duplicate)s?$/,
    ['identity.grant'],
    'data.mutate',
  ],
  [/^(light|lamp|music|tv|volume|blind|licht|lampe|musik|luz|lumiere|lumière)s?$/, ['device.actuate'], 'data.mutate'],
  [/^(journal|ledger|voucher)s?$/, ['message.send'], 'data.mutate'],
  [/^(database|table|collection|schema|index|bucket)s?$/, ['data.mutate'], 'data.mutate'],
  [
    /^(pipeline|workflow|job|build|deployment|playbook|runbook|campaign|automation|dag|report|simulation|backup|export|import|sync|test|scan|check|migration|batch|campaign|trial|experiment|process)s?$/,
    ['process.exec'],
    'data.mutate',
  ],
  [/^(memory|memories)$/, ['data.mutate'], 'memory.write'],
  [
    /^(robot|drone|motor|valve|door|light|thermostat|arm|gripper|camera|device|plc|actuator|relay|pump|conveyor|crane|laser|spindle|siren|barrier|servo|heater|boiler|oven|furnace|hvac|sprinkler)s?$/,
    ['data.mutate'],
    'device.actuate',
  ],
]
/** Things that move, heat, pour or let in. */
export const DEVICE_NOUN =
  /^(?:robot|drone|motor|valve|door|light|thermostat|arm|gripper|device|joint|wheel|servo|vehicle|car|pump|oven|heater|heating|boiler|hvac|furnace|gate|barrier|elevator|conveyor|crane|laser|spindle|cnc|plc|actuator|relay|siren|sprinkler|irrigation|ventilator|vent|shutter|hatch|turbine|generator|compressor|chiller|freezer|mixer|dosing|doser|infusion|extruder|engine|throttle|rover|cart|agv|forklift|fleet|inverter|breaker|greenhouse|climate|kiln|autoclave|centrifuge|reactor|burner|fan|winch|tractor|ventil|pumpe|heizung|tuer|tür|tor|schranke|chauffage|porte|vanne|valvula|válvula|bomba|puerta|calefaccion|calefacción|ogrzewanie|pompa|winda|brama|deur|verwarming|dorr|dörr|varme|värme)s?$/
