import { StyleProvider } from '@ant-design/cssinjs'
import { ConfigProvider, type ConfigProviderProps } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { useText } from '@/lib/usetext'
import spec from './antd.theme.json'
import './antd.gen.css'

// The few <style> elements that Ant Design makes even so end in a node that is in no document.
const nowhere = document.createElement('div')

type Locale = NonNullable<ConfigProviderProps['locale']>

// Until its words are there. Without any locale Ant Design makes a tree of another shape, and the
// words would take away the field in which somebody is writing by then.
const noWords: Locale = { locale: '' }

const locales: Record<string, () => Promise<Locale>> = {
  'zh-CN': async () => {
    const [{ default: dayjs }, { default: locale }] = await Promise.all([
      import('dayjs'),
      import('antd/locale/zh_CN'),
      import('dayjs/locale/zh-cn'),
    ])
    dayjs.locale('zh-cn')
    return locale
  },
  en: async () => {
    const [{ default: dayjs }, { default: locale }] = await Promise.all([import('dayjs'), import('antd/locale/en_US')])
    dayjs.locale('en')
    return locale
  },
}

/**
 * Ant Design with the styles of antd.gen.css, which follow html[data-theme] by themselves: it
 * writes no <style> element, so a strict Content-Security-Policy holds.
 */
export function AntDesign({ children }: { children: ReactNode }) {
  const { lang } = useText()
  const [locale, setLocale] = useState(noWords)
  useEffect(() => {
    let current = true
    void locales[lang]?.().then((loaded) => {
      if (current) setLocale(loaded)
    })
    return () => {
      current = false
    }
  }, [lang])
  return (
    <StyleProvider container={nowhere}>
      <ConfigProvider
        locale={locale}
        button={{ autoInsertSpace: false }}
        // What a control opens in a modal dialog must stand in it: the rest of the page is inert.
        getPopupContainer={(node) => node?.closest('dialog') ?? document.body}
        wave={{ disabled: true }}
        theme={{ zeroRuntime: true, hashed: false, cssVar: { key: 'guan' }, token: spec.token }}
      >
        {children}
      </ConfigProvider>
    </StyleProvider>
  )
}
