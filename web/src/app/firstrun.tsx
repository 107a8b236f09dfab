import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { withTexts } from '@/lib/i18n'
import { BoneRows } from '@/ui/states'

// The pages before the shell: an installation without people, and a password that somebody else
// chose.

const Setup = lazy(() => withTexts(['setup'], import('@/features/setup/setuppage')))
const OwnPassword = lazy(() => withTexts(['company'], import('@/features/session/ownpassword')))

export function SetupRoute() {
  const navigate = useNavigate()
  return (
    <Suspense fallback={<BoneRows />}>
      <Setup
        onDone={() => void navigate({ to: '/org', replace: true })}
        onSignIn={() => void navigate({ to: '/sign-in', search: { back: undefined, expired: undefined }, replace: true })}
      />
    </Suspense>
  )
}

export function OwnPasswordRoute() {
  const navigate = useNavigate()
  return (
    <Suspense fallback={<BoneRows />}>
      <OwnPassword onDone={() => void navigate({ to: '/', replace: true })} />
    </Suspense>
  )
}
