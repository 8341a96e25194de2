/** Command lines of code hosts: what others see there, and what they may do. */
import type { EffectClass } from '../effect.ts'
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { commandName, type Invocation, parseOptions } from './invocation.ts'
import { act, keepFetched, type Reading, runProgram, useAddress, useFile } from './reading.ts'

export const CODE_HOSTS: readonly string[] = ['gh', 'glab', 'hub', 'tea']

const VALUED = new Set(
  '--region --profile --project --zone --resource-group -g --name -n --output -o --query --format --subscription --filter --account --bucket --key --body --cli-input-json --file -f --values --set --namespace --context --var --var-file --target -i --inventory -e --extra-vars --limit -R --repo -t --title -b --body-file -F -H --header -X --method --field --raw-field --hostname'.split(
    ' ',
  ),
)
export function readCodeHost(invocation: Invocation, reading: Reading): Flow {
  const { options, operands } = parseOptions(invocation.words.slice(1), VALUED)
  const [noun = '', verb = ''] = operands.map(({ text }) => text)
  const line = [commandName(invocation), noun, verb].join(' ').trim()
  const cloned = /^(?:repo|project)$/.test(noun) && verb === 'clone' ? operands[2] : undefined
  if (cloned !== undefined)
    keepFetched(
      operands[3] ?? {
        ...cloned,
        text:
          cloned.text
            .replace(/\.git$/, '')
            .split('/')
            .at(-1) ?? '',
      },
      cloned,
      { reading, cwd: invocation.cwd },
    )
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
  if (/^(?:delete|put|post|patch)$/i.test(method)) {
    const does =
      /(?:^|\/)(?:collaborators|memberships|members|keys|deploy-keys|invitations|teams|protection|permissions|hooks)(?:\/|$)/.test(path)
        ? 'identity.grant'
        : /^delete$/i.test(method)
          ? 'data.drop'
          : undefined
    const line = `${method.toUpperCase()} ${path}`.slice(0, 120)
    if (does !== undefined)
      act({ class: does, target: line, certainty: 'likely', kind: 'name', words: operands.slice(1, 2), detail: line }, reading)
  }
  useAddress(
    { text: `https://api.github.com/${path.replace(/^\//, '')}`, known: operands[1]?.known ?? true, glob: false },
    { reading, detail: 'asks a code host', retrieval: !sends },
  )
}
