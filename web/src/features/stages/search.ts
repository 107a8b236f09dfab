export interface StagesSearch {
  kind?: string
}

export const validateStagesSearch = (search: Record<string, unknown>): StagesSearch => ({
  kind: typeof search.kind === 'string' && /^[a-z_]+$/.test(search.kind) ? search.kind : undefined,
})
