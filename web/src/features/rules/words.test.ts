import { renderHook } from '@testing-library/react'
import { expect, it } from 'vitest'
import { setLanguage } from '@/lib/i18n'
import { useText } from '@/lib/usetext'
import { approvalWords, type Namer } from './words'

const named: Namer = {
  units: [],
  positions: [{ code: 'cfo', label: { zh: '财务总监', en: 'CFO' } }],
  packs: [{ id: 'finance', label: { zh: '财务', en: 'Finance' } }],
  person: () => '',
}
const said = (...steps: string[]) => approvalWords(renderHook(() => useText()).result.current, named, steps)

it('names who approves as people call them, packs too', async () => {
  expect(said('@head+@pack:finance', 'cfo')).toBe('直属负责人 + 持有「财务」权限包的人 → 财务总监')
  await setLanguage('en')
  expect(said('@pack:finance', '@head')).toBe('who has the pack “Finance” → the head')
})
