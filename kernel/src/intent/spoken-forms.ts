/** What people say to an assistant of theirs in other languages: short imperatives, and verbs of several words. */
import { anyPhrase } from './any-phrase.ts'

/** Imperatives that are words of no other kind, and the English verb that says the same. */
const SHORT: readonly (readonly [string, string])[] = [
  [
    'pay',
    'betaal paga pague transfere opłać ureguluj betal betala bezahl begleiche begleich überweis kaufe rembourse rembourser remboursez règle réglez devuelve devuelva reembolsa rimborsa terugbetalen',
  ],
  [
    'send',
    `verschick verschicke schick sende erinnere erinner informiere informier bestätige benachrichtige melde beantworte écris écrivez relance relancez
    préviens prévenez réponds répondez rappelle escríbele escríbeles dile diles díselo avísale recuérdale respóndele scrivi scrivigli scrivile
    rispondi avvisa digli dille ricordagli antwoord schrijf vertel meld herinner escreve responde diz lembra manda mande avisa diga
    powiadom poinformuj przypomnij napisz odpisz besked påmind berätta`,
  ],
  [
    'create',
    'reservier notier erstell veröffentliche veröffentlich publie publiez rédige consigne adiciona anota regista prenota lança marca reserva wystaw dodaj zarezerwuj umów boek opret bestil',
  ],
  [
    'change',
    `korrigiere korrigier änder verschieb aktualisier ersetz déplace déplacez corrige corrigez remplace rectifie aggiorna correggi sposta corrigir
    altera atualiza muda corrija verander wijzig popraw zmień ustaw rett ændr`,
  ],
  [
    'delete',
    'verwijder annuleer desmarca cancela usuń odwołaj slet slett lösch entfern stornier kündige kündig efface rimuovi elimina apaga',
  ],
  [
    'share',
    'convida convide zaproś uitnodig inviter bjud autoriza teile freigeben partilha compartilha compartir comparte compártelo partage partagez condividi deel',
  ],
  ['disable', 'éteins éteignez deaktivier spegni apágalo'],
]

