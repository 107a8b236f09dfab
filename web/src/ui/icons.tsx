// Line icons, drawn here so that a page carries only what it shows. They say nothing to screen
// readers: the words beside them do.

const shapes = {
  lock: 'M5 7.5h6a1.5 1.5 0 0 1 1.5 1.5v3a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 12V9A1.5 1.5 0 0 1 5 7.5ZM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.7 10.7 14 14',
  filter: 'M2 3.5h12L9.5 9v4.5l-3-1.5V9L2 3.5Z',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  plus: 'M8 3v10M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5 6.5 12 13 4.5',
  down: 'M4 6l4 4 4-4',
  right: 'M6 4l4 4-4 4',
  left: 'M10 4 6 8l4 4',
  up: 'M4 10l4-4 4 4',
  menu: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  user: 'M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8ZM2.8 14a5.2 5.2 0 0 1 10.4 0',
  out: 'M6.5 3H3.5v10h3M10 5l3 3-3 3M13 8H6.5',
  globe: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2 8h12M8 2c2 2 2.5 4 2.5 6S10 12 8 14c-2-2-2.5-4-2.5-6S6 4 8 2Z',
  moon: 'M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7Z',
  shield: 'M8 1.8 13 3.6v4c0 3-2 5.400-5 6.6-3-1.2-5-3.600-5-6.600v-4L8 1.800Z',
  warn: 'M8 2.200 14.500 13.500h-13L8 2.200ZM8 6.500v3M8 11.400v.2',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.300V11M8 5v.2',
  why: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM6.300 6.300A1.700 1.700 0 1 1 8.600 7.900c-.4.2-.6.5-.6 1v.3M8 11.200v.2',
  edit: 'M10.500 2.800l2.700 2.700L6 12.700l-3.300.6.6-3.300 7.200-7.200Z',
  trash: 'M3 4.500h10M6.500 4.500V3h3v1.500M4.500 4.500l.6 9h5.800l.6-9',
  customer: 'M2.500 13.500V4L7.500 2.500v11M7.500 6.500h6v7M2 13.500h12M4.700 6h.6M4.700 8.500h.6M4.700 11h.6M10 9h1M10 11.300h1',
  contact: 'M3 2.500h10v11H3zM8 8a1.600 1.600 0 1 0 0-3.200A1.600 1.600 0 0 0 8 8ZM5.300 11.500a2.700 2.700 0 0 1 5.400 0',
  opportunity: 'M2.500 12.500 6 8.500l2.500 2.500 5-6M10 5h3.500v3.500',
  contract: 'M4 2h5.500L12.500 5v9H4zM9.500 2v3h3M6 8h4.500M6 10.500h4.500',
  payment: 'M2 4h12v8.500H2zM2 7h12M4.500 10h2.500',
  product: 'M8 2l5.500 2.800v6.400L8 14l-5.500-2.800V4.800L8 2ZM2.500 4.800 8 7.600l5.500-2.800M8 7.600V14',
  ticket: 'M2 5a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v1.500a1.500 1.500 0 0 0 0 3V11a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V9.500a1.500 1.500 0 0 0 0-3V5ZM9.500 4v8',
  activity: 'M2.500 3h11v8H8l-3 2.500V11H2.500zM5 6h6M5 8.300h4',
  task: 'M2.500 4.500 4 6l2.500-3M2.500 10.500 4 12l2.500-3M8.500 4.500h5M8.500 10.500h5',
  person: 'M6 7.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM1.500 13.500a4.500 4.500 0 0 1 9 0M10.500 3a2.500 2.500 0 0 1 0 4.500M12 9.500a4.500 4.500 0 0 1 2.500 4',
  org: 'M6 2h4v3.500H6zM1.500 10.500h4V14h-4zM10.500 10.500h4V14h-4zM8 5.500V8M3.500 10.500V8h9v2.500',
  other: 'M3 3h4v4H3zM9 3h4v4H9zM3 9h4v4H3zM9 9h4v4H9z',
  place: 'M8 14.200s4.500-4.200 4.500-7.500a4.500 4.500 0 1 0-9 0c0 3.300 4.500 7.500 4.500 7.500ZM8 8.300a1.700 1.700 0 1 0 0-3.400 1.700 1.700 0 0 0 0 3.400Z',
  more: 'M3.500 8h.1M8 8h.1M12.500 8h.1',
  empty: 'M2 9.500 4 3h8l2 6.500v4H2v-4ZM2 9.500h3.500l1 1.500h3l1-1.500H14',
} as const

export type IconName = keyof typeof shapes

export const isIcon = (name: string): name is IconName => name in shapes

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" fill="none" aria-hidden="true" focusable="false">
      <path d={shapes[name]} stroke="currentColor" strokeWidth="1.3" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
