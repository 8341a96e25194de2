/** What an edit takes away from the protection of a program or a service: checks that no longer check, doors that are left open. */
import { traced, type TracedEffect } from '../traced-effect.ts'
import type { Added } from './added-lines.ts'

/** Longest text looked at, and most lines of it. */
const [LENGTH, LINES] = [65_536, 400]

/** What a line says that switches a guard off, and what that means. Data. */
const WEAKENS: readonly (readonly [RegExp, string])[] = [
  [
    /\bverify\s*=\s*False\b|\brejectUnauthorized['"]?\s*:\s*false\b|NODE_TLS_REJECT_UNAUTHORIZED['"\]]*\s*[=:]\s*['"]?0|\bInsecureSkipVerify\s*:\s*true\b|\bssl[-_.]?verify\w*['"]?\s*[=:>]\s*['"]?(?:false|0|off|no)\b|\bstrict-ssl\s*[=:]\s*false\b|SSL_VERIFYPEER\s*(?:,|=>)\s*(?:false|0)\b|_create_unverified_context|\bCERT_NONE\b|\bsslmode=disable\b|\bStrictHostKeyChecking[= ]+(?:no|off)\b/i,
    'certificates are no longer checked',
  ],
  [
    /checksumPolicy\s*>\s*ignore|\bgpgcheck\s*=\s*0\b|\ballowInsecureProtocol\b\s*(?:=|\()\s*true|\bGONOSUMDB\s*=|\bGOFLAGS\s*=.{0,40}-insecure|\bverify[-_]?(?:signatures?|checksums?|integrity)['"]?\s*[=:]\s*['"]?(?:false|off|no)\b|\btrusted[-_]host\s*=/i,
    'packages are no longer checked',
  ],
  [/^\s*(?:PermitRootLogin\s+yes|PasswordAuthentication\s+yes|PermitEmptyPasswords\s+yes)\b|\bNOPASSWD\s*:\s*ALL\b/i, 'more may log in'],
  [
    /\bcsrf\(\)\s*\.\s*disable\(|\bcsrf_exempt\b|\banyRequest\(\)\s*\.\s*permitAll\(|\b(?:require|enforce|enable)_?-?(?:auth\w*|login|mfa|2fa|signature\w*|approvals?)['"]?\s*[:=]\s*['"]?(?:false|off|no|none)\b|\b(?:auth|authentication|authorization|mfa|rbac)(?:[._-]?(?:enabled|required))?['"]?\s*[:=]\s*['"]?(?:false|none|off|disabled)\b|\bdisable[-_]?(?:auth\w*|security|mfa)['"]?\s*[:=]\s*['"]?true\b|\balgorithms?['"]?\s*[:=]\s*\[?\s*['"]none['"]/i,
    'callers are no longer checked',
  ],
  [
    /\b(?:acl|predefined_acl)['"]?\s*[=:]\s*['"]public-read|\bblock_public_\w+\s*=\s*false\b|\bpublicly_accessible\s*=\s*true\b|\b(?:cidr_blocks|source_ranges|cidr_ip|sourceRanges|CidrIp)['"]?\s*[=:]\s*\[?\s*['"]?0\.0\.0\.0\/0/i,
    'open to everybody',
  ],
]
/** Text that each of them holds some of. */
const HINT =
  /verif|reject|insecure|ssl|CERT_|StrictHost|checksum|gpgcheck|GONOSUM|trusted|Permit|PasswordAuth|NOPASSWD|csrf|permitAll|auth|mfa|2fa|login|approval|security|rbac|algorithm|acl|public|cidr|source_?ranges/i

/** A call or a mark that lets only some through. */
const CHECK =
  /\b(?:\w{0,40}(?:verif|validat|authenti|authoriz|authoris|signature|permission|isAllowed|is_allowed|hasRole|has_role|isAdmin|is_admin|checkPassword|check_password|constantTime|compare_digest|timingSafeEqual)\w{0,40})\s{0,8}\(|@(?:PreAuthorize|Secured|RolesAllowed|login_required|require_\w*auth\w*|permission_required|authenticated)\b|\brequire(?:Auth|Login|Admin)\b|\bbefore_action\s*:\s*\w*authenticat/i
/** An answer that lets everybody through. */
const LETS_THROUGH = /\breturn\s+(?:true|True|TRUE|nil|None|null|0|Ok\(\(\)\)|next\(\))\s*;?|=>\s*true\b|\bpass\b|\bnext\(\)/

/** What a request hands in is run as a program. */
const RUNS_REQUEST =
  /\b(?:system|exec|shell_exec|passthru|eval|assert|popen|proc_open|pcntl_exec)\s{0,8}\(\s{0,40}[^;\n]{0,120}\$_(?:GET|POST|REQUEST|COOKIE|SERVER|FILES)\b|\b(?:os\.(?:system|popen)|subprocess\.\w+|eval|exec)\s{0,8}\(\s{0,40}[^;\n]{0,120}\brequest\.(?:args|form|values|data|json|GET|POST|params|query\w*|body)\b|\b(?:exec|execSync|spawn|spawnSync|eval|Function)\s{0,8}\(\s{0,40}[^;\n]{0,120}\breq(?:uest)?\.(?:query|body|params|headers)\b|\bexec\s{0,8}\(\s{0,40}[^;\n]{0,120}\brequest\.getParameter\b|\b(?:system|eval|exec)\s{0,8}\(?\s{0,40}[^;\n]{0,60}\bparams\[/

/** Texts for people, and what only tests see: nothing there guards anything. */
const NO_GUARD =
  /\.(?:md|mdx|txt|rst|adoc|csv|log|ipynb)$|(?:^|[/._-])(?:tests?|specs?|__tests__|fixtures?|mocks?|examples?|docs?)(?:[/._-]|$)/i

/** What the change does to the guards of the file, by its added lines and what they replace. */
export function guardEffects(path: string, { arg, text, old }: Added, workspace = ''): readonly TracedEffect[] {
  if (text.length > LENGTH) return []
  const effects: TracedEffect[] = []
  const backdoor = /\$_|req|params/.test(text) ? RUNS_REQUEST.exec(text)?.[0] : undefined
  if (backdoor !== undefined) effects.push(runsRequest(path, { arg, line: backdoor }))
  // What the folder of the project itself is called says nothing of its files.
  if (NO_GUARD.test(path.startsWith(`${workspace}/`) ? path.slice(workspace.length) : path)) return effects
  const weakened = HINT.test(text) ? weakenedBy(text) : undefined
  if (weakened !== undefined) effects.push(opens(path, { arg, ...weakened }))
  else if (old !== undefined && losesCheck(old, text))
    effects.push(opens(path, { arg, line: text.trim(), what: 'what was checked here is let through' }))
  return effects
}

function weakenedBy(text: string): { readonly line: string; readonly what: string } | undefined {
  for (const line of text.split('\n').slice(0, LINES)) {
    if (line.length > 2000 || /^\s*(?:#|\/\/|\*|--|;|<!--)/.test(line)) continue
    const found = WEAKENS.find(([pattern]) => pattern.test(line))
    if (found !== undefined) return { line: line.trim(), what: found[1] }
  }
  return undefined
}

/** A check stood in what is replaced, none in what takes its place, which lets everybody through. */
function losesCheck(old: string, text: string): boolean {
  if (old.length > LENGTH || !CHECK.test(old) || CHECK.test(text)) return false
  return LETS_THROUGH.test(text) && !LETS_THROUGH.test(old)
}

interface Found {
  readonly arg: string
  readonly line: string
}

function runsRequest(path: string, { arg, line }: Found): TracedEffect {
  return {
    ...traced({
      class: 'code.install',
      target: path,
      certainty: 'likely',
      kind: 'path',
      spellings: [{ arg, text: line.slice(0, 400) }],
      detail: 'persistence: runs what a request hands in',
    }),
    payload: [{ arg, text: line.slice(0, 400) }],
  }
}

/** Whoever was kept out before may come in: a grant to nobody in particular. */
function opens(path: string, { arg, line, what }: Found & { readonly what: string }): TracedEffect {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return {
    ...traced({
      class: 'identity.grant',
      target: `whoever uses ${name}`,
      certainty: 'inferred',
      kind: 'name',
      spellings: [{ arg, text: name }],
      detail: `${WEAKENED}: ${what}`,
    }),
    payload: [{ arg, text: line.slice(0, 400) }],
  }
}

/** How the detail of an effect that weakens a guard begins. */
export const WEAKENED = 'weakens a guard'
