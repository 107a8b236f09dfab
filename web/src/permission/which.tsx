import { useId } from 'react'
import { useText } from '@/lib/usetext'

interface Props {
  match: { filter?: string; q?: string }
  moving: boolean
  onMoving: (moving: boolean) => void
}

/** Whether what a list shows stands as it is now, or moves with the data, which takes a filter and no words. */
export function Which({ match, moving, onMoving }: Props) {
  const { t } = useText()
  const id = useId()
  return (
    <fieldset>
      <legend>{t('access.give.which')}</legend>
      {[false, true].map((one) => (
        <label key={String(one)}>
          <input type="radio" name={id} checked={moving === one} disabled={one && (!match.filter || !!match.q)} onChange={() => onMoving(one)} />
          {t(one ? 'access.give.moving' : 'access.give.fixed')}
        </label>
      ))}
    </fieldset>
  )
}
