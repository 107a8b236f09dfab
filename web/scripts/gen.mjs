// Writes src/api/schema.gen.ts, the types of the server's OpenAPI document. With --check it
// writes nothing and fails when the file is stale. The document is docs/openapi.json, which the
// server's own tests keep fresh.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const file = fileURLToPath(new URL('../src/api/schema.gen.ts', import.meta.url))
const document = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'))
const types = `// Made by npm run gen from docs/openapi.json. Do not edit.\n${astToString(await openapiTS(document))}`

if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== types) {
    console.error('src/api/schema.gen.ts is stale: npm run gen')
    process.exit(1)
  }
} else {
  writeFileSync(file, types)
}
