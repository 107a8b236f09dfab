import { Link } from '@tanstack/react-router'
import type { FieldChange, Happening } from '@/api/beneath'
import { fileHref } from '@/api/beneath'
import { fieldOf } from '@/api/kinds'
import type { Field, Item, Kind, Value } from '@/api/types'
import { FieldValue, useValueText } from '@/fields/value'
import { useText } from '@/lib/usetext'
import { fieldState, isEmpty } from '@/permission/access'
import { Icon, type IconName, isIcon } from '@/ui/icons'
import { CommentEntry } from './commententry'
import { UndoMerge } from './undomerge'
import { bytes } from './words'

interface Props {
  kind: Kind
  kinds: Kind[]
  item: Item
  entry: Happening
}

const icons: Record<string, IconName> = {
  created: 'plus',
  changed: 'edit',
  comment: 'activity',
  file: 'attach',
  joined: 'person',
  left: 'person',
  given: 'shield',
  revoked: 'shield',
  glass_opened: 'warn',
  glass_ended: 'warn',
  glass_reviewed: 'check',
  handed: 'transfer',
  merged: 'merge',
  unmerged: 'merge',
}

/** One entry of a timeline. */
export function Entry({ kind, kinds, item, entry }: Props) {
  const { t, format } = useText()
  const name = entry.item?.kind ?? ''
  const icon = entry.type === 'record' ? (isIcon(name) ? name : 'other') : (icons[entry.type] ?? 'info')
  return (
    <li className={`entry entry-${entry.type}`}>
      <span className="entry-mark">
        <Icon name={icon} />
      </span>
      <div className="entry-body">
        <p className="entry-head">
          <Said kind={kind} kinds={kinds} item={item} entry={entry} />
          <time dateTime={entry.at} className="entry-time num" title={format.moment(entry.at)}>
            {format.moment(entry.at).split(' ').at(-1)}
          </time>
        </p>
        {entry.changes && (
          <ul className="entry-changes">
            {entry.changes.map((change) => (
              <Change key={change.field} kind={kind} item={item} change={change} />
            ))}
          </ul>
        )}
        {entry.reason && <p>{t(entry.type.startsWith('glass') ? 'record.glassReason' : 'record.released', { reason: entry.reason })}</p>}
        {entry.handover?.note && <p className="entry-text multiline">{entry.handover.note}</p>}
        {entry.handover?.own && (
          <div className="entry-text">
            <p className="muted">{t('record.handedOwn')}</p>
            <p className="multiline">{entry.handover.own}</p>
          </div>
        )}
        {entry.merge?.undo && <UndoMerge id={entry.merge.id} />}
        {entry.item && <About kind={kinds.find((k) => k.name === entry.item?.kind)} item={entry.item} skip={entry.relation ? relationField(kind, entry.relation) : undefined} />}
        {entry.comment && <CommentEntry kind={kind.name} id={item.id} comment={entry.comment} />}
        {entry.file && (
          <p>
            <a href={fileHref(kind.name, item.id, entry.file.id)} download={entry.file.name}>
              {entry.file.name}
            </a>{' '}
            <span className="muted num">{bytes(entry.file.size)}</span>
          </p>
        )}
        <span className="sr-only">{t('record.by', { name: entry.by?.name ?? '' })}</span>
      </div>
    </li>
  )
}

const relationField = (kind: Kind, relation: string) => kind.relations.find((r) => r.name === relation)?.field

/** What a change was, where it was more than an edit. */
function acted({ act, why }: Happening, t: ReturnType<typeof useText>['t']) {
  if (!act) return t('record.changedWord')
  return why ? t(`record.recycledFor.${why}`) : t(`record.acts.${act as 'claim'}`)
}

