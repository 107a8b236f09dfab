import { auditGroups } from '@/api/choices'
import { useKinds } from '@/api/kinds'
import { useText } from '@/lib/usetext'
import { PersonPicker } from '@/permission/personpicker'
import { Icon } from '@/ui/icons'
import type { AuditSearch } from './search'

interface Props {
  search: AuditSearch
  onSearch: (search: AuditSearch) => void
}

/** What the log is asked: of whom, of what, which acts, when. A record or an export comes by a link. */
export function AuditSearchForm({ search, onSearch }: Props) {
  const { t, pick } = useText()
  const kinds = useKinds()
  const kind = kinds.data?.find((one) => one.name === search.kind)
  return (
    <div className="audit-form" role="search" aria-label={t('audit.find')}>
      <div>
        <PersonPicker
          quiet
          label={t('audit.who')}
          hint={t('audit.everybody')}
          person={search.person ? { id: search.person, name: search.name ?? search.person } : undefined}
          onPerson={(person) => onSearch({ ...search, person: person?.id, name: person?.name })}
        />
      </div>
      <label>
        {t('audit.acts')}
        <select className="input" value={search.group ?? ''} onChange={(event) => onSearch({ ...search, group: auditGroups.find((group) => group === event.target.value) })}>
          <option value="">{t('audit.everything')}</option>
          {auditGroups.map((group) => (
            <option key={group} value={group}>
              {t(`audit.groups.${group}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('audit.from')}
        <input className="input" type="date" value={search.from ?? ''} max={search.until} onChange={(event) => onSearch({ ...search, from: event.target.value || undefined })} />
      </label>
      <label>
        {t('audit.until')}
        <input className="input" type="date" value={search.until ?? ''} min={search.from} onChange={(event) => onSearch({ ...search, until: event.target.value || undefined })} />
      </label>
      {search.record && <Chip text={t('audit.ofRecord', { kind: kind ? pick(kind.label) : search.kind, id: search.record })} onRemove={() => onSearch({ ...search, kind: undefined, record: undefined })} />}
      {search.export && <Chip text={t('audit.ofExport', { id: search.export })} onRemove={() => onSearch({ ...search, export: undefined })} />}
    </div>
  )
}

function Chip({ text, onRemove }: { text: string; onRemove: () => void }) {
  const { t } = useText()
  return (
    <button type="button" className="audit-chip" aria-label={t('audit.without', { what: text })} onClick={onRemove}>
      {text}
      <Icon name="close" />
    </button>
  )
}
