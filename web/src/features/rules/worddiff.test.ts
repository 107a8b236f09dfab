import { expect, it } from 'vitest'
import { wordDiff } from './worddiff'

const shown = (before: string, after: string) =>
  wordDiff(before, after)
    .map((p) => (p.op === 'same' ? p.text : p.op === 'in' ? `[+${p.text}]` : `[-${p.text}]`))
    .join('')

it('finds words in English and characters in Chinese', () => {
  expect(shown('Sales may see own customers', 'Sales may edit own customers')).toBe('Sales may [-see][+edit] own customers')
  expect(shown('销售可以查看客户', '销售可以编辑客户')).toBe('销售可以[-查看][+编辑]客户')
})

it('takes a quotation as one word, and gives both sides back whole', () => {
  const before = '条件：阶段是“新建”；金额隐藏'
  const after = '条件：阶段是“赢单”且城市是“深圳”；金额打码'
  const pieces = wordDiff(before, after)
  expect(pieces.filter((p) => p.op !== 'in').map((p) => p.text).join('')).toBe(before)
  expect(pieces.filter((p) => p.op !== 'out').map((p) => p.text).join('')).toBe(after)
  expect(pieces.some((p) => p.op === 'out' && p.text.startsWith('“新建”'))).toBe(true)
})

it('says nothing about equal sentences, and everything about strange ones', () => {
  expect(wordDiff('同一句', '同一句')).toEqual([{ op: 'same', text: '同一句' }])
  expect(wordDiff('', 'new')).toEqual([{ op: 'in', text: 'new' }])
})
