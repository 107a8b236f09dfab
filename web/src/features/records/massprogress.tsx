import { cancelMass, type MassResult, undoMass, useMassProgress } from '@/api/mass'
import { queries } from '@/api/freshness'
import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { toast } from '@/ui/toast'
import { Skips } from './massoutlook'

/** How far a change is that goes on in the background, and what became of one that is done. */
export function MassProgress({ kind, result }: { kind: Kind; result: MassResult }) {
  const { t, format } = useText()
  const progress = useMassProgress(result.status === 'done' ? undefined : result.id)
  const now = progress.data ?? result
  const under = now.status === 'queued' || now.status === 'running'
  const late = now.skipped.filter((skip) => skip.params?.late === true)
  const looked = now.done + late.reduce((sum, skip) => sum + skip.count, 0)
  return (
    <div className="mass-outlook">
      {under ? (
        <>
          <p role="status">{t('lists.mass.under', { done: format.number(looked), n: format.number(now.will) })}</p>
          <progress max={now.will} value={looked} aria-label={t('lists.mass.running')} />
          <p className="muted">{t('lists.mass.leave')}</p>
          <button
            type="button"
            className="btn"
            onClick={() => void cancelMass(now.id).then(() => queries.invalidateQueries({ queryKey: ['mass', now.id] }))}
          >
            {t('lists.mass.cancel')}
          </button>
        </>
      ) : (
        <>
          <p role="status">
            {now.status === 'cancelled'
              ? t('lists.mass.cancelled', { n: format.number(now.done) })
              : t('lists.mass.done', { n: format.number(now.done) })}
          </p>
          {now.until && now.done > 0 && result.status !== 'done' && (
            <button
              type="button"
              className="btn"
              onClick={() =>
                void undoMass(now.id).then((back) => {
                  toast(t('lists.mass.undone', { n: format.number(back.undone) }))
                  void queries.invalidateQueries({ queryKey: ['mass', now.id] })
                })
              }
            >
              {t('app.undo')}
            </button>
          )}
        </>
      )}
      <Skips kind={kind} skipped={late} />
    </div>
  )
}
