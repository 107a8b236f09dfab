import { hasFailed, isRefused } from '@/api/problem'
import { useRuleKinds } from '@/api/rules'
import { useMe } from '@/api/session'
import { useTagGroups } from '@/api/taggroups'
import { PolicyTabs } from '@/fields/policytabs'
import { usePhone, useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { Icon } from '@/ui/icons'
import { BoneRows, State } from '@/ui/states'
import { draftOf, newGroup } from './draft'
import { GroupForm } from './groupform'
import '@/ui/settings.css'
import './tagging.css'

interface Props {
  /** kind.key of the group that is open, "new" for one that is being made. */
  group?: string
  onGroup: (group: string | undefined) => void
}

/** The groups of tags of the company, and the rules that keep some of them. */
export default function TagsPage({ group, onGroup }: Props) {
  const { t, pick } = useText()
  useTitle(t('tagging.title'))
  const phone = usePhone()
  const groups = useTagGroups()
  const kinds = useRuleKinds()
  const me = useMe()
  const failed = [groups, kinds].find(hasFailed)
  const again = () => void Promise.all([groups.refetch(), kinds.refetch()])
  if (failed && isRefused(failed.error)) return <Failure page error={failed.error} onRetry={again} />
  const may = me.data?.can.includes('policy') ?? false
  const list = groups.data ?? []
  const idOf = (g: { kind: string; key: string }) => `${g.kind}.${g.key}`
  const open = group ?? (phone || !list[0] ? undefined : idOf(list[0]))
  const chosen = list.find((g) => idOf(g) === open)
  return (
    <div className="policy-page tagging-page">
      <PolicyTabs />
      {failed ? (
        <Failure error={failed.error} onRetry={again} />
      ) : !groups.data || !kinds.data ? (
        <>
          <h1 className="sr-only">{t('tagging.title')}</h1>
          <BoneRows />
        </>
      ) : (
        <div className="settings-split">
          {phone && open ? (
            <h1 className="sr-only">{t('tagging.title')}</h1>
          ) : (
            <section className="settings-list tagging-list" aria-labelledby="tagging-title">
              <header>
                <h1 id="tagging-title">{t('tagging.title')}</h1>
                {may && (
                  <button type="button" className="btn primary" onClick={() => onGroup('new')}>
                    <Icon name="plus" />
                    {t('tagging.add')}
                  </button>
                )}
              </header>
              {list.length === 0 && <State icon="columns" title={t('tagging.empty')} text={t('tagging.emptyText')} />}
              <ul>
                {list.map((one) => {
                  const kind = kinds.data.find((k) => k.name === one.kind)
                  return (
                    <li key={idOf(one)}>
                      <button type="button" aria-current={idOf(one) === open ? 'true' : undefined} onClick={() => onGroup(idOf(one))}>
                        <span className={`tag tag-${one.group.colour}`}>{pick(one.label)}</span>
                        <span className="muted">
                          {kind ? pick(kind.label) : one.kind}
                          {(one.group.rules ?? []).length > 0 && ` · ${t('tagging.byRule')}`}
                        </span>
                      </button>
                    </li>
                  )
                })}
              </ul>
            </section>
          )}
          {open && (
            <section className="settings-main" aria-label={chosen ? pick(chosen.label) : t('tagging.add')}>
              {phone && (
                <button type="button" className="quiet" onClick={() => onGroup(undefined)}>
                  <Icon name="left" />
                  {t('tagging.back')}
                </button>
              )}
              {chosen ? (
                <>
                  <h2>{pick(chosen.label)}</h2>
                  <GroupForm key={idOf(chosen)} at={{ kind: chosen.kind, key: chosen.key }} given={draftOf(chosen)} kinds={kinds.data} may={may} onKept={onGroup} />
                </>
              ) : open === 'new' && may ? (
                <>
                  <h2>{t('tagging.add')}</h2>
                  <GroupForm given={newGroup} kinds={kinds.data} may onKept={onGroup} />
                </>
              ) : (
                <State icon="search" title={t('tagging.gone')} />
              )}
            </section>
          )}
        </div>
      )}
    </div>
  )
}
