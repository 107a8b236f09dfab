import { hasFailed } from '@/api/problem'
import { type Token, useRevokeToken, useTokens } from '@/api/session'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { Ending } from '@/ui/ending'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'

/** The keys of one's own programs: which there are, until when, and the way to end them. */
export function Tokens() {
  const problemText = useProblemText()
  const tokens = useTokens()
  const revoke = useRevokeToken()
  if (tokens.isPending) return <BoneRows rows={1} />
  if (!tokens.data || hasFailed(tokens)) return <Failure error={tokens.error} onRetry={() => void tokens.refetch()} />
  return (
    <TokensView
      tokens={tokens.data}
      now={tokens.dataUpdatedAt}
      busy={revoke.isPending ? revoke.variables : undefined}
      failure={revoke.error ? problemText(revoke.error) : undefined}
      onRevoke={(id) => revoke.mutate(id)}
    />
  )
}

interface Props {
  tokens: Token[]
  now: number
  busy?: string
  failure?: string
  onRevoke: (id: string) => void
}

export function TokensView({ tokens, now, busy, failure, onRevoke }: Props) {
  const { t, format } = useText()
  return (
    <>
      {failure && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {failure}
        </p>
      )}
      {tokens.length === 0 && <p className="muted">{t('account.noTokens')}</p>}
      <ul className="sessions">
        {tokens.map((token) => (
          <li key={token.id}>
            <div className="device">
              <strong>{token.name}</strong>
              <p>
                {[
                  t('why.until', { time: format.moment(token.until) }),
                  token.last_seen_at ? `${t('account.seen')} ${format.ago(token.last_seen_at, now)}` : t('account.unused'),
                ].join(' · ')}
              </p>
            </div>
            <Ending until={token.until} now={now} />
            <button type="button" className="btn" disabled={busy === token.id} aria-label={t('account.endOne', { name: token.name })} onClick={() => onRevoke(token.id)}>
              {t('account.end')}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
