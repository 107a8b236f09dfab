import { useState } from 'react'
import { useDeletePosition, usePositions, usePutPosition } from '@/api/company'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { Dialog } from '@/ui/dialog'
import { BoneRows } from '@/ui/states'
import { toast } from '@/ui/toast'

interface Position {
  code: string
  label: { zh: string; en: string }
}

/** The positions of the company: their labels change, their codes never do. */
export function Positions({ may }: { may: boolean }) {
  const { t, pick } = useText()
  const problemText = useProblemText()
  const found = usePositions()
  const remove = useDeletePosition()
  const [edited, setEdited] = useState<Position>()
  if (found.isPending) return <BoneRows />
  if (!found.data || hasFailed(found)) return <Failure error={found.error} onRetry={() => void found.refetch()} />
  return (
    <section className="o-positions" aria-labelledby="positions-title">
      <header>
        <h2 id="positions-title">{t('company.positions.title')}</h2>
        {may && (
          <button type="button" className="btn" onClick={() => setEdited({ code: '', label: { zh: '', en: '' } })}>
            {t('company.positions.add')}
          </button>
        )}
      </header>
      <p className="muted">{t('company.positions.lead')}</p>
      {remove.isError && (
        <p className="note bad" role="alert">
          {problemText(remove.error)}
        </p>
      )}
      <ul>
        {found.data.items.map((position) => (
          <li key={position.code}>
            <strong>{pick(position.label)}</strong>
            <code>{position.code}</code>
            {may && (
              <span>
                <button type="button" className="quiet" onClick={() => setEdited(position)}>
                  {t('company.rename')}
                </button>
                <button
                  type="button"
                  className="quiet"
                  onClick={() => remove.mutate(position.code, { onSuccess: () => toast(t('company.positions.removed')) })}
                >
                  {t('company.takeAway')}
                </button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {edited && <PositionDialog position={edited} onClose={() => setEdited(undefined)} />}
    </section>
  )
}

function PositionDialog({ position, onClose }: { position: Position; onClose: () => void }) {
  const { t } = useText()
  const problemText = useProblemText()
  const put = usePutPosition()
  return (
    <Dialog
      title={t(position.code ? 'company.positions.rename' : 'company.positions.add')}
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t('company.cancel')}
          </button>
          <button type="submit" form="position" className="btn primary" disabled={put.isPending}>
            {t('company.save')}
          </button>
        </>
      }
    >
      <form
        id="position"
        className="change-form"
        onSubmit={(event) => {
          event.preventDefault()
          const data = new FormData(event.currentTarget)
          const text = (name: string) => String(data.get(name) ?? '').trim()
          put.mutate({ code: position.code || text('code'), label: { zh: text('zh'), en: text('en') } }, { onSuccess: onClose })
        }}
      >
        {(['zh', 'en'] as const).map((lang) => (
          <div className="o-pick" key={lang}>
            <label htmlFor={`position-${lang}`}>{t(`company.positions.${lang}`)}</label>
            <input className="input" id={`position-${lang}`} name={lang} defaultValue={position.label[lang]} autoComplete="off" />
          </div>
        ))}
        {!position.code && (
          <div className="o-pick">
            <label htmlFor="position-code">{t('company.positions.code')}</label>
            <input className="input" id="position-code" name="code" pattern="[a-z][a-z0-9_]*" autoComplete="off" required />
            <span className="muted">{t('company.positions.codeHint')}</span>
          </div>
        )}
        {put.isError && <p className="note bad">{problemText(put.error)}</p>}
      </form>
    </Dialog>
  )
}
