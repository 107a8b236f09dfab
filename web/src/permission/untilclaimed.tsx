import { createContext, useContext } from 'react'

const none: ReadonlySet<string> = new Set()

/** The fields of the record on the page that show once one has claimed it. */
export const UntilClaimed = createContext(none)

export const useUntilClaimed = (field: string): boolean => useContext(UntilClaimed).has(field)
