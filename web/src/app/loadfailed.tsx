import { useRouter } from '@tanstack/react-router'
import { stopLooking, viewedPerson } from '@/api/viewas'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'

export function LoadFailed({ error }: { error: unknown }) {
  const { t } = useText()
  const router = useRouter()
  const again = () => void router.invalidate()
  return (
    <main>
      <Failure page error={error} onRetry={again} />
      {/* A link may name somebody as whom one may not look; there must be a way back to oneself. */}
      {viewedPerson() !== undefined && (
        <p className="load-own">
          <button
            type="button"
            className="btn"
            onClick={() => {
              stopLooking()
              again()
            }}
          >
            {t('view.own')}
          </button>
        </p>
      )}
    </main>
  )
}
