import type { SetupPack, Trade, TradePosition } from '@/api/setup'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import type { StepProps } from './form'
import { writeUnits } from './unittext'

const choices = ['boss', 'head', 'sales', 'service', 'finance', 'marketing', 'administrator', 'auditor', 'observer'] as const

/** A card for each trade, and beside the chosen one what comes with it, to be changed. */
export function TradeStep({ form, change, wrong, trades, packs }: StepProps & { trades: Trade[]; packs: SetupPack[] }) {
  const { t, pick } = useText()
  const trade = trades.find((one) => one.id === form.trade)
  const choose = (one: Trade) => {
    const mine = form.units.trim() !== '' && form.example === ''
    change({
      trade: one.id,
      positions: one.positions,
      ...(mine ? {} : { units: writeUnits(one.units.map((u) => ({ name: pick(u.name), depth: u.depth }))), example: one.id }),
    })
  }
  const setPack = (code: string, pack: string) =>
    change({ positions: form.positions.map((p) => (p.code === code ? { ...p, packs: pack ? [pack, ...p.packs.slice(1).filter((x) => x !== pack)] : [] } : p)) })
  return (
    <>
      <div className="setup-trades" role="radiogroup" aria-label={t('setup.trade.title')}>
        {trades.map((one) => (
          <label key={one.id} className={one.id === form.trade ? 'setup-trade chosen' : 'setup-trade'}>
            <input type="radio" name="trade" checked={one.id === form.trade} onChange={() => choose(one)} />
            <strong>{pick(one.label)}</strong>
            <span>{pick(one.description)}</span>
            <span className="setup-tags">
              {one.tags.slice(0, 3).map((tag) => (
                <span key={tag.zh} className="tag">
                  {pick(tag)}
                </span>
              ))}
            </span>
          </label>
        ))}
      </div>
      {wrong.trade && (
        <p className="setup-wrong" role="alert">
          {wrong.trade}
        </p>
      )}
      {trade && (
        <section className="setup-brings" aria-label={t('setup.trade.brings')}>
          <h2>{t('setup.trade.brings')}</h2>
          <div className="setup-columns">
            <div>
              <h3>{t('setup.trade.positions')}</h3>
              <ul className="setup-positions">
                {form.positions.map((p) => (
                  <Position key={p.code} position={p} packs={packs} onChange={(pack) => setPack(p.code, pack)} />
                ))}
              </ul>
            </div>
            <div>
              <h3>{t('setup.trade.rules')}</h3>
              <ul className="setup-list">
                {trade.shares.map((s) => (
                  <li key={s.template}>
                    <Icon name="share" />
                    {pick(s.label)}
                  </li>
                ))}
                {trade.guards.map((g) => (
                  <li key={g.id}>
                    <Icon name="shield" />
                    {pick(g.label)}
                  </li>
                ))}
              </ul>
              <h3>{t('setup.trade.fields')}</h3>
              <p className="setup-tags">
                {trade.fields.map((f) => (
                  <span key={f.key} className="tag">
                    {pick(f.label)}
                  </span>
                ))}
              </p>
              <h3>{t('setup.trade.tags')}</h3>
              <p className="setup-tags">
                {trade.tags.map((tag) => (
                  <span key={tag.zh} className="tag">
                    {pick(tag)}
                  </span>
                ))}
              </p>
            </div>
          </div>
        </section>
      )}
    </>
  )
}

/** A position with its packs, and in words what whoever holds it gets. */
function Position({ position, packs, onChange }: { position: TradePosition; packs: SetupPack[]; onChange: (pack: string) => void }) {
  const { t, pick } = useText()
  // Everybody has the pack of the staff, and who has no other has that.
  const said = (position.packs.length > 0 ? position.packs : ['staff']).flatMap((id) => packs.find((pack) => pack.id === id) ?? [])
  const hint = `gives-${position.code}`
  return (
    <li>
      <span>{pick(position.label)}</span>
      <select
        className="input"
        aria-label={t('setup.trade.packOf', { position: pick(position.label) })}
        aria-describedby={hint}
        value={position.packs[0] ?? ''}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{t('setup.trade.noPack')}</option>
        {choices.map((pack) => (
          <option key={pack} value={pack}>
            {t(`setup.packs.${pack}`)}
          </option>
        ))}
      </select>
      <p id={hint} className="muted">
        {said.map((pack, i) => (
          <span key={pack.id}>{i === 0 ? pick(pack.description) : t('setup.trade.also', { pack: pick(pack.label), text: pick(pack.description) })}</span>
        ))}
      </p>
    </li>
  )
}
