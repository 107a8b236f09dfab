/** A route in the form that openapi-fetch reads; `paths` gathers them. */
export interface Call<Body, Answer, Path = never, Query = never, Header = never, Status extends number = 200> {
  parameters: { query?: Query; header?: Header; path?: Path; cookie?: never }
  requestBody?: { content: { 'application/json': Body } }
  responses: Record<Status, { content: { 'application/json': Answer } }>
}

/** One that makes something. */
export interface Made<Body, Answer> {
  parameters: { query?: never; header?: never; path?: never; cookie?: never }
  requestBody: { content: { 'application/json': Body } }
  responses: { 201: { content: { 'application/json': Answer } } }
}

/** The header of what changes a version that was read, and no other. */
export interface IfMatch {
  'If-Match': string
}
