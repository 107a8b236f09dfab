import { useRef, useState } from 'react'
import { type Attachment, fileHref, sendFile, useAttachments, useDeleteFile } from '@/api/beneath'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { FormDialog } from '@/ui/formdialog'
import { Icon } from '@/ui/icons'
import { State } from '@/ui/states'
import { toast } from '@/ui/toast'
import { bytes, useRecordProblem } from './words'

const accepted = '.pdf,.png,.jpg,.jpeg,.gif,.webp,.heic,.mp3,.wav,.amr,.m4a,.mp4,.mov,.docx,.xlsx,.pptx,.doc,.xls,.ppt,.csv,.txt'

/** The files of a record: put there by a drop or a choice, saved by a click. */
export function FilesPanel({ kind, id }: { kind: string; id: string }) {
  const { t, format } = useText()
  const files = useAttachments(kind, id)
  const remove = useDeleteFile(kind, id)
  const problem = useRecordProblem()
  const [asking, setAsking] = useState<Attachment>()
  if (files.isPending) return <p role="status" className="muted">{t('app.loading')}</p>
  if (!files.data || hasFailed(files)) return <Failure error={files.error} onRetry={() => void files.refetch()} />
  const { items, can, limit } = files.data
  return (
    <>
      {can.includes('add') && <Drop kind={kind} id={id} limit={limit} />}
      {items.length === 0 && <State icon="attach" title={t('record.file.none')} />}
      <ul className="files card-list">
        {items.map((file) => (
          <li key={file.id}>
            <Icon name="attach" />
            <div>
              <a href={fileHref(kind, id, file.id)} download={file.name} aria-label={t('record.file.download', { name: file.name })}>
                {file.name}
              </a>
              <p className="muted">
                <span className="num">{bytes(file.size)}</span> · {file.author.name} · {format.moment(file.created_at)}
              </p>
            </div>
            {file.can.includes('delete') && (
              <button type="button" className="icon-btn" aria-label={t('record.file.delete', { name: file.name })} onClick={() => setAsking(file)}>
                <Icon name="trash" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {asking && (
        <FormDialog
          title={t('record.file.deleteTitle', { name: asking.name })}
          act={t('record.deleteYes')}
          danger
          off={remove.isPending}
          onAct={() =>
            remove.mutate(asking.id, {
              onSuccess: () => {
                toast(t('record.file.deleted'))
                setAsking(undefined)
              },
            })
          }
          onCancel={() => setAsking(undefined)}
        >
          <p>{t('record.file.deleteText')}</p>
          {remove.isError && (
            <p className="form-fault" role="alert">
              {problem(remove.error)}
            </p>
          )}
        </FormDialog>
      )}
    </>
  )
}

function Drop({ kind, id, limit }: { kind: string; id: string; limit: number }) {
  const { t } = useText()
  const input = useRef<HTMLInputElement>(null)
  const problem = useRecordProblem()
  const [over, setOver] = useState(false)
  const [sending, setSending] = useState<{ name: string; part: number }>()
  const [faults, setFaults] = useState<string[]>([])

  const send = async (list: FileList | null) => {
    const wrong: string[] = []
    for (const file of list ?? []) {
      if (file.size > limit) {
        wrong.push(t('record.file.tooLarge', { name: file.name, size: bytes(limit) }))
        continue
      }
      setSending({ name: file.name, part: 0 })
      try {
        await sendFile(kind, id, file, (part) => setSending({ name: file.name, part }))
        toast(t('record.file.sent', { name: file.name }))
      } catch (error) {
        wrong.push(`${file.name}: ${problem(error)}`)
      }
    }
    setSending(undefined)
    setFaults(wrong)
    if (input.current) input.current.value = ''
  }

  return (
    <div
      className={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        void send(event.dataTransfer.files)
      }}
    >
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={accepted}
        aria-label={t('record.file.add')}
        onChange={(event) => void send(event.target.files)}
      />
      {sending ? (
        <p role="status">
          {t('record.file.sending', { name: sending.name })} <progress value={sending.part} max={1} aria-label={sending.name} />
        </p>
      ) : (
        <button type="button" className="drop-btn" onClick={() => input.current?.click()}>
          <Icon name="attach" />
          {t('record.file.drop')}
        </button>
      )}
      <p className="muted">{t('record.file.limit', { size: bytes(limit) })}</p>
      {faults.map((text) => (
        <p key={text} className="form-fault" role="alert">
          {text}
        </p>
      ))}
    </div>
  )
}
