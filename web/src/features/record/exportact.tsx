import { lazy, Suspense, useState } from 'react'
import type { Item, Kind } from '@/api/types'
import { withTexts } from '@/lib/i18n'
import { useText } from '@/lib/usetext'
import { mayDo } from '@/permission/access'
import { Icon } from '@/ui/icons'

const ExportRecord = lazy(() => withTexts(['jobs'], import('./exportrecord')))

/** Orders the record as a document, for who may export such records: of one that a rule holds it is asked for. */
export function ExportAct({ kind, item, kinds }: { kind: Kind; item: Item; kinds: Kind[] }) {
  const { t } = useText()
  const [open, setOpen] = useState(false)
  if (!mayDo(item, 'export') && !kind.can.includes('export')) return null
  return (
    <>
      <button type="button" className="btn" onClick={() => setOpen(true)}>
        <Icon name="download" />
        {t('record.exportPDF')}
      </button>
      {open && (
        <Suspense>
          <ExportRecord kind={kind} item={item} kinds={kinds} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
