import { Link } from '@tanstack/react-router'
import { type CustomField, useOrderFields } from '@/api/customfields'
import type { Mask } from '@/api/policytypes'
import type { RuleField, RuleKind } from '@/api/rules'
import { type Text, useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'
import { movedBy, traitsOf } from './draft'
import '@/ui/logtable.css'

interface Props {
  kind: RuleKind
  kinds: RuleKind[]
  own: CustomField[]
  may: boolean
  onOpen: (key: string) => void
}

const ids = { own: 'fields-own', builtin: 'fields-builtin' }

/** Every field of a kind with its class and mask: the company's own first, then what comes with the product. */
export function FieldSheet({ kind, kinds, own, may, onOpen }: Props) {
  const { t } = useText()
  const problemText = useProblemText()
  const order = useOrderFields(kind.name)
  const fields = kind.fields.filter((f) => f.custom)
  const keys = fields.map((f) => f.name)
  const move = may && fields.length > 1 ? (key: string, by: number) => order.mutate(movedBy(keys, key, by), { onError: (error) => toast(problemText(error)) }) : undefined
  const sheet = { kind, kinds, own, onOpen }
  return (
    <>
      <section className="fields-set" aria-labelledby={ids.own}>
        <h2 id={ids.own}>{t('customfields.own')}</h2>
        {fields.length === 0 ? <p className="muted">{t('customfields.none')}</p> : <Sheet {...sheet} id={ids.own} fields={fields} busy={order.isPending} onMove={move} />}
      </section>
      <section className="fields-set" aria-labelledby={ids.builtin}>
        <h2 id={ids.builtin}>{t('customfields.builtin')}</h2>
        <Sheet {...sheet} id={ids.builtin} fields={kind.fields.filter((f) => !f.custom)} />
      </section>
    </>
  )
}

function typeWords({ t, pick }: Text, kinds: RuleKind[], field: Pick<RuleField, 'type' | 'ref'>) {
  if (field.type !== 'ref') return t(`customfields.types.${field.type}`)
  if (field.ref === 'person') return t('customfields.types.person')
  const to = kinds.find((k) => k.name === field.ref)
  return to ? t('customfields.linkTo', { kind: pick(to.label) }) : t('customfields.types.ref')
}

interface SheetProps extends Omit<Props, 'may'> {
  id: string
  fields: RuleField[]
  busy?: boolean
  /** They can be put in another order. */
  onMove?: (key: string, by: number) => void
}

function Sheet({ id, fields, kind, kinds, own, busy, onMove, onOpen }: SheetProps) {
  const text = useText()
  const { t, pick } = text
  return (
    <div className="log-table fields-table">
      <table aria-labelledby={id}>
        <thead>
          <tr>
            {(['name', 'type', 'class', 'mask', 'traits'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`customfields.columns.${column}`)}
              </th>
            ))}
            {onMove && <th scope="col">{t('customfields.columns.order')}</th>}
          </tr>
        </thead>
        <tbody>
          {fields.map((field, index) => (
            <tr key={field.name}>
              <th scope="row">
                {own.some((f) => f.key === field.name && !f.group) ? (
                  <button type="button" className="fields-open" onClick={() => onOpen(field.name)}>
                    {pick(field.label)}
                  </button>
                ) : field.custom ? (
                  <Link to="/policy/tags" search={{ group: `${kind.name}.${field.name}` }}>
                    {pick(field.label)}
                  </Link>
                ) : (
                  pick(field.label)
                )}
                <code className="muted">{field.name}</code>
              </th>
              <td>{typeWords(text, kinds, field)}</td>
              <td>
                <span className="fields-what">{t('customfields.columns.class')}</span>
                {t(`classes.${field.class}`)}
              </td>
              <td>
                <span className="fields-what">{t('customfields.columns.mask')}</span>
                {t(`rules.masks.${field.mask.slice('masked:'.length) as Mask}`)}
              </td>
              <td>
                {traitsOf(field).map((trait) => (
                  <span key={trait} className={trait === 'encrypted' ? 'tag tag-green' : 'tag'}>
                    {trait === 'encrypted' && <Icon name="lock" />}
                    {t(`customfields.traits.${trait}`)}
                  </span>
                ))}
              </td>
              {onMove && (
                <td>
                  <button type="button" className="quiet icon-only" disabled={busy || index === 0} aria-label={t('tagging.up', { name: pick(field.label) })} onClick={() => onMove(field.name, -1)}>
                    <Icon name="up" />
                  </button>
                  <button
                    type="button"
                    className="quiet icon-only"
                    disabled={busy || index === fields.length - 1}
                    aria-label={t('tagging.down', { name: pick(field.label) })}
                    onClick={() => onMove(field.name, 1)}
                  >
                    <Icon name="down" />
                  </button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
