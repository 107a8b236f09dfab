import { useEffect, useRef, useState } from 'react'
import { useThemed } from './themed'
import { type Bar, optionOf, type Shape } from './option'

interface Props {
  shape: Shape
  bars: Bar[]
  /** Says in words what it shows; the table beside it says it in numbers. */
  label: string
  write: (value: number) => string
  onOpen: (key: string) => void
}

type Chart = ReturnType<(typeof import('./echarts'))['begin']>

/** One chart on a canvas. Its library comes when the first one is drawn. */
export function Chart({ shape, bars, label, write, onOpen }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<Chart>()
  const colours = useThemed()
  const open = useRef(onOpen)

  useEffect(() => {
    open.current = onOpen
  }, [onOpen])

  useEffect(() => {
    const element = box.current
    if (!element) return
    let made: Chart | undefined
    let over = false
    const watch = new ResizeObserver(() => made?.resize())
    void import('./echarts').then(({ begin }) => {
      if (over) return
      made = begin(element)
      made.on('click', (event) => {
        const { key } = (event.data ?? {}) as { key?: string }
        if (key !== undefined) open.current(key)
      })
      watch.observe(element)
      setChart(made)
    })
    return () => {
      over = true
      watch.disconnect()
      made?.dispose()
    }
  }, [])

  useEffect(() => {
    chart?.setOption(optionOf(shape, bars, colours, write), { notMerge: true })
  }, [chart, shape, bars, colours, write])

  return <div ref={box} className="chart" data-rows={shape === 'rank' ? bars.length : undefined} role="img" aria-label={label} />
}