/** Who did what, in one line. */
function Said({ kinds, entry }: Props) {
  const { t, pick, format } = useText()
  const who = <strong>{entry.by?.name ?? t('record.somebody')}</strong>
  const access = entry.access
  const self = entry.by !== undefined && entry.by.id === access?.person.id
  switch (entry.type) {
    case 'record': {
      const other = kinds.find((k) => k.name === entry.item?.kind)
      if (!other || !entry.item) return null
      const type = fieldOf(other, 'type')
      return (
        <span className="entry-said">
          <span className="entry-kind">
            {pick(other.label)}
            {type && !isEmpty(entry.item, 'type') && (
              <>
                {' · '}
                <FieldValue kind={other} item={entry.item} field={type} short />
              </>
            )}
          </span>{' '}
          <Link to="/records/$kind/$id" params={{ kind: other.name, id: entry.item.id }}>
            {entry.item.title || t('list.untitled')}
          </Link>
        </span>
      )
    }
    case 'created':
      return (
        <span className="entry-said">
          {who} {t('record.created')}
        </span>
      )
    case 'changed':
      return (
        <span className="entry-said">
          {entry.act !== 'recycled' && entry.act !== 'tagged' && who} {acted(entry, t)}
        </span>
      )
    case 'handed':
      return (
        <span className="entry-said">
          {who}{' '}
          {entry.handover?.to
            ? t(entry.handover.from && entry.handover.from.id !== entry.by?.id ? 'record.handed' : 'record.handedTo', { from: entry.handover.from?.name, to: entry.handover.to.name })
            : t('record.handedOver')}
        </span>
      )
    case 'merged':
    case 'unmerged':
      return (
        <span className="entry-said">
          {who} {t(entry.type === 'merged' ? 'record.wasMerged' : 'record.unmerged')}
        </span>
      )
    case 'joined':
    case 'left':
      return (
        <span className="entry-said">
          {who} {self ? t(`record.self.${entry.type}`) : t(`record.${entry.type}`, { person: access?.person.name })}
        </span>
      )
    case 'given':
      return (
        <span className="entry-said">
          {who}{' '}
          {t('record.given', {
            person: access?.person.name,
            actions: (access?.actions ?? []).map((a) => t(`actions.${a as 'read'}`)).join(t('record.comma')),
            until: access?.until ? format.moment(access.until) : '',
          })}
        </span>
      )
    case 'glass_opened':
    case 'glass_ended':
    case 'glass_reviewed':
      return (
        <span className="entry-said">
          {who} {self && entry.type === 'glass_ended' ? t('record.self.glass_ended') : <Glass entry={entry} />}
        </span>
      )
    case 'revoked':
      return (
        <span className="entry-said">
          {who} {self ? t('record.self.revoked') : t('record.revoked', { person: access?.person.name })}
        </span>
      )
    case 'file':
      return (
        <span className="entry-said">
          {who} {t('record.fileAdded')}
        </span>
      )
  }
  return <span className="entry-said">{who}</span>
}

/** That the record was opened in an emergency, and what became of it. */
function Glass({ entry }: { entry: Happening }) {
  const { t, format } = useText()
  const { person, until } = entry.access ?? { person: { name: '' } }
  if (entry.type === 'glass_opened') return t('record.glass_opened', { until: until ? format.moment(until) : '' })
  if (entry.type === 'glass_ended') return t('record.glass_ended', { person: person.name })
  return t(`record.glass_reviewed.${entry.act as 'justified'}`, { person: person.name })
}

function Change({ kind, item, change }: { kind: Kind; item: Item; change: FieldChange }) {
  const { t, pick } = useText()
  const text = useValueText()
  const field = fieldOf(kind, change.field)
  if (!field) return null
  const label = pick(field.label)
  if (change.masked) return <li>{t('record.fieldMasked', { field: label })}</li>
  if (change.withheld) return <li>{t('record.fieldChanged', { field: label })}</li>
  const words = (value: Value | undefined) => {
    if (field.type === 'ref' && typeof value === 'string') return change.titles?.[value] ?? t('record.unreadable')
    return text(stageField(kind, field), value ?? null, { ...item, refs: {} })
  }
  return <li>{t('record.fromTo', { field: label, old: words(change.old), new: words(change.new) })}</li>
}

/** The stages are the choices of the field that says where a record stands. */
const stageField = (kind: Kind, field: Field): Field =>
  field.name === 'stage' && !field.choices ? { ...field, choices: kind.stages } : field

const skipped = new Set(['updated_at', 'currency', 'type', 'tags'])

/** What there is to know of a related record, in a line, and what was said. */
function About({ kind, item, skip }: { kind?: Kind; item: Item; skip?: string }) {
  const { pick } = useText()
  if (!kind) return null
  const said = kind.fields.find((f) => f.class === 'communication' && (f.name in item.fields || item.masked?.[f.name] !== undefined))
  const shown = kind.columns
    .flatMap((name) => fieldOf(kind, name) ?? [])
    .filter((f) => f.name !== kind.title && f.name !== skip && !skipped.has(f.name) && f.type !== 'time' && !isEmpty(item, f.name))
    .slice(0, 4)
  return (
    <>
      {shown.length > 0 && (
        <p className="entry-facts">
          {shown.map((f) => (
            <span key={f.name}>
              <span className="sr-only">{pick(f.label)} </span>
              <FieldValue kind={kind} item={item} field={f} short />
            </span>
          ))}
        </p>
      )}
      {said && fieldState(item, said.name).is === 'plain' && !isEmpty(item, said.name) && (
        <p className="entry-text multiline">{String(item.fields[said.name])}</p>
      )}
    </>
  )
}
