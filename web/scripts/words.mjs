// Checks that a page uses only the words that are loaded with it. The texts of an area come with
// the import that names it (withTexts); what needs a key of an area must lie beneath such an import
// on every way that leads to it from main.tsx, else somebody reads the key. Followed are the names
// that the top-level declarations of a file use, through imports, lazy imports and the route tree.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { src, texts } from './texts.mjs'

const faults = []

// ---- the keys, and the area of each ----

const areaOf = new Map()
/** The objects of the catalogue that may be read as a whole, with the areas of what stands in them. */
const wholes = new Map()
for (const [area, key] of texts('zh-CN')) {
  areaOf.set(key.replace(/_(one|other)$/, ''), area)
  const parents = key.split('.').slice(0, -1)
  for (const i of parents.keys()) {
    const whole = parents.slice(0, i + 1).join('.')
    wholes.set(whole, new Set([...(wholes.get(whole) ?? []), area]))
  }
}

/** The areas of the keys that a template such as `jobs.steps.${…}` can name. */
function areasUnder(parts) {
  const pattern = new RegExp(`^${parts.map((p) => p.replaceAll('.', '\\.')).join('[\\w-]+')}$`)
  return new Set([...areaOf].filter(([key]) => pattern.test(key)).map(([, area]) => area))
}

// ---- the files ----

const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .map((f) => join(f.parentPath, f.name))
  .filter((f) => /\.tsx?$/.test(f) && !/\.test\.tsx?$|\/testing\/|\.d\.ts$|\.gen\.ts$|\/lib\/lang\//.test(f))

function resolve(from, spec) {
  if (!/^[.@]\/|^\.\.\//.test(spec)) return undefined
  const path = spec.startsWith('@/') ? join(src, spec.slice(2)) : join(dirname(from), spec)
  return ['', '.ts', '.tsx'].map((end) => path + end).find((p) => /\.tsx?$/.test(p) && existsSync(p))
}

/** What a file declares at its top, what its imports name, what it exports under which name. */
function read(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const module = { file, declared: new Map(), imported: new Map(), exported: new Map(), from: [], loose: [] }
  const bind = (name, node) => {
    if (ts.isIdentifier(name)) module.declared.set(name.text, node)
    else for (const one of name.elements) if (one.name) bind(one.name, node)
  }
  for (const node of source.statements) {
    const exported = ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword)
    const byDefault = ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword)
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) continue
    if (ts.isImportDeclaration(node)) {
      const to = resolve(file, node.moduleSpecifier.text)
      const clause = node.importClause
      if (!to || clause?.isTypeOnly) continue
      module.from.push(to)
      if (clause?.name) module.imported.set(clause.name.text, { to, name: 'default' })
      const named = clause?.namedBindings
      if (named && ts.isNamespaceImport(named)) module.imported.set(named.name.text, { to })
      else for (const one of named?.elements ?? []) if (!one.isTypeOnly) module.imported.set(one.name.text, { to, name: (one.propertyName ?? one.name).text })
    } else if (ts.isExportDeclaration(node)) {
      const to = node.moduleSpecifier && resolve(file, node.moduleSpecifier.text)
      if (to) module.from.push(to)
      for (const one of node.exportClause?.elements ?? []) module.exported.set(one.name.text, to ? { to, name: (one.propertyName ?? one.name).text } : { to: file, local: (one.propertyName ?? one.name).text })
    } else if (ts.isExportAssignment(node)) {
      module.declared.set('default', node)
      module.exported.set('default', { to: file, local: 'default' })
    } else if (ts.isVariableStatement(node)) {
      for (const one of node.declarationList.declarations) bind(one.name, one)
      if (exported) for (const [name] of [...module.declared].filter(([, n]) => node.declarationList.declarations.includes(n))) module.exported.set(name, { to: file, local: name })
    } else if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) {
      const name = node.name?.text ?? 'default'
      module.declared.set(name, node)
      if (exported) module.exported.set(byDefault ? 'default' : name, { to: file, local: name })
    } else module.loose.push(node)
  }
  return module
}

const modules = new Map(files.map((file) => [file, read(file)]))

// ---- what a declaration uses: keys of areas, other declarations, and files that it loads with areas ----

const top = '(top)'
const node = (file, name) => `${file}#${name}`

