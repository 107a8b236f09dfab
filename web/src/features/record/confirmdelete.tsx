import { useText } from '@/lib/usetext'
import { FormDialog } from '@/ui/formdialog'

interface Props {
  title: string
  onCancel: () => void
  onConfirm: () => void
}

export function ConfirmDelete({ title, onCancel, onConfirm }: Props) {
  const { t } = useText()
  return (
    <FormDialog title={t('record.deleteTitle', { title })} act={t('record.deleteYes')} danger onAct={onConfirm} onCancel={onCancel}>
      <p>{t('record.deleteText')}</p>
    </FormDialog>
  )
}
