/** Command lines of clouds, infrastructure and stores of secrets: what they look at, change, take away and hand out. */
import type { Certainty, EffectClass } from '../effect.ts'
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { passOn } from './fleet-commands.ts'
import { commandName, type Invocation } from './invocation.ts'
import { act, type Reading, runProgram, useAddress, useFile } from './reading.ts'

/** Clients of services. Their commands are words: `aws ec2 terminate-instances`, `heroku apps:destroy`. */
const CLIENTS =
  'aws awslocal gcloud gsutil az doctl linode-cli hcloud oci ibmcloud heroku fly flyctl vercel netlify wrangler railway supabase firebase serverless sls sam cdk eksctl kops rancher nomad consul vault bao op bw pass doppler infisical chamber terraform tofu terragrunt pulumi s3cmd s5cmd mc rclone redis-cli valkey-cli etcdctl stripe twilio openstack render ansible-playbook argocd sops flux istioctl minikube kind scw exo gopass'.split(
    ' ',
  )

export const SERVICE_CLIENTS: readonly string[] = CLIENTS

/** First that matches counts. Words are held against their parts too: `terminate-instances`, `apps:destroy`. */
const VERBS: readonly (readonly [verbs: RegExp, effectClass: EffectClass, certainty: Certainty])[] = [
  [
    /^(?:delete|destroy|terminate|remove|rm|rb|rmdir|purge|purgeall|drop|flushall|flushdb|uninstall|teardown|wipe|empty|deltree|del|unlink|nuke)$/,
    'data.drop',
    'likely',
  ],
  [/^(?:deploy|publish|release|promote)$/, 'code.publish', 'likely'],
  [/^(?:attach|grant|add-iam|authorize|share|invite|allow)$/, 'identity.grant', 'inferred'],
  [
    /^(?:create|update|put|set|apply|patch|modify|replace|start|stop|restart|reboot|scale|resize|run|import|restore|copy|cp|mv|mb|sync|upload|write|enable|disable|tag|register|rotate|up|add|edit|send|push|taint|untaint|move|job|exec|invoke)$/,
    'data.mutate',
    'inferred',
  ],
]
/** Not what these say in other places: an `export` of a state, a `show` of a plan. */
const LOOKING =
  /^(?:list|ls|ll|describe|get|show|plan|status|info|version|validate|fmt|output|head|help|logs|tail|whoami|login|logout|init|providers|graph|console|diff|search|query|inspect|view|ps|top|ping|select|doctor|cat|stat|du|size|exists|keys|scan|preview|check|test|wait|configure|config)$/
/** Texts of these are keys, passwords and tokens. */
const SECRETS: readonly RegExp[] = [
  /^aws secretsmanager (?:get-secret-value|batch-get-secret-value)/,
  /^aws ssm get-parameters?(?:-by-path)?\b.*--with-decryption/,
  /^aws (?:configure (?:get|export-credentials)|sts (?:get-session-token|assume-role\S*)|ecr get-login\S*|iam create-access-key|kms decrypt)/,
  /^gcloud (?:secrets versions access|auth (?:application-default )?print-(?:access|identity)-token|iam service-accounts keys create|sql users)/,
  /^az (?:keyvault (?:secret|key|certificate) (?:show|download)|account get-access-token|ad sp credential|storage account keys list|acr credential)/,
  /^(?:vault|bao) (?:read|kv get|token (?:create|lookup)|print token)/,
  /^op (?:read|item get|document get|inject)/,
  /^bw (?:get|export|list items)/,
  /^pass (?:show |-c |(?!ls|list|find|git|init|insert|edit|generate|rm|mv|cp)\S)/,
  /^(?:doppler secrets|infisical (?:secrets|export)|chamber (?:read|export|env))/,
  /^(?:heroku config(?! *:?(?:set|unset))|fly(?:ctl)? (?:auth token|tokens create)|vercel env pull|terraform output\b.*-(?:raw|json)|pulumi .*--show-secrets)/,
  /^kubectl config view\b.*--raw/,
]
/** Whole commands whose verbs alone do not tell it. */
const SPELLED_OUT: readonly (readonly [pattern: RegExp, deed: readonly [EffectClass, Certainty]])[] = [
  [
    /^(?:az (?:role assignment create|ad (?:user|sp|app) (?:\w+ )?(?:create|add|reset))|gsutil (?:iam|acl|defacl) (?:ch|set)|aws \S+ put-\S*(?:acl|policy)|aws iam (?:create-(?:user|login-profile|access-key)|update-(?:login-profile|assume-role-policy)|add-user-to-group|put-\S+-policy)|aws lambda add-permission|gcloud .{0,120}\b(?:add|set)-iam-policy(?:-binding)?|gcloud iam (?:roles|service-accounts) create)(?= |$)/,
    ['identity.grant', 'likely'],
  ],
  [/^stripe (?:transfers|payouts|charges|payment_intents|refunds|topups) (?:create|confirm|capture)(?= |$)/, ['money.move', 'likely']],
  [/^(?:heroku pg:reset|railway down|aws kms schedule-key-deletion)(?= |$)/, ['data.drop', 'likely']],
]

