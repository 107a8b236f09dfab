import { Link } from '@tanstack/react-router'
import { hasFailed } from '@/api/problem'
import { type Statement, type StatementLine, type Totals, useStatement } from '@/api/sandboxes'
import { usePhone } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'

/** What was seen and changed in a sandbox, and by whom. */
export function SandboxStatement({ id }: { id: string }) {
  const { t, lang } = useText()
  const said = useStatement(id)
  if (said.isPending) return <BoneRows rows={5} />
  if (hasFailed(said) || !said.data) return <Failure error={said.error} onRetry={() => void said.refetch()} />
  return (
    <section aria-labelledby="box-statement">
      <div className="box-title">
        <h2 id="box-statement">{t('sandboxes.page.statement')}</h2>
        <a className="btn" href={`/api/v1/sandboxes/${id}/statement/file?lang=${lang.startsWith('en') ? 'en' : 'zh'}`} download>
          <Icon name="download" />
          {t('sandboxes.statement.file')}
        </a>
      </div>
      <p className="hint">
        {t('sandboxes.statement.hint')} {said.data.mine && t('sandboxes.statement.mine')}
      </p>
      <p className="box-totals">
        <strong>{t('sandboxes.statement.totals')}</strong> <TotalsText totals={said.data.totals} />
      </p>
      {said.data.members.length === 0 && <p className="muted">{t('sandboxes.statement.none')}</p>}
      {said.data.members.map((one) => (
        <MemberPart key={one.person.id} part={one} />
      ))}
      {said.data.more && <p className="muted">{t('sandboxes.statement.more')}</p>}
    </section>
  )
}

function TotalsText({ totals }: { totals: Totals }) {
  const { t, format } = useText()
  return (['opened', 'listed', 'changed', 'files', 'refused'] as const)
    .filter((one) => one === 'opened' || totals[one] > 0)
    .map((one) => t(`sandboxes.statement.${one}`, { n: format.number(totals[one]) })).join(' · ')
}

function MemberPart({ part }: { part: Statement['members'][number] }) {
  const { t, format } = useText()
  const phone = usePhone()
  return (
    <article className="box-part" data-person={part.person.id}>
      <h3>{part.person.name}</h3>
      <p className="muted">
        {part.joined && `${t('sandboxes.statement.joined', { time: format.moment(part.joined) })} · `}
        {part.left && `${t('sandboxes.statement.left', { time: format.moment(part.left) })} · `}
        <TotalsText totals={part.totals} />
      </p>
      {part.records.length === 0 ? (
        <p className="muted">{t('sandboxes.statement.nothing')}</p>
      ) : phone ? (
        <ul className="access-lines">
          {part.records.map((line) => (
            <li key={`${line.kind} ${line.record}`}>
              <RecordOf line={line} />
              <p className="muted">
                <LineText line={line} />
              </p>
            </li>
          ))}
        </ul>
      ) : (
        <div className="box-scroll" tabIndex={0} role="region" aria-label={part.person.name}>
          <table className="box-table">
            <thead>
              <tr>
                <th scope="col">{t('sandboxes.statement.record')}</th>
                <th scope="col">{t('sandboxes.statement.times')}</th>
                <th scope="col">{t('sandboxes.statement.shown')}</th>
                <th scope="col">{t('sandboxes.statement.edits')}</th>
                <th scope="col">{t('sandboxes.statement.fields')}</th>
                <th scope="col">{t('sandboxes.statement.sent')}</th>
                <th scope="col">{t('sandboxes.statement.last')}</th>
              </tr>
            </thead>
            <tbody>
              {part.records.map((line) => (
                <Line key={`${line.kind} ${line.record}`} line={line} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </article>
  )
}

/** What became of a record, in one line. */
function LineText({ line }: { line: StatementLine }) {
  const { t, pick, format } = useText()
  const fields = line.fields.map((one) => pick(one.label)).join(t('app.comma'))
  const did = (['opened', 'listed', 'changed', 'files'] as const).filter((one) => line[one] > 0).map((one) => t(`sandboxes.statement.did.${one}`, { n: format.number(line[one]), fields }))
  return [...did, t('sandboxes.statement.did.last', { time: format.moment(line.last) })].join(' · ')
}

function RecordOf({ line }: { line: StatementLine }) {
  const { t, pick } = useText()
  return line.title ? (
    <Link to="/records/$kind/$id" params={{ kind: line.kind, id: line.record }}>
      {line.title}
    </Link>
  ) : (
    <span className="muted">{t('sandboxes.statement.untitled', { kind: pick(line.label) })}</span>
  )
}

function Line({ line }: { line: StatementLine }) {
  const { t, pick, format } = useText()
  return (
    <tr>
      <td>
        <RecordOf line={line} />
      </td>
      <td>{format.number(line.opened)}</td>
      <td>{format.number(line.listed)}</td>
      <td>{format.number(line.changed)}</td>
      <td>{line.fields.map((one) => pick(one.label)).join(t('app.comma'))}</td>
      <td>{format.number(line.files)}</td>
      <td>{format.moment(line.last)}</td>
    </tr>
  )
}
