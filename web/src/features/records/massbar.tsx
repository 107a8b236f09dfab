import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { Chosen } from '@/api/mass'
import type { Kind, Total } from '@/api/types'
import { withTexts } from '@/lib/i18n'
import { useText } from '@/lib/usetext'
import { Icon, type IconName } from '@/ui/icons'
import type { ListSearch } from './search'
import type { Selection } from './selection'
import './mass.css'

const MassDialog = lazy(() => import('./massdialog'))
const ExportDialog = lazy(() => import('./exportdialog'))
const GiveDialog = lazy(() => withTexts(['access'], import('@/permission/givedialog')))
const PutDialog = lazy(() => withTexts(['access', 'sandboxes'], import('@/permission/putdialog')))

export type MassAct = 'edit' | 'transfer' | 'tag' | 'delete'

interface Props {
  kind: Kind
  selection: Selection
  total?: Total
  filter: string | undefined
  search: ListSearch
  /** The columns, for an export. */
  fields: string[]
  /** What else can be done with them. */
  more?: ReactNode
}

type Act = MassAct | 'export' | 'grant' | 'sandbox'

const icons: Record<Act, IconName> = { grant: 'share', sandbox: 'person', edit: 'edit', transfer: 'transfer', tag: 'tag', delete: 'trash', export: 'download' }

/** What can be done with the chosen records. The server says afterwards to which of them. */
export default function MassBar({ kind, selection, total, filter, search, fields, more }: Props) {
  const { t, format } = useText()
  const [act, setAct] = useState<Act>()
  const count = selection.every ? (total?.count ?? 0) : selection.picked.size
  const number = format.number(count) + (selection.every && total?.capped ? '+' : '')
  const chosen: Chosen = selection.every ? { match: { filter, q: search.q } } : { ids: [...selection.picked] }
  const beyond = !selection.every && (selection.all || selection.swept) && total !== undefined && (total.capped || total.count > selection.picked.size)
  const has = (name: string) => kind.fields.some((field) => field.name === name && !field.read_only && field.level !== 'hidden')
  const acts: MassAct[] = ['edit', ...(has('owner') ? ['transfer' as const] : []), ...(has('tags') ? ['tag' as const] : []), 'delete']
  return (
    <section className="mass-bar" aria-label={t('lists.mass.bar')}>
      <p role="status">
        {t('lists.mass.chosen', { count, n: number })}
        {beyond && (
          <button type="button" className="link-btn" onClick={selection.pickEvery}>
            {t('lists.mass.every', { n: format.number(total.count) + (total.capped ? '+' : '') })}
          </button>
        )}
      </p>
      <div className="mass-acts">
        {more}
        {[...acts, 'grant' as const, 'sandbox' as const, ...(kind.can.includes('export') ? ['export' as const] : [])].map((one) => (
          <button key={one} type="button" className={one === 'delete' ? 'btn danger' : 'btn'} onClick={() => setAct(one)}>
            <Icon name={icons[one]} />
            <span className="mass-word">{t(`lists.mass.acts.${one}`)}</span>
          </button>
        ))}
        <button type="button" className="quiet" onClick={selection.clear}>
          {t('lists.mass.clear')}
        </button>
      </div>
      <Suspense>
        {act === 'export' && (
          <ExportDialog
            kind={kind}
            chosen={chosen}
            sort={search.sort}
            fields={fields}
            onClose={() => setAct(undefined)}
          />
        )}
        {act === 'grant' && <GiveDialog kind={kind} chosen={chosen} count={count} onClose={() => setAct(undefined)} />}
        {act === 'sandbox' && <PutDialog kind={kind} chosen={chosen} count={count} onClose={() => setAct(undefined)} />}
        {act && act !== 'export' && act !== 'grant' && act !== 'sandbox' && (
          <MassDialog
            kind={kind}
            act={act}
            chosen={chosen}
            count={count}
            onClose={(done) => {
              setAct(undefined)
              if (done) selection.clear()
            }}
          />
        )}
      </Suspense>
    </section>
  )
}
