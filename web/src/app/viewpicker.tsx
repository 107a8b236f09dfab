import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { body, http } from '@/api/client'
import { problemOf } from '@/api/problem'
import { useShortList } from '@/api/records'
import { lookAs } from '@/api/viewas'
import { useDebounced } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Dialog } from '@/ui/dialog'
import './keysheet.css'
import './viewpicker.css'

/** Chooses the person as whom to look at everything. */
export default function ViewPicker({ onClose }: { onClose: () => void }) {
  const { t } = useText()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string>()
  const q = useDebounced(typed.trim())
  const people = useShortList('person', { q: q || undefined, limit: 20, sort: q ? undefined : 'name' })
  const look = async (id: string) => {
    setBusy(true)
    try {
      // Asked once before everything on the screen is.
      const them = await body(http.GET('/api/v1/me', { headers: { 'View-As': id } }))
      onClose()
      const first = them.kinds.includes('customer') ? 'customer' : them.kinds[0]
      if (first) await navigate({ to: '/records/$kind', params: { kind: first } })
      await lookAs(id)
    } catch (error) {
      setFailed(problemText(error))
      setBusy(false)
    }
  }
  const items = people.data?.items ?? []
  return (
    <Dialog
      title={t('shell.view.title')}
      onCancel={onClose}
      footer={
        <button type="button" className="btn" onClick={onClose}>
          {t('app.cancel')}
        </button>
      }
    >
      <p className="view-text">{t('shell.view.text')}</p>
      <input
        type="search"
        className="input"
        aria-label={t('shell.view.search')}
        placeholder={t('shell.view.search')}
        autoFocus
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {failed && (
        <p className="view-failed" role="alert">
          {failed}
        </p>
      )}
      <ul className="view-people" aria-busy={people.isFetching}>
        {items.map((person) => (
          <li key={person.id}>
            <button type="button" disabled={busy} onClick={() => void look(person.id)}>
              <span className="avatar" aria-hidden="true">
                {Array.from(person.title)[0]}
              </span>
              <span>{person.title}</span>
              <span className="muted">{[person.fields.title, person.refs?.unit?.title].filter(Boolean).join(' · ')}</span>
            </button>
          </li>
        ))}
      </ul>
      {people.data && items.length === 0 && <p className="muted">{t('shell.view.none')}</p>}
      {people.isError && <p className="view-failed">{problemOf(people.error).code === 'network' ? t('problem.Network') : problemText(people.error)}</p>}
    </Dialog>
  )
}
