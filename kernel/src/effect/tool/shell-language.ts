import type { ToolCall } from '../../event/event.ts'

/** Grammars a command line may be written in. */
export type ShellLanguage = 'posix' | 'powershell' | 'cmd'

/** Arguments that say which shell is meant. */
const HINTS = ['shell', 'shell_type', 'shellType', 'terminal', 'terminalType', 'interpreter', 'executable', 'language', 'lang']
const POSIX_TOOL = /(?:^|[^a-z])(?:ba|z|da|k)?sh(?:$|[^a-z])|bash/i

/** Of PowerShell: variables of the environment, commands of two words, types, here-texts, operators in letters. */
const POWERSHELL =
  /\$env:|\$\w+\s*=|\b(?:Add|Clear|Compress|Convert(?:To|From)?|Copy|Disable|Enable|Expand|Export|ForEach|Format|Get|Import|Install|Invoke|Join|Measure|Move|New|Out|Push|Register|Remove|Rename|Resolve|Restart|Select|Send|Set|Sort|Split|Start|Stop|Test|Update|Where|Write)-[A-Z]\w+|\[[A-Za-z][\w.]*\]::|\b(?:iex|iwr|irm|gci|gc|ri)\s|@['"]\r?\n|\s-(?:eq|ne|like|match|join|replace|notmatch)\s/i
/** Of the command prompt: its variables, its loops and conditions, its switches, its escapes. */
const CMD =
  /%[A-Za-z_][\w()]{0,60}(?::[^%\n]{1,80})?%|^\s*@?echo\s+off\b|\bif\s+(?:not\s+)?(?:exist|defined|errorlevel)\b|\bfor\s+(?:\/[dflr]\s|%)|\bset\s+\/[ap]\b|\b(?:del|erase|rd|rmdir|copy|xcopy|dir|move|type|start|attrib)\s+\/[a-z]|\^[&|<>^\n]/im

/** What a command line of a tool that does not say so itself is written in. */
export function shellLanguage(call: ToolCall, text: string, platform: 'posix' | 'windows'): ShellLanguage {
  for (const key of HINTS) {
    const hint = call.args[key]
    if (typeof hint !== 'string' || hint.length > 200) continue
    if (/pwsh|powershell/i.test(hint)) return 'powershell'
    if (/(?:^|[\\/])cmd(?:\.exe)?$|^(?:batch|bat)$|command prompt/i.test(hint)) return 'cmd'
    if (/sh(?:\.exe)?$/i.test(hint)) return 'posix'
  }
  if (platform !== 'windows' || POSIX_TOOL.test(call.tool)) return 'posix'
  const start = text.slice(0, 16_384)
  return CMD.test(start) && !POWERSHELL.test(start) ? 'cmd' : 'powershell'
}
