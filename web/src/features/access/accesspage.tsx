import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type Holding, useGiveBackTeam, useHolding } from '@/api/grants'
import { hasFailed } from '@/api/problem'
import type { Me } from '@/api/types'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { PersonPicker } from '@/permission/personpicker'
import { Ending } from '@/ui/ending'
import { BoneRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { Confirm } from './confirm'
import { GrantCard } from './grantcard'
import { KindSection } from './kindsection'
import type { AccessSearch } from './search'
import { AccessTabs } from './tabs'
import './access.css'

interface Props {
  me: Me
  search: AccessSearch
  onSearch: (search: AccessSearch) => void
}

/** What somebody holds, in sentences: whence, until when, and what of it they can give back. */
export default function AccessPage({ me, search, onSearch }: Props) {
  const { t } = useText()
  const holding = useHolding(search.person)
  const [searching, setSearching] = useState(false)
  const others = me.can.includes('policy') || me.can.includes('audit') || me.appointments.some((post) => post.head)
  const title = search.person && holding.data ? t('access.titleOf', { name: holding.data.person.name }) : t('access.title')
  useTitle(title)
  return (
    <div className="access-page">
      <AccessTabs />
      <header>
        <h1>{title}</h1>
        <p className="hint">{t('access.hint')}</p>
      </header>
      {others && (
        <div className="access-whose">
          <PersonPicker
            quiet
            label={t('access.whose')}
            hint={t('access.search')}
            person={search.person && holding.data && !searching ? holding.data.person : undefined}
            onPerson={(next) => {
              setSearching(next === undefined)
              if (next) onSearch({ person: next.id })
            }}
          />
          <p className="muted">{t('access.whoseHint')}</p>
          {search.person && (
            <button type="button" className="btn" onClick={() => onSearch({})}>
              {t('access.own')}
            </button>
          )}
        </div>
      )}
      {holding.isPending && <BoneRows rows={6} />}
      {hasFailed(holding) && <Failure error={holding.error} onRetry={() => void holding.refetch()} />}
      {holding.data && <HoldingView holding={holding.data} own={holding.data.person.id === me.person.id} now={holding.dataUpdatedAt} />}
    </div>
  )
}

export function HoldingView({ holding, own, now }: { holding: Holding; own: boolean; now: number }) {
  const { t, pick, format } = useText()
  return (
    <>
      <section aria-labelledby="access-posts">
        <h2 id="access-posts">{t('access.posts')}</h2>
        {holding.posts.length === 0 && <p className="muted">{t('access.noPosts')}</p>}
        <ul className="access-lines">
          {holding.posts.map((post) => (
            <li key={`${post.unit.id} ${post.position.code}`}>
              <strong>{[post.unit.name, pick(post.position.label), post.head ? t('user.head') : ''].filter(Boolean).join(' · ')}</strong>{' '}
              <span className="muted">{post.until ? t('access.until', { time: format.moment(post.until) }) : t('access.always')}</span> <Ending until={post.until} now={now} />
            </li>
          ))}
        </ul>
        {holding.pools.length > 0 && (
          <p className="muted">
            {t('access.pools')}: {holding.pools.map((pool) => pool.name).join(t('app.comma'))}
          </p>
        )}
      </section>
      <section aria-labelledby="access-received">
        <h2 id="access-received">{t('access.received')}</h2>
        {holding.grants.length === 0 && <p className="muted">{t('access.noReceived')}</p>}
        <ul className="grant-list">
          {holding.grants.map((grant) => (
            <GrantCard key={grant.id} grant={grant} now={now} />
          ))}
        </ul>
      </section>
      <section aria-labelledby="access-boxes">
        <h2 id="access-boxes">{t('access.boxes')}</h2>
        {holding.sandboxes.length === 0 && <p className="muted">{t('access.noBoxes')}</p>}
        <ul className="access-lines">
          {holding.sandboxes.map((box) => (
            <li key={box.id}>
              {own ? (
                <Link to="/sandboxes/$id" params={{ id: box.id }}>
                  {box.title}
                </Link>
              ) : (
                box.title
              )}{' '}
              <span className="muted">
                {t('access.boxBy', { name: box.sponsor.name })} · {t('access.until', { time: format.moment(box.until) })}
              </span>{' '}
              <Ending until={box.until} now={now} />
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="access-teams">
        <h2 id="access-teams">{t('access.teams')}</h2>
        {holding.teams.length === 0 && <p className="muted">{t('access.noTeams')}</p>}
        <ul className="access-lines">
          {holding.teams.map((team) => (
            <Team key={`${team.kind} ${team.record}`} team={team} person={holding.person.id} own={own} now={now} />
          ))}
        </ul>
        {holding.more && <p className="muted">{t('access.teamsMore')}</p>}
      </section>
      <h2>{t('access.kinds')}</h2>
      {holding.kinds.map((kind) => (
        <KindSection key={kind.kind} kind={kind} now={now} />
      ))}
    </>
  )
}

function Team({ team, person, own, now }: { team: Holding['teams'][number]; person: string; own: boolean; now: number }) {
  const { t, pick, format } = useText()
  const [asking, setAsking] = useState(false)
  const leave = useGiveBackTeam()
  return (
    <li className="access-team">
      <div>
        {team.title ? (
          <Link to="/records/$kind/$id" params={{ kind: team.kind, id: team.record }}>
            {team.title}
          </Link>
        ) : (
          t('access.untitled', { kind: pick(team.label) })
        )}{' '}
        <span className="muted">
          {pick(team.label)} · {team.from && new Date(team.from).getTime() > now && `${t('access.from', { time: format.moment(team.from) })} `}
          {team.until ? t('access.until', { time: format.moment(team.until) }) : t('access.always')}
        </span>{' '}
        <Ending until={team.until} now={now} />
      </div>
      {own && (
        <button type="button" className="btn" onClick={() => setAsking(true)}>
          {t('access.giveBack')}
        </button>
      )}
      {asking && (
        <Confirm
          title={t('access.giveBackTitle')}
          text={t('access.giveBackText')}
          act={t('access.giveBack')}
          error={leave.error}
          busy={leave.isPending}
          onCancel={() => setAsking(false)}
          onAct={() =>
            leave.mutate(
              { kind: team.kind, id: team.record, person },
              {
                onSuccess: () => {
                  toast(t('access.gaveBack'))
                  setAsking(false)
                },
              },
            )
          }
        />
      )}
    </li>
  )
}
