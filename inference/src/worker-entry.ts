/** Where the file of a worker is: beside its caller in the sources, beside the start-up file once it is built. */
export function workerEntry(callerUrl: string, name: string): URL {
  if (callerUrl.endsWith('.ts')) return new URL(`./${name}.worker.ts`, callerUrl)
  return new URL(`${callerUrl.includes('/chunks/') ? '../' : './'}${name}.worker.mjs`, callerUrl)
}
