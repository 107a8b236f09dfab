import { useState } from 'react'
import { useText } from '@/lib/usetext'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'

/** The codes of recovery, this once. */
export function RecoveryDialog({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useText()
  const [kept, setKept] = useState(false)
  return (
    <Dialog
      title={t('factor.codes.title')}
      onCancel={() => kept && onClose()}
      footer={
        <button type="button" className="btn primary" disabled={!kept} onClick={onClose}>
          {t('factor.codes.done')}
        </button>
      }
    >
      <div className="factor-form">
        <p className="note warn">
          <Icon name="info" />
          {t('factor.codes.text')}
        </p>
        <ul className="factor-codes">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <label className="factor-kept">
          <input type="checkbox" checked={kept} onChange={(event) => setKept(event.target.checked)} />
          <span>{t('factor.codes.kept')}</span>
        </label>
      </div>
    </Dialog>
  )
}
