// The parts of ECharts that the dashboard draws with. This file is loaded when the first chart is
// drawn, never with the page.
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

echarts.use([BarChart, LineChart, GridComponent, TooltipComponent, CanvasRenderer])

export const begin = (element: HTMLElement) => echarts.init(element, null, { renderer: 'canvas' })
