import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { readCookie, writeCookie } from './cookies'
import type { Catalogue } from './lang/zh-CN'

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

// One catalogue is loaded, the other when asked for.
const load: Record<Language, () => Promise<Catalogue>> = {
  'zh-CN': async () => (await import('./lang/zh-CN')).default,
  en: async () => (await import('./lang/en')).default,
}

export function language(): Language {
  const chosen = readCookie(cookie)
  return languages.find((l) => l === chosen) ?? 'zh-CN'
}

async function change(next: Language) {
  if (!i18next.hasResourceBundle(next, 'ui')) i18next.addResourceBundle(next, 'ui', await load[next]())
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
