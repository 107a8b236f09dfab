import { useCustomFields } from '@/api/customfields'
import { hasFailed, isRefused } from '@/api/problem'
import { useRuleKinds } from '@/api/rules'
import { useMe } from '@/api/session'
import { PolicyTabs } from '@/fields/policytabs'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { Icon } from '@/ui/icons'
import { BoneRows, State } from '@/ui/states'
import { draftOf, newField } from './draft'
import { FieldForm } from './fieldform'
import { FieldSheet } from './fieldsheet'
import type { FieldsSearch } from './search'
import '@/ui/settings.css'
import './customfields.css'

interface Props extends FieldsSearch {
  onSearch: (search: FieldsSearch) => void
}

/** The fields of each kind: those that come with the product, and the company's own. */
export default function FieldsPage({ kind: asked, field, onSearch }: Props) {
  const { t, pick } = useText()
  useTitle(t('customfields.title'))
  const kinds = useRuleKinds()
  const own = useCustomFields()
  const me = useMe()
  const failed = [kinds, own].find(hasFailed)
  const again = () => void Promise.all([kinds.refetch(), own.refetch()])
  if (failed && isRefused(failed.error)) return <Failure page error={failed.error} onRetry={again} />
  const may = me.data?.can.includes('policy') ?? false
  const offered = kinds.data?.filter((k) => k.fields.length > 0)
  const kind = offered?.find((k) => k.name === asked) ?? offered?.[0]
  const open = kind && own.data?.find((f) => f.kind === kind.name && f.key === field)
  const show = (next?: string) => onSearch({ kind: kind?.name, field: next })
  return (
    <div className="policy-page fields-page">
      <PolicyTabs />
      <div className="fields-body">
        {failed ? (
          <Failure error={failed.error} onRetry={again} />
        ) : !kind || !offered || !own.data ? (
          <>
            <h1 className="sr-only">{t('customfields.title')}</h1>
            <BoneRows />
          </>
        ) : field ? (
          <>
            <button type="button" className="quiet" onClick={() => show()}>
              <Icon name="left" />
              {t('customfields.back', { kind: pick(kind.label) })}
            </button>
            <h1>{open ? pick(open.label) : t('customfields.new', { kind: pick(kind.label) })}</h1>
            {open ? (
              <FieldForm key={`${kind.name}.${open.key}`} kind={kind} kinds={offered} given={draftOf(open)} made may={may} onKept={() => show()} />
            ) : field === 'new' && may ? (
              <FieldForm key={kind.name} kind={kind} kinds={offered} given={newField} may onKept={() => show()} />
            ) : (
              <State icon="search" title={t('customfields.gone')} />
            )}
          </>
        ) : (
          <>
            <header>
              <h1>{t('customfields.title')}</h1>
              <label className="fields-kind">
                {t('customfields.kind')}
                <select className="input" value={kind.name} onChange={(event) => onSearch({ kind: event.target.value })}>
                  {offered.map((k) => (
                    <option key={k.name} value={k.name}>
                      {pick(k.label)}
                    </option>
                  ))}
                </select>
              </label>
              {may && (
                <button type="button" className="btn primary" onClick={() => show('new')}>
                  <Icon name="plus" />
                  {t('customfields.add')}
                </button>
              )}
            </header>
            <p className="muted">{t('customfields.lead')}</p>
            <FieldSheet kind={kind} kinds={offered} own={own.data.filter((f) => f.kind === kind.name)} may={may} onOpen={show} />
          </>
        )}
      </div>
    </div>
  )
}
