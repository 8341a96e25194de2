/** Keys of clouds, data stores, observability and identity providers. */
import { awsAccount } from '../checksum.ts'
import { END, prefixed, type SecretFormat } from '../format.ts'
import { randomness } from '../randomness.ts'

export const CLOUD: readonly SecretFormat[] = [
  prefixed(['aws-access-key', 'an AWS access key'], ['AKIA', 'ASIA', 'ABIA', 'ACCA'], '[A-Z2-7]{16}', awsKey),
  prefixed(['aws-bedrock-key', 'an AWS Bedrock key'], 'ABSK', '[A-Za-z0-9+/]{109,269}={0,2}'),
  prefixed(
    ['aws-bedrock-key', 'a short-lived AWS Bedrock key'],
    'bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t',
    '[A-Za-z0-9+/=%-]{20,4000}',
  ),
  prefixed(['aws-mws-key', 'an Amazon MWS key'], 'amzn.mws.', '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'),
  prefixed(['google-api-key', 'a Google API key'], 'AIza', '[A-Za-z0-9_-]{35}'),
  prefixed(['google-oauth', 'a Google client secret'], 'GOCSPX-', '[A-Za-z0-9_-]{28}'),
  prefixed(['google-oauth', 'a Google access token'], 'ya29.', '[A-Za-z0-9_-]{30,1000}'),
  prefixed(['google-oauth', 'a Google refresh token'], '1//0', '[A-Za-z0-9_-]{60,200}'),
  {
    kind: 'secret.azure-client-secret',
    what: 'an Azure client secret',
    literals: ['7q~', '8q~'],
    pattern: new RegExp(`[A-Za-z0-9_~.]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}${END}`, 'y'),
    from: 'token',
    verify: (secret) => (randomness(secret) ? 0.95 : 0),
  },
  {
    kind: 'secret.azure-storage-key',
    what: 'an Azure storage key',
    literals: ['accountkey='],
    pattern: /AccountKey=([A-Za-z0-9+/]{86}==)/iy,
    from: 'literal',
    verify: (secret) => (randomness(secret) ? 0.95 : 0),
  },
  {
    kind: 'secret.azure-shared-access-key',
    what: 'an Azure shared access key',
    literals: ['sharedaccesskey='],
    pattern: /SharedAccessKey=([A-Za-z0-9+/]{43}=)/iy,
    from: 'literal',
    verify: (secret) => (randomness(secret) ? 0.95 : 0),
  },
  {
    kind: 'secret.azure-shared-access-signature',
    what: 'an Azure shared access signature',
    literals: ['sig='],
    pattern: /sig=([A-Za-z0-9+/_-]{42,44}={0,2}|(?:[A-Za-z0-9_.-]|%2[BbFf]){40,100}(?:%3[Dd]){1,2})/y,
    from: 'literal',
    // The other parameters tell it from signatures of less consequence.
    verify: (secret, around) => (/[?&"']s[ve]=20\d\d-/.test(around) && randomness(secret.replaceAll(/%[0-9A-Fa-f]{2}/g, '+')) ? 0.95 : 0),
  },
  prefixed(['digitalocean-token', 'a DigitalOcean token'], ['dop_v1_', 'doo_v1_', 'dor_v1_'], '[a-f0-9]{64}'),
  prefixed(['alibaba-key', 'an Alibaba Cloud key'], 'LTAI', '[A-Za-z0-9]{17,20}'),
  prefixed(['tencent-key', 'a Tencent Cloud key'], 'AKID', '[A-Za-z0-9]{32}'),
  prefixed(['yandex-key', 'a Yandex Cloud key'], 'AQVN', '[A-Za-z0-9_-]{35,38}'),
  prefixed(['ibm-cloud-key', 'an IBM Cloud key'], 'ApiKey-', '[A-Za-z0-9_-]{36}'),
  prefixed(['cloudflare-key', 'a Cloudflare origin key'], 'v1.0-', '[a-f0-9]{24}-[a-f0-9]{146}'),
  prefixed(['vault-token', 'a Vault token'], 'hvs.', '[A-Za-z0-9_-]{90,120}'),
  prefixed(['vault-token', 'a Vault batch token'], 'hvb.', '[A-Za-z0-9_-]{138,300}'),
  prefixed(['vault-token', 'a Vault recovery token'], 'hvr.', '[A-Za-z0-9_-]{90,120}'),
  {
    kind: 'secret.terraform-token',
    what: 'a Terraform Cloud token',
    literals: ['.atlasv1.'],
    pattern: new RegExp(`[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,70}${END}`, 'y'),
    from: 'token',
    verify: (secret) => (randomness(secret) ? 0.95 : 0),
  },
  prefixed(['databricks-token', 'a Databricks token'], 'dapi', '[a-f0-9]{32}(?:-\\d)?'),
  prefixed(['planetscale-token', 'a PlanetScale token'], ['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_'], '[A-Za-z0-9=.-]{32,64}'),
  prefixed(['supabase-key', 'a Supabase key'], ['sbp_', 'sb_secret_'], '(?:[a-f0-9]{40}|[A-Za-z0-9_-]{31,42})'),
  prefixed(['neon-key', 'a Neon key'], 'napi_', '[a-z0-9]{64}'),
  prefixed(['clickhouse-key', 'a ClickHouse Cloud key'], '4b1d', '[A-Za-z0-9]{38}'),
  prefixed(['grafana-token', 'a Grafana token'], 'glsa_', '[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}'),
  prefixed(['grafana-token', 'a Grafana Cloud token'], 'glc_eyJ', '[A-Za-z0-9+/]{32,400}={0,3}'),
  prefixed(['grafana-token', 'a Grafana key'], 'eyJrIjoi', '[A-Za-z0-9+/]{70,400}={0,3}'),
  prefixed(['newrelic-key', 'a New Relic key'], ['NRAK-', 'NRII-'], '[A-Za-z0-9-]{27,32}'),
  prefixed(['dynatrace-token', 'a Dynatrace token'], ['dt0c01.', 'dt0s01.', 'dt0s16.'], '[A-Z0-9]{8,24}\\.[A-Z0-9]{64}'),
  prefixed(['sentry-token', 'a Sentry token'], 'sntryu_', '[a-f0-9]{64}'),
  prefixed(['sentry-token', 'a Sentry token'], 'sntrys_eyJ', '[A-Za-z0-9+/=]{60,500}_[A-Za-z0-9+/]{43}'),
  prefixed(['honeycomb-key', 'a Honeycomb key'], ['hcaik_', 'hcbik_', 'hcamk_'], '[A-Za-z0-9]{58}'),
  prefixed(['posthog-key', 'a PostHog personal key'], 'phx_', '[A-Za-z0-9]{40,48}'),
  prefixed(
    ['launchdarkly-key', 'a LaunchDarkly key'],
    ['sdk-', 'api-'],
    '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}',
  ),
  prefixed(['okta-token', 'an Okta token'], 'SSWS 00', '[A-Za-z0-9_-]{40}'),
  prefixed(['onepassword-key', 'a 1Password secret key'], 'A3-', '[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}'),
  prefixed(['onepassword-token', 'a 1Password service account token'], 'ops_eyJ', '[A-Za-z0-9+/_-]{250,2000}={0,3}'),
  prefixed(
    ['bitwarden-token', 'a Bitwarden access token'],
    '0.',
    '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\.[A-Za-z0-9]{30}:[A-Za-z0-9+/]{22}==',
  ),
  prefixed(['infracost-key', 'an Infracost key'], 'ico-', '[A-Za-z0-9]{32}'),
  prefixed(['openshift-token', 'an OpenShift token'], 'sha256~', '[A-Za-z0-9_-]{43}'),
  prefixed(
    ['tailscale-key', 'a Tailscale key'],
    ['tskey-auth-', 'tskey-api-', 'tskey-client-', 'tskey-webhook-'],
    '[A-Za-z0-9]{8,24}-[A-Za-z0-9]{16,64}',
  ),
  prefixed(['confluent-secret', 'a Confluent secret'], 'cflt', '[A-Za-z0-9+/]{60}'),
  prefixed(['harness-token', 'a Harness token'], ['pat.', 'sat.'], '[A-Za-z0-9_-]{22}\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{20}'),
]

/** The middle of a key id is the number of the account it belongs to; documentation uses a made-up one. */
function awsKey(key: string): number {
  if (key.endsWith('EXAMPLE') || !randomness(key.slice(4))) return 0
  return awsAccount(key) === undefined ? 0.85 : 0.95
}
