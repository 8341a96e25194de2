// knip: files nobody imports, exports nobody uses, dependencies declared and not used or used and not declared.
import { captureNode } from '../process.mjs'

export const deadCode = {
  name: 'dead-code',
  async run() {
    const whole = await captureNode('knip/bin/knip.js', ['--no-progress', '--no-config-hints'])
    const product = await captureNode('knip/bin/knip.js', ['--no-progress', '--no-config-hints', '--strict', '--production'])
    const problems = []
    if (whole.code !== 0) problems.push(whole.output)
    if (product.code !== 0) problems.push(`product alone (--strict):\n${product.output}`)
    return { note: '', problems }
  },
}
