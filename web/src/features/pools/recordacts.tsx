import { lazy, Suspense, useState } from 'react'
import type { PoolAct } from '@/api/pools'
import type { Item } from '@/api/types'
import { usePhone } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { mayAskTo } from '@/permission/access'
import { Icon } from '@/ui/icons'
import { actsOf, iconOf } from './acts'
import { useClaim } from './useclaim'

const ActDialog = lazy(() => import('./actdialog'))

/** Claim, assign and release, on the page of a record: in its head, or at the thumb. */
export default function RecordActs({ kind, item }: { kind: string; item: Item }) {
  const { t } = useText()
  const phone = usePhone()
  const [asked, setAsked] = useState<Exclude<PoolAct, 'claim'>>()
  const { claim, busy } = useClaim(kind)
  return (
    <>
      {actsOf(item).map((act) => (
        <button
          key={act}
          type="button"
          className={act === 'claim' ? 'btn primary' : 'btn'}
          disabled={busy}
          onClick={() => (act === 'claim' ? void claim(item) : setAsked(act))}
        >
          {!(phone && act === 'assign') && <Icon name={iconOf(item, act)} />}
          {t(`pools.acts.${act}`)}
          {mayAskTo(item, act) && <span className="sr-only"> {t('mask.held')}</span>}
        </button>
      ))}
      {asked && (
        <Suspense>
          <ActDialog kind={kind} item={item} act={asked} onClose={() => setAsked(undefined)} />
        </Suspense>
      )}
    </>
  )
}
