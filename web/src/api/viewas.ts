import { startAnew } from './freshness'

// As whom one looks at the data: it stands in the memory of this tab and nowhere else, so that a
// reload ends it. Every request says so; the server answers what it can show and refuses the rest.

let person: string | undefined

export const viewedPerson = () => person

export function lookAs(id: string) {
  person = id
  return startAnew()
}

export async function lookAsOneself() {
  if (person === undefined) return
  person = undefined
  await startAnew()
}

/** Ends it where nothing is read any more: the session is over. */
export function stopLooking() {
  person = undefined
}

export function lookingAs(request: Request): Request {
  if (person !== undefined) request.headers.set('View-As', person)
  return request
}

/** A link may name the person as whom one looks, also one that led over the sign-in. */
export function lookByLink(href: string) {
  const named = new URL(href, location.origin).searchParams.get('view_as')
  if (named && /^"?[1-9]\d{0,15}"?$/.test(named)) person = named.replaceAll('"', '')
}
