import { expect, it } from 'vitest'
import { readUnits, writeUnits } from './unittext'

const paths = (text: string) => readUnits(text).map((u) => [u.parent, u.name].filter(Boolean).join('/'))

it('reads indented lines, whatever they are indented with', () => {
  const want = ['华东大区', '华东大区/上海徐汇店', '华东大区/杭州店', '财务部']
  expect(paths('华东大区\n  上海徐汇店\n  杭州店\n财务部')).toEqual(want)
  expect(paths('华东大区\n\t上海徐汇店\n\t杭州店\n\n财务部\n')).toEqual(want)
  expect(paths('华东大区\n　上海徐汇店\n　杭州店\n- 财务部')).toEqual(want)
})

it('reads the columns of a spreadsheet, each unit once', () => {
  expect(paths('华东大区\t上海店\n华东大区\t杭州店\n\t宁波店\n财务部')).toEqual([
    '华东大区',
    '华东大区/上海店',
    '华东大区/杭州店',
    '华东大区/宁波店',
    '财务部',
  ])
  expect(paths('East, Shanghai store\nEast, "Ningbo store"')).toEqual(['East', 'East/Shanghai store', 'East/Ningbo store'])
})

it('knows types by what names end in', () => {
  expect(readUnits('华东大区\n  徐汇店\n客服组').map((u) => u.type)).toEqual(['region', 'store', 'team'])
  expect(readUnits('Lab', { Lab: 'campus' })[0]?.type).toBe('campus')
})

it('writes what it reads', () => {
  const units = readUnits('甲\n  乙\n    丙\n丁').map((u) => ({ name: u.name, depth: u.depth + 1 }))
  expect(writeUnits(units)).toBe('甲\n  乙\n    丙\n丁')
})
