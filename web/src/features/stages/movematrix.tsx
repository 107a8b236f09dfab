import type { StageParts } from '@/api/stages'
import { useText } from '@/lib/usetext'
import { leads, withWay } from './draft'

interface Props {
  stages: StageParts[]
  may: boolean
  onStages: (stages: StageParts[]) => void
}

/** The moves that are allowed: a row for where a record is, a column for where it may go. */
export function MoveMatrix({ stages, may, onStages }: Props) {
  const { t, pick } = useText()
  const nameOf = (stage: StageParts) => pick(stage.label) || t('tagging.stages.unnamed')
  const to = stages.filter((s) => !s.retired)
  return (
    <div className="moves">
      <h2 id="moves-title">{t('tagging.stages.moves')}</h2>
      <p className="muted">{t('tagging.stages.movesHint')}</p>
      {/* Wider than a phone: it is scrolled by keys too. */}
      <div className="moves-scroll" tabIndex={0} role="region" aria-labelledby="moves-title">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('tagging.stages.fromTo')}</th>
              {to.map((stage) => (
                <th key={stage.code} scope="col">
                  {nameOf(stage)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {stages.map((from) => (
              <tr key={from.code}>
                <th scope="row">{nameOf(from)}</th>
                {to.map((stage) => (
                  <td key={stage.code}>
                    {stage.code === from.code ? (
                      <span className="muted" aria-hidden="true">
                        —
                      </span>
                    ) : (
                      <input
                        type="checkbox"
                        disabled={!may}
                        aria-label={t('tagging.stages.way', { from: nameOf(from), to: nameOf(stage) })}
                        checked={leads(stage, from.code)}
                        onChange={(event) => onStages(withWay(stages, stage.code, from.code, event.target.checked))}
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
