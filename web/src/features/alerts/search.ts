import type { AlertState, Detector } from '@/api/alerts'
import { alertStates, detectors } from '@/api/choices'

export type AlertTab = 'alerts' | 'detectors' | 'honey' | 'stream'
export const alertTabs: AlertTab[] = ['alerts', 'detectors', 'honey', 'stream']

/** The page of alerts as its link has it. */
export interface AlertSearch {
  tab?: AlertTab
  id?: string
  state?: AlertState
  detector?: Detector
}

/** Reads a URL that anybody may have written. */
export const validateAlertSearch = (raw: Record<string, unknown>): AlertSearch => ({
  tab: alertTabs.find((tab) => tab === raw.tab),
  id: typeof raw.id === 'string' || typeof raw.id === 'number' ? String(raw.id) : undefined,
  state: alertStates.find((state) => state === raw.state),
  detector: detectors.find((detector) => detector === raw.detector),
})
