import { useCallback, useEffect } from 'react'
import { addShortcuts } from '@/lib/shortcuts'
import { useText } from '@/lib/usetext'
import { toast } from './toast'

// Taking back what was just done: a notice with a button in it, and Ctrl-Z where nothing is being
// written. What undoes it is a write like any other: the server asks its rules again.

interface Step {
  undo: () => Promise<unknown>
  close: () => void
  until: number
}

const stay = 8000
let steps: Step[] = []

const latest = (): Step | undefined => {
  steps = steps.filter((s) => s.until > Date.now())
  return steps.at(-1)
}

/**
 * Gives the function that says that something was done and how to take it back:
 * `const done = useUndo(); … done(t('list.changed'), () => save(before))`.
 * When the way back fails (somebody changed it since, the right is gone) that is said, and nothing
 * else happens.
 */
export function useUndo() {
  const { t } = useText()
  return useCallback(
    (text: string, undo: () => Promise<unknown>) => {
      const step: Step = {
        undo: async () => {
          steps = steps.filter((s) => s !== step)
          step.close()
          try {
            await undo()
            toast(t('app.undone'))
          } catch {
            toast(t('app.notUndone'), { bad: true })
          }
        },
        close: () => undefined,
        until: Date.now() + stay,
      }
      step.close = toast(text, { action: { label: t('app.undo'), run: () => void step.undo() } })
      steps = [...steps, step]
    },
    [t],
  )
}

/** Ctrl-Z takes back the latest step; it stands once, in the shell. */
export function UndoKey() {
  const { t } = useText()
  useEffect(
    () => addShortcuts([{ keys: 'mod+z', label: t('app.undoLast'), group: 'app', run: () => void latest()?.undo() }]),
    [t],
  )
  return null
}
