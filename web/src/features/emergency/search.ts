import { emergencyStates } from '@/api/choices'
import type { EmergencyState } from '@/api/emergencies'

export type EmergencyTab = 'mine' | 'review' | 'all' | 'people'

/** The page of emergencies as its link has it. */
export interface EmergencySearch {
  tab?: EmergencyTab
  id?: string
  state?: EmergencyState
  person?: string
}

const tabs: EmergencyTab[] = ['mine', 'review', 'all', 'people']
const idOf = (raw: unknown) => (typeof raw === 'string' || typeof raw === 'number' ? String(raw) : undefined)

/** Reads a URL that anybody may have written. */
export const validateEmergencySearch = (raw: Record<string, unknown>): EmergencySearch => ({
  tab: tabs.find((tab) => tab === raw.tab),
  id: idOf(raw.id),
  state: emergencyStates.find((state) => state === raw.state),
  person: idOf(raw.person),
})
