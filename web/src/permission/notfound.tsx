import { Link } from '@tanstack/react-router'
import { useText } from '@/lib/usetext'
import { State } from '@/ui/states'
import { Ask } from './ask'
import { BreakGlass, type GlassTarget } from './breakglass'

/** What is missing and what may not be seen look the same, to the last word. */
export function NotFound({ target }: { target?: GlassTarget }) {
  const { t } = useText()
  return (
    <State page icon="search" title={t('state.notFoundTitle')} text={t('state.notFound')}>
      <Link to="/" className="btn">
        {t('state.notFoundHome')}
      </Link>
      <Ask />
      <BreakGlass target={target} />
    </State>
  )
}
