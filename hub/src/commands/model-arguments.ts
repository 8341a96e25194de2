import { usage } from './commands.ts'

export function taskOf(said: string): 'texts' | 'calls' {
  if (said === 'texts' || said === 'calls') return said
  throw usage(`There are models that read \`texts\` and \`calls\`, none for \`${said.slice(0, 40)}\`.`, 'Look at `assize-hub model list`.')
}

export function releaseOf(said: string): number {
  const version = Number(said)
  if (Number.isSafeInteger(version) && version > 0) return version
  throw usage(`\`${said.slice(0, 40)}\` is no release.`, 'Look at `assize-hub model list`.')
}
