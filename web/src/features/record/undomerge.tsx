import { useState } from 'react'
import { undoMerge } from '@/api/ownership'
import { useText } from '@/lib/usetext'
import { toast } from '@/ui/toast'

/** Takes a merge apart again, from where the timeline tells of it. */
export function UndoMerge({ id }: { id: string }) {
  const { t } = useText()
  const [busy, setBusy] = useState(false)
  const run = () => {
    setBusy(true)
    undoMerge(id)
      .then(() => toast(t('app.undone')))
      .catch(() => toast(t('app.notUndone'), { bad: true }))
      .finally(() => setBusy(false))
  }
  return (
    <button type="button" className="quiet" disabled={busy} onClick={run}>
      {t('record.unmerge')}
    </button>
  )
}
