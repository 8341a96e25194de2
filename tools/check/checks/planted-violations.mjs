// One planted violation for every boundary rule, in a copy of the tree: a rule that catches nothing fails here.
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '../../bootstrap/runtime.mjs'
import config from '../boundaries.config.mjs'
import { cruiseTree } from '../cruise.mjs'

const PACKAGES = ['proto', 'kernel', 'inference', 'agent', 'hub', 'console', 'sdk']

/** rule -> [file that breaks it, its text]. Targets are planted too, so that nothing here depends on what the tree happens to hold. */
const PLANTED = {
  'proto-wall': ['proto/src/planted.ts', "import '../../kernel/src/event/json.ts'"],
  'kernel-wall': ['kernel/src/event/planted-wall.ts', "import '../../../agent/src/platform/planted-target.ts'"],
  'inference-wall': ['inference/src/planted-wall.ts', "import '../../agent/src/platform/planted-target.ts'"],
  'agent-wall': ['agent/src/ship/planted-wall.ts', "import '../../../hub/src/ingest/planted-target.ts'"],
  'hub-wall': ['hub/src/ingest/planted-wall.ts', "import '../../../agent/src/ship/planted-target.ts'"],
  'console-wall': ['console/src/planted-wall.ts', "import '../../hub/src/serve/schemas.ts'"],
  'sdk-wall': ['sdk/src/planted-wall.ts', "import '../../agent/src/platform/planted-target.ts'"],
  'kernel-is-pure': ['kernel/src/effect/planted-pure.ts', "import 'node:fs'"],
  'kernel-allowlist': ['kernel/src/effect/planted-list.ts', "import 'fast-check'"],
  'kernel-cedar-is-injected': [
    'kernel/src/capability/planted-cedar.ts',
    "import { checkParsePolicySet } from '@cedar-policy/cedar-wasm/nodejs'\nexport const x = checkParsePolicySet",
  ],
  'kernel-order-event': ['kernel/src/event/planted-order.ts', "import '../effect/effect.ts'"],
  'kernel-order-effect': [
    'kernel/src/effect/planted-order.ts',
    "import type { Finding } from '../finding/finding.ts'\nexport type X = Finding",
  ],
  'kernel-order-evidence': ['kernel/src/finding/planted-order.ts', "import '../decision/decision.ts'"],
  'kernel-order-capability': ['kernel/src/capability/planted-order.ts', "import '../explain/planted-target.ts'"],
  'kernel-order-decision': ['kernel/src/decision/planted-order.ts', "import '../journal/entry.ts'"],
  'agent-stages-do-not-meet': ['agent/src/act/planted-stage.ts', "import '../record/planted-target.ts'"],
  'hub-stages-meet-in-the-store': [
    'hub/src/ingest/planted-stage.ts',
    "const x = await import('../distribute/planted-target.ts')\nexport { x }",
  ],
  'serve-sees-faces-only': ['hub/src/serve/planted-face.ts', "import '../distribute/planted-target.ts'"],
  'only-ingest-appends': ['hub/src/distribute/planted-append.ts', "import '../store/append.ts'"],
  'platform-is-the-floor': ['agent/src/platform/planted-floor.ts', "import '../record/planted-target.ts'"],
  'store-is-below-stages': ['hub/src/store/planted-below.ts', "import '../ingest/planted-target.ts'"],
  'config-sees-faces-only': ['agent/src/config/planted-face.ts', "import '../record/planted-target.ts'"],
  'roots-are-not-imported': ['agent/src/platform/planted-root.ts', "import '../pipeline.ts'"],
  'every-folder-is-known': ['agent/src/misc/planted-folder.ts', "import '../platform/planted-target.ts'"],
  'members-do-not-meet': ['agent/src/sense/planted-one/planted-member.ts', "import '../planted-two/planted-target.ts'"],
  'members-do-not-know-the-list': ['agent/src/sense/planted-one/planted-list.ts', "import '../index.ts'"],
  'wire-stays-at-the-edge': ['agent/src/ship/planted-wire.ts', "import '../../../proto/src/index.ts'"],
  'no-test-in-product': ['agent/src/platform/planted-test.ts', "import './planted-target.test.ts'"],
  'no-cycles': [
    'agent/src/platform/planted-cycle.ts',
    "import type { Other } from './planted-cycle-other.ts'\nexport interface One { other?: Other }",
  ],
  'no-orphans': ['agent/src/platform/planted-orphan.ts', 'export const alone = 1'],
  resolvable: ['agent/src/platform/planted-unresolved.ts', "import './does-not-exist.ts'"],
}
const TARGETS = {
  ...Object.fromEntries(
    [
      'agent/src/platform',
      'agent/src/record',
      'agent/src/ship',
      'agent/src/sense/planted-two',
      'hub/src/ingest',
      'hub/src/distribute',
      'kernel/src/explain',
    ].map((folder) => [`${folder}/planted-target.ts`, 'export const target = 1']),
  ),
  'agent/src/platform/planted-target.test.ts': 'export const target = 1',
  'agent/src/platform/planted-cycle-other.ts': "import type { One } from './planted-cycle.ts'\nexport interface Other { one?: One }",
}
/** Planted only where the tree has none of its own yet. */
const IF_MISSING = {
  'agent/src/sense/index.ts': 'export const SENSORS = []',
  'agent/src/pipeline.ts': 'export const pipeline = 1',
  'hub/src/store/append.ts': 'export const append = 1',
}

