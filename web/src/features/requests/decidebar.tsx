import { useId, useState } from 'react'
import { type Asked, useDecide } from '@/api/requests'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'

/** Where a thumb is: approve or refuse with words, or take one's own back. */
export function DecideBar({ request: r }: { request: Asked }) {
  const { t } = useText()
  const problemText = useProblemText()
  const decide = useDecide(r.id)
  const [words, setWords] = useState('')
  const id = useId()
  const act = (verdict: 'approve' | 'refuse' | 'withdraw') =>
    decide.mutate(
      { verdict, words: words.trim() || undefined },
      {
        onSuccess: (now) => {
          const passed = verdict === 'approve' && now.steps.some((s) => s.added && s.state === 'now')
          toast(t(passed ? 'requests.passed' : `requests.done.${verdict}`, { who: now.waits.map((w) => w.person.name).join(t('requests.between')) }))
          setWords('')
        },
      },
    )
  const decides = r.can.includes('approve')
  return (
    <div className="decide" role="group" aria-label={t('requests.decide')}>
      {decides && (
        <>
          <label htmlFor={id} className="sr-only">
            {t('requests.words')}
          </label>
          <input id={id} className="input" value={words} maxLength={500} placeholder={t('requests.words')} onChange={(event) => setWords(event.target.value)} />
          <div className="decide-buttons">
            <button type="button" className="btn" disabled={decide.isPending} onClick={() => act('refuse')}>
              {t('requests.refuse')}
            </button>
            <button type="button" className="btn primary" disabled={decide.isPending} onClick={() => act('approve')}>
              {t('requests.approve')}
            </button>
          </div>
        </>
      )}
      {r.can.includes('withdraw') && (
        <div className="decide-buttons">
          <button type="button" className="btn" disabled={decide.isPending} onClick={() => act('withdraw')}>
            {t('requests.withdraw')}
          </button>
        </div>
      )}
      {decide.error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problemText(decide.error)}
        </p>
      )}
    </div>
  )
}
