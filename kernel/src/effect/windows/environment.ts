import type { Surroundings } from '../place/path.ts'
import type { Expanded } from '../shell/expanded.ts'
import { act, type Reading } from '../shell/reading.ts'

const SECRET_NAME = /(?:^|_)(?:SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)(?:_|$)/i

/** What every Windows sets, whoever is logged in. */
const FIXED: Readonly<Record<string, string>> = {
  comspec: 'C:\\WINDOWS\\system32\\cmd.exe',
  systemroot: 'C:\\WINDOWS',
  windir: 'C:\\WINDOWS',
  systemdrive: 'C:',
  programfiles: 'C:\\Program Files',
  'programfiles(x86)': 'C:\\Program Files (x86)',
  programdata: 'C:\\ProgramData',
  allusersprofile: 'C:\\ProgramData',
  public: 'C:\\Users\\Public',
  pathext: '.COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC',
  os: 'Windows_NT',
}
const HOME: Readonly<Record<string, string>> = {
  userprofile: '',
  home: '',
  appdata: '\\AppData\\Roaming',
  localappdata: '\\AppData\\Local',
  temp: '\\AppData\\Local\\Temp',
  tmp: '\\AppData\\Local\\Temp',
  onedrive: '\\OneDrive',
}

/** A variable of the environment; `spelled` stands in for what cannot be told. Reading one that is named like a secret is told. */
export function environmentValue(name: string, spelled: string, reading: Reading): Expanded {
  const lower = name.toLowerCase()
  const fixed = FIXED[lower]
  if (fixed !== undefined && reading.at.platform === 'windows') return { text: fixed, known: true, glob: false }
  const below = HOME[lower]
  const home = reading.at.home
  if (below !== undefined && home !== undefined) return { text: homeFolder(home, below, reading.at), known: true, glob: false }
  if (SECRET_NAME.test(name)) {
    const word = { text: spelled, known: false, glob: false }
    act(
      {
        class: 'secret.read',
        target: `environment:${name}`,
        certainty: 'inferred',
        kind: 'name',
        words: [word],
        detail: 'an environment variable',
      },
      reading,
    )
  }
  return { text: fixed ?? spelled, known: false, glob: false }
}

function homeFolder(home: string, below: string, at: Surroundings): string {
  return at.platform === 'windows' || /^[A-Za-z]:/.test(home) ? home + below : home + below.replaceAll('\\', '/')
}
