export interface PoolSearch {
  /** The pool that is open, "new" for one that is being made. */
  pool?: string
}

export const validatePoolSearch = (raw: Record<string, unknown>): PoolSearch => {
  const pool = typeof raw.pool === 'number' ? String(raw.pool) : raw.pool
  return { pool: typeof pool === 'string' && /^(new|\d+)$/.test(pool) ? pool : undefined }
}
