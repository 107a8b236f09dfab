import { useText } from '@/lib/usetext'
import { Logo } from '@/ui/logo'

export function Waiting() {
  const { t } = useText()
  return (
    <main className="waiting" role="status" aria-label={t('app.loading')}>
      <Logo />
    </main>
  )
}
