import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { format } from './format'
import { pick } from './i18n'

/** Everything a component needs to write text: catalogue, server labels, numbers and dates. */
export function useText() {
  const { t, i18n } = useTranslation()
  const lang = i18n.language
  return useMemo(
    () => ({ t, lang, pick: (label: { zh: string; en: string }) => pick(label, lang), format: format(lang) }),
    [t, lang],
  )
}

export type Text = ReturnType<typeof useText>
