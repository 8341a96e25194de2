const NAME = 'assize'
const DESCRIPTION = 'Asks Assize about every tool call.'

interface PluginFile {
  /** Below the folder, with `/`. */
  readonly name: string
  readonly value: object
}

/**
 * The hooks as a plugin that managed settings switch on. Claude Code started with `--bare` leaves out the hooks of every settings
 * file, managed ones too, but not those of such a plugin.
 */
export function managedPlugin(folder: string, hooks: object): { readonly settings: object; readonly files: readonly PluginFile[] } {
  const source = `./plugins/${NAME}`
  return {
    settings: {
      enabledPlugins: { [`${NAME}@${NAME}`]: true },
      extraKnownMarketplaces: { [NAME]: { source: { source: 'directory', path: folder } } },
    },
    files: [
      {
        name: '.claude-plugin/marketplace.json',
        value: { name: NAME, owner: { name: 'Assize' }, plugins: [{ name: NAME, source, description: DESCRIPTION }] },
      },
      { name: `plugins/${NAME}/.claude-plugin/plugin.json`, value: { name: NAME, version: '1.0.0', description: DESCRIPTION } },
      { name: `plugins/${NAME}/hooks/hooks.json`, value: hooks },
    ],
  }
}
