import { createHmac } from 'node:crypto'
import { expect } from '@playwright/test'

/** What an authenticator shows for a secret, so many half minutes from now. */
export function codeOf(text: string, later: number) {
  let bits = ''
  for (const letter of text.replaceAll(/\s/g, '')) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later))
  const hash = createHmac('sha1', key).update(step).digest()
  const at = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** What it showed half a minute ago, which is good until the next half minute begins: there is time left to type it. */
export async function formerCodeOf(text: string) {
  await expect.poll(() => 30 - ((Date.now() / 1000) % 30)).toBeGreaterThan(15)
  return codeOf(text, -1)
}
