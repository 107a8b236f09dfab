import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { writeCertificate } from './postoffice'

export const password = process.env.GUAN_PASSWORD ?? 'adventureworks-e2e'

const sql = (server: string, statement: string) => execFileSync('psql', [server, '-qc', statement])

/** A database of our own on the server that GUAN_DB names; none on SQLite. */
export function freshDatabase(server: string | undefined) {
  if (!server) return { flags: [], drop: () => undefined }
  const name = `guan_e2e_${process.pid}`
  sql(server, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { flags: ['--db', url.href], drop: () => sql(server, `DROP DATABASE ${name}`) }
}

/** Fills a database with the demo company (GUAN_DEMO names another), serves it, and leaves its address in GUAN_URL. */
export default async function setup() {
  if (process.env.GUAN_URL) return undefined
  const guan = process.env.GUAN_BIN
  if (!guan) throw new Error('GUAN_BIN names the guan binary to test')
  const data = mkdtempSync(join(tmpdir(), 'guan-e2e-'))
  process.env.GUAN_DEVICES = join(data, 'devices')
  mkdirSync(process.env.GUAN_DEVICES)
  const database = freshDatabase(process.env.GUAN_DB)
  const where = ['--data', data, ...database.flags]
  execFileSync(guan, ['demo', process.env.GUAN_DEMO ?? 'adventureworks', ...where, '--password', password], { stdio: ['ignore', 'ignore', 'inherit'] })

  const server = spawn(guan, ['serve', ...where, '--listen', '127.0.0.1:0', '--rate', '0', '--mail-ca', writeCertificate(process.env.GUAN_DEVICES), '--quiet'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.env.GUAN_URL = await new Promise<string>((resolve, reject) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      const address = /listening on (http:\S+)/.exec(line)?.[1]
      if (address) resolve(address)
    })
    server.on('exit', (code) => reject(new Error(`guan serve ended with ${code}`)))
  })
  return async () => {
    const ended = new Promise((resolve) => server.on('exit', resolve))
    server.kill('SIGTERM')
    await ended
    database.drop()
    rmSync(data, { recursive: true })
    rmSync(`${data}.key`, { force: true })
  }
}
