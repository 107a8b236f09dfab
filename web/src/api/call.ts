/** A route in the form that openapi-fetch reads; `paths` gathers them. */
export interface Call<Body, Answer, Path = never, Query = never, Header = never> {
  parameters: { query?: Query; header?: Header; path?: Path; cookie?: never }
  requestBody?: { content: { 'application/json': Body } }
  responses: { 200: { content: { 'application/json': Answer } } }
}

/** One that makes something. */
export interface Made<Body, Answer> {
  parameters: { query?: never; header?: never; path?: never; cookie?: never }
  requestBody: { content: { 'application/json': Body } }
  responses: { 201: { content: { 'application/json': Answer } } }
}
