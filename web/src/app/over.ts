/** What lies over the page: at most one at a time. */
export type Over = 'palette' | 'keys' | 'notices' | 'view'
