/** Command lines of clouds and code hosts: what is looked at, changed, given out or revealed there. */
import type { EffectClass } from '../effect.ts'
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { commandName, type Invocation, parseOptions } from './invocation.ts'
import { act, type Reading, runProgram, useAddress, useFile } from './reading.ts'

export const CLOUD_TOOLS: readonly string[] =
  'aws gcloud gsutil az doctl linode-cli oci ibmcloud openstack heroku fly flyctl vercel netlify wrangler firebase supabase railway render terraform tofu terragrunt pulumi ansible-playbook ansible argocd nomad consul vault op pass gopass bw secrethub doppler chamber sops flux istioctl eksctl kops k3s minikube kind hcloud scw exo'.split(
    ' ',
  )
export const CODE_HOSTS: readonly string[] = ['gh', 'glab', 'hub', 'tea']

const VALUED = new Set(
  '--region --profile --project --zone --resource-group -g --name -n --output -o --query --format --subscription --filter --account --bucket --key --body --cli-input-json --file -f --values --set --namespace --context --var --var-file --target -i --inventory -e --extra-vars --limit -R --repo -t --title -b --body-file -F -H --header -X --method --field --raw-field --hostname'.split(
    ' ',
  ),
)
/** What verbs do, most consequential first. A word counts up to its first dash: `delete-bucket` is `delete`. */
const REVEALS =
  /^(?:get-secret-value|get-session-token|get-login-password|print-(?:access|identity)-token|get-access-token|get-federation-token|get-authorization-token|get-token|access-token|reveal|unseal)$/
const GRANTS =
  /^(?:add-iam-policy-binding|attach-(?:user|role|group)-policy|put-(?:user|role|bucket)-policy|create-access-key|create-login-profile|set-iam-policy|add-user-to-group|create-service-account-key|create-for-rbac)$/
const DROPS = /^(?:delete|destroy|terminate|remove|rm|rb|purge|uninstall|down|drop|wipe|del)$/
const PUBLISHES = /^(?:deploy|publish|release|push|promote)$/
const CHANGES =
  /^(?:create|put|update|run|apply|set|start|stop|restart|reboot|scale|resize|attach|detach|enable|disable|import|copy|move|mv|mb|modify|add|install|upgrade|rollback|invoke|submit|up|edit|patch|tag|sync|new|write|exec|ssh|login|init)$/