/** Verbs in parts, and words that are a verb only in such company. */
const IN_PARTS: readonly (readonly [RegExp, string])[] = [
  // What is taken, got or pulled out of a text, a table or a file is read, and stays there.
  [/\b(?:throw|kick|strike|cross|scratch)(?: [^\s.!?]+){0,5} (?:out|off|away)\b(?! of (?:date|stock|town|office))/u, 'remove'],
  [
    /\btake(?: [^\s.!?]+){1,5} (?:away\b|off (?:the|our|my|this|that|their)\b|off$)(?<!\b(?:days?|weeks?|time|morning|afternoon) off)/u,
    'remove',
  ],
  [
    /\btake(?: [^\s.!?]+){1,5} out of (?:the|our|my|this|that|their) (?:[^\s.!?]+ ){0,2}(?:group|team|channel|chat|roster|rota|project|room|circle|club|crew|committee|class|course|family|queue|mailing list)\b/u,
    'remove',
  ],
  // `#night-shift` is a channel.
  [/\b(?:take|get|pull)(?: [^\s.!?]+){1,5} out of [#@][\p{L}\p{N}_-]{2,40}/u, 'remove'],
  [/(?<!\b(?:the|a|any|last|first|my|our|this|that|each|every) )\bcall(?: [^\s.!?]+){0,4} off\b/u, 'cancel'],
  [/\b(?:write|mail|text|message) (?:\S+ ){0,2}back\b/u, 'reply'],
  [/\bpass(?: [^\s.!?]+){1,5} on(?=$|[,;)]| to\b)/u, 'forward'],
  [
    /(?<!\p{L})(?:zahl|zahle|kauf|hol)(?= (?:\p{L}+ ){0,3}(?:geld|betrag|rechnung|karten?|tickets?|euro|\d|zwei|drei|vier|ein|eine|einen|das|den|die|dem)(?!\p{L}))/u,
    'pay',
  ],
  [/(?<!\p{L})vire (?:\d|la|le|les|l['’])/u, 'pay'],
  [/(?<!\p{L})(?:sage?|gib|gebe?)(?= ).{1,80} bescheid(?!\p{L})/u, 'tell'],
  [/(?<!\p{L})(?:sage?|frage?)(?= (?:d(?:em|en|er|ie)|ihm|ihr|ihnen|\p{L}+,? (?:dass|ob|bitte)))/u, 'tell'],
  [/(?<!\p{L})(?:lade?|lädst)(?= ).{1,100} ein(?!\p{L})/u, 'invite'],
  [/(?<!\p{L})leite?(?= ).{1,100} weiter(?!\p{L})/u, 'forward'],
  [/(?<!\p{L})tr(?:ag|age|agt)(?= ).{1,100} (?:ein|nach)(?!\p{L})/u, 'add'],
  [/(?<!\p{L})lege?(?= ).{1,100} an(?!\p{L})/u, 'create'],
  [/(?<!\p{L})mache?(?= ).{0,60}(?:daraus|eine?n? )/u, 'make'],
  [/(?<!\p{L})(?:füge?)(?= ).{1,100} (?:hinzu|ein)(?!\p{L})/u, 'add'],
  [/(?<!\p{L})(?:stelle?|passe?|stell)(?= ).{1,100} (?:auf|um|an|ein)(?!\p{L})/u, 'set'],
  [/(?<!\p{L})trage?(?= ).{1,100} aus(?!\p{L})/u, 'remove'],
  [/(?<!\p{L})(?:sage?|melde?)(?= ).{1,100} ab(?!\p{L})/u, 'cancel'],
  [/(?<!\p{L})gib(?= ).{1,60} (?:zugriff|zugang|rechte?|freigabe)(?!\p{L})/u, 'grant'],
  [/(?<!\p{L})(?:schalte?|mache?|drehe?)(?= ).{1,60} (?:aus|ab|zu)(?!\p{L})/u, 'disable'],
  [/(?<!\p{L})dis(?= (?:à|au|aux|lui|leur)(?!\p{L}))/u, 'tell'],
  [/(?<!\p{L})mets(?= ).{0,40}(?:à jour|à \d|en |au |sur )/u, 'update'],
  [/(?<!\p{L})donne(?= ).{1,60} accès(?!\p{L})/u, 'grant'],
  [/(?<!\p{L})pon(?= (?:el|la|los|las|un|una)(?!\p{L}))/u, 'set'],
  [/(?<!\p{L})da(?:le|les|gli)?(?= ).{0,60} (?:acceso|accesso)(?!\p{L})/u, 'grant'],
  [
    /(?<!\p{L})(?:escrib[ea]|schreibe?|écri(?:s|vez)|scrivi|escreva?|schrijf|skriv|napisz) (?:a|an|al|à|aux?|ai|alla|agli|aan|till|til|do|de[mnr]|ihm|ihr|ihnen)(?= \p{L})/u,
    'write',
  ],
  [
    /(?<!\p{L})(?:ordena|tramita|gestiona|haz|ejecuta)(?= (?:la|el|una|un|los|las) (?:devolución|reembolso|abono|pago|transferencia)(?!\p{L}))/u,
    'refund',
  ],
  [
    /(?<!\p{L})(?:give|find|get|dale|dales|dar|da|gib|gebt|donne|donnez|dai|dagli|dalle|dê|geef)(?= )(?: \p{L}+){0,3} (?:appointment|slot|cita|turno|termin|rendez-vous|appuntamento|consulta|afspraak)(?!\p{L})/u,
    'book',
  ],
  [/(?<!\p{L})di(?= a (?!d[ií]a)\p{L})/u, 'tell'],
  [/(?<!\p{L})laat(?= ).{1,60} weten(?!\p{L})/u, 'tell'],
  [/(?<!\p{L})voeg(?= ).{1,60} toe(?!\p{L})/u, 'add'],
  [/(?<!\p{L})pas(?= ).{1,60} aan(?!\p{L})/u, 'update'],
  [/(?<!\p{L})maak(?= ).{1,60} over(?!\p{L})/u, 'transfer'],
  [/(?<!\p{L})(?:stuur|geef|betaal)(?= ).{1,60} terug(?!\p{L})/u, 'refund'],
  [/(?<!\p{L})(?:zeg|meld)(?= ).{1,60} (?:op|af)(?!\p{L})/u, 'cancel'],
  [/(?<!\p{L})nodig(?= ).{1,60} uit(?!\p{L})/u, 'invite'],
  [/(?<!\p{L})lägg(?= ).{1,60} till(?!\p{L})/u, 'add'],
  [/(?<!\p{L})ta(?= ).{1,40} bort(?!\p{L})/u, 'delete'],
]

const ANY_IN_PARTS = anyPhrase(IN_PARTS.map(([phrase]) => phrase))

const OF_SHORT: ReadonlyMap<string, string> = new Map(
  SHORT.flatMap(([verb, forms]) => forms.split(/\s+/).map((form): readonly [string, string] => [form, verb])),
)

/** Imperatives that are other words as well unless a pronoun hangs on them: `dale`, `pídeles`, `mándaselo`. */
const WITH_PRONOUN: ReadonlyMap<string, string> = new Map(
  (
    [
      [
        'send',
        'di pide envia manda escribe contesta responde avisa informa comunica notifica recuerda reenvia agradece scrivi manda rispondi invia avvisa envie responda avise',
      ],
      ['give', 'da dale entrega asigna concede'],
      ['create', 'reserva emite apunta anota agenda crea haz prepara redacta registra programa prenota anota'],
      ['change', 'cambia mueve actualiza corrige pon modifica aplaza adelanta sposta cambia aggiorna correggi'],
      ['delete', 'borra quita elimina cancela anula suprime saca elimina cancella togli'],
      ['pay', 'paga abona ingresa devuelve reembolsa transfiere'],
      ['share', 'comparte invita añade anade condividi'],
      ['publish', 'publica pubblica'],
      ['disable', 'apaga cierra desactiva bloquea spegni chiudi'],
    ] as const
  ).flatMap(([verb, forms]) => forms.split(' ').map((form): readonly [string, string] => [form, verb])),
)
/** Pronouns that Spanish, Portuguese and Italian write as one word with the verb. */
const PRONOUNS = /(?:se|me|te|nos|os)?(?:l[aeo]s?|les?|lhes?)$|(?:gli|glie(?:l[aeio]|ne)|mel[aeio]|tel[aeio]|cel[aeio])$/

/** The English verb for an imperative of another language. */
export function spokenVerb(word: string): string | undefined {
  const known = OF_SHORT.get(word)
  if (known !== undefined || word.length < 4 || word.length > 24 || !PRONOUNS.test(word)) return known
  const bare = word.replace(PRONOUNS, '').normalize('NFD').replace(/\p{M}/gu, '')
  return WITH_PRONOUN.get(bare) ?? WITH_PRONOUN.get(`${bare}a`)
}

const FORBIDS = /(?<!\p{L})(?:nicht|keine?[nmrs]?|niet|geen|ne|pas(?! (?:\p{L}+ ){1,6}aan(?!\p{L}))|jamais|nunca|mai)(?!\p{L})/u

/** English verbs for those in several words, of a sentence in small letters. */
export function spokenVerbs(sentence: string): readonly string[] {
  if (!ANY_IN_PARTS.test(sentence) || FORBIDS.test(sentence)) return []
  return IN_PARTS.filter(([phrase]) => phrase.test(sentence)).map(([, verb]) => verb)
}

/** `arbeite die Liste ab`, `wie er schreibt`, `suis les étapes`, `como pide la carta`. */
const DEFERS = anyPhrase([
  /(?<!\p{L})arbeite?(?= )[^.!?\n]{1,100} ab(?!\p{L})/u,
  /(?<!\p{L})(?:zoals|wat)(?= )[^.!?\n,;:]{1,50}(?:staat|schrijft|vraagt|beschrijft)(?!\p{L})/u,
  /(?<!\p{L})(?:segue|siga|faz|faça|aplica)(?= )[^.!?\n]{1,60}(?:lista|procedimento|passos|instruções|guia|manual)/u,
  /(?<!\p{L})(?:jak|zgodnie z)(?= )[^.!?\n,;:]{1,50}(?:pisze|prosi|opisano|instrukcją|listą)/u,
  /(?<!\p{L})(?:arbeite?|befolge?|folge?|erledige?|mache?|führe?)(?= )[^.!?\n]{1,60}(?:anleitung|liste|ablauf|checkliste|schritte|anweisung|handbuch|plan|punkte)/u,
  /(?<!\p{L})(?:wie|was|so)(?= )[^.!?\n;:]{1,50}(?:schreibt|beschrieben|steht|beschreibt|bittet|verlangt|angegeben|gewünscht|vorgibt)(?!\p{L})/u,
  /(?<!\p{L})(?:suis|suivez|applique|appliquez|exécute|fais|faites)(?= )[^.!?\n]{1,60}(?:liste|procédure|étapes|instructions|consignes|guide|marche)/u,
  /(?<!\p{L})(?:comme|ce que)(?= )[^.!?\n,;:]{1,50}(?:décrit|demande|indique|écrit|explique|indiqué|demandé)/u,
  /(?<!\p{L})(?:sigue|haz|aplica|ejecuta|siga|haga)(?= )[^.!?\n]{1,60}(?:lista|procedimiento|pasos|instrucciones|guía|manual)/u,
  /(?<!\p{L})(?:como|lo que)(?= )[^.!?\n,;:]{1,50}(?:describe|pide|indica|dice|explica|escribe)(?!\p{L})/u,
  /(?<!\p{L})(?:segui|esegui|applica)(?= )[^.!?\n]{1,60}(?:lista|procedura|passi|istruzioni|guida|manuale)/u,
  /(?<!\p{L})(?:volg|doe|voer)(?= )[^.!?\n]{1,60}(?:lijst|procedure|stappen|instructies|handleiding|draaiboek)/u,
])
/** Questions of these languages. */
const ASKS =
  /^(?:was|wer|wann|wo|wie (?:viel|lange|oft)|warum|welche|hat|ist|sind|fasse|lies|zeig|qué|cuál|quel|que (?:dit|dice)|résume|resume|muestra|cosa|quale|wat|welke)(?!\p{L})/u

/** What is to be told, however politely they ask for it. */
const TELLS =
  /(?<!\p{L})(?:(?:sag|zeig|erklär|übersetz|les)(?:e|en|t)? (?:mir|uns)|(?:mir|uns) (?:\p{L}+ ){0,2}(?:sag|zeig|erklär|übersetz)en|zusammen\p{L}*|fasse?|übersetz\p{L}*|wissen|lies|lesen|(?:dis|dites|dire)[- ](?:moi|nous)|(?:me|nous) dire|résum\p{L}*|savoir|tradui\p{L}*|dime|dinos|decirme|decirnos|saber|resum\p{L}*|traduc\p{L}*|muéstra\p{L}*|dimmi|dirmi|sapere|riassum\p{L}*|traduci\p{L}*|weten|vertaal|samenvat\p{L}*)(?!\p{L})/u

/** Hands over to a text what is to be done, in one of these languages. */
export function spokenDeferring(sentence: string): boolean {
  return DEFERS.test(sentence) && !ASKS.test(sentence) && !TELLS.test(sentence)
}
