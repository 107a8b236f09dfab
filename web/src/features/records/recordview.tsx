import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { fieldOf } from '@/api/kinds'
import type { Item, Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { isEmpty, isPartly, mayDo } from '@/permission/access'
import { Guarded } from '@/permission/marks'
import { Icon } from '@/ui/icons'
import { ConfirmDelete } from './confirmdelete'
import { FieldGroups } from './fieldgroups'
import { FieldValue } from './value'
import './record.css'

interface Props {
  kind: Kind
  item: Item
  refreshing: boolean
  deleting: boolean
  /** Why the last action did not happen. */
  failure?: string
  onDelete: () => void
  children?: ReactNode
}

export function RecordView({ kind, item, refreshing, deleting, failure, onDelete, children }: Props) {
  const { t, pick } = useText()
  const [asking, setAsking] = useState(false)
  const name = pick(kind.label)
  const plural = pick(kind.plural ?? kind.label)
  const question = { kind: kind.name, id: item.id }
  return (
    <article className="record" aria-busy={refreshing}>
      <header className="record-head">
        <Link to="/records/$kind" params={{ kind: kind.name }} className="record-back">
          <Icon name="left" />
          {t('record.back', { kind: plural })}
        </Link>
        <div className="record-line">
          <h1>
            {item.title || t('list.untitled')}
            <span className="sr-only"> {name}</span>
          </h1>
          <Facet kind={kind} item={item} name="stage" />
          <div className="record-acts">
            <Guarded question={{ ...question, action: 'edit' }} allowed={mayDo(item, 'edit')} label={t('record.edit')}>
              <Link
                to="/records/$kind/$id/edit"
                params={{ kind: kind.name, id: item.id }}
                className="btn primary"
              >
                <Icon name="edit" />
                {t('record.edit')}
              </Link>
            </Guarded>
            <Guarded
              question={{ ...question, action: 'delete' }}
              allowed={mayDo(item, 'delete')}
              label={t('record.delete')}
            >
              <button type="button" className="btn danger" disabled={deleting} onClick={() => setAsking(true)}>
                <Icon name="trash" />
                {t('record.delete')}
              </button>
            </Guarded>
          </div>
        </div>
        <dl className="record-facets">
          {['owner', 'unit', 'pool'].map((facet) => (
            <Facet key={facet} kind={kind} item={item} name={facet} labelled />
          ))}
          <Facet kind={kind} item={item} name="tags" labelled />
        </dl>
      </header>
      {failure && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {failure}
        </p>
      )}
      {isPartly(item) && (
        <p className="note record-partly">
          <Icon name="shield" />
          {t('record.partly')}
        </p>
      )}
      <div className="record-body">
        <FieldGroups kind={kind} item={item} />
        {children}
      </div>
      {asking && (
        <ConfirmDelete
          title={item.title}
          onCancel={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false)
            onDelete()
          }}
        />
      )}
    </article>
  )
}

/** One of the facts that a header shows, when the record has it or it is withheld. */
function Facet({ kind, item, name, labelled }: { kind: Kind; item: Item; name: string; labelled?: boolean }) {
  const { pick } = useText()
  const field = fieldOf(kind, name)
  if (!field || isEmpty(item, name)) return null
  if (!labelled) return <FieldValue kind={kind} item={item} field={field} />
  return (
    <div>
      <dt>{pick(field.label)}</dt>
      <dd>
        <FieldValue kind={kind} item={item} field={field} />
      </dd>
    </div>
  )
}

export function RecordSkeleton() {
  const { t } = useText()
  return (
    <div className="record" role="status" aria-label={t('app.loading')}>
      <div className="record-head">
        <span className="bone bone-title" />
        <span className="bone bone-line" />
      </div>
      <div className="record-body">
        <div className="card bone-card" />
        <div className="card bone-card" />
      </div>
    </div>
  )
}
