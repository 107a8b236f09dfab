import { useState } from 'react'
import { type Sandbox, type SandboxMember, useAddMembers, useRemoveMember } from '@/api/sandboxes'
import type { Me } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Ending } from '@/ui/ending'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'
import { Confirm } from './confirm'
import { type ChosenMember, MemberForm, membersOf } from './memberform'
import { Ask } from './sandboxdialogs'

interface Props {
  box: Sandbox
  me: Me
  now: number
}

/** Who is in a sandbox. */
export function SandboxMembers({ box, me, now }: Props) {
  const { t, format } = useText()
  const [adding, setAdding] = useState(false)
  const [out, setOut] = useState<SandboxMember>()
  const change = useAddMembers(box.id)
  const remove = useRemoveMember(box.id)
  const leads = box.can.includes('members')
  return (
    <section aria-labelledby="box-members">
      <div className="box-title">
        <h2 id="box-members">{t('sandboxes.page.members')}</h2>
        {leads && (
          <button type="button" className="btn" onClick={() => setAdding(true)}>
            <Icon name="plus" />
            {t('sandboxes.acts.add')}
          </button>
        )}
      </div>
      {box.members.length === 0 && <p className="muted">{t('sandboxes.page.noMembers')}</p>}
      <ul className="access-lines">
        {box.members.map((one) => {
          const other = one.mode === 'view' ? 'edit' : 'view'
          return (
            <li key={one.person.id} className="access-team" data-person={one.person.id}>
              <div>
                <strong>{one.person.name}</strong> {one.unit && <span className="muted">{one.unit}</span>} <span className="tag">{t(`sandboxes.modes.${one.mode}`)}</span>{' '}
                {one.gives && <span className="tag">{t('sandboxes.gives')}</span>}
                <p className="muted">
                  {t('sandboxes.page.joined', { time: format.moment(one.joined) })}
                  {one.until && ` · ${t('sandboxes.page.until', { time: format.moment(one.until) })}`} <Ending until={one.until} now={now} />
                </p>
              </div>
              {leads && (
                <div className="grant-acts">
                  <button
                    type="button"
                    className="btn"
                    disabled={change.isPending}
                    onClick={() => change.mutate([{ person: one.person.id, mode: other, gives: one.gives, ...(one.until ? { until: one.until } : {}) }])}
                  >
                    {t('sandboxes.acts.part', { mode: t(`sandboxes.modes.${other}`) })}
                  </button>
                  <button type="button" className="box-x" aria-label={t('sandboxes.acts.remove', { name: one.person.name })} onClick={() => setOut(one)}>
                    <Icon name="close" />
                  </button>
                </div>
              )}
            </li>
          )
        })}
      </ul>
      {adding && <AddMembers box={box} me={me} onClose={() => setAdding(false)} />}
      {out && (
        <Confirm
          title={t('sandboxes.sure.remove', { name: out.person.name })}
          text={t('sandboxes.sure.removeText')}
          act={t('sandboxes.acts.remove', { name: out.person.name })}
          error={remove.error}
          busy={remove.isPending}
          onCancel={() => setOut(undefined)}
          onAct={() =>
            remove.mutate(out.person.id, {
              onSuccess: () => {
                toast(t('sandboxes.done.removed'))
                setOut(undefined)
              },
            })
          }
        />
      )}
    </section>
  )
}

function AddMembers({ box, me, onClose }: { box: Sandbox; me: Me; onClose: () => void }) {
  const { t } = useText()
  const [members, setMembers] = useState<ChosenMember[]>([])
  const add = useAddMembers(box.id)
  const [lack, setLack] = useState(false)
  const save = () => {
    setLack(members.length === 0)
    if (members.length === 0) return
    add.mutate(membersOf(members), {
      onSuccess: () => {
        toast(t('sandboxes.done.added'))
        onClose()
      },
    })
  }
  return (
    <Ask wide title={t('sandboxes.acts.add')} act={t('sandboxes.acts.save')} busy={add.isPending} lack={lack ? t('access.give.lack.person') : undefined} error={add.error} onAct={save} onClose={onClose}>
      <MemberForm members={members} onMembers={setMembers} without={[me.person.id, ...box.members.map((one) => one.person.id)]} />
    </Ask>
  )
}
