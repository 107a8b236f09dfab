import { useId, useState } from 'react'
import { type Mode, type NewMember, useSandboxes } from '@/api/sandboxes'
import { useText } from '@/lib/usetext'
import { PersonPicker } from '@/permission/personpicker'
import { Icon } from '@/ui/icons'

export interface ChosenMember extends NewMember {
  name: string
}

interface Props {
  members: ChosenMember[]
  onMembers: (members: ChosenMember[]) => void
  /** Who is in it already, or opened it. */
  without?: string[]
}

/** Chooses the members of a sandbox, one by one or as those of another one, and the part of each. */
export function MemberForm({ members, onMembers, without = [] }: Props) {
  const { t } = useText()
  const id = useId()
  const [round, setRound] = useState(0)
  const boxes = useSandboxes({ scope: 'mine' })
  const others = (boxes.data?.pages.flatMap((page) => page.items) ?? []).filter((one) => one.members.length > 0)
  const add = (more: ChosenMember[]) =>
    onMembers([...members, ...more.filter((one) => !without.includes(one.person) && !members.some((other) => other.person === one.person))])
  const change = (person: string, part: Partial<NewMember>) => onMembers(members.map((one) => (one.person === person ? { ...one, ...part } : one)))
  return (
    <div className="give-form">
      {/* Emptied by being made anew: the next name is typed where the last one was. */}
      <PersonPicker
        key={round}
        quiet={round === 0}
        label={t('sandboxes.new.person')}
        hint={t('sandboxes.new.search')}
        onPerson={(person) => {
          if (!person) return
          add([{ person: person.id, name: person.name, mode: 'view' }])
          setRound(round + 1)
        }}
      />
      {others.length > 0 && (
        <>
          <label htmlFor={`${id}-copy`}>{t('sandboxes.new.copy')}</label>
          <select
            id={`${id}-copy`}
            className="input"
            value=""
            onChange={(event) => add((others.find((one) => one.id === event.target.value)?.members ?? []).map((one) => ({ person: one.person.id, name: one.person.name, mode: one.mode, gives: one.gives })))}
          >
            <option value="">{t('sandboxes.new.copyNone')}</option>
            {others.map((one) => (
              <option key={one.id} value={one.id}>
                {one.title}
              </option>
            ))}
          </select>
        </>
      )}
      <ul className="box-people">
        {members.map((one) => (
          <li key={one.person}>
            <strong>{one.name}</strong>
            <select className="input" aria-label={t('sandboxes.new.mode', { name: one.name })} value={one.mode} onChange={(event) => change(one.person, { mode: event.target.value as Mode })}>
              <option value="view">{t('sandboxes.modes.view')}</option>
              <option value="edit">{t('sandboxes.modes.edit')}</option>
            </select>
            <label className="give-more">
              <input
                type="checkbox"
                aria-label={t('sandboxes.new.givesLabel', { name: one.name })}
                checked={one.gives === true}
                onChange={(event) => change(one.person, { gives: event.target.checked })}
              />
              {t('sandboxes.gives')}
            </label>
            <button type="button" className="box-x" aria-label={t('sandboxes.new.drop', { name: one.name })} onClick={() => onMembers(members.filter((other) => other.person !== one.person))}>
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The members as the server takes them. */
export const membersOf = (members: ChosenMember[]): NewMember[] => members.map(({ person, mode, gives }) => ({ person, mode, ...(gives ? { gives } : {}) }))