export function readCloud(invocation: Invocation, reading: Reading): Flow {
  const name = commandName(invocation)
  const { options, operands } = parseOptions(invocation.words.slice(1), VALUED)
  const words = operands.filter(({ text }) => /^[a-z][\w-]*$/i.test(text)).slice(0, 4)
  const line = [name, ...operands.slice(0, 4).map(({ text }) => text)].join(' ').slice(0, 120)
  for (const { name: option, value } of options)
    if (
      value !== undefined &&
      (/^(-f|--file|--values|--var-file|--body-file|-i|--inventory|--cli-input-json)$/.test(option) || /^(?:fileb?|@)/.test(value.text))
    )
      useFile({ ...value, text: value.text.replace(/^(?:fileb?:\/\/|@)/, '') }, 'read', { reading, cwd: invocation.cwd })
  for (const word of operands) if (/^(?:s3|gs|az|r2):\/\//.test(word.text)) store(word, operands, { invocation, reading })
  const what = classOf(name, words)
  if (what === undefined) runProgram(invocation, 'likely', { reading, detail: line })
  else act({ class: what, target: line, certainty: 'likely', kind: 'name', words: words.slice(-1), detail: line }, reading)
  return NO_FLOW
}

const STORES_SECRETS = /^(?:vault|op|pass|gopass|bw|secrethub|doppler|chamber|sops)$/

function classOf(name: string, words: readonly Expanded[]): EffectClass | undefined {
  const texts = words.map(({ text }) => text.toLowerCase())
  const about =
    texts.some((text) => /^(secrets?|secretsmanager|keyvault|ssm|kv|password|item|credentials?)$/.test(text)) || STORES_SECRETS.test(name)
  if (texts.some((text) => REVEALS.test(text))) return 'secret.read'
  if (
    about &&
    texts.some(
      (text) =>
        /^(get|show|read|view|access|download|decrypt|run|exec|cat|ls|list|get-parameters?(-by-path)?)(?:-|$)/.test(text) &&
        text !== 'list' &&
        text !== 'ls',
    )
  )
    return 'secret.read'
  if (texts.some((text) => GRANTS.test(text))) return 'identity.grant'
  const verbs = texts.map((text) => text.split('-', 1)[0] ?? text)
  if (verbs.some((verb) => DROPS.test(verb))) return 'data.drop'
  if (verbs.some((verb) => PUBLISHES.test(verb))) return 'code.publish'
  return verbs.some((verb) => CHANGES.test(verb)) ? 'data.mutate' : undefined
}

/** Files go to a bucket, or come from one. */
function store(
  bucket: Expanded,
  operands: readonly Expanded[],
  { invocation, reading }: { readonly invocation: Invocation; readonly reading: Reading },
): void {
  const files = operands.filter(({ text }) => /^[~/.]|[^/]\.\w+$|\/$/.test(text) && !/^[a-z0-9]+:\/\//.test(text))
  const sends = operands.at(-1) === bucket && files.length > 0
  for (const file of files) useFile(file, sends ? 'read' : 'write', { reading, cwd: invocation.cwd })
  useAddress(bucket, { reading, detail: sends ? 'sends files to a bucket' : 'looks into a bucket', retrieval: !sends })
}

/** gh, glab and their like: what others see, and what they may do. */
export function readCodeHost(invocation: Invocation, reading: Reading): Flow {
  const { options, operands } = parseOptions(invocation.words.slice(1), VALUED)
  const [noun = '', verb = ''] = operands.map(({ text }) => text)
  const line = [commandName(invocation), noun, verb].join(' ').trim()
  const tell = (what: EffectClass, target = line): void =>
    act({ class: what, target, certainty: 'likely', kind: 'name', words: operands.slice(2, 3), detail: line }, reading)
  for (const { name, value } of options)
    if (value !== undefined && /^(-F|--body-file|-f|--notes-file)$/.test(name) && !value.text.includes('='))
      useFile(value, 'read', { reading, cwd: invocation.cwd })
  if (
    noun === 'auth' &&
    /^(token|status|setup-git)$/.test(verb) &&
    (verb === 'token' || options.some(({ name }) => /^(-t|--show-token)$/.test(name)))
  )
    tell('secret.read')
  else if (noun === 'gist' && /^(create|edit)$/.test(verb)) published(operands.slice(2), tell, { invocation, reading })
  else if (noun === 'release' && /^(create|upload|edit)$/.test(verb)) published(operands.slice(3), tell, { invocation, reading })
  else if (/^(ssh-key|gpg-key|deploy-key)$/.test(noun) && verb === 'add') tell('identity.grant')
  else if (/^(delete|archive)$/.test(verb)) tell('data.drop')
  else if (/^(repo|project)$/.test(noun) && /^(create|fork|edit|rename|sync|deploy-key|transfer)$/.test(verb)) tell('code.publish')
  else if (/^(pr|mr|merge-request)$/.test(noun) && verb === 'merge') tell('code.publish')
  else if (/^(create|comment|review|close|reopen|edit|note|lock|transfer|pin)$/.test(verb)) tell('message.send')
  else if (
    /^(secret|variable|workflow|run|ruleset|label|codespace|extension|alias|config)$/.test(noun) &&
    !/^(list|view|watch|get|download|diff)$/.test(verb)
  )
    tell(noun === 'extension' ? 'code.install' : 'data.mutate')
  else if (noun === 'api') requested(options, operands, reading)
  else runProgram(invocation, 'certain', { reading, detail: line })
  return NO_FLOW
}

function published(
  files: readonly Expanded[],
  tell: (what: EffectClass) => void,
  { invocation, reading }: { readonly invocation: Invocation; readonly reading: Reading },
): void {
  for (const file of files) if (file.text !== '-') useFile(file, 'read', { reading, cwd: invocation.cwd })
  tell('code.publish')
}

function requested(options: ReturnType<typeof parseOptions>['options'], operands: readonly Expanded[], reading: Reading): void {
  const method = options.find(({ name }) => name === '-X' || name === '--method')?.value?.text ?? ''
  const sends =
    (method !== '' && !/^get$/i.test(method)) ||
    (method === '' && options.some(({ name }) => /^(-f|-F|--field|--raw-field|--input)$/.test(name)))
  const path = operands[1]?.text ?? ''
  useAddress(
    { text: `https://api.github.com/${path.replace(/^\//, '')}`, known: operands[1]?.known ?? true, glob: false },
    { reading, detail: 'asks a code host', retrieval: !sends },
  )
}
