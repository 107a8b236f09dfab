// Checks the catalogues: both languages have the same keys with the same {{parameters}}, every key
// is used, and no Chinese stands outside src/lib/lang. (That no other text stands in components is
// for eslint, and that a key exists is for the type checker.)
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { src, texts } from './texts.mjs'

const faults = []

function entries(lang) {
  const found = new Map()
  for (const [, key, text] of texts(lang)) {
    if (found.has(key)) faults.push(`${key} stands twice in ${lang}`)
    found.set(key, text)
  }
  return found
}

const zh = entries('zh-CN')
const en = entries('en')
const params = (text) => [...text.matchAll(/{{(\w+)}}/g)].map((m) => m[1]).sort().join()

for (const [key, text] of zh) {
  if (!en.has(key)) faults.push(`${key} is missing in en`)
  else if (params(text) !== params(en.get(key))) faults.push(`${key}: the languages have different {{parameters}}`)
  if (!text.trim()) faults.push(`${key} is empty in zh-CN`)
}
for (const [key, text] of en) {
  if (!zh.has(key)) faults.push(`${key} is missing in zh-CN`)
  if (/[\u4e00-\u9fff]/.test(text) && key !== 'user.zh-CN') faults.push(`${key} is not translated in en`)
}

const sources = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((f) => f.isFile() && /\.tsx?$/.test(f.name) && !f.parentPath.includes('/lang'))
  .map((f) => join(f.parentPath, f.name))
const code = sources.filter((f) => !/\.test\.tsx?$|\/testing\//.test(f)).map((f) => [f, readFileSync(f, 'utf8')])

for (const [file, text] of code) {
  text.split('\n').forEach((line, i) => {
    // What is said to developers, and what is read from people's own texts, is no text of a screen.
    const shown = line.replace(/^\s*(\/\*\*|\*|\/\/).*/, '').replace(/\/(?![*/\s])(?:\\.|\[(?:\\.|[^\]])*\]|[^/\\])+\/[gimuy]*(?=[,.)\]])/g, '')
    if (/[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/.test(shown)) faults.push(`${relative(src, file)}:${i + 1}: Chinese outside the catalogue`)
  })
}

// A key is used when it stands in the sources as it is, or under a template such as `classes.${…}`,
// or when the object above it is read as a whole.
const all = code.map(([, text]) => text).join('\n')
const templates = [...all.matchAll(/`([\w.-]+(?:\$\{[^}`]*\}[\w.-]*)+)`/g)].map(
  (m) => new RegExp(`^${m[1].replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[\\w-]+')}$`),
)
const wholes = [...all.matchAll(/t\('([\w.]+)', \{ returnObjects: true \}/g)].map((m) => m[1])
for (const key of zh.keys()) {
  const plain = key.replace(/_(one|other)$/, '')
  const parent = key.slice(0, key.lastIndexOf('.'))
  if (all.includes(`'${plain}'`) || templates.some((t) => t.test(plain)) || wholes.includes(parent)) continue
  faults.push(`${key} is not used`)
}

for (const fault of faults) console.error(`catalogue: ${fault}`)
if (faults.length > 0) process.exit(1)
console.log(`catalogue: ${zh.size} texts in both languages`)
