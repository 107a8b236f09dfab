import { useRouter } from '@tanstack/react-router'
import { Failure } from '@/permission/failure'

export function LoadFailed({ error }: { error: unknown }) {
  const router = useRouter()
  return (
    <main>
      <Failure page error={error} onRetry={() => void router.invalidate()} />
    </main>
  )
}
