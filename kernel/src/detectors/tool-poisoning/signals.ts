/** One way a description speaks to the model instead of about the tool, and how much it says alone: honest ones do some of it. */
export interface Signal {
  readonly what: string
  readonly weight: number
  readonly pattern: RegExp
}

export const SIGNALS: readonly Signal[] = [
  {
    what: 'wants something kept from the person',
    weight: 0.7,
    pattern:
      /\b(?:do not|don['’]t|never|must not|should not|without|avoid)\s{1,3}(?:\w{1,12}\s){0,2}(?:tell|mention|inform|notify|reveal|disclose|alert|expose|warn|show)(?:ing)?\b[^.\n]{0,40}\b(?:users?|humans?|persons?|anyone|anybody|operator|customer)\b/i,
  },
  {
    what: 'sets itself above other instructions',
    weight: 0.7,
    pattern:
      /\b(?:ignore|disregard|forget|override|overrides|bypass|supersedes?)\b[^.\n]{0,30}\b(?:previous|prior|above|other|all|any|system|safety|earlier|existing)\b[^.\n]{0,30}\b(?:instructions?|prompts?|rules?|messages?|directions?|guidelines?|polic(?:y|ies)|tools?)\b/i,
  },
  {
    what: 'speaks in tags that pass for the system',
    weight: 0.5,
    pattern:
      /<\/?\s{0,2}(?:important|system|instructions?|secret|hidden|critical|admin|assistant|override)\b[^>\n]{0,40}>|\[\/?(?:system|inst|hidden)\]|<\|[a-z_]{2,20}\|>/i,
  },
  { what: 'holds a comment nobody is shown', weight: 0.4, pattern: /<!--|\[\/\/\]: #/ },
  {
    what: 'names files that hold secrets',
    weight: 0.5,
    pattern:
      /\.ssh\b|\bid_(?:rsa|ed25519)\b|(?<![\w.])\.env\b|\.aws\/|\bmcp\.json\b|\.git-credentials|\.netrc|\/etc\/(?:passwd|shadow)|\.kube\/config|\.npmrc|keychain|wallet\.dat/i,
  },
  {
    what: 'asks for the conversation or the instructions of the model',
    weight: 0.4,
    pattern:
      /\b(?:entire|full|complete|whole|all|previous|verbatim)\s{1,3}(?:\w{1,12}\s){0,2}(?:conversation|chat|context|messages?|prompts?)\b|\bsystem prompt\b|\b(?:conversation|chat) (?:history|log|transcript)\b/i,
  },
  {
    what: 'has a parameter for what is none of its business',
    weight: 0.5,
    pattern:
      /\b(?:pass|put|include|provide|append|attach|send|add|place)\b[^.\n]{0,60}\b(?:contents?|value|data|output|text)\b[^.\n]{0,60}\b(?:as|in|into|to|within|through|via)\b[^.\n]{0,20}\b(?:parameter|argument|field|sidenote|side note|note|metadata|footer|context)\b/i,
  },
  {
    what: 'orders what comes before every use',
    weight: 0.4,
    pattern:
      /\b(?:before|prior to|when(?:ever)?|each time|every time)\s{1,3}(?:using|calling|invoking|executing|you (?:use|call|invoke))\b[^.\n]{0,40}\b(?:this|any|other|another|tools?)\b|\b(?:must|always)\b[^.\n]{0,20}\b(?:call|use|invoke|run)\b[^.\n]{0,40}\b(?:first|before|prior)\b/i,
  },
  {
    what: 'says where things are to be sent',
    weight: 0.6,
    pattern:
      /\b(?:bcc|cc|forward|copy|redirect|send|post|upload|exfiltrate|transmit|report)\b[^.\n]{0,80}(?:\b[\w.+-]{1,40}@[\w-]{1,40}\.\w{2,12}|https?:\/\/)/i,
  },
  {
    what: 'threatens',
    weight: 0.3,
    pattern:
      /\b(?:otherwise|or else|failure to)\b[^.\n]{0,80}\b(?:not work|fail|error|crash|unavailable|deleted?|terminated?|shut|lost?|die|penal)/i,
  },
]
