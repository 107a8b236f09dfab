import type { RequestState } from '@/api/requests'
import { useText } from '@/lib/usetext'

export function StateTag({ state }: { state: RequestState }) {
  const { t } = useText()
  return <span className={`tag request-state ${state}`}>{t(`requests.states.${state}`)}</span>
}
