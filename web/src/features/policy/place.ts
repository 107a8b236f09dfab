import type { Block } from '@/api/packs'
import type { Clause } from '@/api/policytypes'
import type { PackView } from './model'

/** What is dragged here: a pack onto somebody, or a piece into a pack. */
export type Piece = { pack: PackView } | { block: Block }

/** Where it can be let go. */
export type Place = { who: Clause } | { into: string }
