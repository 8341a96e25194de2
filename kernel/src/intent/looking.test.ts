import { expect, it } from 'vitest'
import { addText, NO_EVIDENCE } from '../provenance/evidence.ts'
import { isLooking } from './looking.ts'

function looking(...prompts: readonly string[]): boolean {
  const source = { id: 's', channel: 'user', integrity: 'user', confidentiality: 'internal' } as const
  return isLooking(prompts.reduce((evidence, text) => addText(evidence, 'said', { source, text }), NO_EVIDENCE))
}

it.each([
  'What is the total of the sheet?',
  'Summarise the page https://x.example/a in three points.',
  'Compare the two offers. I only want your opinion.',
  'Why did the alert fire? Do not change anything.',
  'Hi, could you tell me when the shop closes?',
  '¿Qué dicen los comentarios de hoy?',
  'Wann hat die Bibliothek am Samstag offen?',
])('whoever only wants to be told something asks for no deed: %s', (prompt) => {
  expect(looking(prompt)).toBe(true)
})

it.each([
  'Look at deal 5 and send the customer a follow-up.',
  'What is open? Then close the rest.',
  'Can you delete the old ones?',
  'Restart the worker.',
  'Gute Nacht! Bitte alles aus.',
  'Read the letter and, if so, mail her.',
  'Find the contact, write her a letter and file it.',
  '',
])('others do: %s', (prompt) => {
  expect(looking(prompt)).toBe(false)
})

it('is over once they ask for more', () => {
  expect(looking('What is in the note?')).toBe(true)
  expect(looking('What is in the note?', 'Thanks, mail that to Lea.')).toBe(false)
})
