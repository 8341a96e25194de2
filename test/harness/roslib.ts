/** The library of robots with the part of its types that tests use: its own declarations are not found by Node's way of resolving. */
import * as library from 'roslib'

export interface Ros {
  /** What comes over the connection, as it comes. */
  readonly transport: {
    send(text: string): void
    on(event: 'message', listener: (message: { readonly op: string; readonly msg?: string }) => void): void
  }
  connect(url: string): Promise<void>
  close(): void
  on(event: 'error', listener: (error: unknown) => void): void
  once(event: 'connection' | 'error', listener: (event: unknown) => void): void
}

interface Place {
  readonly ros: Ros
  readonly name: string
}

interface Library {
  readonly Ros: new (options: object) => Ros
  readonly Topic: new (
    place: Place & { readonly messageType: string },
  ) => { advertise(): void; publish(message: object): void; subscribe(listener: (message: unknown) => void): void }
  readonly Service: new (
    place: Place & { readonly serviceType: string },
  ) => { callService(args: object, done: (values: unknown) => void, failed: (text: unknown) => void): void }
  readonly Action: new (
    place: Place & { readonly actionType: string },
  ) => { sendGoal(goal: object, done: (values: unknown) => void, feedback: undefined, failed: (text: unknown) => void): void }
}

export const { Ros, Topic, Service, Action } = library as unknown as Library
