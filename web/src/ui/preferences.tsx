import { languages, setLanguage } from '@/lib/i18n'
import { setTheme, themes, useTheme } from '@/lib/theme'
import { useText } from '@/lib/usetext'
import { Icon } from './icons'

/** The languages side by side, each in its own words. */
export function LanguageButtons() {
  const { t, lang } = useText()
  return (
    <div className="segments" role="group" aria-label={t('user.language')}>
      {languages.map((l) => (
        <button key={l} type="button" lang={l} aria-pressed={l === lang} onClick={() => void setLanguage(l)}>
          {t(`user.${l}`)}
        </button>
      ))}
    </div>
  )
}

export function ThemeButtons() {
  const { t } = useText()
  const chosen = useTheme()
  return (
    <div className="segments" role="group" aria-label={t('user.theme')}>
      {themes.map((theme) => (
        <button key={theme} type="button" aria-pressed={theme === chosen} onClick={() => setTheme(theme)}>
          {theme === 'dark' && <Icon name="moon" />}
          {t(`user.themes.${theme}`)}
        </button>
      ))}
    </div>
  )
}
