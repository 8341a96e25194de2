import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { NoDecision } from './errors.ts'

/** Where the agent keeps what programs prove to have read. */
export function defaultSecretFile(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  return join(environment['ASSIZE_STATE'] ?? stateDirectory(environment), 'api.token')
}

/** As the agent chooses it when nobody says otherwise. */
function stateDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  const root = process.getuid?.() === 0
  switch (process.platform) {
    case 'win32':
      return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Assize')
    case 'darwin':
      return join(root ? '/' : homedir(), 'Library', 'Application Support', 'Assize')
    default:
      return root ? '/var/lib/assize' : join(environment['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'assize')
  }
}

/** Read for every session: a new agent may have a new one. */
export async function readSecret(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    throw new NoDecision(`its token ${file} cannot be read`, error)
  }
}
