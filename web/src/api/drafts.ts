import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import type { Call, IfMatch } from './call'
import { body, http } from './client'
import { keep, queries } from './freshness'
import type { Draft, DraftHead, Impact, PolicyDocument } from './policytypes'

// Drafts of the policy: what is changed before it is in force. Writing with the history of undo
// stands in draftedit.ts.

type ById = { id: string }

interface ImpactQuery {
  people?: string[]
  kinds?: string[]
  after?: string
  limit?: number
}

/** Which side stands where a draft and what was published since changed the same. */
export interface Take {
  part: string
  id: string
  take: 'mine' | 'theirs'
}

declare module './paths' {
  interface paths {
    '/api/v1/policy/drafts': {
      get: Call<never, { items: DraftHead[] }>
      post: Call<{ name: string }, Draft>
    }
    '/api/v1/policy/drafts/{id}': {
      get: Call<never, Draft, ById>
      patch: Call<{ name?: string; document?: PolicyDocument }, Draft, ById, never, IfMatch>
      delete: Call<never, undefined, ById>
    }
    '/api/v1/policy/drafts/{id}/impact': { post: Call<ImpactQuery, Impact, ById> }
    '/api/v1/policy/drafts/{id}/publish': { post: Call<{ note: string; alone?: boolean }, Draft, ById> }
    '/api/v1/policy/drafts/{id}/confirm': { post: Call<never, Draft, ById> }
    '/api/v1/policy/drafts/{id}/refuse': { post: Call<{ note: string }, Draft, ById> }
    '/api/v1/policy/drafts/{id}/rebase': { post: Call<{ take?: Take[]; upon?: string }, Draft, ById> }
  }
}

export const draftsQuery = queryOptions({
  queryKey: ['policy', 'drafts'],
  queryFn: () => body(http.GET('/api/v1/policy/drafts')),
  select: (answer) => answer.items,
})

export const useDrafts = (enabled = true) => useQuery({ ...draftsQuery, enabled })

export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: ['policy', 'draft', id],
    queryFn: () => body(http.GET('/api/v1/policy/drafts/{id}', { params: { path: { id } } })),
  })

export const useDraft = (id: string | undefined) => useQuery({ ...draftQuery(id ?? ''), enabled: Boolean(id) })

/** Keeps an answer that is a draft, and lets the list be read again. */
export async function keepDraft(draft: Draft): Promise<Draft> {
  await keep(draftQuery(draft.id).queryKey, draft)
  void queries.invalidateQueries({ queryKey: draftsQuery.queryKey })
  return draft
}

export const createDraft = async (name: string) => keepDraft(await body(http.POST('/api/v1/policy/drafts', { body: { name } })))

export const saveDraft = async (draft: Draft, change: { name?: string; document?: PolicyDocument }) =>
  keepDraft(
    await body(
      http.PATCH('/api/v1/policy/drafts/{id}', {
        params: { path: { id: draft.id }, header: { 'If-Match': `"${draft.version}"` } },
        body: change,
      }),
    ),
  )

export async function discardDraft(id: string) {
  await body(http.DELETE('/api/v1/policy/drafts/{id}', { params: { path: { id } } }))
  queries.removeQueries({ queryKey: draftQuery(id).queryKey })
  await queries.invalidateQueries({ queryKey: draftsQuery.queryKey })
}

const at = (id: string) => ({ params: { path: { id } } })

/** Who gains and loses what, a part of the people at a time; a signal stops the work. */
export const readImpact = (id: string, of: ImpactQuery, signal?: AbortSignal) =>
  body(http.POST('/api/v1/policy/drafts/{id}/impact', { ...at(id), body: of, signal }))

/** Everything that was read may be another thing once a draft is in force. */
async function inForce(draft: Draft) {
  await keepDraft(draft)
  if (draft.state === 'published') await queries.invalidateQueries()
  return draft
}

/** What stood in the way, a version that somebody published meanwhile for one, shows on the draft. */
const readAgain = (id: string) => () => void queries.invalidateQueries({ queryKey: draftQuery(id).queryKey })

export const usePublish = (id: string) =>
  useMutation({
    onError: readAgain(id),
    mutationFn: async (with_: { note: string; alone?: boolean }) =>
      inForce(await body(http.POST('/api/v1/policy/drafts/{id}/publish', { ...at(id), body: with_ }))),
  })

export const useConfirm = (id: string) =>
  useMutation({
    onError: readAgain(id),
    mutationFn: async () => inForce(await body(http.POST('/api/v1/policy/drafts/{id}/confirm', at(id)))),
  })

export const useRefuse = (id: string) =>
  useMutation({
    mutationFn: async (note: string) =>
      keepDraft(await body(http.POST('/api/v1/policy/drafts/{id}/refuse', { ...at(id), body: { note } }))),
  })

export const useRebase = (id: string) =>
  useMutation({
    mutationFn: async (choice: { take: Take[]; upon?: string }) =>
      keepDraft(await body(http.POST('/api/v1/policy/drafts/{id}/rebase', { ...at(id), body: choice }))),
  })
