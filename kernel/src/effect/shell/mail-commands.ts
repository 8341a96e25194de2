/** Programs that hand a text to the mail system: whom they write to stands among their words. */
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { commandName, type Invocation, parseOptions } from './invocation.ts'
import { act, type Reading, runProgram, useFile } from './reading.ts'

export const MAILERS: readonly string[] = 'mail mailx s-nail nail bsd-mailx mutt neomutt sendmail ssmtp msmtp swaks sendemail mpack'.split(
  ' ',
)

const VALUED = new Set('-s -c -b -r -q -S -a -A -f -t -u -H -e --to --cc --bcc --from --subject --attach --server -F -i -d'.split(' '))
const TO = /^(?:-c|-b|-t|--to|--cc|--bcc)$/
const ATTACHED = /^(?:-a|-A|--attach)$/

export function readMailer(invocation: Invocation, reading: Reading): Flow {
  const { options, operands } = parseOptions(invocation.words.slice(1), VALUED)
  const given = options.flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }]))
  for (const { name, value } of given)
    if (ATTACHED.test(name) && !isAddress(value)) useFile(value, 'read', { reading, cwd: invocation.cwd })
  const to = [...given.filter(({ name }) => TO.test(name)).map(({ value }) => value), ...operands].filter(isAddress)
  const name = commandName(invocation)
  for (const word of to.slice(0, 16))
    act(
      { class: 'message.send', target: word.text, certainty: 'certain', kind: 'recipient', words: [word], detail: `writes with ${name}` },
      reading,
    )
  // Without anybody to write to it shows what came.
  if (to.length === 0) runProgram(invocation, 'likely', { reading })
  return NO_FLOW
}

/** An address, or a name that is known only when it runs. */
function isAddress({ text, known }: Expanded): boolean {
  return !known || /^[^\s@]+@[^\s@]+$/.test(text)
}
