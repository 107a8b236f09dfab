export interface TagsSearch {
  group?: string
}

export const validateTagsSearch = (search: Record<string, unknown>): TagsSearch => ({
  group: typeof search.group === 'string' && /^[a-z_]+\.c_[a-z0-9_]+$|^new$/.test(search.group) ? search.group : undefined,
})
