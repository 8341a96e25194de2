import type { PolicyFiles, PolicyProblem } from './policy.ts'

/** Most characters of one file, and of the whole folder. */
const FILE_CHARACTERS = 256 * 1024
const FOLDER_CHARACTERS = 4 * 1024 * 1024
const FOLDER_FILES = 500

/**
 * The Cedar parser recurses; past about 120 levels it overruns its stack and the engine is lost for the life of the process.
 * These stay well below, and no policy a person can read comes near.
 */
const NESTING = 32
const CONDITIONALS = 32
const OPERATORS = 600

const KNOWN_FILES = /^(bundle\.yaml|sequences\.yaml|schema\.cedarschema|[\w.-]+\.cedar|tests\/[\w.-]+\.ya?ml|README\.md|LICENSE)$/
const TOKEN = /\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|[A-Za-z_]\w*|&&|\|\||[^\s]/gs

/** Looks at names and sizes, and at the nesting of everything the Cedar parser will read, before it reads it. */
export function checkFolder(files: PolicyFiles): readonly PolicyProblem[] {
  const total = [...files.values()].reduce((sum, text) => sum + text.length, 0)
  if (files.size > FOLDER_FILES || total > FOLDER_CHARACTERS) {
    const text = `the folder has ${files.size} files and ${total} characters, more than the ${FOLDER_FILES} and ${FOLDER_CHARACTERS} allowed; split it`
    return [{ code: 'too-large', file: '', text }]
  }
  const missing = ['bundle.yaml', 'schema.cedarschema'].filter((file) => !files.has(file))
  return [
    ...missing.map((file): PolicyProblem => ({ code: 'missing-file', file, text: `the folder has no \`${file}\`; add it` })),
    ...[...files].flatMap(([file, text]) => checkFile(file, text)),
  ]
}

function checkFile(file: string, text: string): readonly PolicyProblem[] {
  if (!KNOWN_FILES.test(file)) {
    const hint = 'a policy folder holds bundle.yaml, schema.cedarschema, sequences.yaml, *.cedar, tests/*.yaml, README.md and LICENSE'
    return [{ code: 'unknown-file', file, text: `\`${file}\` would be ignored; ${hint}` }]
  }
  if (text.length > FILE_CHARACTERS) {
    return [{ code: 'too-large', file, text: `the file has ${text.length} characters, more than the ${FILE_CHARACTERS} allowed; split it` }]
  }
  const excess = /\.cedar(schema)?$/.test(file) ? excessOf(text, file.endsWith('schema')) : undefined
  return excess === undefined ? [] : [{ code: 'too-large', file, text: excess }]
}

/** What in the text is deeper or longer than the Cedar parser is trusted with, or undefined. */
export function excessOf(text: string, isSchema: boolean): string | undefined {
  const [open, close] = isSchema ? ['([{<', ')]}>'] : ['([{', ')]}']
  let [depth, conditionals, operators] = [0, 0, 0]
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (open.includes(token)) depth += 1
    else if (close.includes(token)) depth -= 1
    else if (token === ';') [conditionals, operators] = [0, 0]
    else if (token === 'if') conditionals += 1
    else if (!/^["\w/,]/.test(token)) operators += 1
    if (depth > NESTING) return `line ${lineAt(text, index)} nests deeper than ${NESTING} brackets; simplify the policy`
    if (!isSchema && conditionals > CONDITIONALS)
      return `the policy at line ${lineAt(text, index)} has more than ${CONDITIONALS} if-expressions; split it`
    if (!isSchema && operators > OPERATORS)
      return `the policy at line ${lineAt(text, index)} has more than ${OPERATORS} operators; split it`
  }
  return undefined
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
