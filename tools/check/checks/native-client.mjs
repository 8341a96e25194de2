// The native front-end passes its own tests, where there is a Rust to run them.
import { join } from 'node:path'
import { root } from '../../bootstrap/runtime.mjs'
import { whyNoNativeClient } from '../../build/native-client.mjs'
import { capture } from '../process.mjs'

export const nativeClient = {
  name: 'native-client',
  async run() {
    const why = whyNoNativeClient()
    if (why !== undefined) return { note: `not tested: ${why}; install Rust from your distribution or rustup`, problems: [] }
    const { code, output, stdout } = await capture('cargo', ['test', '--locked', '--offline', '--quiet'], {
      cwd: join(root, 'agent', 'client'),
    })
    const passed = [...stdout.matchAll(/(\d+) passed/g)].reduce((sum, [, count]) => sum + Number(count), 0)
    return { note: `${passed} tests`, problems: code === 0 ? [] : [output] }
  },
}
