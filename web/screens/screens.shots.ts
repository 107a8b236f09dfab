import { mkdirSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { furnish, signIn } from './furnish'
import { type Screen, screens } from './screens'

// Takes a picture of every screen: desktop and phone, light and dark, in both languages. SCREENS
// names the folder (default docs/screens), ONLY some screens; SMALL=1 takes two looks of each, by
// turns, which is the set that is kept.

const folder = process.env.SCREENS ?? '../docs/screens'
const small = process.env.SMALL === '1'
const url = () => process.env.GUAN_URL ?? ''

interface Look {
  lang: 'zh-CN' | 'en'
  theme: 'light' | 'dark'
  width: number
}

const looks = (width: number): Look[] => [
  { lang: 'zh-CN', theme: 'light', width },
  { lang: 'en', theme: 'dark', width },
  { lang: 'zh-CN', theme: 'dark', width },
  { lang: 'en', theme: 'light', width },
]

function looksOf(screen: Screen, turn: number): Look[] {
  const wide = looks(1440)
  const narrow = screen.wide ? [] : looks(390)
  const one = (of: Look[], at: number) => of.slice(at % 4, (at % 4) + 1)
  return small ? [...one(wide, turn), ...one(narrow, turn + 1)] : [...wide, ...narrow]
}

/** Nothing is being read any more, and nothing moves. */
async function settled(page: Page) {
  await page.waitForLoadState('networkidle')
  await expect(page.locator('.bone')).toHaveCount(0)
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))))
}

mkdirSync(folder, { recursive: true })
const only = process.env.ONLY?.split(',')

for (const [turn, screen] of screens.entries()) {
  if (only && !only.includes(screen.name)) continue
  for (const { lang, theme, width } of looksOf(screen, turn)) {
    test(`${screen.name} ${width} ${theme} ${lang}`, async ({ browser, request }) => {
      const made = screen.shows ? await furnish[screen.shows](request) : ''
      const context = await browser.newContext({ baseURL: url(), viewport: { width, height: width < 500 ? 844 : 900 } })
      await context.addCookies([
        { name: 'guan_lang', value: lang, url: url() },
        { name: 'guan_theme', value: theme, url: url() },
      ])
      const page = await context.newPage()
      if (screen.login) await signIn(page.request, screen.login)
      let path = screen.path.replace('{made}', made)
      for (const [whole, kind] of path.matchAll(/\{(\w+)\}/g)) {
        const list = (await (await page.request.get(`/api/v1/records/${kind}?limit=1`)).json()) as { items: { id: string }[] }
        path = path.replace(whole, list.items[0]?.id ?? '')
      }
      await page.goto(path)
      await expect(page.locator(screen.ready).filter({ visible: true }).first()).toBeVisible()
      await settled(page)
      await screen.then?.(page)
      await settled(page)
      await page.screenshot({ path: `${folder}/${screen.name}-${width}-${theme}-${lang}.png` })
      await context.close()
    })
  }
}
