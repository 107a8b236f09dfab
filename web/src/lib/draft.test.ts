import { describe, expect, it } from 'vitest'
import { compare, same, toDraft, toWire } from './draft'

describe('what is typed becomes what is sent', () => {
  it.each([
    ['text', '关雎', { value: '关雎' }],
    ['text', '  ', { value: null }],
    ['int', '1,024', { value: 1024 }],
    ['int', '１２', { value: 12 }],
    ['int', '1.5', { fault: 'integer' }],
    ['number', '-3.25', { value: -3.25 }],
    ['number', 'NaN', { fault: 'number' }],
    ['money', '￥20,565.6206', { value: '20565.6206' }],
    ['money', '1.23456', { fault: 'money' }],
    ['money', '9007199254740993.01', { value: '9007199254740993.01' }],
    ['choices', [], { value: [] }],
    ['choices', ['a'], { value: ['a'] }],
    ['bool', false, { value: false }],
    ['place', { lat: '22.5', lng: '113.9' }, { value: { lat: 22.5, lng: 113.9 } }],
    ['place', { lat: '', lng: '' }, { value: null }],
    ['place', { lat: '91', lng: '0' }, { fault: 'coordinates' }],
    ['place', { lat: '1', lng: '' }, { fault: 'coordinates' }],
  ])('%s %j', (type, draft, want) => expect(toWire({ type }, draft)).toEqual(want))

  it('asks for what is required', () => {
    expect(toWire({ type: 'text', required: true }, undefined)).toEqual({ fault: 'missing' })
    expect(toWire({ type: 'place', required: true }, { lat: '', lng: '' })).toEqual({ fault: 'missing' })
  })

  it.each([['text', 'a'], ['int', 7], ['money', '12.50'], ['bool', true], ['choices', ['a', 'b']], ['place', { lat: 1, lng: 2 }]])(
    'reads %s back',
    (type, value) => expect(toWire({ type }, toDraft({ type }, value))).toEqual({ value }),
  )
})

describe('a conflict', () => {
  const base = { city: '杭州', size: 1, code: 'A' }
  it('clashes only where both sides changed the same field differently', () => {
    const theirs = { city: '北京', size: 1, code: 'B' }
    expect(compare(base, { city: '天津', size: 2, code: 'B' }, theirs)).toEqual({ clash: ['city'], free: ['size'] })
  })
  it('compares by value', () => {
    expect(same({ lat: 1, lng: 2 }, { lat: 1, lng: 2 })).toBe(true)
    expect(same(undefined, null)).toBe(true)
    expect(same('1', 1)).toBe(false)
  })
})
