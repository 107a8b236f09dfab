import type { ReactNode } from 'react'

export interface Column<Row> {
  key: string
  title: string
  width: number
  /** Takes its part of the width that is left. */
  grow?: boolean
  end?: boolean
  sort?: 'none' | 'ascending' | 'descending'
  cell: (row: Row) => ReactNode
}

/** Choosing rows by a box before each. */
export interface Picking<Row> {
  picked: ReadonlySet<string>
  all: boolean
  /** Range asks for all between the row pressed before and this one. */
  onPick: (index: number, range: boolean) => void
  onPickAll: (all: boolean) => void
  label: (row: Row) => string
  allLabel: string
}
