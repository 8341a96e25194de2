// oxlint, type-aware: correctness, unawaited promises, exhaustive switches, sizes, no default exports.
import { captureNode } from '../process.mjs'

const FOLDERS = ['proto', 'kernel', 'inference', 'agent', 'hub', 'console', 'test', 'bench', 'tools']

export const lint = {
  name: 'lint',
  async run() {
    const { code, output } = await captureNode('oxlint/bin/oxlint', ['--type-aware', '--format=unix', ...FOLDERS])
    return { note: '', problems: code === 0 ? [] : [output] }
  },
}
