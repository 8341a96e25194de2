/** Whether a card was signed by somebody whose key is known here. */
import type { Json, JsonObject } from '@assize/kernel'
import { AgentCard, canonicalizeAgentCard } from '@a2a-js/sdk'
import { base64url, decodeProtectedHeader, flattenedVerify, importJWK, type JWK } from 'jose'
import { listOf, objectOf, textOf } from '../mcp-protocol.ts'

/** Only signatures that a public key checks: a secret that both sides know would let the agent's clients sign for it. */
const ALGORITHMS = ['ES256', 'ES384', 'ES512', 'EdDSA', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']
const MOST_SIGNATURES = 10

/** What of the card is signed by one of the keys. Throws with what is wrong, as the end of a sentence. */
export async function signedPart(card: JsonObject, keys: readonly JWK[]): Promise<JsonObject> {
  const signatures = listOf(card['signatures']).slice(0, MOST_SIGNATURES).map(objectOf)
  if (signatures.length === 0) throw new Error('it is not signed')
  let signed: string
  try {
    // An address that a signer gives for its key is not followed: whoever writes a card could name their own.
    signed = canonicalizeAgentCard(AgentCard.fromJSON(card))
  } catch {
    throw new Error('it cannot be read as a card')
  }
  const payload = base64url.encode(signed)
  for (const { protected: head, signature } of signatures) {
    const [text, value] = [textOf(head), textOf(signature)]
    if (text !== undefined && value !== undefined && (await isBy(keys, { protected: text, payload, signature: value })))
      // Whatever else stands in the card, such as the addresses of older clients, nobody vouches for.
      return objectOf(JSON.parse(signed) as Json)
  }
  throw new Error('none of its signatures is by a key that is known here')
}

async function isBy(
  keys: readonly JWK[],
  signed: { readonly protected: string; readonly payload: string; readonly signature: string },
): Promise<boolean> {
  try {
    const { kid, alg } = decodeProtectedHeader(signed)
    const key = keys.find((one) => one.kid === kid)
    if (key === undefined || alg === undefined) return false
    await flattenedVerify(signed, await importJWK(key, alg), { algorithms: ALGORITHMS })
    return true
  } catch {
    return false
  }
}
