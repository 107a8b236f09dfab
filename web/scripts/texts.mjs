// The texts of a language as [area, key, text]; each file of a language is one literal of strings alone.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const src = fileURLToPath(new URL('../src', import.meta.url))

export function texts(lang) {
  const folder = join(src, 'lib', 'lang', lang)
  const found = []
  const add = (area, node, path) => {
    if (typeof node === 'string') found.push([area, path, node])
    else for (const [key, v] of Object.entries(node)) add(area, v, path ? `${path}.${key}` : key)
  }
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8')
    add(file.replace('.ts', ''), new Function(`return (${text.slice(text.indexOf('export default') + 14, text.lastIndexOf('}') + 1)})`)(), '')
  }
  return found
}
