import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compilePolicy, type Policy, type PolicyFiles, type PolicyProblem, runPolicyTests, VERDICTS } from '@assize/kernel'
import { readPolicyFolder } from '../control/policy-folder.ts'
import { AgentError, EXIT, messageOf } from '../platform/errors.ts'
import type { CommandContext } from './context.ts'
import { cedarEngine, folderOf, problemLine } from './policy-folder.ts'
import { tableText } from './table.ts'

/** `assize policy check DIR`: would an agent load it? */
export async function runPolicyCheck(context: CommandContext, folder: string): Promise<number> {
  const compiled = compilePolicy(readPolicyFolder(folderOf(folder)), await cedarEngine())
  if (!compiled.ok) return refused(context, compiled.problems)
  const { version, rules, warnings, enforce, sequences } = compiled.policy
  if (context.json) {
    await context.say(JSON.stringify({ ok: true, version, policies: rules.size, sequences: sequences.length, enforce, warnings }))
    return EXIT.done
  }
  for (const warning of warnings) await context.say(`warning: ${problemLine(warning)}`)
  await context.say(tableText(['verdict', 'policies', 'of them critical', 'high', 'medium', 'low'], verdictRows(compiled.policy)))
  const watching = enforce ? '' : ' It only watches: nothing is stopped.'
  await context.say(`\n${version.name} ${version.version}: ${rules.size} policies and ${sequences.length} sequences, valid.${watching}`)
  return EXIT.done
}

function verdictRows({ rules }: Policy): readonly (readonly (string | number)[])[] {
  return VERDICTS.toReversed().flatMap((verdict) => {
    const speaking = [...rules.values()].filter((rule) => rule.verdict === verdict)
    if (speaking.length === 0) return []
    const of = (severity: string): number => speaking.filter((rule) => rule.effect === 'forbid' && rule.severity === severity).length
    return [[verdict, speaking.length, of('critical'), of('high'), of('medium'), of('low')]]
  })
}

/** `assize policy test DIR`: runs the folder's own cases. */
export async function runPolicyTest(context: CommandContext, folder: string): Promise<number> {
  const files = readPolicyFolder(folderOf(folder))
  const compiled = compilePolicy(files, await cedarEngine())
  if (!compiled.ok) return refused(context, compiled.problems)
  const run = runPolicyTests(compiled.policy, files)
  if (context.json) await context.say(JSON.stringify(run))
  else {
    for (const problem of run.problems) await context.say(problemLine(problem))
    await context.say(tableText(['file', 'cases', 'failed'], caseRows(compiled.policy, files)))
    await context.say(`\n${run.ran} cases, ${run.problems.length} failed.`)
  }
  return run.problems.length === 0 ? EXIT.done : EXIT.no
}

function caseRows(policy: Policy, files: PolicyFiles): readonly (readonly (string | number)[])[] {
  return [...files]
    .filter(([file]) => file.startsWith('tests/'))
    .map(([file, text]) => {
      const { ran, problems } = runPolicyTests(policy, new Map([[file, text]]))
      return [file, ran, problems.length]
    })
}

async function refused(context: CommandContext, problems: readonly PolicyProblem[]): Promise<number> {
  if (context.json) await context.say(JSON.stringify({ ok: false, problems }))
  else for (const problem of problems) await context.say(problemLine(problem))
  return EXIT.no
}

/** `assize policy flatten DIR OUT`: the whole folder, with what it takes over from the pack it extends; what can be published. */
export async function runPolicyFlatten(context: CommandContext, [folder = '', out = '']: readonly string[]): Promise<number> {
  const files = readPolicyFolder(folderOf(folder))
  const compiled = compilePolicy(files, await cedarEngine())
  if (!compiled.ok) return refused(context, compiled.problems)
  try {
    mkdirSync(out, { recursive: true })
    if (readdirSync(out).length > 0) throw new Error('it is not empty')
    for (const [file, text] of files) {
      mkdirSync(join(out, dirname(file)), { recursive: true })
      writeFileSync(join(out, file), text, { flag: 'wx' })
    }
  } catch (error) {
    throw new AgentError('usage', `The folder could not be written to \`${out}\` (${messageOf(error)}). Give a new or empty folder.`, error)
  }
  await context.say(context.json ? JSON.stringify({ ok: true, files: [...files.keys()] }) : `${files.size} files in ${out}.`)
  return EXIT.done
}
