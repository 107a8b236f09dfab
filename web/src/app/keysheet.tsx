import { useState } from 'react'
import { keyNames, setSingleKeys, type ShortcutGroup, singleKeysOn, useAllShortcuts } from '@/lib/shortcuts'
import { useText } from '@/lib/usetext'
import { Dialog } from '@/ui/dialog'
import './palette.css'
import './keysheet.css'

const groups: ShortcutGroup[] = ['app', 'go', 'page', 'list']

/** The keys that work on this page. */
export default function KeySheet({ onClose }: { onClose: () => void }) {
  const { t } = useText()
  const all = useAllShortcuts()
  const [on, setOn] = useState(singleKeysOn)
  return (
    <Dialog
      wide
      title={t('user.keys')}
      onCancel={onClose}
      footer={
        <button type="button" className="btn" onClick={onClose}>
          {t('app.close')}
        </button>
      }
    >
      <div className="keys">
        {groups.map((group) => {
          const list = all.filter((s) => s.group === group)
          if (list.length === 0) return null
          return (
            <section key={group}>
              <h3>{t(`shell.keys.${group}`)}</h3>
              <dl>
                {list.map((s) => (
                  <div key={s.keys}>
                    <dt>{s.label}</dt>
                    <dd>
                      {keyNames(s.keys).map((key) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        })}
      </div>
      <label className="keys-switch">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            setSingleKeys(event.target.checked)
            setOn(event.target.checked)
          }}
        />
        {t('shell.keys.single')}
      </label>
    </Dialog>
  )
}
