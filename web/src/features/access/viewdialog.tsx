import { type Grant, useViewGranted } from '@/api/grants'
import { FieldValue } from '@/fields/value'
import { useText } from '@/lib/usetext'
import { fieldState } from '@/permission/access'
import { useProblemText } from '@/permission/problemtext'
import { Dialog } from '@/ui/dialog'

/** The one view that was given: asked for on purpose, since opening it uses it up. */
export function ViewDialog({ grant, onClose }: { grant: Grant; onClose: () => void }) {
  const { t, pick } = useText()
  const view = useViewGranted()
  const problem = useProblemText()
  const shown = view.data
  return (
    <Dialog
      wide
      title={shown?.item.title || t('access.view.title')}
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t(shown ? 'app.close' : 'app.cancel')}
          </button>
          {!shown && (
            <button type="button" className="btn primary" disabled={view.isPending || view.isError} onClick={() => view.mutate(grant.id)}>
              {t('access.view.open')}
            </button>
          )}
        </>
      }
    >
      {shown ? (
        <>
          <dl className="grant-fields">
            {shown.kind.fields
              .filter((field) => ['plain', 'masked'].includes(fieldState(shown.item, field.name).is))
              .map((field) => (
                <div key={field.name}>
                  <dt>{pick(field.label)}</dt>
                  <dd>
                    <FieldValue kind={shown.kind} item={shown.item} field={field} short />
                  </dd>
                </div>
              ))}
          </dl>
          <p className="muted">{t('access.view.hidden')}</p>
        </>
      ) : (
        <p>{t('access.view.text')}</p>
      )}
      {view.error && (
        <p className="form-fault" role="alert">
          {problem(view.error)}
        </p>
      )}
    </Dialog>
  )
}