export const plantedViolations = {
  name: 'planted-violations',
  async run() {
    const copy = await mkdtemp(join(tmpdir(), 'assize-planted-'))
    try {
      await copyTree(copy)
      for (const [path, text] of Object.entries(TARGETS)) await plant(copy, path, text)
      for (const [path, text] of Object.entries(IF_MISSING)) if (!existsSync(join(copy, path))) await plant(copy, path, text)
      for (const [path, text] of Object.values(PLANTED)) await plant(copy, path, text)
      return judge(await cruiseTree(copy))
    } finally {
      await rm(copy, { recursive: true, force: true })
    }
  },
}

function judge({ violations }) {
  const names = config.forbidden.map((rule) => rule.name)
  const problems = names.filter((name) => !PLANTED[name]).map((name) => `rule ${name} has no planted violation; add one`)
  for (const [name, [file]] of Object.entries(PLANTED)) {
    if (!names.includes(name)) problems.push(`a violation is planted for ${name}, which is no rule any more`)
    else if (!violations.some((violation) => violation.rule === name && [violation.from, violation.to].includes(file)))
      problems.push(`rule ${name} did not catch ${file}`)
  }
  return { note: `${names.length} rules, each catches its own`, problems }
}

async function plant(copy, path, text) {
  await mkdir(dirname(join(copy, path)), { recursive: true })
  await writeFile(join(copy, path), `${text}\n`)
}

/** Sources are copied; installed packages are linked, workspace packages to the copy. */
async function copyTree(copy) {
  await writeFile(join(copy, 'package.json'), '{ "type": "module" }')
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  for (const name of PACKAGES) {
    await cp(join(root, name, 'src'), join(copy, name, 'src'), { recursive: true }).catch(ignoreMissing)
    await cp(join(root, name, 'package.json'), join(copy, name, 'package.json'))
    await linkModules(join(root, name, 'node_modules'), join(copy, name, 'node_modules'), copy)
  }
}

async function linkModules(from, to, copy) {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from).catch(() => [])) {
    if (entry !== '@assize') await symlink(join(from, entry), join(to, entry))
    else {
      await mkdir(join(to, entry))
      for (const name of await readdir(join(from, entry))) await symlink(join(copy, name), join(to, entry, name))
    }
  }
}

function ignoreMissing(error) {
  if (error.code !== 'ENOENT') throw error
}
