import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useDuplicates } from '@/api/beneath'
import { fieldOf } from '@/api/kinds'
import type { Kind, Value } from '@/api/types'
import { useDebounced } from '@/lib/hooks'
import { withTexts } from '@/lib/i18n'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

const AskHead = lazy(() => withTexts(['ownership'], import('./askhead')))

/** Says while a record is typed that there is one like it among those its writer can see. */
export function DuplicateHint({ kind, fields }: { kind: Kind; fields: Record<string, Value> }) {
  const { t, pick } = useText()
  const asked = kind.fields.filter((f) => f.name === kind.title || ['phone', 'email', 'credit_code'].includes(f.format ?? ''))
  const typed = Object.fromEntries(
    asked.flatMap((f) => {
      const value = fields[f.name]
      return typeof value === 'string' && value.trim().length > 1 ? [[f.name, value]] : []
    }),
  )
  const still = useDebounced(JSON.stringify(typed), 400)
  const found = useDuplicates(kind.name, JSON.parse(still) as Record<string, Value>)
  const list = found.data?.mine ?? []
  return (
    <div className="duplicates-hint">
      <div role="status">
      {list.length > 0 && (
        <div className="note warn duplicates">
          <Icon name="warn" />
          <div>
            <p>{t('record.duplicate.title')}</p>
            <ul>
              {list.map((one) => (
                <li key={one.id}>
                  <Link to="/records/$kind/$id" params={{ kind: kind.name, id: one.id }} target="_blank">
                    {one.title}
                  </Link>{' '}
                  <span className="muted">
                    {t('record.duplicate.by', {
                      fields: one.by.map((name) => pick(fieldOf(kind, name)?.label ?? { zh: name, en: name })).join(t('record.comma')),
                    })}
                  </span>
                </li>
              ))}
            </ul>
            <p className="muted">{t('record.duplicate.hint')}</p>
          </div>
        </div>
      )}
      </div>
      {kind.name === 'customer' && Object.keys(typed).length > 0 && (
        <Suspense>
          <AskHead kind={kind} fields={typed} />
        </Suspense>
      )}
    </div>
  )
}
