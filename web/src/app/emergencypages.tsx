import { getRouteApi } from '@tanstack/react-router'
import EmergencyPage from '@/features/emergency/emergencypage'

// Emergencies between their URL and their page.

const emergencies = getRouteApi('/shell/emergencies')

export function EmergenciesRoute() {
  const search = emergencies.useSearch()
  const navigate = emergencies.useNavigate()
  return <EmergencyPage search={search} onSearch={(next) => void navigate({ search: next, replace: next.id === search.id })} />
}
