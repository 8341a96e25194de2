export function withLock<T>(path: string, work: () => Promise<T>, say: (text: string) => void): Promise<T>
export const SIGNALS: readonly NodeJS.Signals[]
