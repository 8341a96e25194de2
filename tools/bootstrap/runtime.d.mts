export const RUNTIME_VERSION: string
export const PNPM_VERSION: string
export const root: string
export const require: NodeJS.Require
export function runtimeBinary(platform?: NodeJS.Platform, arch?: string): string | undefined
