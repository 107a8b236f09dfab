import { useSyncExternalStore } from 'react'

// Something waits for the second factor. Wherever that is answered one dialog asks for a code, and what
// was refused is sent once more.

let asked: { done: (proved: boolean) => void; answer: Promise<boolean> } | undefined
const listeners = new Set<() => void>()

const set = (next: typeof asked) => {
  asked = next
  for (const listener of listeners) listener()
}

/** Asks for the second factor; false when it was not proved, also where nobody can ask. */
export function prove(): Promise<boolean> {
  if (listeners.size === 0) return Promise.resolve(false)
  if (!asked) {
    let done: (proved: boolean) => void = () => undefined
    const answer = new Promise<boolean>((resolve) => (done = resolve))
    set({ done, answer })
    return answer
  }
  return asked.answer
}

export function proofDone(proved: boolean) {
  asked?.done(proved)
  set(undefined)
}

/** Whether somebody is asked, for the one place that asks. */
export const useProofAsked = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => asked !== undefined,
  )

const codeOf = async (answer: Response): Promise<unknown> => {
  const text: unknown = await answer.clone().json().catch(() => undefined)
  return typeof text === 'object' && text !== null && 'code' in text ? text.code : undefined
}

/** Sends a request, and once more when the second factor was proved for it. Files are not kept for that. */
export async function proving(request: Request, send: (request: Request) => Promise<Response>): Promise<Response> {
  const again = request.headers.get('Content-Type')?.startsWith('multipart/') ? undefined : request.clone()
  const answer = await send(request)
  if (answer.status !== 403 || !again || new URL(request.url).pathname === '/api/v1/session') return answer
  if ((await codeOf(answer)) !== 'second_factor_required' || !(await prove())) return answer
  return send(again)
}
