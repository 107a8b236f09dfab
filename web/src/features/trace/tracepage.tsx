import { useState } from 'react'
import { type Leak, useMarkSettings, useTrace } from '@/api/trace'
import { hasFailed, isRefused, problemOf } from '@/api/problem'
import { useMe } from '@/api/session'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { CodeTrace } from '@/permission/codetrace'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { MarkSwitches } from './markswitches'
import { TraceFound } from './tracefound'
import { TraceInput } from './traceinput'
import './trace.css'

const unread = ['empty', 'file_type', 'encrypted', 'damaged', 'too_big', 'too_long', 'body_large', 'encoding', 'trace_code', 'pdf_text'] as const

/** For who may audit: whose export a leaked table, a text or a photo is. */
export default function TracePage() {
  const { t } = useText()
  useTitle(t('trace.title'))
  const me = useMe()
  const settings = useMarkSettings()
  const trace = useTrace()
  const problemText = useProblemText()
  const [called, setCalled] = useState('')
  const begin = (leak: Leak) => {
    setCalled('file' in leak ? leak.file.name : 'code' in leak ? leak.code : t('trace.text'))
    trace.mutate(leak)
  }
  if (hasFailed(settings)) return <Failure page={isRefused(settings.error)} error={settings.error} onRetry={() => void settings.refetch()} />
  if (!settings.data || !me.data) return <BoneRows rows={5} />
  if (!me.data.can.includes('audit')) return <Failure page error={trace.error} onRetry={() => void me.refetch()} />
  const code = trace.error ? unread.find((c) => c === problemOf(trace.error).code) : undefined
  return (
    <div className="trace-page">
      <h1>{t('trace.title')}</h1>
      <p className="muted">{t('trace.lead')}</p>
      <TraceInput busy={trace.isPending} onLeak={begin} />
      {trace.error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {code ? t(`trace.unread.${code}`) : problemText(trace.error)}
        </p>
      )}
      {trace.data && <TraceFound found={trace.data} called={called} />}
      <CodeTrace />
      <MarkSwitches settings={settings.data} may={me.data.can.includes('policy')} />
    </div>
  )
}
