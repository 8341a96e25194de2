/** Tells a file from a place of the network where an argument may hold either: editors call a file of the workspace its `uri`. */

/** Ends of files that are no domains as well. */
const FILE_END =
  /\.(?:java|kts?|scala|groovy|gradle|jsx?|tsx?|mjs|cjs|mts|cts|json[5lc]?|xml|ya?ml|toml|html?|s?css|less|go|cpp|hpp|hh|cs|csproj|sln|php|rb|erb|swift|sql|txt|csv|tsv|ipynb|tfvars|hcl|lock|ini|cfg|conf|config|env|ps1|bat|cmd|vue|svelte|xlsx?|docx?|pptx?|odt|pdf|png|jpe?g|gif|svg|webp|proto|graphql|cmake|patch|diff|log|tex|bib|rst|adoc|r|lua|dart|ex|exs|erl|hs|clj|dockerfile|gitignore)$/i
/** Ends of files that are domains of countries too: believed behind a folder only. */
const FOLDER_END = /\.(?:cc|tf|mk|properties|md|rs|py|sh|pl|so|ai|c|h|m|vb|jl|ml|zip|mov|app)$/i

/** Whether a text without a scheme is the path of a file and not a host: `src/Main.java`, `./a`, `pom.xml`. */
export function isFilePath(spelled: string): boolean {
  const text = spelled.trim()
  if (/^(?:[A-Za-z]:[\\/]|\.{1,2}\/|~\/)/.test(text)) return true
  if (text.startsWith('//') || /^[a-z][\w+.-]*:|[\s?#@]/i.test(text)) return false
  if (text.startsWith('/')) return FILE_END.test(text) || FOLDER_END.test(text)
  const slash = text.indexOf('/')
  if (slash < 0) return FILE_END.test(text)
  // A folder of the workspace has no dot, or begins with it; a host has one between names.
  return (FILE_END.test(text) || FOLDER_END.test(text)) && text.lastIndexOf('.', slash) <= 0
}
