import { type FormEvent, useId, useState } from 'react'
import type { PackDocument, Rule } from '@/api/policytypes'
import type { Label } from '@/api/types'
import { useText } from '@/lib/usetext'
import { FormDialog } from '@/ui/formdialog'
import { addPack, changePack, freeId, type PackView } from './model'
import type { Policy } from './usepolicy'

interface FormProps {
  title: string
  label: Label
  description: Label
  act: string
  onSave: (label: Label, description: Label) => Promise<boolean>
  onClose: () => void
}

/** The name of a pack and what it is for, in both languages. */
function PackForm({ title, label, description, act, onSave, onClose }: FormProps) {
  const { t } = useText()
  const id = useId()
  const [value, setValue] = useState({ zh: label.zh, en: label.en, dzh: description.zh, den: description.en })
  const [busy, setBusy] = useState(false)
  const ready = value.zh.trim() !== '' && !busy
  const field = (key: keyof typeof value, text: string, many?: boolean) => (
    <label className="field">
      <span>{text}</span>
      {many ? (
        <textarea className="input" rows={2} maxLength={300} value={value[key]} onChange={(e) => setValue({ ...value, [key]: e.target.value })} />
      ) : (
        <input className="input" maxLength={60} value={value[key]} onChange={(e) => setValue({ ...value, [key]: e.target.value })} />
      )}
    </label>
  )
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    setBusy(true)
    const saved = await onSave({ zh: value.zh.trim(), en: value.en.trim() }, { zh: value.dzh.trim(), en: value.den.trim() })
    if (!saved) setBusy(false)
  }
  return (
    <FormDialog title={title} act={act} off={!ready} form={id} onCancel={onClose}>
      <form id={id} className="assign-form" onSubmit={(event) => void save(event)}>
        <div className="two">
          {field('zh', t('policy.packs.nameZh'))}
          {field('en', t('policy.packs.nameEn'))}
        </div>
        {field('dzh', t('policy.packs.textZh'), true)}
        {field('den', t('policy.packs.textEn'), true)}
      </form>
    </FormDialog>
  )
}

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)

interface NewProps {
  /** The pack that is copied; without one the new pack is empty. */
  of?: PackView
  policy: Policy
  onClose: () => void
  onMade: (id: string) => void
}

export function NewPack({ of, policy, onClose, onMade }: NewProps) {
  const { t, pick } = useText()
  const copied = of && {
    zh: t('policy.packs.copyOf', { name: of.label.zh }),
    en: of.label.en && t('policy.packs.copyOf', { name: of.label.en }),
  }
  return (
    <PackForm
      title={of ? t('policy.packs.copyTitle', { pack: pick(of.label) }) : t('policy.packs.new')}
      label={copied ?? { zh: '', en: '' }}
      description={of?.description ?? { zh: '', en: '' }}
      act={t('policy.packs.create')}
      onClose={onClose}
      onSave={async (label, description) => {
        let id = ''
        const saved = await policy.edit((d) => {
          const taken = [...policy.packs.map((p) => p.id), ...d.packs.map((p) => p.id)]
          id = freeId(taken, slug(label.en) || 'pack')
          return addPack(d, { id, label, description, system: of?.system ?? [], rules: rulesOf(of, policy) } as PackDocument)
        })
        if (saved) onMade(id)
        return saved
      }}
    />
  )
}

/** The rules of a pack as a pack of the company's own would have them. */
function rulesOf(of: PackView | undefined, policy: Policy): Rule[] {
  if (!of) return []
  const drafted = policy.draft?.document.packs.find((p) => p.id === of.id)
  if (drafted) return drafted.rules
  const pieces = policy.blocks.filter((b) => b.group === of.id)
  return pieces.map((b) => b.rule as Rule)
}

export function EditPack({ pack, policy, onClose }: { pack: PackView; policy: Policy; onClose: () => void }) {
  const { t } = useText()
  return (
    <PackForm
      title={t('policy.packs.rename')}
      label={pack.label}
      description={pack.description}
      act={t('app.save')}
      onClose={onClose}
      onSave={async (label, description) => {
        const saved = await policy.edit((d) => changePack(d, pack.id, (p) => ({ ...p, label, description })))
        if (saved) onClose()
        return saved
      }}
    />
  )
}
