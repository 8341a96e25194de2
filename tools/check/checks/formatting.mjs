// Biome: formatting, and no dependency used without being declared by the package that uses it.
import { captureNode } from '../process.mjs'

export const formatting = {
  name: 'format',
  async run() {
    const { code, output } = await captureNode('@biomejs/biome/bin/biome', ['check', '--max-diagnostics=200', '--reporter=github', '.'])
    const note = /Checked (\d+) files/.exec(output)?.[0] ?? ''
    return { note, problems: code === 0 ? [] : [output] }
  },
}
