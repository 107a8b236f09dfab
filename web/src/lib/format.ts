// Numbers, money, dates and distances as the reader's language writes them.

/** Groups a decimal string without passing through a binary fraction: "1234.5" → "1,234.50". */
export function groupDecimal(decimal: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? []
  if (whole === '') return decimal
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const cents = fraction.replace(/0+$/, '').padEnd(2, '0')
  return `${sign}${grouped}.${cents}`
}

function symbol(currency: string, lang: string): string {
  try {
    const parts = new Intl.NumberFormat(lang, { style: 'currency', currency }).formatToParts(0)
    return parts.find((p) => p.type === 'currency')?.value ?? currency
  } catch {
    return currency
  }
}

function relative(writer: Intl.RelativeTimeFormat, text: string, now: number): string {
  const seconds = Math.round((new Date(text).getTime() - now) / 1000)
  if (Number.isNaN(seconds)) return text
  const [unit, size] = (
    [
      ['day', 86_400],
      ['hour', 3600],
      ['minute', 60],
      ['second', 1],
    ] as const
  ).find(([, s]) => Math.abs(seconds) >= s) ?? ['second', 1]
  return writer.format(Math.trunc(seconds / size), unit)
}

const made = new Map<string, ReturnType<typeof writers>>()

/** The writers of a language, made once: each of them costs more than all that a row writes with it. */
export function format(lang: string) {
  const known = made.get(lang) ?? writers(lang)
  made.set(lang, known)
  return known
}

/** Made when it is first written with: a page needs two or three of them, and each takes milliseconds of its start. */
function once<T>(make: () => T): () => T {
  let it: T | undefined
  return () => (it ??= make())
}

function writers(lang: string) {
  // Four digits stand together: 1980 is more often a year than a number.
  const integer = once(() => new Intl.NumberFormat(lang, { useGrouping: 'min2' }))
  const number = once(() => new Intl.NumberFormat(lang, { maximumFractionDigits: 6 }))
  const date = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  const day = once(() => new Intl.DateTimeFormat(lang, { ...date, timeZone: 'UTC' }))
  const moment = once(() => new Intl.DateTimeFormat(lang, { ...date, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }))
  const ago = once(() => new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }))
  const left = once(() => new Intl.RelativeTimeFormat(lang, { numeric: 'always' }))
  const symbols = new Map<string, string>()

  return {
    number: (n: number) => number().format(n),
    integer: (n: number) => integer().format(n),
    money(decimal: string, currency?: string) {
      const text = groupDecimal(decimal)
      if (!currency) return text
      if (!symbols.has(currency)) symbols.set(currency, symbol(currency, lang))
      const mark = symbols.get(currency) ?? currency
      return text.startsWith('-') ? `-${mark}${text.slice(1)}` : `${mark}${text}`
    },
    /** A calendar day, "2026-01-31" or a midnight in UTC: the same day everywhere. */
    day(text: string) {
      const at = new Date(text)
      return Number.isNaN(at.getTime()) ? text : day().format(at)
    },
    /** A moment, in the reader's own time zone. */
    moment(text: string) {
      const at = new Date(text)
      return Number.isNaN(at.getTime()) ? text : moment().format(at)
    },
    ago: (text: string, now: number) => relative(ago(), text, now),
    /** How long it is until then, in whole units: 47 hours are one day, never 'tomorrow'. */
    left: (text: string, now: number) => relative(left(), text, now),
    place: (lat: number, lng: number) => `${lat.toFixed(5)}, ${lng.toFixed(5)}`,
  }
}
