import { useState } from 'react'

/** What was read last: what is being written outlives that it is read anew under a new policy. */
export function useKept<T>(data: T | undefined): T | undefined {
  const [kept, setKept] = useState(data)
  if (data !== undefined && data !== kept) setKept(data)
  return data ?? kept
}
