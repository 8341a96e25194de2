// The console's types are those of the hub's REST interface as it is now.
import { readFileSync } from 'node:fs'
import { API_TYPES, apiTypes } from '../../build/api-types.mjs'

export const apiTypesCheck = {
  name: 'api-types',
  async run() {
    const same = readFileSync(API_TYPES, 'utf8') === apiTypes()
    return {
      note: '',
      problems: same ? [] : ['console/src/api/schema.d.ts is not what the OpenAPI document of the hub says; run `npm run generate`'],
    }
  },
}
