import type { Problem } from './types'

/** An answer of the server that is no success. The screens translate `code` and `kind`. */
export class ApiError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}`)
    this.name = 'ApiError'
    this.problem = problem
  }
}

/** What is said of one of many by its code, as if it had been refused alone. */
export function codeError({ code = 'unknown', params }: { code?: string; params?: Problem['params'] }): ApiError {
  const missing = code === 'record'
  return new ApiError({ status: missing ? 404 : 409, kind: missing ? 'NotFound' : 'Conflict', code, params })
}

/** The problem behind an error, also when the network or the program itself failed. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem
  if (error instanceof TypeError) return { status: 0, kind: 'Network', code: 'network' }
  return { status: 0, kind: 'Internal', code: 'client' }
}

/** Whether the caller may not: then nothing around it is of use to them either. */
export const isRefused = (error: unknown): boolean => problemOf(error).kind === 'Denied'

/** Whether an answer takes away what was shown before it: refused, or there no more. */
export const takesAway = (error: unknown): boolean => {
  const { kind, status } = problemOf(error)
  return kind === 'Denied' || kind === 'NotFound' || status === 401 || status === 404
}

interface Asked {
  data: unknown
  error: unknown
}

/** Whether nothing came, so that a failure stands in its place. */
export const hasFailed = ({ data, error }: Asked): boolean => Boolean(error) && data === undefined

/** Whether what is there is older than it should be, since reading it again failed. */
export const isUnfresh = ({ data, error }: Asked): boolean => Boolean(error) && data !== undefined

/** Hidden and missing are one answer, so they are one question here too. */
export const isNotFound = (error: unknown) => problemOf(error).kind === 'NotFound' || problemOf(error).status === 404

export const isStale = (error: unknown) => problemOf(error).status === 412

/** Makes a problem of an answer that may not be problem+json (a proxy's page, an empty body). */
export function toProblem(body: unknown, response: Response): Problem {
  const given = typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {}
  return {
    ...given,
    status: response.status,
    kind: given.kind ?? (response.status === 404 ? 'NotFound' : 'Internal'),
    code: given.code ?? 'unknown',
    request_id: given.request_id ?? response.headers.get('X-Request-Id') ?? undefined,
  }
}
