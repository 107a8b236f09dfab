import type { ReactNode } from 'react'
import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import type { ExportSearch } from './search'

const formats = ['xlsx', 'csv', 'pdf'] as const
type Format = (typeof formats)[number]

interface Props {
  kinds: Kind[]
  kind: string | undefined
  onKind: (name: string) => void
  format: Format
  onFormat: (format: Format) => void
  /** What is chosen beside them. */
  children: ReactNode
}

/** Which kind goes into the file, and in which format. */
export function ExportWhat({ kinds, kind, onKind, format, onFormat, children }: Props) {
  const { t, pick } = useText()
  return (
    <div className="export-row">
      <label>
        {t('jobs.what')}
        <select className="input" value={kind} onChange={(event) => onKind(event.target.value)}>
          {kinds.map((k) => (
            <option key={k.name} value={k.name}>
              {pick(k.label)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('jobs.format')}
        <select className="input" value={format} onChange={(event) => onFormat(formats.find((f) => f === event.target.value) ?? 'xlsx')}>
          {formats.map((f) => (
            <option key={f} value={f}>
              {t(`jobs.${f}`)}
            </option>
          ))}
        </select>
      </label>
      {children}
    </div>
  )
}

/** The words and the filter of the list that it came from. */
export function ExportNarrowed({ from }: { from: Pick<ExportSearch, 'q' | 'filter'> }) {
  const { t } = useText()
  if (!from.filter && !from.q) return null
  return (
    <p className="export-filter">
      {t('jobs.narrowed')}
      <code>{[from.q, from.filter].filter(Boolean).join(t('jobs.dot'))}</code>
    </p>
  )
}
