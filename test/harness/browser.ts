/** A real Chromium in front of the real console. It notes what a page must never do: fail, break its own policy, or call elsewhere. */
import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const PLACES = [
  process.env['ASSIZE_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** A busy machine draws slowly. */
const PATIENCE_MS = 90_000

/** Path of the browser; undefined when the machine has none. */
export const chromiumPath = PLACES.find((place): place is string => place !== undefined && existsSync(place))

export interface View {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors the page reported and requests that left the console's origin, in plain words. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

export interface ViewOptions {
  readonly colorScheme?: 'light' | 'dark'
  readonly width?: number
  /** Cookies and storage of another view, so that it is signed in as that one. */
  readonly signedInAs?: View
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] })
}

export async function openView(
  browser: Browser,
  origin: string,
  { colorScheme = 'light', width = 1280, signedInAs }: ViewOptions = {},
): Promise<View> {
  const storageState = signedInAs === undefined ? undefined : await signedInAs.context.storageState()
  const context = await browser.newContext({
    baseURL: origin,
    colorScheme,
    viewport: { width, height: 860 },
    ...(storageState === undefined ? {} : { storageState }),
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`the page failed: ${error.message}`))
  page.on('dialog', (dialog) => {
    complaints.push(`a script of somebody else ran: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(`the page broke its own policy: ${message.text()}`)
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) complaints.push(`a request left the origin: ${request.url()}`)
  })
  return { page, context, complaints, close: () => context.close() }
}

/** What axe finds wrong with the page as it stands, one line each. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(' ')).join(', ')})`)
}
