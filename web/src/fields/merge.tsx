import { useState } from 'react'
import { fieldOf } from '@/api/kinds'
import { useRecordTitle } from '@/api/records'
import { usePools, useUnits } from '@/api/org'
import type { Field, Item, Kind, Value } from '@/api/types'
import { useText } from '@/lib/usetext'
import { mayEdit } from '@/permission/access'
import { FormDialog } from '@/ui/formdialog'
import { FieldValue, useValueText } from './value'
import './merge.css'

interface Props {
  kind: Kind
  base: Item
  mine: Record<string, Value>
  theirs: Item
  /** The fields both sides changed, and those only this side changed. */
  result: { clash: string[]; free: string[] }
  onCancel: () => void
  onSave: (fields: Record<string, Value>) => void
}

/** Two people saved: field by field, whose value stays. */
export function Merge({ kind, base, mine, theirs, result, onCancel, onSave }: Props) {
  const { t } = useText()
  const open = result.clash.filter((name) => mayEdit(theirs, name))
  const [kept, setKept] = useState<Record<string, 'mine' | 'theirs'>>({})
  const chosen = (name: string) => kept[name] ?? 'mine'
  const save = () => {
    const names = [
      ...result.free.filter((name) => mayEdit(theirs, name)),
      ...open.filter((name) => chosen(name) === 'mine'),
    ]
    onSave(Object.fromEntries(names.map((name) => [name, mine[name] ?? null])))
  }
  return (
    <FormDialog title={t('merge.title')} wide act={t('merge.save')} onAct={save} onCancel={onCancel}>
      <p>{result.clash.length > 0 ? t('merge.text') : t('merge.sameOnly')}</p>
      <div className="merge">
        {result.clash.map((name) => (
          <Choice
            key={name}
            kind={kind}
            name={name}
            base={base}
            mine={mine[name] ?? null}
            theirs={theirs}
            chosen={open.includes(name) ? chosen(name) : undefined}
            onChoose={(side) => setKept({ ...kept, [name]: side })}
          />
        ))}
      </div>
    </FormDialog>
  )
}

interface ChoiceProps {
  kind: Kind
  name: string
  base: Item
  mine: Value
  theirs: Item
  /** undefined where only the present value can stay. */
  chosen?: 'mine' | 'theirs'
  onChoose: (side: 'mine' | 'theirs') => void
}

function Choice({ kind, name, base, mine, theirs, chosen, onChoose }: ChoiceProps) {
  const { t, pick } = useText()
  const text = useValueText()
  const field = fieldOf(kind, name)
  if (!field) return null
  return (
    <fieldset className="merge-field">
      <legend>{pick(field.label)}</legend>
      <p className="muted">
        {t('merge.base', { value: text(field, base.fields[name] ?? null, base) })}
      </p>
      {chosen === undefined && <p className="note warn">{t('merge.gone')}</p>}
      <label>
        <input
          type="radio"
          name={`merge-${name}`}
          checked={chosen === 'mine'}
          disabled={chosen === undefined}
          onChange={() => onChoose('mine')}
        />
        <span className="merge-side">{t('merge.mine')}</span>
        <span>{field.type === 'ref' ? <Referred field={field} id={mine} base={base} theirs={theirs} /> : text(field, mine)}</span>
      </label>
      <label>
        <input
          type="radio"
          name={`merge-${name}`}
          checked={chosen !== 'mine'}
          disabled={chosen === undefined}
          onChange={() => onChoose('theirs')}
        />
        <span className="merge-side">{t('merge.theirs')}</span>
        <FieldValue kind={kind} item={theirs} field={field} short />
      </label>
    </fieldset>
  )
}

/** What my value points at, by its title: it stands in neither version when I have just chosen it. */
function Referred({ field, id, base, theirs }: { field: Field; id: Value; base: Item; theirs: Item }) {
  const { t } = useText()
  const known = [base, theirs].map((item) => item.refs?.[field.name]).find((ref) => ref?.id === id)?.title
  const record = known === undefined && typeof id === 'string' && field.ref !== 'unit' && field.ref !== 'pool'
  const title = useRecordTitle(field.ref ?? '', record ? id : undefined)
  const units = useUnits(known === undefined && field.ref === 'unit')
  const pools = usePools(known === undefined && field.ref === 'pool')
  if (id === null) return t('app.empty')
  const named = [...(units.data?.items ?? []), ...(pools.data?.items ?? [])].find((one) => one.id === id)?.name
  return known ?? title ?? named ?? t('record.unreadable')
}
