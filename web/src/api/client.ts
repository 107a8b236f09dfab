import createClient from 'openapi-fetch'
import { seenAllowed, seenEpoch, seenRefusal } from './freshness'
import type { paths } from './paths'
import { ApiError, toProblem } from './problem'
import { reach } from './reach'
import { lookingAs } from './viewas'

// Same origin, cookie session. fetch is looked up per call so that tests can answer in its place.
export const http = createClient<paths>({ baseUrl: location.origin, fetch: (request) => reach(lookingAs(request)) })

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/**
 * Gives the body of a successful answer and throws an ApiError for any other. Every answer goes
 * through here, so this is where a changed epoch or a refusal empties what was kept.
 */
export async function body<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call
  if (!response.ok) {
    const failed = new ApiError(toProblem(error, response))
    seenRefusal(failed.problem, response.url)
    throw failed
  }
  seenEpoch(data)
  seenAllowed(response.url)
  return data as T
}
