/** Where what a change adds would be fetched from: packages, modules, images, scripts of pages. */
import { traced, type TracedEffect } from '../traced-effect.ts'

export interface SourceLine {
  /** JSON pointer of the argument. */
  readonly arg: string
  readonly line: string
}

/** Where everybody gets packages, images and scripts from. */
const USUAL =
  /^(?:https?:\/\/)?(?:[\w-]+\.)?(?:registry\.npmjs\.org|registry\.yarnpkg\.com|npm\.pkg\.github\.com|maven\.pkg\.github\.com|pypi\.org|files\.pythonhosted\.org|download\.pytorch\.org|rubygems\.org|proxy\.golang\.org|crates\.io|index\.crates\.io|api\.nuget\.org|repo\.maven\.apache\.org|repo1\.maven\.org|maven\.apache\.org|oss\.sonatype\.org|central\.sonatype\.com|plugins\.gradle\.org|services\.gradle\.org|maven\.google\.com|dl\.google\.com|jitpack\.io|packagist\.org|conda\.anaconda\.org|deb\.debian\.org|archive\.ubuntu\.com|registry\.terraform\.io|registry\.opentofu\.org|docker\.io|ghcr\.io|quay\.io|gcr\.io|mcr\.microsoft\.com|public\.ecr\.aws|registry\.k8s\.io|registry\.access\.redhat\.com|cdn\.jsdelivr\.net|unpkg\.com|cdnjs\.cloudflare\.com|ajax\.googleapis\.com|fonts\.googleapis\.com|code\.jquery\.com|esm\.sh|cdn\.skypack\.dev|cdn\.tailwindcss\.com|www\.w3\.org|schemas\.(?:microsoft|android|xmlsoap|openxmlformats)\.(?:com|org))(?:[/:]|$)/i

export function isUsualSource(address: string): boolean {
  return USUAL.test(address) && !/^[^/?#]*\/\/[^/?#]*@/.test(address)
}

/** A package, module or script by its address, and what the address is to do. */
export function sourceEffect(address: string, { arg }: SourceLine, detail: string): TracedEffect {
  const url = address.startsWith('github:') ? `https://github.com/${address.slice(7)}` : address
  return traced({
    class: 'code.install',
    target: /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`,
    certainty: 'likely',
    kind: 'address',
    spellings: [{ arg, text: address }],
    detail,
  })
}

const URL = /\b(?:https?|git|ssh|hg|s3|gcs):\/\/[^\s'"<>)\],;]{4,400}/i
const REGISTRY_NAME = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}(?::\d{1,5})?\/[\w.-]+\/[\w.-]+(?:\/[\w.-]+)?$/i

/** `<repository><url>…`, `maven { url '…' }`, `resolvers += … at "…"`, `<add key=… value="https…">`. */
const OF_BUILD =
  /<url>|<(?:add|packageSource)\b|\burl\s*[=(:]?\s*(?:uri\(?)?\s*['"]|\bmaven\s*[({]|\bresolvers\b|\bsource\s+['"]|\b(?:git|url|path|from)\s*:\s*['"]|\bGIT_REPOSITORY\b|\bURL\s+https?:|\bpackage\(/i

export function buildSource(line: SourceLine): readonly TracedEffect[] {
  const address = OF_BUILD.test(line.line) ? URL.exec(line.line)?.[0] : undefined
  return address === undefined || isUsualSource(address) ? [] : [sourceEffect(address, line, 'what is built would come from there')]
}

const OF_MODULE = /\b(?:source|chart|repository|registry|module)\s*[=:]\s*['"]?([^\s'"]{4,400})/i
const MODULE = /^(?:git|hg|s3|gcs)::|\.(?:git|zip|tgz|tar\.gz)(?:[?/]|$)/

/** `source = "git::https://…"`, `source = "registry/ns/name"`, or such a source put in the place of another. */
export function infrastructureSource(line: SourceLine): readonly TracedEffect[] {
  const alone = line.line.trim().replace(/^['"]|['"],?$/g, '')
  const spelled = OF_MODULE.exec(line.line)?.[1] ?? (MODULE.test(alone) || REGISTRY_NAME.test(alone) ? alone : '')
  const address = spelled.replace(/^\w{1,4}::/, '')
  if (!(URL.test(address) || REGISTRY_NAME.test(address)) || isUsualSource(address)) return []
  return [sourceEffect(address, line, 'what is set up would come from there')]
}

/** `FROM host/image`, `image: host/image`: without a host it is what everybody uses. */
export function imageSource(line: SourceLine): readonly TracedEffect[] {
  const image =
    /^\s*(?:-\s*)?(?:FROM(?:\s+--platform=\S+)?|["']?image["']?\s*:)\s+["']?([\w.-]+\.[a-z]{2,24}(?::\d{1,5})?\/[\w./:@-]{1,200})/i.exec(
      line.line,
    )?.[1]
  if (image !== undefined) return isUsualSource(image) ? [] : [sourceEffect(image, line, 'what runs would come from there')]
  const added = /^\s*ADD\s+(?:--\S+\s+)*(https?:\/\/\S{4,400})/i.exec(line.line)?.[1]
  return added === undefined || isUsualSource(added) ? [] : [sourceEffect(added, line, 'put into the image')]
}

/** `<script src="https://…">`, `import … from 'https://…'`: whoever opens the page runs it. */
export function pageSource(line: SourceLine): readonly TracedEffect[] {
  const address =
    /<script\b[^>]{0,200}\bsrc\s*=\s*["'{`\s]{0,4}((?:https?:)?\/\/[^\s"'`>]{4,400})/i.exec(line.line)?.[1] ??
    /\b(?:import|importScripts|import\(|from)\s*\(?\s*["'](https?:\/\/[^\s"']{4,400})/.exec(line.line)?.[1] ??
    /\.src\s*=\s*["'`]((?:https?:)?\/\/[^\s"'`]{4,400}\.m?js)\b/.exec(line.line)?.[1]
  if (address === undefined) return []
  const whole = address.startsWith('//') ? `https:${address}` : address
  return isUsualSource(whole) ? [] : [sourceEffect(whole, line, 'whoever opens the page runs it')]
}
