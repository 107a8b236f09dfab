import { expect, it } from 'vitest'
import { setLanguage, withTexts } from '@/lib/i18n'
import { format } from '@/lib/format'
import i18next from 'i18next'
import type { Item } from '@/api/types'
import { actsOf, lies } from './acts'
import { lackOf, toSend } from './draft'
import { poolSentence } from './sentence'
import { validatePoolSearch } from './search'

const item = (fields: Item['fields'], can: string[]): Item => ({ id: '1', kind: 'customer', version: 1, title: 'x', fields, can }) as Item

it('offers what the server allows and the record makes sense of', () => {
  const all = ['claim', 'assign', 'release']
  const inPool = item({ owner: null, pool: '5' }, all)
  expect(lies(inPool)).toBe(true)
  expect(actsOf(inPool)).toEqual(['claim', 'assign'])
  expect(actsOf(item({ owner: '7', pool: null }, all))).toEqual(['assign', 'release'])
  expect(actsOf(item({ owner: null, pool: '5' }, ['read']))).toEqual([])
  // What is not seen is not held against it: the server said yes.
  expect(actsOf(item({}, ['claim']))).toEqual(['claim'])
})

it('says what keeps settings from being saved, and sends nothing that says nothing', () => {
  const draft = { name: '公海', open: [], settings: {} }
  expect(lackOf({ ...draft, name: ' ' }, true)).toBe('name')
  expect(lackOf(draft, false)).toBe('condition')
  expect(lackOf({ ...draft, settings: { recycle: { warn_days: 3 } } }, true)).toBe('recycle')
  expect(lackOf({ ...draft, settings: { recycle: { idle_days: 7, warn_days: 7 } } }, true)).toBe('warning')
  expect(lackOf({ ...draft, settings: { recycle: { leavers: true } } }, true)).toBeUndefined()
  expect(toSend({ ...draft, settings: { hidden: [], shown_to: [{ everyone: true }] } })).toEqual({ hidden: undefined, shown_to: undefined })
})

it('puts settings in words', async () => {
  await setLanguage('zh-CN')
  await withTexts(['pools'], Promise.resolve())
  const t = i18next.getFixedT('zh-CN', 'ui')
  const text = { t, lang: 'zh-CN', pick: (label: { zh: string }) => label.zh, format: format('zh-CN') } as never
  const draft = {
    name: '公海',
    open: [{ unit: '3', below: true }],
    settings: { claims_held: 30, recycle: { idle_days: 30, leavers: true, warn_days: 7 } },
  }
  expect(poolSentence(text, draft, () => '销售部', [], undefined)).toBe(
    '向销售部及下级开放。接收所有客户。每人手中最多 30 条。30 天没有跟进、负责人已离职的客户自动回到这里，合同履行中或有未解决工单的除外。回收前 7 天提醒负责人。',
  )
})

it('reads which pool is open from any address', () => {
  expect(validatePoolSearch({ pool: 12 })).toEqual({ pool: '12' })
  expect(validatePoolSearch({ pool: 'new' })).toEqual({ pool: 'new' })
  expect(validatePoolSearch({ pool: '<script>' })).toEqual({ pool: undefined })
})
