import { Component, type ReactNode } from 'react'
import { useText } from '@/lib/usetext'
import { State } from '@/ui/states'

/** Catches what broke below it, and says so instead of showing an empty page. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    return this.state.broken ? <Crashed /> : this.props.children
  }
}

export function Crashed() {
  const { t } = useText()
  return (
    <main>
      <State page icon="warn" title={t('state.errorTitle')} text={t('state.crashed')}>
        <button type="button" className="btn primary" onClick={() => location.reload()}>
          {t('state.reload')}
        </button>
      </State>
    </main>
  )
}
