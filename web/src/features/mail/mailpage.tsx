import { useMailSettings } from '@/api/mail'
import { hasFailed, isRefused } from '@/api/problem'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows } from '@/ui/states'
import { MailForm } from './mailform'
import { MailQueue } from './mailqueue'
import './mail.css'

/** By which server mail goes out, whether it does, and what became of each. */
export default function MailPage() {
  const { t } = useText()
  useTitle(t('mail.title'))
  const settings = useMailSettings()
  if (hasFailed(settings)) return <Failure page={isRefused(settings.error)} error={settings.error} onRetry={() => void settings.refetch()} />
  return (
    <div className="mail-page">
      <h1>{t('mail.title')}</h1>
      <p className="muted">{t('mail.lead')}</p>
      {settings.data ? <MailForm key={settings.data.version} settings={settings.data} /> : <BoneRows rows={6} />}
      {settings.data && <MailQueue on={settings.data.version > 0 && settings.data.on} />}
    </div>
  )
}
