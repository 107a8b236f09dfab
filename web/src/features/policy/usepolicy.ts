import { useMemo } from 'react'
import { useDraftEdit } from '@/api/draftedit'
import { useAssignments, useBlocks, usePacks } from '@/api/packs'
import type { AssignmentDocument, PolicyDocument } from '@/api/policytypes'
import { hasFailed } from '@/api/problem'
import { useMe } from '@/api/session'
import { useProblemText } from '@/permission/problemtext'
import { useText } from '@/lib/usetext'
import { toast } from '@/ui/toast'
import { packViews, wordsFor } from './model'

const none: AssignmentDocument[] = []

/** Packs and assignments as the open draft has them, and the way to change them in it. */
export function usePolicy() {
  const { t, format } = useText()
  const problemText = useProblemText()
  const me = useMe()
  const mayEdit = me.data?.can.includes('policy') ?? false
  const packs = usePacks()
  const assignments = useAssignments()
  const blocks = useBlocks()
  const work = useDraftEdit(mayEdit)
  const draft = work.draft
  const document = draft?.document

  const views = useMemo(
    () =>
      packViews(
        packs.data?.items ?? [],
        document,
        wordsFor(blocks.data?.items ?? [], packs.data?.items ?? [], draft?.changes ?? []),
      ),
    [packs.data, blocks.data, document, draft?.changes],
  )

  /** Writes a change into the draft and says so where it did not work. */
  const edit = async (change: (document: PolicyDocument) => PolicyDocument): Promise<boolean> => {
    try {
      await work.edit(change, t('policy.newDraft', { time: format.moment(new Date().toISOString()) }))
      return true
    } catch (error) {
      toast(problemText(error), { bad: true })
      return false
    }
  }

  return {
    packs: views,
    assignments: document?.assignments ?? assignments.data?.items ?? none,
    inForce: assignments.data?.items ?? none,
    blocks: blocks.data?.items ?? [],
    draft,
    mayEdit,
    edit,
    pending: packs.isPending || assignments.isPending || blocks.isPending || (mayEdit && work.loading),
    error: [packs, assignments, blocks].find(hasFailed)?.error,
    retry: () => {
      void packs.refetch()
      void assignments.refetch()
      void blocks.refetch()
    },
  }
}

export type Policy = ReturnType<typeof usePolicy>
