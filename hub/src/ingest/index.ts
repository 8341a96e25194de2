/** Ingest: takes in what agents recorded, over gRPC with mutual TLS, and acknowledges only what is durable. */
export { Ingest, type IngestFigures } from './ingest.ts'
