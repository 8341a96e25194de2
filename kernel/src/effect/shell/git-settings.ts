/** Settings of Git that make it run something. Data. */

/** The value is a command. `*` is any name. */
const COMMANDS =
  'core.sshcommand core.pager core.editor core.askpass core.gitproxy sequence.editor diff.external diff.*.command diff.*.textconv merge.*.driver mergetool.*.cmd difftool.*.cmd filter.*.clean filter.*.smudge filter.*.process gpg.program gpg.*.program pager.* browser.*.cmd man.*.cmd guitool.*.cmd uploadpack.packobjectshook remote.*.uploadpack remote.*.receivepack sendemail.smtpserver trailer.*.command trailer.*.cmd interactive.difffilter web.browser'
/** The value is a folder whose programs Git runs, or a file with more settings. */
const PLACES = 'core.hookspath init.templatedir include.path includeif.*.path core.attributesfile'

function matcher(names: string): RegExp {
  return new RegExp(`^(?:${names.replace(/[.]/g, '\\.').replaceAll('*', '.+').split(' ').join('|')})$`)
}

const COMMAND = matcher(COMMANDS)
const PLACE = matcher(PLACES)

export function gitPathSetting(key: string): boolean {
  return PLACE.test(key.toLowerCase())
}

/** The command that a setting of this value makes Git run; undefined when it runs none. */
export function gitSettingRuns(key: string, value: string): string | undefined {
  const name = key.toLowerCase()
  if (name.startsWith('alias.')) return value.startsWith('!') ? value.slice(1) : value.includes('-c ') ? `git ${value}` : undefined
  if (/^credential\.(.+\.)?helper$/.test(name)) return value.startsWith('!') ? value.slice(1) : /[\s/]/.test(value) ? value : undefined
  if (name === 'core.fsmonitor') return /^(?:true|false|1|0|)$/.test(value) ? undefined : value
  return COMMAND.test(name) && value !== '' ? value : undefined
}
