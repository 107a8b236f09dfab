import { useText } from '@/lib/usetext'
import { Dialog } from '@/ui/dialog'

interface Props {
  title: string
  onCancel: () => void
  onConfirm: () => void
}

export function ConfirmDelete({ title, onCancel, onConfirm }: Props) {
  const { t } = useText()
  return (
    <Dialog
      title={t('record.deleteTitle', { title })}
      onCancel={onCancel}
      footer={
        <>
          <button type="button" className="btn" onClick={onCancel} autoFocus>
            {t('app.cancel')}
          </button>
          <button type="button" className="btn danger" onClick={onConfirm}>
            {t('record.deleteYes')}
          </button>
        </>
      }
    >
      <p>{t('record.deleteText')}</p>
    </Dialog>
  )
}
