import i18next from 'i18next'
import { expect, it } from 'vitest'
import type { Kind } from '@/api/types'
import { setLanguage } from '@/lib/i18n'
import { noticeText } from './noticetext'

const kinds = [{ name: 'customer', label: { zh: '客户', en: 'Customer' } }] as Kind[]
const about = (what: string, detail: object) =>
  ({ id: '1', what, kind: 'customer', record: '7', title: '湖畔', pool: { id: '5', name: '公海' }, detail, at: '2026-03-02T01:00:00Z', read: false }) as never

it('says of a customer that goes back when, and of one that went why', async () => {
  await setLanguage('zh-CN')
  const zh = i18next.getFixedT('zh-CN', 'ui') as never
  expect(noticeText(zh, about('recycles', { at: '2026-03-09T01:00:00Z' }), kinds)).toMatch(/^您的客户“湖畔”没有新的跟进或成交，2026.*09.* 起将回到公海“公海”$/)
  expect(noticeText(zh, about('recycled', { why: 'idle' }), kinds)).toBe('您的客户“湖畔”长期没有跟进，已回到公海“公海”')
  expect(noticeText(zh, about('recycled', { why: 'no_deal' }), kinds)).toBe('您的客户“湖畔”长期没有成交，已回到公海“公海”')
  expect(noticeText(zh, about('recycled', {}), kinds)).toBe('您的客户“湖畔”已回到公海“公海”') // of before it was kept
  await setLanguage('en')
  const en = i18next.getFixedT('en', 'ui') as never
  expect(noticeText(en, about('recycled', { why: 'idle' }), kinds)).toBe('After too long without an activity, your Customer “湖畔” went back into the pool “公海”')
})

it('says of a request for many of a pool how many were and were not, and names those it may', async () => {
  await setLanguage('zh-CN')
  const zh = i18next.getFixedT('zh-CN', 'ui') as never
  const ended = (left: number, named?: string[]) => ({ ...(about('request_done', { type: 'pool', of: 'customer', state: 'approved', action: 'claim', done: 3, left }) as object), kind: undefined, named }) as never
  expect(noticeText(zh, ended(0), kinds)).toBe('您领取公海客户的申请已处理：3 条现在由您负责')
  expect(noticeText(zh, ended(2), kinds)).toBe('您领取公海客户的申请已处理：3 条现在由您负责，2 条没有处理')
  expect(noticeText(zh, ended(2, ['湖畔', '山前']), kinds)).toBe('您领取公海客户的申请已处理：3 条现在由您负责，2 条没有处理（湖畔、山前）')
  expect(noticeText(zh, ended(7, ['湖畔']), kinds)).toBe('您领取公海客户的申请已处理：3 条现在由您负责，7 条没有处理（湖畔等）')
  await setLanguage('en')
  expect(noticeText(i18next.getFixedT('en', 'ui') as never, ended(2, ['湖畔']), kinds)).toBe('Your request to claim Customer was decided: 3 are yours now, 2 not (湖畔 among them)')
})
