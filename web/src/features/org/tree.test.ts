import { expect, it } from 'vitest'
import { units } from '@/testing/fixtures'
import { buildTree, lines, matching, pathTo } from './tree'

const names = (list: ReturnType<typeof lines>) => list.map((line) => `${'·'.repeat(line.depth)}${line.node.unit.name}`)

it('counts people of a unit and all below it', () => {
  const [top] = buildTree(units)
  expect(top?.people).toBe(15)
  expect(top?.children.map((node) => node.people)).toEqual([9, 4])
})

it('draws the lines that are open', () => {
  const top = buildTree(units)
  expect(names(lines(top, new Set()))).toEqual(['关雎生活'])
  expect(names(lines(top, new Set(['1', '2'])))).toEqual(['关雎生活', '·华南大区', '··南山店', '·财务部'])
})

it('puts a unit whose parent may not be seen at the top', () => {
  expect(buildTree(units.slice(1)).map((node) => node.unit.name)).toEqual(['华南大区', '财务部'])
})

it('finds units by name or head, with what is above them', () => {
  expect([...matching(units, ' 南山 ').shown]).toEqual(['1', '2', '3'])
  expect([...matching(units, '陈').hits]).toEqual(['1'])
  expect(matching(units, '无').shown.size).toBe(0)
  expect(names(lines(buildTree(units), new Set(), matching(units, '南山').shown))).toEqual(['关雎生活', '·华南大区', '··南山店'])
})

it('does not run in circles', () => {
  const circle = [
    { id: 'a', parent: 'b', name: 'a', type: 't' },
    { id: 'b', parent: 'a', name: 'b', type: 't' },
  ]
  expect(pathTo(circle, 'a').map((unit) => unit.id)).toEqual(['b', 'a'])
  expect(buildTree(circle)).toEqual([])
})
