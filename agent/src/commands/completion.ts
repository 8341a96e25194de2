import { AgentError } from '../platform/errors.ts'

/** A completion script for a shell, made from the command names themselves. */
export function completionScript(shell: string, commands: readonly string[]): string {
  const words = commands.join(' ')
  switch (shell) {
    case 'bash':
      return `_assize() { [ "$COMP_CWORD" -eq 1 ] && COMPREPLY=($(compgen -W "${words}" -- "\${COMP_WORDS[1]}")); }\ncomplete -o default -F _assize assize`
    case 'zsh':
      return `#compdef assize\n_assize() { (( CURRENT == 2 )) && compadd ${words} || _files; }\ncompdef _assize assize`
    case 'fish':
      return `complete -c assize -n __fish_use_subcommand -f -a "${words}"`
    default:
      throw new AgentError('usage', `There is no completion for \`${shell}\`; known: bash, zsh, fish.`)
  }
}
