import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { onExpired } from '@/api/freshness'
import { answer } from '@/testing/render'
import { watchSession } from './watch'

// The browser's side of a stream, as far as it is told of.
class Stream extends EventTarget {
  static readonly CLOSED = 2
  static opened: Stream[] = []
  readyState = 0
  constructor() {
    super()
    Stream.opened.push(this)
  }
  close() {
    this.readyState = Stream.CLOSED
  }
  says(type: string, readyState = this.readyState) {
    this.readyState = readyState
    this.dispatchEvent(new Event(type))
  }
}

const expired = vi.fn()
let stop: () => void
let asked = 0

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', Stream)
  Stream.opened = []
  asked = 0
  expired.mockClear()
  onExpired(expired)
  stop = watchSession()
})

afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function meAnswers(status: number, code: string) {
  answer(() => {
    asked++
    return { status, body: { kind: status === 401 ? 'Denied' : 'Internal', code, detail: code } }
  })
}

async function stream(n: number): Promise<Stream> {
  await vi.advanceTimersByTimeAsync(n === 0 ? 2_500 : 60_000)
  const it = Stream.opened[n]
  if (it === undefined) throw new Error(`stream ${n} was not opened`)
  return it
}

it('closes a page whose session ended before its stream began', async () => {
  meAnswers(401, 'signin')
  const first = await stream(0)
  first.says('error', 2)
  await vi.advanceTimersByTimeAsync(10)
  expect(asked).toBe(1)
  expect(expired).toHaveBeenCalledTimes(1)
})

it('leaves the page as it is while the server is away, and asks it nothing', async () => {
  meAnswers(401, 'signin')
  const first = await stream(0)
  for (let i = 0; i < 20; i++) first.says('error', 0) // the browser is connecting again
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toBe(0)
  expect(Stream.opened).toHaveLength(1)
  expect(expired).not.toHaveBeenCalled()
})

it('asks again, more rarely each time, where something else refuses the stream', async () => {
  meAnswers(503, 'away')
  const first = await stream(0)
  first.says('error', 2)
  for (const wait of [5_000, 15_000, 60_000, 60_000]) {
    const before = Stream.opened.length
    await vi.advanceTimersByTimeAsync(wait - 100)
    expect(Stream.opened).toHaveLength(before)
    await vi.advanceTimersByTimeAsync(200)
    expect(Stream.opened).toHaveLength(before + 1)
    Stream.opened.at(-1)?.says('error', 2)
  }
  await vi.advanceTimersByTimeAsync(10)
  expect(asked).toBe(5)
  expect(expired).not.toHaveBeenCalled()
})
