import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { fieldOf } from '@/api/kinds'
import type { Item, Kind } from '@/api/types'
import { viewedPerson } from '@/api/viewas'
import { withTexts } from '@/lib/i18n'
import { useText } from '@/lib/usetext'
import { mayDo } from '@/permission/access'
import { Icon } from '@/ui/icons'

const TransferDialog = lazy(() => withTexts(['ownership'], import('./transferdialog')))

const CallIn = lazy(() => import('./callin'))

const mergeable = ['customer', 'contact']

/** What is done with whose a record is: it is given to somebody, made one with its duplicate, or somebody is called in. */
export function OwnActs({ kind, item }: { kind: Kind; item: Item }) {
  const { t } = useText()
  const [open, setOpen] = useState(false)
  const [calling, setCalling] = useState(false)
  // Who sees whose it is can ask for a transfer, also where they may not make one.
  const owned = typeof item.fields.owner === 'string' && viewedPerson() === undefined
  if ((!mayDo(item, 'edit') && !owned) || !fieldOf(kind, 'owner')) return null
  return (
    <>
      {mergeable.includes(kind.name) && mayDo(item, 'edit') && (
        <Link to="/records/$kind/$id/merge" params={{ kind: kind.name, id: item.id }} className="btn">
          <Icon name="merge" />
          {t('record.merge')}
        </Link>
      )}
      <button type="button" className="btn" onClick={() => setOpen(true)}>
        <Icon name="transfer" />
        {t('record.transfer')}
      </button>
      {mayDo(item, 'edit') && (
        <button type="button" className="btn" onClick={() => setCalling(true)}>
          <Icon name="person" />
          {t('record.callIn.button')}
        </button>
      )}
      {calling && (
        <Suspense>
          <CallIn kind={kind} item={item} onClose={() => setCalling(false)} />
        </Suspense>
      )}
      {open && (
        <Suspense>
          <TransferDialog kind={kind} item={item} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
