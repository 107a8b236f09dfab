import { useText } from '@/lib/usetext'

const year = 365

/** A term in words: whole years as years, all else as days. */
export function useTerm() {
  const { t, format } = useText()
  return (days: number) => (days > 0 && days % year === 0 ? t('audit.kept.years', { count: days / year, n: format.number(days / year) }) : t('audit.kept.days', { count: days, n: format.number(days) }))
}
