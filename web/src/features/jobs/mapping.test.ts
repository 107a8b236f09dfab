import { expect, it } from 'vitest'
import type { ImportPreview } from '@/api/jobs'
import { ledOf, mappingOf, wrongOf } from './mapping'

const field = (name: string, rest = {}) => ({ name, label: { zh: name, en: name }, type: 'text' as const, required: false, key: false, ...rest })

const preview: ImportPreview = {
  upload: '7',
  expires_at: '2026-01-01T00:00:00Z',
  kind: 'customer',
  name: 'a.csv',
  rows: 2,
  more: false,
  sheets: [],
  encoding: 'utf-8',
  remembered: false,
  columns: [
    { heading: '名称', samples: [], field: 'name', confidence: 'exact' },
    { heading: '编码', samples: [], field: 'code', confidence: 'exact' },
    { heading: '备用', samples: [] },
  ],
  fields: [field('name', { required: true, key: true }), field('code', { key: true }), field('owner', { by: 'login', type: 'ref' }), field('id_number', { locked: 'no_right' })],
}

it('begins with what the server found', () => {
  expect(ledOf(preview)).toEqual({ fields: ['name', 'code', ''], key: 'code', keepEmpty: true, distinct: true })
})

it('writes every column into the mapping, mapped or left out', () => {
  const led = { fields: ['name', '', 'owner'], key: '', keepEmpty: false, distinct: false }
  expect(JSON.parse(mappingOf(preview, led))).toEqual({
    kind: 'customer',
    columns: [
      { column: '名称', field: 'name' },
      { column: '备用', field: 'owner', by: 'login' },
    ],
    ignore: ['编码'],
  })
})

it('says what does not fit', () => {
  expect(wrongOf(preview, { fields: ['name', 'name', ''], key: '', keepEmpty: true, distinct: true })).toEqual([{ code: 'double', field: 'name' }])
  expect(wrongOf(preview, { fields: ['', 'code', ''], key: '', keepEmpty: true, distinct: true })).toMatchObject([{ code: 'missing' }])
  expect(wrongOf(preview, { fields: ['', 'code', ''], key: 'code', keepEmpty: true, distinct: true })).toEqual([])
  expect(wrongOf(preview, { fields: ['', '', ''], key: 'code', keepEmpty: true, distinct: true })).toEqual([{ code: 'nothing' }])
})
