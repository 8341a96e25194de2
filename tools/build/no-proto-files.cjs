// Stands in for the reader of .proto files in bundles; see lean-source.mjs.
const refuse = () => {
  throw new Error('this build reads no .proto files')
}
module.exports = { load: refuse, loadSync: refuse, loadFileDescriptorSetFromBuffer: refuse, loadFileDescriptorSetFromObject: refuse }
