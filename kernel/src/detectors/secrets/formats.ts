import { decodeBase64 } from '../../event/encoding.ts'
import { githubChecksum } from './checksum.ts'

/** A kind of secret with a shape of its own. */
export interface SecretFormat {
  readonly kind: string
  /** Plain words. */
  readonly what: string
  /** Literal that must stand in the text at all; what makes looking cheap. */
  readonly literal: string
  readonly pattern: RegExp
  /** 0: not one after all. Absent: the shape alone is proof enough. */
  readonly verify?: (match: string) => number
}

const BODY = '(?![A-Za-z0-9_-])'

export const FORMATS: readonly SecretFormat[] = [
  {
    kind: 'secret.aws-access-key',
    what: 'an AWS access key',
    literal: 'A',
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/g,
    verify: (match) => (match.endsWith('EXAMPLE') ? 0 : varied(match.slice(4))),
  },
  {
    kind: 'secret.github-token',
    what: 'a GitHub token',
    literal: 'gh',
    pattern: new RegExp(`gh[pousr]_[A-Za-z0-9]{36}${BODY}`, 'g'),
    verify: (match) => (githubChecksum(match) ? 1 : Math.min(0.5, varied(match))),
  },
  {
    kind: 'secret.github-token',
    what: 'a GitHub token',
    literal: 'github_pat_',
    pattern: new RegExp(`github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}${BODY}`, 'g'),
  },
  {
    kind: 'secret.npm-token',
    what: 'an npm token',
    literal: 'npm_',
    pattern: new RegExp(`npm_[A-Za-z0-9]{36}${BODY}`, 'g'),
    verify: (match) => (githubChecksum(match) ? 1 : Math.min(0.5, varied(match))),
  },
  {
    kind: 'secret.gitlab-token',
    what: 'a GitLab token',
    literal: 'glpat-',
    pattern: new RegExp(`glpat-[A-Za-z0-9_-]{20,}${BODY}`, 'g'),
    verify: varied,
  },
  {
    kind: 'secret.slack-token',
    what: 'a Slack token',
    literal: 'xox',
    pattern: /xox[abeoprs]-(?:\d{8,}-)+[A-Za-z0-9-]{16,}/g,
    verify: varied,
  },
  {
    kind: 'secret.slack-webhook',
    what: 'a Slack webhook address',
    literal: 'hooks.slack.com',
    pattern: /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/T[A-Z0-9]{6,}\/[A-Z0-9]{6,}\/[A-Za-z0-9]{16,}/g,
    verify: varied,
  },
  {
    kind: 'secret.stripe-key',
    what: 'a Stripe key',
    literal: 'k_live_',
    pattern: new RegExp(`[sr]k_live_[A-Za-z0-9]{20,}${BODY}`, 'g'),
    verify: varied,
  },
  {
    kind: 'secret.google-api-key',
    what: 'a Google API key',
    literal: 'AIza',
    pattern: new RegExp(`AIza[A-Za-z0-9_-]{35}${BODY}`, 'g'),
    verify: varied,
  },
  {
    kind: 'secret.google-oauth',
    what: 'a Google client secret',
    literal: 'GOCSPX-',
    pattern: new RegExp(`GOCSPX-[A-Za-z0-9_-]{28}${BODY}`, 'g'),
    verify: varied,
  },
  {
    kind: 'secret.openai-key',
    what: 'an OpenAI key',
    literal: 'T3BlbkFJ',
    pattern: /(?<![A-Za-z0-9_-])sk-[A-Za-z0-9_-]{16,160}T3BlbkFJ[A-Za-z0-9_-]{16,}/g,
  },
  {
    kind: 'secret.anthropic-key',
    what: 'an Anthropic key',
    literal: 'sk-ant-',
    pattern: new RegExp(`sk-ant-(?:api|admin|oat|ort)\\d{2}-[A-Za-z0-9_-]{80,}${BODY}`, 'g'),
    verify: varied,
  },
  {
    kind: 'secret.huggingface-token',
    what: 'a Hugging Face token',
    literal: 'hf_',
    pattern: new RegExp(`hf_[A-Za-z]{34}${BODY}`, 'g'),
    verify: varied,
  },
  { kind: 'secret.pypi-token', what: 'a PyPI token', literal: 'pypi-AgE', pattern: /pypi-AgE[A-Za-z0-9_-]{50,}/g },
  {
    kind: 'secret.sendgrid-key',
    what: 'a SendGrid key',
    literal: 'SG.',
    pattern: new RegExp(`SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}${BODY}`, 'g'),
    verify: varied,
  },
  {
    kind: 'secret.digitalocean-token',
    what: 'a DigitalOcean token',
    literal: 'dop_v1_',
    pattern: new RegExp(`dop_v1_[a-f0-9]{64}${BODY}`, 'g'),
    verify: varied,
  },
  {
    kind: 'secret.azure-storage-key',
    what: 'an Azure storage key',
    literal: 'AccountKey=',
    pattern: /AccountKey=[A-Za-z0-9+/]{86}==/g,
    verify: varied,
  },
  {
    kind: 'secret.private-key',
    what: 'a private key',
    literal: 'PRIVATE KEY-----',
    pattern: /-----BEGIN (?:[A-Z0-9]{1,12} ){0,4}PRIVATE KEY-----(?:\s|\\n|\\r)*[A-Za-z0-9+/=\s\\:,-]{64,}/g,
  },
  {
    kind: 'secret.json-web-token',
    what: 'a signed token',
    literal: 'eyJ',
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}/g,
    verify: jsonWebToken,
  },
  {
    kind: 'secret.url-password',
    what: 'a password in an address',
    literal: '://',
    pattern: /[a-z][a-z0-9+.-]{2,12}:\/\/[^\s:@/'"<>]{1,64}:[^\s:@/'"<>{}$]{6,128}@[\w.-]+/g,
    verify: (match) =>
      /(:password|:secret|:pass|:changeme|:example|:xxx+|:\*+)@/i.test(match) ? 0 : varied(/:([^:@]+)@/.exec(match)?.[1] ?? ''),
  },
]

/** Placeholders repeat themselves; keys do not. */
function varied(text: string): number {
  const kinds = new Set(text.slice(0, 256)).size
  return kinds >= Math.min(9, Math.ceil(text.length * 0.35)) &&
    !/(.)\1{5,}|x{4,}|0123456789|abcdefgh|example|placeholder|your[_-]/i.test(text)
    ? 0.95
    : 0
}

function jsonWebToken(match: string): number {
  const header = decodeBase64(match.slice(0, match.indexOf('.')))
  return header !== undefined && /"alg"\s*:/.test(header) ? 0.95 : 0
}
