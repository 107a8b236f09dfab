import type { Call, IfMatch } from './call'
import type { Explanation, Item, Kind, ListQuery, Page, Pool, Unit, Value } from './types'

// The routes that the screens call, in the form openapi-fetch reads: these, and those that each file
// beside this one adds. schema.gen.ts, made from the server's OpenAPI, is the wider truth; contract.ts
// holds the two together.

type ById = { id: string }
type OfKind = { kind: string }
type Fields = { fields: Record<string, Value> }

export interface paths {
  '/api/v1/kinds': { get: Call<never, { items: Kind[] }> }
  '/api/v1/records/{kind}': {
    get: Call<never, Page, OfKind, ListQuery>
    post: Call<Fields, Item, OfKind>
  }
  '/api/v1/records/{kind}/{id}': {
    get: Call<never, Item, OfKind & ById>
    patch: Call<Fields, Item, OfKind & ById, never, IfMatch>
    delete: Call<never, undefined, OfKind & ById, never, IfMatch>
  }
  '/api/v1/explain': {
    get: Call<never, Explanation, never, { kind: string; id: string; action: string; field?: string }>
  }
  '/api/v1/org/units': { get: Call<never, { items: Unit[] }> }
  '/api/v1/org/pools': { get: Call<never, { items: Pool[] }> }
}