/** Nothing is taken away when these stand among the words. */
const REHEARSED = /^--?(?:dry-?run|dryrun|what-if|noop|plan)(?:=.*)?$/
/** Clients for which `-n` says so as well; elsewhere it is a name. */
const SHORTLY = /^(?:rclone|s3cmd|s5cmd|chamber)$/

export function readService(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  const plain = words.filter(({ text }) => !text.startsWith('-'))
  const name = commandName(invocation)
  const line = [name, ...plain.slice(0, 4).map(({ text }) => text)].join(' ').slice(0, 120)
  const whole = [name, ...words.slice(0, 12).map(({ text }) => text)].join(' ')
  if (SECRETS.some((pattern) => pattern.test(whole)))
    act(
      { class: 'secret.read', target: line, certainty: 'certain', kind: 'name', words: plain.slice(2, 4), detail: 'a stored secret' },
      reading,
    )
  useOperands(plain, { invocation, reading })
  passOn(name, { invocation, reading })
  const handed = HAND_ON.test(name) && WITH_SECRETS.test(plain[0]?.text ?? '') ? commandBehind(words, plain) : []
  if (handed[0] !== undefined) {
    runProgram(invocation, 'likely', { reading, detail: line })
    return handed.length === 1 && /\s/.test(handed[0].text)
      ? reading.nested(handed[0].text, invocation)
      : reading.run({ ...invocation, words: handed })
  }
  const rehearsed = words.some(({ text }) => REHEARSED.test(text) || (text === '-n' && SHORTLY.test(name)))
  const done = rehearsed ? undefined : (SPELLED_OUT.find(([pattern]) => pattern.test(whole))?.[1] ?? deedOf(words))
  if (done === undefined) {
    const known =
      plain.every(({ known }) => known) && plain.slice(0, 3).some(({ text }) => text.split(/[-:_.]/).some((part) => LOOKING.test(part)))
    runProgram(invocation, known ? 'certain' : 'likely', { reading, detail: line })
    return NO_FLOW
  }
  const [effectClass, certainty] = done
  act({ class: effectClass, target: line, certainty, kind: 'name', words: plain.slice(1, 4), detail: line }, reading)
  return NO_FLOW
}

/** Stores of secrets that give them to one command and show them to nobody else: what that command does is what counts. */
const HAND_ON = /^(?:op|doppler|infisical|chamber|sops)$/
const WITH_SECRETS = /^(?:run|exec|exec-env|exec-file)$/

/** Behind `--`; or, of `sops exec-env FILE TEXT`, the text. */
function commandBehind(words: readonly Expanded[], plain: readonly Expanded[]): readonly Expanded[] {
  const dashes = words.findIndex(({ text }) => text === '--')
  return dashes >= 0 ? words.slice(dashes + 1) : plain.slice(2).filter(({ text }) => /\s/.test(text))
}

/** The verb stands first or after the names of service and kind; options can be verbs as well: `terraform apply -destroy`. */
function deedOf(words: readonly Expanded[]): readonly [EffectClass, Certainty] | undefined {
  const verbs = words.filter(({ text }) => !text.startsWith('-')).slice(0, 3)
  const options = words.filter(({ text }) => /^--?(?:destroy|delete|remove|purge)\b/.test(text))
  if (options.length > 0 && verbs[0] !== undefined && !LOOKING.test(verbs[0].text)) return ['data.drop', 'likely']
  for (const [index, { text }] of verbs.entries()) {
    const parts = text.toLowerCase().split(/[-:_.]/)
    for (const [pattern, effectClass, certainty] of VERBS) if (parts.some((part) => pattern.test(part))) return [effectClass, certainty]
    // The first word may be the name of a service: `aws logs delete-log-group`.
    if (
      (index > 0 || verbs.length < 2 || !/^(?:logs|configure|config|search|inspect)$/.test(text)) &&
      parts.some((part) => LOOKING.test(part))
    )
      return undefined
  }
  return undefined
}

/** Buckets are addresses, and what lies here and goes there is read. */
function useOperands(
  plain: readonly Expanded[],
  { invocation, reading }: { readonly invocation: Invocation; readonly reading: Reading },
): void {
  const mixed = commandName(invocation) === 'rclone'
  const remote = (word: Expanded): boolean =>
    mixed ? /^:?[\w.-]{2,60}:/.test(word.text) : /^(?:s3|gs|az|abfss?|oci|r2):\/\//.test(word.text)
  const copies = plain.slice(0, 4).some(({ text }) => /^(?:cp|mv|sync|rsync|copy|copyto|moveto|put|upload|move)$/.test(text))
  if (!copies || !plain.some(remote)) return
  const places = plain.slice(plain.findIndex(({ text }) => /^(?:cp|mv|sync|rsync|copy|copyto|moveto|put|upload|move)$/.test(text)) + 1)
  const last = places.at(-1)
  for (const word of places) {
    if (mixed && remote(word)) {
      const target = `rclone://${word.text.replace(/^:/, '')}`
      if (word === last)
        act(
          { class: 'net.egress', target, certainty: 'likely', kind: 'address', words: [word], detail: 'sends files to a remote' },
          reading,
        )
    } else if (remote(word)) useAddress(word, { reading, detail: word === last ? 'sends files to a bucket' : 'fetches from a bucket' })
    else useFile(word, word === last ? 'write' : 'read', { reading, cwd: invocation.cwd })
  }
}