/** The declarations that stand behind what a file exports; all of them when no name is said. */
function behind({ to, name, local }) {
  const module = modules.get(to)
  if (!module) return []
  if (local) return [node(to, local)]
  if (!name) return [...module.exported.keys()].flatMap((one) => behind({ to, name: one }))
  const exported = module.exported.get(name)
  return exported ? behind(exported) : []
}

const isCall = (n, name) => ts.isCallExpression(n) && ts.isIdentifier(n.expression) && n.expression.text === name
const isImport = (n) => ts.isCallExpression(n) && n.expression.kind === ts.SyntaxKind.ImportKeyword
const strings = (list) => (list && ts.isArrayLiteralExpression(list) ? list.elements.filter(ts.isStringLiteral).map((e) => e.text) : [])

/** The first file that is loaded somewhere in an expression, or in the function that it names. */
function loadIn(module, expr) {
  let found
  const look = (n, areas) => {
    if (found) return
    if (isCall(n, 'withTexts')) areas = [...areas, ...strings(n.arguments[0])]
    if (isImport(n)) {
      const member = ts.isAwaitExpression(n.parent.parent) && ts.isParenthesizedExpression(n.parent.parent.parent) ? n.parent.parent.parent.parent : undefined
      found = { to: resolve(module.file, n.arguments[0].text), areas, name: member && ts.isPropertyAccessExpression(member) ? member.name.text : 'default' }
    } else ts.forEachChild(n, (child) => look(child, areas))
  }
  if (ts.isIdentifier(expr)) {
    const declared = module.declared.get(expr.text)
    if (declared) look(declared, [])
  } else look(expr, [])
  return found
}

/** Texts that are fetched beside no file, where somebody needs them: what draws them waits for them itself. */
const byHand = (n) => isCall(n, 'withTexts') && !n.arguments[1]?.getText().includes('import(')

const property = (object, name) => object.properties.find((p) => p.name?.text === name)

/** The areas that the routes above a route have brought. */
function areasAbove(module, options) {
  const parent = property(options, 'getParentRoute')?.initializer?.body
  if (!parent || !ts.isIdentifier(parent)) return []
  const at = module.imported.get(parent.text)
  const home = at ? modules.get(at.to) : module
  const declared = home?.declared.get(at?.name ?? parent.text)
  const call = declared?.initializer
  if (!call || !ts.isCallExpression(call) || !call.arguments[0] || !ts.isObjectLiteralExpression(call.arguments[0])) return []
  const component = property(call.arguments[0], 'component')?.initializer
  const own = component && isCall(component, 'lazyRouteComponent') ? (loadIn(home, component.arguments[0])?.areas ?? []) : []
  return [...own, ...areasAbove(home, call.arguments[0])]
}

function usesOf(module, roots) {
  const uses = []
  const edges = []
  const waits = []
  const line = (n) => n.getSourceFile().getLineAndCharacterOfPosition(n.getStart()).line + 1
  const needs = (n, areas, words) => {
    // What is spread over several areas (the codes of problems) is asked for as far as it is there.
    if (areas.size === 1) uses.push({ area: [...areas][0], words, line: line(n) })
  }
  const walk = (n, above) => {
    if (ts.isTypeNode(n) || ts.isTypeParameterDeclaration(n)) return
    if (isCall(n, 'createRoute') && ts.isObjectLiteralExpression(n.arguments[0])) above = areasAbove(module, n.arguments[0])
    if (isCall(n, 'lazyRouteComponent') || isCall(n, 'lazy')) {
      const load = loadIn(module, n.arguments[0])
      const named = n.arguments[1] && ts.isStringLiteral(n.arguments[1]) ? n.arguments[1].text : load?.name
      if (!load?.to) return faults.push(`${relative(src, module.file)}:${line(n)}: it is not seen what is loaded here`)
      edges.push(...[...behind({ to: load.to, name: named }), node(load.to, top)].map((to) => ({ to, areas: [...load.areas, ...above] })))
      return
    }
    if (byHand(n)) waits.push(...strings(n.arguments[0]))
    if (isImport(n)) {
      const to = resolve(module.file, n.arguments[0].text)
      const around = isCall(n.parent, 'withTexts') ? strings(n.parent.arguments[0]) : []
      if (to) edges.push(...[...behind({ to }), node(to, top)].map((one) => ({ to: one, areas: around })))
      return
    }
    if (ts.isStringLiteralLike(n)) {
      const area = areaOf.get(n.text)
      if (area) needs(n, new Set([area]), n.text)
      else if (isCall(n.parent, 't') && wholes.has(n.text)) needs(n, wholes.get(n.text), n.text)
    }
    if (ts.isTemplateExpression(n)) {
      const parts = [n.head.text, ...n.templateSpans.map((s) => s.literal.text)]
      if (/^\w+\./.test(parts[0])) needs(n, areasUnder(parts), `${parts.join('…')}`)
    }
    if (ts.isIdentifier(n) && !(ts.isPropertyAccessExpression(n.parent) && n.parent.name === n) && !(ts.isPropertyAssignment(n.parent) && n.parent.name === n) && !(ts.isJsxAttribute(n.parent) && n.parent.name === n)) {
      const at = module.imported.get(n.text)
      if (at) edges.push(...behind(at).map((to) => ({ to, areas: [] })))
      else if (module.declared.has(n.text)) edges.push({ to: node(module.file, n.text), areas: [] })
    }
    ts.forEachChild(n, (child) => walk(child, above))
  }
  for (const root of roots) walk(root, [])
  return { uses, edges, waits }
}

