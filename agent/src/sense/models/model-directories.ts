import { posix, win32 } from 'node:path'
import type { Platform } from '../../platform/platform.ts'

/** Where model runtimes keep their files, per platform. Directories that are not there yet are looked for again later. */
export function modelDirectories(platform: Platform, configured: readonly string[]): readonly string[] {
  const { join } = platform.os === 'win32' ? win32 : posix
  const { home, environment: env } = platform
  const cache = env['HF_HUB_CACHE'] ?? join(env['HF_HOME'] ?? join(env['XDG_CACHE_HOME'] ?? join(home, '.cache'), 'huggingface'), 'hub')
  const found = [
    env['OLLAMA_MODELS'] ?? join(home, '.ollama', 'models'),
    ...(platform.os === 'linux' ? ['/usr/share/ollama/.ollama/models'] : []),
    cache,
    join(home, '.lmstudio', 'models'),
    join(home, '.cache', 'lm-studio', 'models'),
    join(home, 'models'),
    ...configured,
  ]
  return [...new Set(found)]
}
