import type { paths } from './paths'
import type { components, paths as served } from './schema.gen'
import type { Explanation, Field, Item, Kind, Me, Page, Pool, SignedIn, Unit } from './types'

// Holds the hand-written wire types against those the server's OpenAPI document gave
// (schema.gen.ts): this file does not compile when they part. The hand-written ones are narrower
// where the document says only "string" or leaves a value open.

type Schemas = components['schemas']

/** A wire type as wide as OpenAPI tells it: any text for a code, anything for a field's value. */
type Wide<T> = T extends string
  ? string
  : T extends readonly (infer U)[]
    ? Wide<U>[]
    : T extends object
      ? { [K in keyof T]: K extends 'fields' ? (NonNullable<T[K]> extends Field[] ? Wide<T[K]> : unknown) : Wide<T[K]> }
      : T

type Gives<Served, Read> = Served extends Wide<Read> ? true : false

/** The methods and query parameters of ours that the server does not have. */
type Unserved = {
  [P in keyof paths]: P extends keyof served
    ? {
        [M in keyof paths[P]]: M extends keyof served[P]
          ? [served[P][M]] extends [undefined]
            ? [P, M]
            : Exclude<QueryOf<paths[P][M]>, QueryOf<served[P][M]>>
          : [P, M]
      }[keyof paths[P]]
    : P
}[keyof paths]

type QueryOf<Operation> = Operation extends { parameters: { query?: infer Q } }
  ? [NonNullable<Q>] extends [never]
    ? never
    : keyof NonNullable<Q>
  : never

type Holds<T extends true> = T
type Nothing<T extends never> = T

export type Contract = [
  Holds<Gives<Schemas['Me'], Me>>,
  Holds<Gives<Schemas['KindInfo'], Kind>>,
  Holds<Gives<Schemas['Page'], Page>>,
  Holds<Gives<Schemas['Item'], Item>>,
  Holds<Gives<Schemas['Explanation'], Explanation>>,
  Holds<Gives<Schemas['Unit'], Unit>>,
  Holds<Gives<Schemas['Pool'], Pool>>,
  Holds<Gives<Schemas['SignedInSession'], SignedIn>>,
  Nothing<Unserved>,
]
