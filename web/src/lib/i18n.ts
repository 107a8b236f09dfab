import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { readCookie, writeCookie } from './cookies'
import type { Area, Catalogue } from './lang/catalogue'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'ui'
    resources: { ui: Catalogue }
    returnNull: false
  }
}

const cookie = 'guan_lang'

const files = import.meta.glob<{ default: object }>('./lang/{zh-CN,en}/*.ts')
const needed = new Set<Area>(['base'])
const loaded = new Set<string>()

async function load(lang: Language, area: Area) {
  const file = `./lang/${lang}/${area}.ts`
  if (loaded.has(file)) return
  const texts = await files[file]?.()
  if (!texts) throw new Error(`${file} is missing`)
  i18next.addResourceBundle(lang, 'ui', texts.default, true)
  loaded.add(file)
}

/** Loads what a page imports, and with it the texts of the areas that it is written in. */
export async function withTexts<Page>(areas: Area[], page: Promise<Page>): Promise<Page> {
  for (const area of areas) needed.add(area)
  await Promise.all(areas.map((area) => load(language(), area)))
  return page
}

export function language(): Language {
  const chosen = readCookie(cookie)
  return languages.find((l) => l === chosen) ?? 'zh-CN'
}

async function change(next: Language) {
  await Promise.all([...needed].map((area) => load(next, area)))
  document.documentElement.lang = next
  await i18next.changeLanguage(next)
}

export async function startLanguage() {
  await i18next.use(initReactI18next).init({
    ns: ['ui'],
    defaultNS: 'ui',
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
    saveMissing: true,
    missingKeyHandler: (_, __, key) => console.error(`no text: ${key}`),
  })
  await change(language())
}

export function setLanguage(next: Language) {
  writeCookie(cookie, next)
  return change(next)
}

/** The text of a label that came from the server in both languages. */
export function pick(label: { zh: string; en: string }, lang: string): string {
  return (lang.startsWith('zh') ? label.zh : label.en) || label.zh || label.en
}
