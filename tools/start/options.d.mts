export interface PortWish {
  readonly state: string
  readonly consolePort: number
  readonly grpcPort?: number
}

export function settledGrpcPort(options: PortWish): number
