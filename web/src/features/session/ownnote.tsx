import { useState } from 'react'
import { hasFailed } from '@/api/problem'
import { useOwnNote, useSetOwnNote } from '@/api/requests'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { BoneRows } from '@/ui/states'
import { toast } from '@/ui/toast'

/** What one leaves to who will get one's records, before anybody hands them on. */
export function OwnNoteForm() {
  const { t, format } = useText()
  const problemText = useProblemText()
  const kept = useOwnNote()
  const set = useSetOwnNote()
  const [typed, setTyped] = useState<string>()
  if (kept.isPending) return <BoneRows rows={1} />
  if (hasFailed(kept)) return <Failure error={kept.error} onRetry={() => void kept.refetch()} />
  const had = kept.data?.note ?? ''
  const note = typed ?? had
  return (
    <form
      className="own-note"
      aria-label={t('account.ownNote.title')}
      onSubmit={(event) => {
        event.preventDefault()
        set.mutate(note.trim(), {
          onSuccess: (now) => {
            toast(t(now.note ? 'account.ownNote.saved' : 'account.ownNote.gone'))
            setTyped(undefined)
          },
        })
      }}
    >
      <textarea className="input" rows={3} maxLength={1000} aria-label={t('account.ownNote.title')} value={note} onChange={(event) => setTyped(event.target.value)} />
      {kept.data?.at && <p className="muted">{t('account.ownNote.at', { time: format.moment(kept.data.at) })}</p>}
      <button type="submit" className="btn" disabled={note.trim() === had || set.isPending}>
        {t('account.ownNote.save')}
      </button>
      {set.error && (
        <p className="note bad" role="alert">
          {problemText(set.error)}
        </p>
      )}
    </form>
  )
}
