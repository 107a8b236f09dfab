import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { format } from '@/lib/format'
import { setLanguage } from '@/lib/i18n'
import { explanation } from '@/testing/fixtures'
import { answer, show } from '@/testing/render'
import { Why, WhyView } from './why'

const question = { kind: 'customer', id: '7', action: 'read', field: 'phone' }

it('names the rules, their purpose, origin and end, and what is lacking', async () => {
  await setLanguage('en')
  await show(<WhyView explanation={explanation} />)
  expect(screen.getByText('Nobody sees contact details before claiming')).toBeTruthy()
  expect(screen.getByText(/From guard “公海保护”/)).toBeTruthy()
  expect(screen.getByText('You are not the owner')).toBeTruthy()
  expect(screen.getByText(/Valid until 12\/31\/2026/)).toBeTruthy()
})

it('says who lent it to whom, what it opens and from when until when', async () => {
  await setLanguage('zh-CN')
  const label = (text: string) => ({ zh: text, en: text })
  const given = {
    by: { id: '9', name: '陈雨桐' },
    to: { id: '3', name: '赵六' },
    what: label('查看这条客户；联系方式可见'),
    from: '2026-03-02T09:00:00Z',
    until: '2026-03-03T02:30:00Z',
  }
  const reason = {
    rule: 'grant/5',
    effect: 'permit' as const,
    from: label('陈雨桐授权：双十一复核'),
    scene: label('双十一复核'),
    sentence: label('—'),
    until: given.until,
    given,
  }
  await show(<WhyView explanation={{ allowed: true, permits: [{ ...reason, origin: { type: 'grant' } }] }} />)
  expect(screen.getByText('陈雨桐授权赵六')).toBeTruthy()
  expect(screen.getByText('查看这条客户；联系方式可见')).toBeTruthy()
  expect(screen.getByText('用途：双十一复核')).toBeTruthy()
  const { moment } = format('zh-CN')
  expect(screen.getByText(`有效期 ${moment(given.from)} 至 ${moment(given.until)}`)).toBeTruthy()
  await show(<WhyView explanation={{ allowed: true, permits: [{ ...reason, given: { ...given, to: { id: '', name: '' } }, origin: { type: 'sandbox' } }] }} />)
  expect(screen.getByText('陈雨桐经沙箱开放给其成员')).toBeTruthy()
})

it('says that the default is no', async () => {
  await show(<WhyView explanation={{ allowed: false }} />)
  expect(screen.getByText(/默认为不可见/)).toBeTruthy()
})

it('waits, and says when it could not be answered', async () => {
  answer(() => ({ status: 500, body: { kind: 'Internal', code: 'internal', request_id: 'req-9' } }))
  await show(<Why question={question} title="为什么？" />)
  expect(await screen.findByText('请求编号 req-9')).toBeTruthy()
})

it('says of a record that is gone what it says of a hidden one', async () => {
  answer(() => ({ status: 404, body: { kind: 'NotFound', code: 'record' } }))
  await show(<Why question={question} title="为什么？" />)
  expect(await screen.findByText(/它可能不存在、已被删除，或者您没有查看权限/)).toBeTruthy()
})
