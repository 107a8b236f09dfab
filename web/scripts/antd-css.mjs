// Writes src/ui/antd.gen.css: the styles of the Ant Design components we use, for both themes.
//
// Ant Design makes its styles at run time, in <style> elements that a strict Content-Security-Policy
// refuses. So they are extracted here, once per theme, and ConfigProvider is told to make none
// (zeroRuntime). What the dark theme says differently is scoped to html[data-theme=dark].
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createElement } from 'react'

const require = createRequire(import.meta.url)
const { extractStyle } = require('@ant-design/static-style-extract')
const antd = require('antd')

// Trying out every part of a component meets some that Ant Design has given up; we use none of these.
const complain = console.error
console.error = (...words) => String(words[0]).includes('[antd: ') || complain(...words)

const spec = JSON.parse(readFileSync(new URL('../src/ui/antd.theme.json', import.meta.url), 'utf8'))
const out = new URL('../src/ui/antd.gen.css', import.meta.url)

function extract(theme) {
  const css = extractStyle({
    includes: spec.components,
    customTheme: (node) =>
      createElement(antd.ConfigProvider, { theme: { ...theme, hashed: false, cssVar: { key: 'guan' } } }, node),
  })
  return css.replace(/<\/?style[^>]*>/g, '')
}

/** Splits a sheet into its top-level rules. */
function rules(css) {
  const list = []
  let depth = 0
  let start = 0
  for (let i = 0; i < css.length; i++) {
    if (css[i] === '{') depth++
    else if (css[i] === '}' && --depth === 0) {
      const rule = css.slice(start, i + 1).trim()
      // Static dialogs bring a provider of their own, which we do not use.
      if (!rule.startsWith('.css-var-')) list.push(rule)
      start = i + 1
    }
  }
  return list
}

const light = rules(extract({ algorithm: antd.theme.defaultAlgorithm, token: spec.token }))
const dark = rules(
  extract({ algorithm: antd.theme.darkAlgorithm, token: { ...spec.token, ...spec.dark } }),
)
const known = new Set(light)
const differs = dark.filter((rule) => !known.has(rule) && !rule.startsWith('@'))
const scoped = differs.map((rule) => {
  const [selectors, ...body] = rule.split('{')
  return `${selectors
    .split(',')
    .map((s) => `html[data-theme=dark] ${s.trim()}`)
    .join(',')}{${body.join('{')}`
})
writeFileSync(out, [...new Set(light), ...scoped].join('\n'))
console.log(`antd.gen.css: ${light.length} rules, ${scoped.length} of them darker`)
