/** Keys of messaging, payment, commerce, support and AI services. */
import { END, prefixed, type SecretFormat } from '../format.ts'
import { randomness } from '../randomness.ts'

export const SERVICES: readonly SecretFormat[] = [
  prefixed(
    ['slack-token', 'a Slack token'],
    ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxo-'],
    '(?:\\d-)?(?:\\d{8,14}-){1,3}[A-Za-z0-9-]{16,64}',
  ),
  prefixed(['slack-token', 'a Slack browser token'], 'xoxc-', '\\d{8,14}-\\d{8,14}-\\d{8,14}-[a-f0-9]{64}'),
  prefixed(['slack-token', 'a Slack configuration token'], ['xoxe-', 'xoxe.xoxp-', 'xoxe.xoxb-'], '\\d-[A-Za-z0-9]{140,170}'),
  prefixed(['slack-token', 'a Slack app token'], 'xapp-', '\\d-[A-Z0-9]{9,14}-\\d{10,14}-[a-f0-9]{60,70}'),
  {
    kind: 'secret.slack-webhook',
    what: 'a Slack webhook address',
    literals: ['hooks.slack.com/'],
    pattern:
      /hooks\.slack\.com\/(?:services\/T[A-Z0-9]{6,12}\/B?[A-Z0-9]{6,12}|(?:workflows|triggers)(?:\/[A-Za-z0-9]{6,40}){1,4})\/([A-Za-z0-9]{16,40})/y,
    from: 'literal',
    verify: tailRandomness,
  },
  {
    kind: 'secret.discord-webhook',
    what: 'a Discord webhook address',
    literals: ['/api/webhooks/'],
    pattern: /\/api\/webhooks\/\d{17,20}\/([A-Za-z0-9_-]{60,72})/y,
    from: 'literal',
    verify: tailRandomness,
  },
  {
    kind: 'secret.teams-webhook',
    what: 'a Teams webhook address',
    literals: ['.webhook.office.com/webhookb2/'],
    pattern: /\.webhook\.office\.com\/webhookb2\/[a-f0-9-]{36}@[a-f0-9-]{36}\/IncomingWebhook\/([a-f0-9]{32}\/[a-f0-9-]{36})/y,
    from: 'literal',
    verify: tailRandomness,
  },
  {
    kind: 'secret.telegram-token',
    what: 'a Telegram bot token',
    literals: [':aa'],
    pattern: new RegExp(`\\d{8,10}:AA[A-Za-z0-9_-]{33}${END}`, 'y'),
    from: 'token',
    verify: (secret) => (randomness(secret.slice(secret.indexOf(':') + 3)) ? 0.95 : 0),
  },
  prefixed(['stripe-key', 'a Stripe key'], ['sk_live_', 'rk_live_', 'sk_prod_', 'rk_prod_'], '[A-Za-z0-9]{16,120}'),
  prefixed(['stripe-test-key', 'a Stripe test key'], ['sk_test_', 'rk_test_'], '[A-Za-z0-9]{16,120}', lesser('sk_test_')),
  prefixed(['stripe-webhook-secret', 'a Stripe webhook secret'], 'whsec_', '[A-Za-z0-9+/]{32,64}={0,2}'),
  prefixed(['square-token', 'a Square token'], ['EAAA', 'sq0atp-', 'sq0csp-'], '[A-Za-z0-9_-]{22,60}'),
  prefixed(['paypal-token', 'a PayPal token'], 'access_token$production$', '[a-z0-9]{16}\\$[a-f0-9]{32}'),
  prefixed(['razorpay-key', 'a Razorpay key'], 'rzp_live_', '[A-Za-z0-9]{14,24}'),
  prefixed(['flutterwave-key', 'a Flutterwave key'], 'FLWSECK-', '[a-f0-9]{32}-X'),
  prefixed(['paystack-key', 'a Paystack key'], 'sk_live_', '[a-f0-9]{40}'),
  prefixed(
    ['plaid-token', 'a Plaid token'],
    ['access-production-', 'access-development-'],
    '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  ),
  prefixed(['shopify-token', 'a Shopify token'], ['shpat_', 'shpca_', 'shppa_', 'shpss_'], '[a-fA-F0-9]{32}'),
  prefixed(['shippo-token', 'a Shippo token'], 'shippo_live_', '[a-f0-9]{40}'),
  prefixed(['easypost-key', 'an EasyPost key'], 'EZAK', '[A-Za-z0-9]{54}'),
  prefixed(['duffel-token', 'a Duffel token'], 'duffel_live_', '[A-Za-z0-9_=-]{43}'),
  prefixed(['facebook-token', 'a Facebook token'], ['EAAM', 'EAAC', 'EAAG', 'EAAB'], '[A-Za-z0-9]{80,300}'),
  prefixed(['twitter-token', 'a Twitter bearer token'], 'AAAAAAAAAAAAAAAAAAAAA', '[A-Za-z0-9%]{60,120}'),
  prefixed(['linkedin-secret', 'a LinkedIn secret'], 'WPL_AP1.', '[A-Za-z0-9]{16}\\.[A-Za-z0-9+/=]{8,12}'),
  prefixed(['sendgrid-key', 'a SendGrid key'], 'SG.', '[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}'),
  prefixed(['sendinblue-key', 'a Brevo key'], ['xkeysib-', 'xsmtpsib-'], '[a-f0-9]{64}-[A-Za-z0-9]{16}'),
  prefixed(['mailgun-key', 'a Mailgun key'], 'key-', '[a-f0-9]{32}'),
  {
    kind: 'secret.mailchimp-key',
    what: 'a Mailchimp key',
    literals: ['-us'],
    pattern: new RegExp(`[a-f0-9]{32}-us\\d{1,2}${END}`, 'y'),
    from: 'token',
    verify: (secret) => (randomness(secret.slice(0, 32)) ? 0.95 : 0),
  },
  prefixed(['twilio-key', 'a Twilio key'], 'SK', '[0-9a-f]{32}'),
  prefixed(['notion-token', 'a Notion token'], 'ntn_', '[0-9]{11}[A-Za-z0-9]{35}'),
  prefixed(['notion-token', 'a Notion token'], 'secret_', '[A-Za-z0-9]{43}'),
  prefixed(['linear-key', 'a Linear key'], 'lin_api_', '[A-Za-z0-9]{40}'),
  prefixed(['airtable-token', 'an Airtable token'], 'pat', '[A-Za-z0-9]{14}\\.[a-f0-9]{64}'),
  prefixed(['figma-token', 'a Figma token'], 'figd_', '[A-Za-z0-9_-]{38,44}'),
  prefixed(['asana-token', 'an Asana token'], ['1/', '2/'], '\\d{15,18}(?:/\\d{15,18})?:[a-f0-9]{32}'),
  prefixed(['hubspot-token', 'a HubSpot token'], 'pat-na1-', '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'),
  prefixed(['typeform-token', 'a Typeform token'], 'tfp_', '[A-Za-z0-9_.=-]{59}'),
  prefixed(['frameio-token', 'a Frame.io token'], 'fio-u-', '[A-Za-z0-9_=-]{64}'),
  prefixed(['adobe-secret', 'an Adobe client secret'], 'p8e-', '[A-Za-z0-9]{32}'),
  prefixed(['octopus-key', 'an Octopus Deploy key'], 'API-', '[A-Z0-9]{26}'),
  prefixed(['mapbox-token', 'a Mapbox secret token'], 'sk.eyJ', '[A-Za-z0-9_-]{60,200}\\.[A-Za-z0-9_-]{22}'),
  {
    kind: 'secret.openai-key',
    what: 'an OpenAI key',
    literals: ['t3blbkfj'],
    pattern: /sk-[A-Za-z0-9_-]{16,160}T3BlbkFJ[A-Za-z0-9_-]{16,160}/y,
    from: 'token',
    verify: (secret) => (randomness(secret.slice(3)) ? 0.95 : 0),
  },
  prefixed(['anthropic-key', 'an Anthropic key'], 'sk-ant-', '(?:api|admin|oat|ort)\\d{2}-[A-Za-z0-9_-]{80,120}'),
  prefixed(['openrouter-key', 'an OpenRouter key'], 'sk-or-v1-', '[a-f0-9]{64}'),
  prefixed(['deepseek-key', 'a secret key'], 'sk-', '(?:[a-f0-9]{32}|[A-Za-z0-9]{48})'),
  prefixed(['groq-key', 'a Groq key'], 'gsk_', '[A-Za-z0-9]{48,56}'),
  prefixed(['xai-key', 'an xAI key'], 'xai-', '[A-Za-z0-9]{80}'),
  prefixed(['perplexity-key', 'a Perplexity key'], 'pplx-', '[A-Za-z0-9]{48,56}'),
  prefixed(['replicate-token', 'a Replicate token'], 'r8_', '[A-Za-z0-9]{37}'),
  prefixed(['fireworks-key', 'a Fireworks key'], 'fw_', '[A-Za-z0-9]{22,40}'),
  prefixed(['together-key', 'a Together key'], 'tgp_v1_', '[A-Za-z0-9_-]{40,64}'),
  prefixed(['cerebras-key', 'a Cerebras key'], 'csk-', '[a-z0-9]{48}'),
  prefixed(['nvidia-key', 'an NVIDIA key'], 'nvapi-', '[A-Za-z0-9_-]{60,72}'),
  prefixed(['pinecone-key', 'a Pinecone key'], 'pcsk_', '[A-Za-z0-9]{5,6}_[A-Za-z0-9]{60,70}'),
  prefixed(['langchain-key', 'a LangSmith key'], ['lsv2_pt_', 'lsv2_sk_'], '[a-f0-9]{32}_[a-f0-9]{10}'),
  prefixed(['tavily-key', 'a Tavily key'], 'tvly-', '(?:(?:dev|prod)-)?[A-Za-z0-9]{32}'),
  prefixed(['elevenlabs-key', 'an ElevenLabs key'], 'sk_', '[a-f0-9]{48}'),
  prefixed(['huggingface-token', 'a Hugging Face token'], ['hf_', 'api_org_'], '[A-Za-z]{34}'),
  prefixed(['weights-and-biases-key', 'a Weights & Biases key'], 'wandb_v1_', '[A-Za-z0-9_-]{60,100}'),
]

/** Only what opens the address is the secret; where it leads stays readable. */
function tailRandomness(address: string): number {
  return randomness(address.slice(address.lastIndexOf('/') + 1)) ? 0.95 : 0
}

/** Opens nothing but a sandbox. */
function lesser(prefix: string): (secret: string) => number {
  return (secret) => (randomness(secret.slice(prefix.length)) ? 0.6 : 0)
}
