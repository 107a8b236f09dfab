import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useDuplicates } from '@/api/beneath'
import { undoMerge, useMerge } from '@/api/ownership'
import { hasFailed, isStale } from '@/api/problem'
import { readRecord, useRecord } from '@/api/records'
import { useMe } from '@/api/session'
import type { Item, Kind, Value } from '@/api/types'
import { RefPicker } from '@/fields/refpicker'
import { useTitle } from '@/lib/hooks'
import { withTexts } from '@/lib/i18n'
import { useText } from '@/lib/usetext'
import { mayDo } from '@/permission/access'
import { Failure } from '@/permission/failure'
import { AntDesign } from '@/ui/antd'
import { Icon } from '@/ui/icons'
import { State } from '@/ui/states'
import { toast } from '@/ui/toast'
import { useUndo } from '@/ui/undo'
import { MergeFields } from './mergefields'
import { useOwnershipProblem } from './ownproblem'
import { RecordSkeleton } from './recordview'
import './record.css'
import './ownership.css'

const AskHead = lazy(() => withTexts(['ownership'], import('./askhead')))

/** Makes one of two records: first which, then field by field which value stays. */
export default function MergePage({ kind, id }: { kind: Kind; id: string }) {
  const { t } = useText()
  const record = useRecord(kind.name, id)
  const [other, setOther] = useState<string>()
  const item = record.data
  useTitle(item && t('ownership.mergeTitle', { title: item.title }))
  if (record.isPending) return <RecordSkeleton />
  if (!item || hasFailed(record)) return <Failure page error={record.error} onRetry={() => void record.refetch()} />
  if (!mayDo(item, 'edit')) return <State page icon="lock" title={t('ownership.mergeMayNot')} />
  return (
    <article className="record">
      <header className="record-head">
        <Link to="/records/$kind/$id" params={{ kind: kind.name, id }} className="record-back">
          <Icon name="left" />
          {item.title}
        </Link>
        <div className="record-line">
          <h1>{t('ownership.mergeTitle', { title: item.title })}</h1>
        </div>
        <p className="muted">{t('ownership.mergeText')}</p>
      </header>
      {other ? (
        <Both key={other} kind={kind} item={item} other={other} onBack={() => setOther(undefined)} />
      ) : (
        <Candidates kind={kind} item={item} onPick={setOther} />
      )}
    </article>
  )
}

/** Records that are alike where their reader sees them plainly, and a way to find any other. */
function Candidates({ kind, item, onPick }: { kind: Kind; item: Item; onPick: (id: string) => void }) {
  const { t } = useText()
  const asked = kind.fields.filter((f) => f.name === kind.title || ['phone', 'email', 'credit_code'].includes(f.format ?? ''))
  const fields: Record<string, Value> = {}
  for (const f of asked) {
    const value = item.fields[f.name]
    if (typeof value === 'string' && value !== '') fields[f.name] = value
  }
  const found = useDuplicates(kind.name, fields)
  const list = (found.data?.mine ?? []).filter((one) => one.id !== item.id)
  const me = useMe()
  // Of somebody else's record the head would be asked about that one.
  const mine = me.data !== undefined && item.fields.owner === me.data.person.id
  return (
    <section className="card form-group own-page" aria-label={t('ownership.candidates')}>
      <h2>{t('ownership.candidates')}</h2>
      {list.length === 0 && !found.isFetching && <p className="muted">{t('ownership.candidatesNone')}</p>}
      <ul className="own-candidates">
        {list.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => onPick(one.id)}>
              {one.title}
            </button>
          </li>
        ))}
      </ul>
      <label htmlFor="merge-with">{t('ownership.find')}</label>
      <AntDesign>
        <RefPicker id="merge-with" target={kind.name} value={undefined} onChange={(id) => id && id !== item.id && onPick(id)} />
      </AntDesign>
      {kind.name === 'customer' && mine && Object.keys(fields).length > 0 && (
        <>
          <p className="muted">{t('ownership.elsewhere')}</p>
          <Suspense>
            <AskHead kind={kind} fields={fields} there />
          </Suspense>
        </>
      )}
    </section>
  )
}

function Both({ kind, item, other: id, onBack }: { kind: Kind; item: Item; other: string; onBack: () => void }) {
  const { t, format } = useText()
  const navigate = useNavigate()
  const record = useRecord(kind.name, id)
  const [take, setTake] = useState<string[]>([])
  const [fault, setFault] = useState<string>()
  const merge = useMerge(kind.name, item.id)
  const problem = useOwnershipProblem()
  const done = useUndo()
  const other = record.data
  if (record.isPending) return <p role="status">{t('app.loading')}</p>
  if (!other || hasFailed(record)) return <Failure error={record.error} onRetry={() => void record.refetch()} />
  const may = mayDo(other, 'edit')
  const go = () =>
    merge.mutate(
      { version: item.version, other, take },
      {
        onSuccess: (made) => {
          const moved = made.parts.reduce((sum, part) => sum + part.will, 0)
          const stayed = made.parts.reduce((sum, part) => sum + part.stay.reduce((n, skip) => n + skip.count, 0), 0)
          done(moved > 0 ? t('ownership.mergeMoved', { n: format.number(moved) }) : t('ownership.mergeDone'), () => undoMerge(made.id))
          if (stayed > 0) toast(t('ownership.mergeStayed', { n: format.number(stayed) }))
          void navigate({ to: '/records/$kind/$id', params: { kind: kind.name, id: item.id } })
        },
        onError: (error) => {
          setFault(isStale(error) ? t('ownership.stale') : problem(error))
          if (!isStale(error)) return
          void readRecord(kind.name, item.id)
          void readRecord(kind.name, id)
        },
      },
    )
  return (
    <section className="card form-group own-page" aria-label={t('ownership.differ')}>
      {!may && (
        <p className="note warn">
          <Icon name="lock" />
          {t('ownership.mergeMayNot')}
        </p>
      )}
      <MergeFields kind={kind} item={item} other={other} take={take} onTake={setTake} />
      <p className="muted">{t('ownership.covered')}</p>
      {fault && (
        <p className="form-fault" role="alert">
          {fault}
        </p>
      )}
      <div className="record-acts">
        <button type="button" className="btn" onClick={onBack}>
          {t('ownership.back')}
        </button>
        <button type="button" className="btn primary" disabled={!may || merge.isPending} onClick={go}>
          {t('ownership.mergeConfirm')}
        </button>
      </div>
    </section>
  )
}
