import { describe, expect, it } from 'vitest'
import type { PolicyDocument } from '@/api/policytypes'
import { newId, speaksOf } from './ruledoc'

const document: PolicyDocument = {
  packs: [],
  rules: [],
  assignments: [
    { id: '1', pack: 'service', who: { position: 'agent' } },
    { id: '2', pack: 'service', who: { unit: '7', below: true } },
    { id: '3', pack: 'boss', who: { position: 'agent' } },
    { id: '4', pack: 'sales', who: { position: 'seller' } },
  ],
}

describe('whom a rule of a template speaks of', () => {
  it('is everyone but who holds the packs that are excepted, each once', () => {
    expect(speaksOf(document, { for: ['*'], except: ['service', 'boss'] })).toEqual({
      any: [{ everyone: true }],
      except: [{ position: 'agent' }, { unit: '7', below: true }],
    })
  })

  it('is who holds its packs in this document', () => {
    expect(speaksOf(document, { for: ['sales'], except: [] })).toEqual({ any: [{ position: 'seller' }] })
  })

  it('is nobody yet where no pack is named or nobody holds it', () => {
    expect(speaksOf(document, { for: [], except: [] })).toEqual({ any: [] })
    expect(speaksOf(document, { for: ['finance'], except: ['marketing'] })).toEqual({ any: [] })
  })
})

it('an id that is taken gets a number', () => {
  expect(newId('complaint_lock', ['complaint_lock', 'complaint_lock-2'])).toBe('complaint_lock-3')
})
