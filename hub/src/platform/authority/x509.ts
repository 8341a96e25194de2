// The library needs the metadata polyfill to be there before it is loaded; everybody takes it from here.
import 'reflect-metadata'

export * from '@peculiar/x509'
