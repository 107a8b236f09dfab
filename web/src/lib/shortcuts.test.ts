import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { addShortcuts, keyNames, setSingleKeys, type Shortcut } from './shortcuts'

let away: (() => void)[] = []
let ran: string[] = []

const shortcut = (keys: string, more: Partial<Shortcut> = {}): Shortcut => ({ keys, label: keys, group: 'app', run: () => ran.push(keys), ...more })
const add = (...list: Shortcut[]) => {
  const gone = addShortcuts(list)
  away.push(gone)
  return gone
}

/** Presses a key where the focus is, and tells whether somebody took it. */
function press(key: string, more: KeyboardEventInit & { at?: Element; time?: number } = {}): boolean {
  const { at = document.body, time, ...init } = more
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
  if (time !== undefined) Object.defineProperty(event, 'timeStamp', { value: time })
  at.dispatchEvent(event)
  return event.defaultPrevented
}

function put(html: string): Element {
  document.body.innerHTML = html
  const found = document.body.querySelector('[data-here]')
  if (!found) throw new Error('no place to type')
  return found
}

beforeEach(() => {
  ran = []
  setSingleKeys(true)
})
afterEach(() => {
  for (const gone of away) gone()
  away = []
  document.body.innerHTML = ''
})

it('runs what a page added, as long as it is there', () => {
  const gone = add(shortcut('n'))
  expect(press('n')).toBe(true)
  expect(press('x')).toBe(false)
  gone()
  expect(press('n')).toBe(false)
  expect(ran).toEqual(['n'])
})

it('gives the key to who added it last, and back', () => {
  add(shortcut('n', { run: () => ran.push('shell') }))
  const gone = add(shortcut('n', { run: () => ran.push('page') }))
  press('n')
  gone()
  press('n')
  expect(ran).toEqual(['page', 'shell'])
})

describe('while an input method composes a word', () => {
  it.each([
    ['the composition', { isComposing: true }],
    ['the key that begins it', { keyCode: 229 }],
  ])('keeps silent: %s', (_, init) => {
    add(shortcut('n'), shortcut('mod+k', { everywhere: true }))
    expect(press('n', init)).toBe(false)
    expect(press('k', { ...init, ctrlKey: true })).toBe(false)
    expect(press('Process', init)).toBe(false)
    expect(ran).toEqual([])
  })

  it('speaks again when the word is done', () => {
    add(shortcut('n'))
    press('n', { isComposing: true })
    press('n')
    expect(ran).toEqual(['n'])
  })
})

describe('while something is written', () => {
  it.each([
    '<input data-here>',
    '<textarea data-here></textarea>',
    '<select data-here></select>',
    '<div contenteditable="true"><p data-here></p></div>',
    '<div role="combobox" tabindex="0" data-here></div>',
    '<div role="listbox"><span data-here></span></div>',
  ])('keeps silent in %s', (html) => {
    add(shortcut('n'), shortcut('mod+z'), shortcut('mod+k', { everywhere: true }))
    const at = put(html)
    expect(press('n', { at })).toBe(false)
    expect(press('z', { at, ctrlKey: true })).toBe(false)
    expect(ran).toEqual([])
    // What is meant for everywhere comes through, and so does everything beside the field.
    press('k', { at, ctrlKey: true })
    press('n')
    expect(ran).toEqual(['mod+k', 'n'])
  })

  it('forgets the first key of a pair', () => {
    add(shortcut('g c'))
    const at = put('<input data-here>')
    press('g')
    press('x', { at })
    expect(press('c')).toBe(false)
    expect(ran).toEqual([])
  })
})

it('keeps single keys silent behind an open dialog', () => {
  add(shortcut('n'), shortcut('mod+k', { everywhere: true }))
  put('<dialog open data-here></dialog>')
  expect(press('n')).toBe(false)
  press('k', { metaKey: true })
  expect(ran).toEqual(['mod+k'])
})

it('leaves single keys alone for who turned them off', () => {
  add(shortcut('n'), shortcut('g c'), shortcut('mod+k'))
  setSingleKeys(false)
  press('n')
  press('g')
  press('c')
  press('k', { ctrlKey: true })
  expect(ran).toEqual(['mod+k'])
})

describe('one key after the other', () => {
  beforeEach(() => {
    add(shortcut('g c'), shortcut('g o'), shortcut('c'))
  })

  it('runs the pair, not the second alone', () => {
    expect(press('g')).toBe(false)
    expect(press('c')).toBe(true)
    expect(ran).toEqual(['g c'])
  })

  it('takes the second for itself after a pause', () => {
    press('g', { time: 1000 })
    press('c', { time: 2300 })
    expect(ran).toEqual(['c'])
  })

  it('begins anew after a key that belongs to nothing', () => {
    press('g')
    press('x')
    press('c')
    expect(ran).toEqual(['c'])
  })

  it('begins a second pair after the first', () => {
    for (const key of ['g', 'c', 'g', 'o']) press(key)
    expect(ran).toEqual(['g c', 'g o'])
  })
})

it('tells keys with modifiers from those without', () => {
  add(shortcut('k'), shortcut('mod+k'), shortcut('?'))
  press('k', { ctrlKey: true })
  press('K', { metaKey: true })
  press('k', { ctrlKey: true, shiftKey: true }) // somebody else's
  press('k', { altKey: true })
  press('?', { shiftKey: true })
  press('K', { shiftKey: true })
  expect(ran).toEqual(['mod+k', 'mod+k', '?', 'k'])
})

it('leaves alone what somebody took before', () => {
  add(shortcut('n'))
  const at = put('<button data-here></button>')
  at.addEventListener('keydown', (event) => event.preventDefault())
  press('n', { at })
  expect(ran).toEqual([])
})

it('writes keys as they stand on the keyboard', () => {
  vi.stubGlobal('navigator', { platform: 'MacIntel' })
  expect(keyNames('mod+k')).toEqual(['⌘', 'K'])
  vi.stubGlobal('navigator', { platform: 'Win32' })
  expect(keyNames('mod+k')).toEqual(['Ctrl', 'K'])
  expect(keyNames('g c')).toEqual(['G', 'C'])
  vi.unstubAllGlobals()
})
