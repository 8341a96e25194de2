/** Tokens of code hosts, package registries, build services and what developers deploy with. */
import { crcTail } from '../checksum.ts'
import { prefixed, type SecretFormat } from '../format.ts'
import { randomness } from '../randomness.ts'

export const CODE_HOSTING: readonly SecretFormat[] = [
  checked(['github-token', 'a GitHub token'], ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_']),
  prefixed(['github-token', 'a GitHub token'], 'github_pat_', '[A-Za-z0-9]{22}_[A-Za-z0-9]{59}'),
  checked(['npm-token', 'an npm token'], ['npm_']),
  prefixed(['gitlab-token', 'a GitLab token'], 'glpat-', '[A-Za-z0-9_-]{20,300}(?:\\.[0-9a-z]{2}[0-9a-z]{7})?'),
  prefixed(
    ['gitlab-token', 'a GitLab token'],
    ['gldt-', 'glft-', 'glsoat-', 'glffct-', 'glrt-', 'glimt-', 'glagent-', 'gloas-'],
    '[A-Za-z0-9_-]{20,300}',
  ),
  prefixed(['gitlab-token', 'a GitLab trigger token'], 'glptt-', '[0-9a-f]{40}'),
  prefixed(['gitlab-token', 'a GitLab job token'], 'glcbt-', '[0-9a-zA-Z]{1,5}_[0-9a-zA-Z_-]{20}'),
  prefixed(['gitlab-token', 'a GitLab runner token'], 'GR1348941', '[A-Za-z0-9_-]{20}'),
  prefixed(['bitbucket-token', 'a Bitbucket token'], ['ATCTT3', 'ATBB'], '[A-Za-z0-9_=-]{24,220}'),
  prefixed(['atlassian-token', 'an Atlassian token'], 'ATATT3', '[A-Za-z0-9_=-]{100,240}'),
  prefixed(['pypi-token', 'a PyPI token'], 'pypi-AgE', '[A-Za-z0-9_-]{50,1000}'),
  prefixed(['rubygems-token', 'a RubyGems token'], 'rubygems_', '[a-f0-9]{48}'),
  prefixed(['clojars-token', 'a Clojars token'], 'CLOJARS_', '[A-Za-z0-9]{60}'),
  prefixed(['cratesio-token', 'a crates.io token'], 'cio', '[A-Za-z0-9]{32}'),
  prefixed(['nuget-key', 'a NuGet key'], 'oy2', '[a-z0-9]{43}'),
  prefixed(['docker-token', 'a Docker token'], ['dckr_pat_', 'dckr_oat_'], '[A-Za-z0-9_-]{27,40}'),
  prefixed(['artifactory-key', 'an Artifactory key'], 'AKCp', '[A-Za-z0-9]{69,73}'),
  prefixed(['artifactory-key', 'an Artifactory reference token'], 'cmVmd', '[A-Za-z0-9]{59}'),
  prefixed(['sourcegraph-token', 'a Sourcegraph token'], 'sgp_', '(?:(?:[a-fA-F0-9]{16}|local)_)?[a-fA-F0-9]{40}'),
  prefixed(['pulumi-token', 'a Pulumi token'], 'pul-', '[a-f0-9]{40}'),
  prefixed(
    ['doppler-token', 'a Doppler token'],
    ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.'],
    '(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}',
  ),
  prefixed(['heroku-key', 'a Heroku key'], 'HRKU-AA', '[0-9a-zA-Z_-]{58}'),
  prefixed(['flyio-token', 'a Fly.io token'], ['fo1_', 'fm1r_', 'fm1a_', 'fm2_'], '[A-Za-z0-9+/_-]{43,2000}={0,3}'),
  prefixed(['render-key', 'a Render key'], 'rnd_', '[A-Za-z0-9]{28,40}'),
  prefixed(['netlify-token', 'a Netlify token'], 'nfp_', '[A-Za-z0-9]{36,40}'),
  prefixed(['vercel-token', 'a Vercel token'], ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'], '[A-Za-z0-9]{24,64}'),
  prefixed(['buildkite-token', 'a Buildkite token'], ['bkua_', 'bkpat_', 'bkaj_'], '[a-z0-9]{40}'),
  prefixed(['circleci-token', 'a CircleCI token'], ['CCIPAT_', 'CCIPRJ_'], '[A-Za-z0-9]{20,24}_[a-f0-9]{40}'),
  prefixed(['sonar-token', 'a Sonar token'], ['squ_', 'sqp_', 'sqa_'], '[a-f0-9]{40}'),
  prefixed(['postman-key', 'a Postman key'], 'PMAK-', '[a-f0-9]{24}-[a-f0-9]{34}'),
  prefixed(['readme-key', 'a ReadMe key'], 'rdme_', '[a-z0-9]{70}'),
  prefixed(['prefect-token', 'a Prefect token'], ['pnu_', 'pnb_'], '[A-Za-z0-9]{36}'),
  prefixed(
    ['snyk-token', 'a Snyk token'],
    ['snyk_uat.', 'snyk_sat.'],
    '[a-f0-9]{8}\\.[A-Za-z0-9_-]{30,400}(?:\\.[A-Za-z0-9_-]{20,400}){0,3}',
  ),
  prefixed(['semgrep-token', 'a Semgrep token'], 'sgp_app_', '[A-Za-z0-9]{30,64}'),
  prefixed(
    ['jetbrains-token', 'a JetBrains token'],
    'perm:',
    '[A-Za-z0-9+/]{8,64}={0,2}\\.[A-Za-z0-9+/]{2,64}={0,2}\\.[A-Za-z0-9+/]{20,64}={0,2}',
  ),
]

/** Six digits at the end tell; a wrong sum is still worth a doubt where the token stands by itself. */
function checked([kind, what]: readonly [string, string], literals: readonly string[]): SecretFormat {
  const pattern = new RegExp(`(?:${literals.join('|')})[A-Za-z0-9]{36}`, 'y')
  return { kind: `secret.${kind}`, what, literals, pattern, from: 'literal', anywhere: true, verify: checkedScore }
}

function checkedScore(token: string, around: string): number {
  if (!randomness(token.slice(token.indexOf('_') + 1))) return 0
  if (crcTail(token)) return 1
  const at = around.indexOf(token)
  return /[A-Za-z0-9_-]/.test(around[at - 1] ?? ' ') || /[A-Za-z0-9_-]/.test(around[at + token.length] ?? ' ') ? 0 : 0.5
}
