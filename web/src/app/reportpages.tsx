import { getRouteApi, useNavigate } from '@tanstack/react-router'
import ReportPage from '@/features/reports/reportpage'
import ReportsPage from '@/features/reports/reportspage'

// Monthly reports between their URLs and their pages.

const report = getRouteApi('/shell/reports/$id')

export function ReportsRoute() {
  const navigate = useNavigate()
  return <ReportsPage onOpen={(id) => void navigate({ to: '/reports/$id', params: { id } })} />
}

export function ReportRoute() {
  const { id } = report.useParams()
  const navigate = useNavigate()
  return <ReportPage key={id} id={id} onBack={() => void navigate({ to: '/reports' })} />
}
