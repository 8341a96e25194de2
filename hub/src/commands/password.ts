import { usage } from './commands.ts'

const MOST_CHARACTERS = 1000

/** Reads a password from the terminal without showing it, or the first line of what is piped in. Never from an argument. */
export async function readPassword(): Promise<string> {
  return process.stdin.isTTY ? prompt('Password (at least 10 characters; empty for sign-in by link only): ') : firstLine()
}

async function firstLine(): Promise<string> {
  let text = ''
  process.stdin.setEncoding('utf8')
  for await (const chunk of process.stdin) {
    text += String(chunk)
    if (text.includes('\n') || text.length > MOST_CHARACTERS) break
  }
  return text.split(/\r?\n/, 1)[0]?.slice(0, MOST_CHARACTERS) ?? ''
}

function prompt(question: string): Promise<string> {
  const { stdin, stderr } = process
  stderr.write(question)
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  return new Promise((resolve, reject) => {
    let text = ''
    const end = (finish: () => void) => {
      stdin.setRawMode(false)
      stdin.pause()
      stdin.removeListener('data', listen)
      stderr.write('\n')
      finish()
    }
    const listen = (chunk: string) => {
      for (const character of chunk) {
        if (character === '\r' || character === '\n') return end(() => resolve(text))
        if (character === '\u0003') return end(() => reject(usage('No password was given.', 'Run the command again.')))
        if (character === '\u007f') text = [...text].slice(0, -1).join('')
        else if (text.length < MOST_CHARACTERS) text += character
      }
    }
    stdin.on('data', listen)
  })
}
