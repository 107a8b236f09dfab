// Builds the UI aside, in .build, and swaps it into dist only when everything succeeded: a build
// that fails half way must not be embedded. Text assets get their .br and .gz beside them.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const web = fileURLToPath(new URL('..', import.meta.url))
const aside = join(web, '.build')
const dist = join(web, 'dist')

function run(command, ...args) {
  const { status } = spawnSync(command, args, { cwd: web, stdio: 'inherit', env: { ...process.env, GUAN_OUT: '.build' } })
  if (status !== 0) process.exit(status ?? 1)
}

run(process.execPath, 'scripts/antd-css.mjs')
run(process.execPath, join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn')

const files = readdirSync(aside, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
for (const file of files) {
  if (!/\.(js|css|html|svg|json)$/.test(file)) continue
  const plain = readFileSync(file)
  const brotli = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  const gzip = gzipSync(plain, { level: 9 })
  if (brotli.length < plain.length) writeFileSync(`${file}.br`, brotli)
  if (gzip.length < plain.length) writeFileSync(`${file}.gz`, gzip)
}

for (const name of readdirSync(dist)) if (name !== '.keep') rmSync(join(dist, name), { recursive: true })
for (const name of readdirSync(aside)) renameSync(join(aside, name), join(dist, name))
rmSync(aside, { recursive: true })

const size = files.reduce((sum, file) => sum + statSync(file.replace(aside, dist)).size, 0)
console.log(`dist: ${files.length} files, ${Math.round(size / 1024)} KiB before compression`)
