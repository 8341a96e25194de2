// Who may import whom, by dependency-cruiser over the real tree.
import { root } from '../../bootstrap/runtime.mjs'
import { cruiseTree } from '../cruise.mjs'

/** Below this the cruise saw nothing and proves nothing: it happens when no TypeScript API is found. */
const LEAST_MODULES = 200

export const boundaries = {
  name: 'boundaries',
  async run() {
    const { modules, violations } = await cruiseTree(root)
    const problems = violations.map(({ rule, from, to, comment }) => `${rule}: ${from} -> ${to}  (${comment})`)
    if (modules < LEAST_MODULES)
      problems.push(`only ${modules} modules were seen, at least ${LEAST_MODULES} were expected: the check is blind`)
    return { note: `${modules} modules`, problems }
  },
}
