import { cleanup, configure } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { setLanguage, startLanguage, withTexts } from '@/lib/i18n'
import { areas } from '@/lib/lang/catalogue'

// What jsdom does not have: sizes, media queries, modal dialogs.
Object.defineProperties(HTMLElement.prototype, {
  offsetHeight: { get: () => 800 },
  offsetWidth: { get: () => 1200 },
  clientHeight: { get: () => 800 },
  clientWidth: { get: () => 1200 },
})
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
}
Element.prototype.scrollTo = () => undefined

/** The width of the window that media queries see. */
export const screenWidth = { now: 1200 }

vi.stubGlobal('matchMedia', (query: string) => {
  const limit = Number(/max-width: (\d+)px/.exec(query)?.[1] ?? 0)
  return {
    matches: limit > 0 && screenWidth.now <= limit,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
  }
})
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
)

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 30_000 })

beforeAll(async () => {
  await startLanguage()
  await withTexts([...areas], Promise.resolve())
})
beforeEach(async () => {
  screenWidth.now = 1200
  await setLanguage('zh-CN')
})
afterEach(cleanup)
