import { useCallback } from 'react'
import { useText } from '@/lib/usetext'
import type { Wrong } from './draft'

/** Says in the reader's language what is wrong with a part of a field; undefined for a code it does not know. */
export function useWrongText() {
  const { t } = useText()
  return useCallback(
    (wrong: Wrong): string | undefined => {
      const codes = t('customfields.wrong', { returnObjects: true }) as Record<string, string>
      return Object.hasOwn(codes, wrong.code) ? codes[wrong.code] : wrong.detail
    },
    [t],
  )
}

/** What is wrong, under the control that it is about. */
export function Said({ id, wrong }: { id: string; wrong?: Wrong }) {
  const say = useWrongText()
  if (!wrong) return null
  return (
    <span id={id} className="form-fault" role="alert">
      {say(wrong)}
    </span>
  )
}
