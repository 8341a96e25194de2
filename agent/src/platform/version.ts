/** Version of the agent. Equals its package.json, checked by a test. */
export const AGENT_VERSION = '0.1.0'
