import { useText } from '@/lib/usetext'

/** The word for a unit's type; types that a company made up are their own words. */
export function useUnitType() {
  const { t } = useText()
  const types = t('org.types', { returnObjects: true }) as Record<string, string>
  return (type: string) => types[type] ?? type
}
