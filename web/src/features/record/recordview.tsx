import { Link } from '@tanstack/react-router'
import { type ReactNode, useId, useState } from 'react'
import { fieldOf } from '@/api/kinds'
import type { Item, Kind } from '@/api/types'
import { usePhone } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { isEmpty, isPartly, mayAskTo, mayDo } from '@/permission/access'
import { Guarded } from '@/permission/marks'
import { Icon } from '@/ui/icons'
import { Still } from '@/ui/states'
import { ConfirmDelete } from './confirmdelete'
import { FieldGroups } from './fieldgroups'
import { InPlace } from './inplace'
import { StageBar } from './stagebar'
import { TagGroups } from './taggroups'
import { TagLine } from './tagline'
import './record.css'
import './beside.css'

export interface Tab {
  key: string
  label: string
  content: () => ReactNode
}

interface Props {
  kind: Kind
  item: Item
  refreshing: boolean
  deleting: boolean
  /** Why the last action did not happen. */
  failure?: string
  onDelete: () => void
  /** What else can be done with it, beside editing. */
  more?: ReactNode
  /** Opens who can see the record, for those who may know it. */
  onWho?: () => void
  /** Tags that are in use, to choose from. */
  tags?: string[]
  /** Somebody begins to tag: now the tags are worth asking for. */
  onTagging?: () => void
  tabs?: Tab[]
  /** Which of them is open; the first, when none was chosen. */
  tab?: string
  onTab?: (key: string) => void
  /** More that can be done, as buttons; on a phone they stand at the thumb. */
  acts?: ReactNode
  /** What stands at the thumb on a phone. */
  thumb?: ReactNode
}

export function RecordView({ kind, item, refreshing, deleting, failure, onDelete, onWho, tags = [], onTagging, tabs = [], tab, onTab, acts, more, thumb }: Props) {
  const { t, pick } = useText()
  const phone = usePhone()
  const [asking, setAsking] = useState(false)
  // On a phone editing stands there and the rest behind a press.
  const [opened, setOpened] = useState(false)
  const actsId = useId()
  const name = pick(kind.label)
  const plural = pick(kind.plural ?? kind.label)
  const question = { kind: kind.name, id: item.id }
  const asksDelete = mayAskTo(item, 'delete')
  const details = <FieldGroups kind={kind} item={item} />
  const editing = (
    <span className="record-first">
      <Guarded question={{ ...question, action: 'edit' }} allowed={mayDo(item, 'edit')} label={t('record.edit')}>
        <Link to="/records/$kind/$id/edit" params={{ kind: kind.name, id: item.id }} className="btn primary">
          <Icon name="edit" />
          {t('record.edit')}
        </Link>
      </Guarded>
    </span>
  )
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
          <div id={actsId} className={phone ? `record-acts${opened ? '' : ' shut'}` : 'record-acts'}>
            {!phone && acts}
            {phone && editing}
            {phone && (
              <button type="button" className="btn icon-only record-opens" aria-expanded={opened} aria-controls={actsId} aria-label={t('record.more')} onClick={() => setOpened(!opened)}>
                <Icon name="more" />
              </button>
            )}
            {onWho && (
              <button type="button" className="btn" onClick={onWho}>
                <Icon name="shield" />
                {t('record.who')}
              </button>
            )}
            {more}
            <Guarded question={{ ...question, action: 'delete' }} allowed={mayDo(item, 'delete') || asksDelete} label={t('record.delete')}>
              <button type="button" className="btn danger" disabled={deleting} onClick={() => (asksDelete ? onDelete() : setAsking(true))}>
                <Icon name={asksDelete ? 'shield' : 'trash'} />
                {t('record.delete')}
                {asksDelete && <span className="sr-only"> {t('mask.held')}</span>}
              </button>
            </Guarded>
            {!phone && editing}
          </div>
        </div>
        <dl className="record-facets">
          {['owner', 'unit', 'pool'].map((facet) => (
            <Facet key={facet} kind={kind} item={item} name={facet} />
          ))}
        </dl>
        <TagLine kind={kind} item={item} known={tags} onTagging={onTagging} />
        <TagGroups kind={kind} item={item} />
        <StageBar kind={kind} item={item} />
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
      {phone ? (
        <Tabs tabs={[{ key: 'details', label: t('record.details'), content: () => details }, ...tabs]} chosen={tab} onChoose={onTab} />
      ) : (
        <div className="record-body">
          {details}
          {tabs.length > 0 && <Tabs tabs={tabs} chosen={tab} onChoose={onTab} />}
        </div>
      )}
      {phone && thumb}
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

/** Panels behind tabs: arrows move between them, as the pattern for tabs has it. */
function Tabs({ tabs, chosen, onChoose }: { tabs: Tab[]; chosen?: string; onChoose?: (key: string) => void }) {
  const { t } = useText()
  const open = tabs.find((tab) => tab.key === chosen) ?? tabs[0]
  if (!open) return null
  return (
    <div className="record-side">
      <div
        className="page-tabs"
        role="tablist"
        aria-label={t('record.tabs')}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
          if (step === 0) return
          const next = tabs[(tabs.indexOf(open) + step + tabs.length) % tabs.length]
          if (next) onChoose?.(next.key)
          document.getElementById(`tab-${next?.key}`)?.focus()
        }}
      >
        {tabs.map((tab) => (
          <button
            key={tab.key}
            id={`tab-${tab.key}`}
            type="button"
            role="tab"
            aria-selected={tab === open}
            aria-controls={`panel-${tab.key}`}
            tabIndex={tab === open ? 0 : -1}
            onClick={() => onChoose?.(tab.key)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div id={`panel-${open.key}`} role="tabpanel" aria-labelledby={`tab-${open.key}`} className="record-panel">
        {open.content()}
      </div>
    </div>
  )
}

/** One of the facts that a header shows, when the record has it or it is withheld. */
function Facet({ kind, item, name }: { kind: Kind; item: Item; name: string }) {
  const { pick } = useText()
  const field = fieldOf(kind, name)
  if (!field || isEmpty(item, name)) return null
  return (
    <div>
      <dt>{pick(field.label)}</dt>
      <dd>
        <InPlace kind={kind} item={item} field={field} />
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
        <Still />
      </div>
      <div className="record-body">
        <div className="card bone-card" />
        <div className="card bone-card" />
      </div>
    </div>
  )
}
