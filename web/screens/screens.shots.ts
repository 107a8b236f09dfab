import { mkdirSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { password } from '../e2e/setup'
import { screens } from './screens'

// Takes a picture of every screen: desktop and phone, light and dark, in both languages. SCREENS
// names the folder (default docs/screens), ONLY one screen, SMALL=1 takes the set that is kept.

const folder = process.env.SCREENS ?? '../docs/screens'
const every = process.env.SMALL !== '1'
const url = () => process.env.GUAN_URL ?? ''

const looks = [
  { lang: 'zh-CN', theme: 'light', width: 1440 },
  { lang: 'en', theme: 'dark', width: 1440 },
  { lang: 'zh-CN', theme: 'dark', width: 390 },
  { lang: 'en', theme: 'light', width: 390 },
  { lang: 'zh-CN', theme: 'dark', width: 1440 },
  { lang: 'en', theme: 'light', width: 1440 },
  { lang: 'zh-CN', theme: 'light', width: 390 },
  { lang: 'en', theme: 'dark', width: 390 },
].slice(0, every ? 8 : 4)

mkdirSync(folder, { recursive: true })

for (const screen of screens.filter((s) => !process.env.ONLY || process.env.ONLY.split(',').includes(s.name))) {
  for (const { lang, theme, width } of looks) {
    test(`${screen.name} ${width} ${theme} ${lang}`, async ({ browser }) => {
      const context = await browser.newContext({ baseURL: url(), viewport: { width, height: width < 500 ? 844 : 900 } })
      await context.addCookies([
        { name: 'guan_lang', value: lang, url: url() },
        { name: 'guan_theme', value: theme, url: url() },
      ])
      const page = await context.newPage()
      const signedIn = await page.request.post('/api/v1/session', { data: { login: screen.login, password } })
      expect(signedIn.ok()).toBe(true)
      let path = screen.path
      for (const [whole, kind] of path.matchAll(/\{(\w+)\}/g)) {
        const list = (await (await page.request.get(`/api/v1/records/${kind}?limit=1`)).json()) as { items: { id: string }[] }
        path = path.replace(whole, list.items[0]?.id ?? '')
      }
      await page.goto(path)
      await expect(page.locator(screen.ready).first()).toBeAttached()
      await page.waitForLoadState('networkidle')
      await screen.then?.(page)
      await page.screenshot({ path: `${folder}/${screen.name}-${width}-${theme}-${lang}.png` })
      await context.close()
    })
  }
}
