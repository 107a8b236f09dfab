import type { Colours } from './themed'

export type Shape = 'funnel' | 'bars' | 'line' | 'rank'

export interface Bar {
  key: string
  label: string
  value: number
  /** Beside the value: how many records, where it is a sum. */
  note?: string
}

/** What ECharts draws. Its tooltip is text on the canvas: HTML of its own would carry inline styles. */
export function optionOf(shape: Shape, bars: Bar[], c: Colours, write: (value: number) => string) {
  const data = bars.map((b) => ({ key: b.key, name: b.label, value: b.value, note: b.note }))
  const tooltip = {
    trigger: 'item' as const,
    renderMode: 'richText' as const,
    confine: true,
    backgroundColor: c.surface,
    borderColor: c.line,
    padding: [6, 10],
    textStyle: { color: c.text, fontSize: 12, fontFamily: 'inherit' },
    formatter: (at: unknown) => {
      const { data: bar } = at as { data: (typeof data)[number] }
      return [bar.name, write(bar.value), bar.note].filter(Boolean).join('\n')
    },
  }
  const text = { color: c.quiet, fontSize: 12 }
  const labels = { type: 'category' as const, data: bars.map((b) => b.label), axisTick: { show: false }, axisLine: { lineStyle: { color: c.line } }, axisLabel: text }
  const values = {
    type: 'value' as const,
    minInterval: 1,
    splitNumber: 4,
    axisLabel: { ...text, formatter: (value: number) => write(value) },
    splitLine: { lineStyle: { color: c.line } },
  }
  const common = { animationDuration: 300, tooltip, color: [c.main] }
  if (shape === 'funnel') {
    return {
      ...common,
      grid: { left: 8, right: 96, top: 8, bottom: 8, containLabel: true },
      xAxis: { ...values, show: false },
      yAxis: { ...labels, inverse: true, axisLine: { show: false } },
      series: [
        {
          type: 'bar' as const,
          data: data.map((d, i) => ({ ...d, itemStyle: { color: c.main, opacity: 1 - i * 0.11 } })),
          barWidth: '64%',
          itemStyle: { borderRadius: 3 },
          label: { show: true, position: 'right' as const, color: c.text, opacity: 1, formatter: (at: unknown) => write((at as { value: number }).value) },
        },
      ],
    }
  }
  if (shape === 'rank') {
    return {
      ...common,
      grid: { left: 8, right: 88, top: 4, bottom: 4, containLabel: true },
      xAxis: { ...values, show: false },
      yAxis: { ...labels, inverse: true, axisLine: { show: false }, axisLabel: { ...text, width: 120, overflow: 'truncate' as const } },
      series: [
        {
          type: 'bar' as const,
          data,
          barMaxWidth: 16,
          itemStyle: { borderRadius: 3 },
          label: { show: true, position: 'right' as const, color: c.text, opacity: 1, formatter: (at: unknown) => write((at as { value: number }).value) },
        },
      ],
    }
  }
  const line = shape === 'line'
  return {
    ...common,
    grid: { left: 4, right: 12, top: 16, bottom: 4, containLabel: true },
    xAxis: {
      ...labels,
      boundaryGap: !line,
      axisLabel: bars.length > 8 ? { ...text, hideOverlap: true } : { ...text, interval: 0, width: 72, overflow: 'break' as const },
    },
    yAxis: values,
    series: [
      line
        ? { type: 'line' as const, data, symbolSize: 6, lineStyle: { width: 2 }, areaStyle: { color: c.main, opacity: 0.12 } }
        : { type: 'bar' as const, data, barMaxWidth: 28, itemStyle: { borderRadius: [3, 3, 0, 0] } },
    ],
  }
}
