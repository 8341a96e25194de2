/** Programs of the system are known by their name alone; other paths stay what they are, with slashes one way. */
export function programName(text: string): string {
  const plain = text.replaceAll('\\', '/')
  const system = /^(?:c:\/windows|%(?:systemroot|windir)%|c:\/program files(?: \(x86\))?)\/(?:[^/]+\/)*([^/]+)$/i.exec(plain)
  return system === null ? plain : (system[1] as string)
}
