import { useState } from 'react'
import { Said } from '@/ui/said'
import { useKindNames } from './names'
import { useText } from '@/lib/usetext'
import { DropPlace } from '@/ui/drag'
import { FormDialog } from '@/ui/formdialog'
import { Icon } from '@/ui/icons'
import { useUndo } from '@/ui/undo'
import { addPack, changePack, type Line, type PackView, removePack } from './model'
import { EditPack } from './packdialog'
import type { Place } from './place'
import type { Policy } from './usepolicy'
import { Hangs } from './hangs'

interface Props {
  pack: PackView
  policy: Policy
  onBack: () => void
  onCopy: () => void
  onBlocks: () => void
}

/** What one pack gives, in sentences grouped by kind, and whom it hangs on. */
export function PackDetail({ pack, policy, onBack, onCopy, onBlocks }: Props) {
  const { t, pick } = useText()
  const [open, setOpen] = useState<'edit' | 'delete'>()
  const { mayEdit, edit } = policy
  const own = mayEdit && pack.custom
  const done = useUndo()

  const takeOut = async (line: Line) => {
    const before = policy.draft?.document.packs.find((p) => p.id === pack.id)
    const out = (id: string) => id === line.id || `${pack.id}/${id}` === line.id
    if (!(await edit((d) => changePack(d, pack.id, (p) => ({ ...p, rules: p.rules.filter((r) => !out(r.id)) }))))) return
    if (before) done(t('policy.packs.tookOut'), async () => void (await edit((d) => changePack(d, pack.id, () => before))))
  }
  const remove = async () => {
    setOpen(undefined)
    const before = policy.draft?.document
    if (!(await edit((d) => removePack(d, pack.id)))) return
    onBack()
    const was = before?.packs.find((p) => p.id === pack.id)
    if (was && before) {
      const hung = before.assignments.filter((a) => a.pack === pack.id)
      done(t('policy.packs.deleted', { pack: pick(pack.label) }), async () => {
        await edit((d) => ({ ...addPack(d, was), assignments: [...d.assignments, ...hung] }))
      })
    }
  }

  return (
    <div className="pack-detail">
      <div className="pack-head">
        <button type="button" className="quiet icon-only pack-back" aria-label={t('policy.packs.back')} onClick={onBack}>
          <Icon name="left" />
        </button>
        <div className="pack-title">
          <h2>{pick(pack.label)}</h2>
          <span className="tag">{pack.custom ? t('policy.packs.isCustom') : t('policy.packs.isPreset')}</span>
        </div>
        {mayEdit && (
          <div className="pack-acts">
            {own && (
              <button type="button" className="quiet" onClick={() => setOpen('edit')}>
                <Icon name="edit" />
                {t('policy.packs.rename')}
              </button>
            )}
            <button type="button" className="quiet" onClick={onCopy}>
              <Icon name="plus" />
              {t('policy.packs.copy')}
            </button>
            {own && (
              <button type="button" className="quiet" onClick={() => setOpen('delete')}>
                <Icon name="trash" />
                {t('policy.packs.delete')}
              </button>
            )}
          </div>
        )}
      </div>
      <p className="pack-about">{pick(pack.description)}</p>
      <Hangs pack={pack} policy={policy} />
      <DropPlace<Place> id={`detail ${pack.id}`} place={{ into: pack.id }} disabled={!own} className="pack-gives">
        <div className="pack-sub">
          <h3>{t('policy.packs.whatItGives')}</h3>
          {own && (
            <button type="button" className="quiet" onClick={onBlocks}>
              <Icon name="plus" />
              {t('policy.packs.addBlocks')}
            </button>
          )}
        </div>
        <Lines pack={pack} onTakeOut={own ? (line) => void takeOut(line) : undefined} />
        {!pack.custom && mayEdit && (
          <p className="note">
            <Icon name="info" />
            {t('policy.packs.presetNote')}
          </p>
        )}
      </DropPlace>
      {open === 'edit' && <EditPack pack={pack} policy={policy} onClose={() => setOpen(undefined)} />}
      {open === 'delete' && (
        <FormDialog
          title={t('policy.packs.deleteTitle', { pack: pick(pack.label) })}
          act={t('policy.packs.deleteYes')}
          danger
          onAct={() => void remove()}
          onCancel={() => setOpen(undefined)}
        >
          <p>{t('policy.packs.deleteText')}</p>
        </FormDialog>
      )}
    </div>
  )
}

function Lines({ pack, onTakeOut }: { pack: PackView; onTakeOut?: (line: Line) => void }) {
  const { t, pick } = useText()
  const kindName = useKindNames()
  const groups = [...new Set(pack.lines.map((line) => line.kind))]
  if (groups.length + pack.system.length === 0) return <p className="muted pack-empty">{t('policy.packs.empty')}</p>
  const actions: Record<string, string> = t('policy.systemActions', { returnObjects: true })
  return (
    <>
      {groups.map((kind) => (
        <section key={kind} className="pack-kind">
          <h4>{kindName(kind)}</h4>
          <ul>
            {pack.lines
              .filter((line) => line.kind === kind)
              .map((line) => (
                <li key={line.id} className={`pack-line ${line.effect}`}>
                  <span className="pack-mark" aria-hidden="true">
                    <Icon name={line.effect === 'permit' ? 'check' : 'lock'} />
                  </span>
                  <span>
                    {line.effect === 'forbid' && <span className="sr-only">{t('policy.forbids')}</span>}
                    <Said text={pick(line.sentence)} />
                  </span>
                  {onTakeOut && (
                    <button
                      type="button"
                      className="quiet icon-only"
                      aria-label={t('policy.packs.takeOut', { what: pick(line.sentence) })}
                      onClick={() => onTakeOut(line)}
                    >
                      <Icon name="close" />
                    </button>
                  )}
                </li>
              ))}
          </ul>
        </section>
      ))}
      {pack.system.length > 0 && (
        <section className="pack-kind">
          <h4>{t('policy.system')}</h4>
          <ul>
            {pack.system.map((action) => (
              <li key={action} className="pack-line permit">
                <span className="pack-mark" aria-hidden="true">
                  <Icon name="check" />
                </span>
                {actions[action] ?? action}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
