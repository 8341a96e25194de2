import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { currentPlatform, type Platform } from './platform.ts'
import { privateDirectory, writePrivateFile } from './private-file.ts'
import { configFiles, connectAddress, defaultStateDirectory, listenAddress } from './state-directory.ts'

const on = (os: Platform['os'], more: Partial<Platform> = {}): Platform => ({
  ...currentPlatform(),
  os,
  home: '/home/ann',
  uid: 1000,
  user: 'ann',
  environment: {},
  ...more,
})

describe('the state directory', () => {
  it('stands where each system keeps such things', () => {
    expect(defaultStateDirectory(on('linux'))).toBe('/home/ann/.local/state/assize')
    expect(defaultStateDirectory(on('linux', { environment: { XDG_STATE_HOME: '/s' } }))).toBe('/s/assize')
    expect(defaultStateDirectory(on('linux', { uid: 0 }))).toBe('/var/lib/assize')
    expect(defaultStateDirectory(on('darwin'))).toBe('/home/ann/Library/Application Support/Assize')
    expect(defaultStateDirectory(on('win32', { home: 'C:\\Users\\ann', environment: { LOCALAPPDATA: 'C:\\L' } }))).toBe('C:\\L\\Assize')
    expect(configFiles(on('win32', { environment: { ProgramData: 'D:\\P' } }))).toEqual(['D:\\P\\Assize\\agent.yaml'])
  })

  it('is left by a socket whose path would be too long, and front-ends find it', () => {
    const temporary = mkdtempSync(join(tmpdir(), 'assize-'))
    const state = privateDirectory(join(temporary, 'd'.repeat(120)), currentPlatform())
    const platform = on('linux', { uid: process.getuid?.(), temporary })
    const address = listenAddress(state, platform)
    expect(Buffer.byteLength(address)).toBeLessThanOrEqual(103)
    expect(connectAddress(state, platform)).toBe(address)
    expect(statSync(join(address, '..')).mode & 0o777).toBe(0o700)
  })

  it('gives each Windows state directory a pipe of its own', () => {
    const platform = on('win32')
    expect(connectAddress('C:\\a', platform)).toMatch(/^\\\\\.\\pipe\\assize-[0-9a-f]{16}$/)
    expect(connectAddress('C:\\a', platform)).toBe(connectAddress('c:\\A', platform))
    expect(connectAddress('C:\\a', platform)).not.toBe(connectAddress('C:\\b', platform))
  })
})

describe('private files', () => {
  it('are readable by nobody else', () => {
    const directory = privateDirectory(join(mkdtempSync(join(tmpdir(), 'assize-')), 'state'), currentPlatform())
    writePrivateFile(join(directory, 'token'), 'x')
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    expect(statSync(join(directory, 'token')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(directory, 'token'), 'utf8')).toBe('x')
  })

  it('are not put into what belongs to somebody else', () => {
    const platform: Platform = on('linux', { uid: 4242 })
    expect(() => privateDirectory(mkdtempSync(join(tmpdir(), 'assize-')), platform)).toThrow(/belongs to user/)
  })
})
