import { useText } from '@/lib/usetext'
import { Logo } from '@/ui/logo'
import { Still } from '@/ui/states'

export function Waiting() {
  const { t } = useText()
  return (
    <main className="waiting" role="status" aria-label={t('app.loading')}>
      <div>
        <Logo />
        <Still />
      </div>
    </main>
  )
}
