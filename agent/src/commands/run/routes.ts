/** The variables by which model clients find the gateway instead of their provider. */

const ROUTES = {
  ANTHROPIC_BASE_URL: '/anthropic',
  OPENAI_BASE_URL: '/openai/v1',
  GOOGLE_GEMINI_BASE_URL: '/gemini',
  OLLAMA_HOST: '/ollama',
} as const

export interface Routes {
  readonly variables: Readonly<Record<string, string>>
  /** Plain sentences about what is not led through the gateway. */
  readonly gaps: readonly string[]
}

/**
 * What a program is started with so that its model calls pass the gateway. A variable that leads elsewhere already is left
 * alone: the keys that go with it are for that place, and the gateway's upstream is another.
 */
export function routesThrough(gateway: string | undefined, environment: Readonly<Record<string, string | undefined>>): Routes {
  if (gateway === undefined) {
    const gap =
      'The model gateway does not listen, so what is said to models and the tool calls they answer are not judged there. Set `sense.modelApi.port`, or ASSIZE_MODEL_GATEWAY, for the agent.'
    return { variables: {}, gaps: [gap] }
  }
  const variables: Record<string, string> = {}
  const gaps: string[] = []
  for (const [name, path] of Object.entries(ROUTES)) {
    const wanted = `${gateway}${path}`
    const given = environment[name]
    if (given === undefined || given === '' || given === wanted) variables[name] = wanted
    else
      gaps.push(
        `${name} already leads to ${hostOf(given)}, so those model calls do not pass the gateway. Name that address under \`sense.modelApi.upstreams\` and unset the variable.`,
      )
  }
  return { variables, gaps }
}

/** Never the whole address: it may hold a key. */
function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host || 'another place' : 'another place'
}
