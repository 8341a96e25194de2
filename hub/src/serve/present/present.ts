/** Presentation: stored facts in the shapes of the REST API. */

export function isoTime(milliseconds: number): string {
  // Times come from agents too; what no calendar holds is shown as its beginning.
  const time = new Date(milliseconds)
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() < 1970 || time.getUTCFullYear() > 9999
    ? new Date(0).toISOString()
    : time.toISOString()
}

export function parsedObject(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