const graph = new Map()
for (const module of modules.values()) {
  for (const [name, declared] of module.declared) {
    const made = usesOf(module, [declared])
    graph.set(node(module.file, name), { ...made, edges: [...made.edges, { to: node(module.file, top), areas: [] }] })
  }
  // Whoever imports a file runs what stands loose in it.
  const loose = usesOf(module, module.loose)
  graph.set(node(module.file, top), { ...loose, edges: [...loose.edges, ...module.from.map((to) => ({ to: node(to, top), areas: [] }))] })
}

// A function that calls for texts by hand, and what uses it, draws with them.
const waiting = (at) => [at, ...graph.get(at).edges.map((e) => e.to)].filter((to) => to.startsWith(at.slice(0, at.indexOf('#') + 1))).flatMap((to) => graph.get(to)?.waits ?? [])
for (const [at, made] of [...graph]) {
  const areas = waiting(at)
  if (areas.length > 0) graph.set(at, { ...made, uses: made.uses.filter((u) => !areas.includes(u.area)), edges: made.edges.map((e) => ({ ...e, areas: [...e.areas, ...areas] })) })
}

// ---- from main.tsx on every way, once for each area, past the imports that bring it ----

const start = node(join(src, 'app', 'main.tsx'), top)
const short = (one) => relative(src, one).replace(/\.tsx?#/, '#')

function reached(without) {
  const from = new Map([[start, undefined]])
  for (const at of from.keys()) {
    for (const { to, areas } of graph.get(at)?.edges ?? []) if (!from.has(to) && !(without && areas.includes(without))) from.set(to, at)
  }
  return from
}

function way(from, to) {
  const steps = []
  for (let at = to; at; at = from.get(at)) if (!at.endsWith(top)) steps.unshift(short(at))
  return steps.join(' → ')
}

const all = reached()
for (const [at, { uses }] of graph) if (uses.length > 0 && !all.has(at)) faults.push(`${short(at)} has words and is on no page`)

for (const area of new Set(areaOf.values())) {
  if (area === 'base') continue
  const from = reached(area)
  for (const at of from.keys()) {
    const [first, ...more] = (graph.get(at)?.uses ?? []).filter((use) => use.area === area)
    if (!first) continue
    const file = relative(src, at.slice(0, at.indexOf('#')))
    faults.push(`${file}:${first.line}: ${first.words}${more.length > 0 ? ` and ${more.length} more` : ''}: the texts of '${area}' are not loaded on the way ${way(from, at)}`)
  }
}

for (const fault of faults) console.error(`words: ${fault}`)
if (faults.length > 0) process.exit(1)
const [count, used] = [[...graph.keys()].filter((at) => all.has(at)).length, [...all.keys()].reduce((n, at) => n + (graph.get(at)?.uses.length ?? 0), 0)]
console.log(`words: ${used} uses in ${count} declarations, each with its texts on every way to it`)
