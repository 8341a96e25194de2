/** Places of the guard and of Gemini CLI's own rules, as they stand in arguments. */
const OWN_PLACES = [
  String.raw`\.local/state/assize`,
  '/var/lib/assize',
  '/etc/assize',
  'Application Support/(?:Assize|GeminiCli)',
  String.raw`(?:AppData|ProgramData)[^"]{0,40}(?:Assize|gemini-cli)`,
  '/etc/gemini-cli',
]
/** Commands that answer for a person, or end the protection. */
const OWN_COMMANDS = String.raw`\bassize[^"]{0,40} (?:stop|unprotect|approve|deny|revoke|model|policy)\b`

/**
 * Rules that Gemini CLI itself keeps, also when somebody leads it past the settings that hold its hooks: the guard and its
 * rules are out of reach. Everything else is for the hooks, which know what a person wanted; a rule here could not.
 */
export function adminPolicy(): string {
  const rule = (pattern: string) =>
    [
      '[[rule]]',
      'toolName = ["run_shell_command", "write_file", "replace"]',
      `argsPattern = ${JSON.stringify(pattern)}`,
      'decision = "deny"',
      'priority = 999',
      'denyMessage = "Blocked by Assize: the guard\'s own files and commands are out of an agent\'s reach."',
      '',
    ].join('\n')
  const head = '# Written by assize protect. Holds even where Gemini CLI is kept from its hooks.\n'
  return [head, rule(OWN_PLACES.join('|')), rule(OWN_COMMANDS)].join('\n')
}
