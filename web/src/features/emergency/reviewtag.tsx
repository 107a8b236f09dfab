import type { EmergencyState } from '@/api/emergencies'
import { useText } from '@/lib/usetext'

export function ReviewTag({ state }: { state: EmergencyState }) {
  const { t } = useText()
  return <span className={`tag review-state ${state}`}>{t(`emergency.states.${state}`)}</span>
}
