import type { InfiniteData } from '@tanstack/react-query'
import { useMutation } from '@tanstack/react-query'
import { body, http } from './client'
import { keep, queries } from './freshness'
import { holding } from './held'
import { recordQuery } from './records'
import type { Item, Page, Value } from './types'

// Changing one record from within a list. The lists that hold it are mended in place: reading
// again everything that somebody scrolled through would take the cell from under their eyes.

function mend(item: Item) {
  void keep(recordQuery(item.kind, item.id).queryKey, item)
  queries.setQueriesData<InfiniteData<Page>>({ queryKey: ['records', item.kind, 'list'] }, (data) =>
    data && {
      ...data,
      pages: data.pages.map((page) =>
        page.items.some((one) => one.id === item.id)
          ? { ...page, items: page.items.map((one) => (one.id === item.id ? item : one)) }
          : page,
      ),
    },
  )
  void queries.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[0] === 'records' && queryKey[2] !== 'one' && queryKey[2] !== 'list',
  })
}

export interface CellChange {
  id: string
  version: number
  fields: Record<string, Value>
}

export async function saveCells(kind: string, { id, version, fields }: CellChange): Promise<Item> {
  const item = await holding(
    { does: 'edit', kind, record: id, version, fields },
    body(
      http.PATCH('/api/v1/records/{kind}/{id}', {
        params: { path: { kind, id }, header: { 'If-Match': `"${version}"` } },
        body: { fields },
      }),
    ),
  )
  mend(item)
  return item
}

export const useCellSave = (kind: string) => useMutation({ mutationFn: (change: CellChange) => saveCells(kind, change) })

/** After a record moved from one column or day to another, the lists are read again. */
export const rereadLists = (kind: string) =>
  queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'records' && queryKey[1] === kind && queryKey[2] !== 'one' })
