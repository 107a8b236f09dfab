import type { Path, PathKind } from '@/api/policytypes'
import type { RuleKind } from '@/api/rules'
import { Chosen } from '@/fields/chosen'
import { useText } from '@/lib/usetext'
import type { PartProps } from './part'

const ready = (path: Path): boolean => {
  if (path.path === 'units') return (path.units ?? []).length > 0
  if (path.path === 'near') return (path.meters ?? 0) > 0
  return path.path !== 'linked' || Boolean(path.relation && (path.via || path.cond))
}

/** 哪些数据: the access path with what it needs. */
export function EditWhere({ rule, kinds, onChange, onReady }: PartProps) {
  const kind = kinds.find((k) => k.name === rule.kind)
  if (!kind) return null
  return (
    <PathFields
      path={rule.where}
      kind={kind}
      kinds={kinds}
      onChange={(where) => {
        onChange({ ...rule, where })
        onReady(ready(where))
      }}
    />
  )
}

interface PathProps {
  path: Path
  kind: RuleKind
  kinds: RuleKind[]
  linked?: boolean
  onChange: (path: Path) => void
}

function PathFields({ path, kind, kinds, linked, onChange }: PathProps) {
  const { t, pick } = useText()
  const choose = (to: PathKind) => {
    if (to === path.path) return
    if (to === 'near') return onChange({ path: to, meters: 3000 })
    if (to === 'units') return onChange({ path: to, units: [], below: true })
    const relation = kind.relations[0]?.name
    onChange(to === 'linked' ? { path: to, relation, via: { path: 'own' } } : { path: to })
  }
  const relation = kind.relations.find((r) => r.name === path.relation)
  const other = kinds.find((k) => k.name === relation?.kind)
  return (
    <div className="edit-grid">
      <div className="pills" role="group" aria-label={t('rules.parts.where')}>
        {kind.paths
          .filter((p) => !(linked && p === 'linked'))
          .map((p) => (
            <button key={p} type="button" className="pill" aria-pressed={path.path === p} onClick={() => choose(p)}>
              {t(`rules.where.names.${p}`)}
            </button>
          ))}
      </div>
      <p className="muted">{t(`rules.where.hints.${path.path}`, { kind: pick(kind.label) })}</p>
      {path.path === 'units' && (
        <>
          <Chosen target="unit" ids={path.units ?? []} label={t('rules.where.names.units')} onChange={(units) => onChange({ ...path, units })} />
          <label className="check">
            <input type="checkbox" checked={path.below ?? false} onChange={(event) => onChange({ ...path, below: event.target.checked || undefined })} />
            {t('rules.withBelow')}
          </label>
        </>
      )}
      {path.path === 'near' && (
        <label className="field-line">
          <span>{t('rules.where.meters')}</span>
          <input
            className="input"
            type="number"
            min={1}
            step={100}
            value={path.meters ?? ''}
            onChange={(event) => onChange({ ...path, meters: Number(event.target.value) || undefined })}
          />
        </label>
      )}
      {path.path === 'linked' && (
        <>
          <label className="field-line">
            <span>{t('rules.where.relation')}</span>
            <select
              className="input"
              value={path.relation ?? ''}
              onChange={(event) => onChange({ path: 'linked', relation: event.target.value, via: { path: 'own' } })}
            >
              {kind.relations.map((r) => (
                <option key={r.name} value={r.name}>
                  {pick(r.label)}
                </option>
              ))}
            </select>
          </label>
          {other && (
            <fieldset className="clauses">
              <legend>{t('rules.where.via', { kind: pick(other.label) })}</legend>
              <PathFields path={path.via ?? { path: 'all' }} kind={other} kinds={kinds} linked onChange={(via) => onChange({ ...path, via })} />
            </fieldset>
          )}
        </>
      )}
    </div>
  )
}
