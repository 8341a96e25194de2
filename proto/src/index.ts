/** The wire contract between agent and hub: generated messages of `assize.v1` and their gRPC service definitions. */
export * from './gen/assize/v1/control_pb.js'
export * from './gen/assize/v1/enrolment_pb.js'
export * from './gen/assize/v1/record_pb.js'
export * from './gen/assize/v1/telemetry_pb.js'
export { serviceDefinition, type WireMethod } from './service-definition.ts'
