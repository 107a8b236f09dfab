import { Link } from '@tanstack/react-router'
import { hasFailed } from '@/api/problem'
import { type Sandbox, useSandboxes } from '@/api/sandboxes'
import type { Me } from '@/api/types'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { Ending } from '@/ui/ending'
import { Icon } from '@/ui/icons'
import { BoneRows, State } from '@/ui/states'
import type { SandboxesSearch } from './search'
import { AccessTabs } from './tabs'
import './access.css'
import './sandbox.css'

interface Props {
  me: Me
  search: SandboxesSearch
  onSearch: (search: SandboxesSearch) => void
}

/** The sandboxes that one opened and takes part in; for administrators, everybody's. */
export default function SandboxesPage({ me, search, onSearch }: Props) {
  const { t } = useText()
  useTitle(t('sandboxes.title'))
  const oversees = me.can.includes('policy') || me.can.includes('audit')
  const scope = search.scope === 'all' && !oversees ? undefined : search.scope
  const boxes = useSandboxes({ scope: scope ?? 'both', state: search.state ?? 'every' })
  const list = boxes.data?.pages.flatMap((page) => page.items) ?? []
  const scopes = [undefined, 'mine' as const, 'in' as const, ...(oversees ? ['all' as const] : [])]
  return (
    <div className="access-page">
      <AccessTabs />
      <header className="box-top">
        <div>
          <h1>{t('sandboxes.title')}</h1>
          <p className="hint">{t('sandboxes.hint')}</p>
        </div>
        {!me.viewer && (
          <Link className="btn primary" to="/sandboxes/new">
            <Icon name="plus" />
            {t('sandboxes.open')}
          </Link>
        )}
      </header>
      <div className="grant-tools">
        <div className="segments" role="group" aria-label={t('sandboxes.scope')}>
          {scopes.map((one) => (
            <button key={one ?? 'both'} type="button" aria-pressed={one === scope} onClick={() => onSearch({ ...search, scope: one })}>
              {t(`sandboxes.scopes.${one ?? 'both'}`)}
            </button>
          ))}
        </div>
        <label>
          {t('sandboxes.state')}
          <select
            className="input"
            value={search.state ?? 'every'}
            onChange={(event) => onSearch({ ...search, state: (['open', 'ended'] as const).find((one) => one === event.target.value) })}
          >
            {(['every', 'open', 'ended'] as const).map((one) => (
              <option key={one} value={one}>
                {t(`sandboxes.states.${one}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {boxes.isPending && <BoneRows rows={4} />}
      {hasFailed(boxes) && <Failure error={boxes.error} onRetry={() => void boxes.refetch()} />}
      {boxes.data && list.length === 0 && !boxes.hasNextPage && <State icon="empty" title={t('sandboxes.none')} text={t('sandboxes.noneText')} />}
      <ul className="grant-list">
        {list.map((one) => (
          <SandboxCard key={one.id} box={one} now={boxes.dataUpdatedAt} />
        ))}
      </ul>
      {boxes.hasNextPage && (
        <button type="button" className="btn" disabled={boxes.isFetchingNextPage} onClick={() => void boxes.fetchNextPage()}>
          {t('sandboxes.more')}
        </button>
      )}
    </div>
  )
}

/** One sandbox in a list. */
function SandboxCard({ box, now }: { box: Sandbox; now: number }) {
  const { t, format } = useText()
  return (
    <li className="grant-card">
      <div className="grant-head">
        <Link to="/sandboxes/$id" params={{ id: box.id }}>
          <strong>{box.title}</strong>
        </Link>
        <BoxMarks box={box} now={now} />
      </div>
      <p>{box.purpose}</p>
      <p className="muted">
        {t('sandboxes.by', { name: box.sponsor.name })} · {format.moment(box.from)} – {format.moment(box.ended_at ?? box.until)}
        {box.role !== 'former' &&
          ` · ${t('sandboxes.members', { count: box.members.length, n: format.number(box.members.length) })} · ${t('sandboxes.shares', { count: box.shares.length, n: format.number(box.shares.length) })}`}
      </p>
    </li>
  )
}

const states = ['pending', 'active', 'ended'] as const
const roles = ['sponsor', 'member', 'former', 'overseer'] as const

/** How a sandbox stands, and what whoever looks is to it. */
export function BoxMarks({ box, now }: { box: Sandbox; now: number }) {
  const { t } = useText()
  const state = states.find((one) => one === box.state)
  const role = roles.find((one) => one === box.role)
  return (
    <>
      {state && <span className={`tag grant-${state}`}>{t(`sandboxes.now.${state}`)}</span>}
      {role && <span className="tag">{t(`sandboxes.roles.${role}`)}</span>}
      {state !== 'ended' && <Ending until={box.until} now={now} />}
    </>
  )
}
