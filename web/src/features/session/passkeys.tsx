import { useState } from 'react'
import { type Passkey, useNamePasskey } from '@/api/passkeys'
import { useText } from '@/lib/usetext'
import { NameForm } from './nameform'
import { RemovePasskey } from './removepasskey'

/** One's passkeys: when each was made and used last, and the ways to name and to remove it. */
export function Passkeys({ passkeys, now }: { passkeys: Passkey[]; now: number }) {
  const { t, format } = useText()
  const [removing, setRemoving] = useState<Passkey>()
  const [renaming, setRenaming] = useState<string>()
  if (passkeys.length === 0) return null
  return (
    <>
      <ul className="sessions" aria-label={t('factor.passkey.title')}>
        {passkeys.map((key) =>
          renaming === key.id ? (
            <li key={key.id}>
              <Rename passkey={key} onDone={() => setRenaming(undefined)} />
            </li>
          ) : (
            <li key={key.id}>
              <div className="device">
                <strong>{key.name}</strong> <span className="tag">{t(key.synced ? 'factor.passkey.synced' : 'factor.passkey.single')}</span>
                <p>
                  {t('factor.passkey.since', { time: format.moment(key.created_at) })} ·{' '}
                  {key.used_at ? t('factor.passkey.used', { time: format.ago(key.used_at, now) }) : t('factor.passkey.unused')}
                </p>
              </div>
              <button type="button" className="btn" aria-label={t('factor.passkey.renameOne', { name: key.name })} onClick={() => setRenaming(key.id)}>
                {t('factor.passkey.rename')}
              </button>
              <button type="button" className="btn" aria-label={t('factor.passkey.removeOne', { name: key.name })} onClick={() => setRemoving(key)}>
                {t('factor.passkey.remove')}
              </button>
            </li>
          ),
        )}
      </ul>
      {removing && <RemovePasskey passkey={removing} onClose={() => setRemoving(undefined)} />}
    </>
  )
}

function Rename({ passkey, onDone }: { passkey: Passkey; onDone: () => void }) {
  const { t } = useText()
  return <NameForm id={passkey.id} label={t('factor.passkey.name')} name={passkey.name} rename={useNamePasskey()} onDone={onDone} />
}
