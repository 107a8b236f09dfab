import { isNotFound, problemOf } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { ErrorState, State } from '@/ui/states'
import { Ask } from './ask'
import { BreakGlass, type GlassTarget } from './breakglass'
import { NotFound } from './notfound'
import { useProblemText } from './problemtext'

interface Props {
  error: unknown
  page?: boolean
  /** The record that did not come. */
  target?: GlassTarget
  onRetry: () => void
}

/** A page or panel whose data did not come: missing, denied, or failed. */
export function Failure({ error, page, target, onRetry }: Props) {
  const { t } = useText()
  const problemText = useProblemText()
  const problem = problemOf(error)
  if (page && isNotFound(error)) return <NotFound target={target} />
  // Nothing is refused to anybody: this part is not made to be looked at with other eyes.
  if (problem.code === 'view_as') {
    return page ? <State page icon="eye" title={t('view.notHere')} text={t('view.notHereText')} /> : <p className="muted view-not-here">{t('view.notHere')}</p>
  }
  if (problem.kind === 'Denied') {
    return (
      <State page={page} icon="lock" title={t('state.deniedTitle')} text={problemText(error)} id={problem.request_id}>
        <Ask />
        {page && target && <BreakGlass target={target} />}
      </State>
    )
  }
  return <ErrorState page={page} text={problemText(error)} id={problem.request_id} onRetry={onRetry} />
}
