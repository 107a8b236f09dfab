import { useMemo } from 'react'
import { useMatrix } from '@/api/matrix'
import { useUnits } from '@/api/org'
import { usePositions } from '@/api/packs'
import type { Clause } from '@/api/policytypes'
import type { Unit } from '@/api/types'
import { useText } from '@/lib/usetext'

const noUnits: Unit[] = []

/** The names of all kinds: who administers the policy need not be able to read any. */
export function useKindNames() {
  const { pick } = useText()
  const named = useMatrix({ part: 'actions', rows: [] })
  const names = useMemo(() => new Map((named.data?.kinds ?? []).map((k) => [k.kind, k.label])), [named.data])
  return useMemo(() => {
    const name = (kind: string) => {
      const label = names.get(kind)
      return label ? pick(label) : ''
    }
    return Object.assign(name, { all: [...names.keys()] })
  }, [names, pick])
}

/** What positions and units are called; people are named where they stand. */
export function usePlaceNames() {
  const { t, pick } = useText()
  const positions = usePositions()
  const units = useUnits()
  return useMemo(() => {
    const position = new Map((positions.data?.items ?? []).map((p) => [p.code, p.label]))
    const unit = new Map((units.data?.items ?? []).map((u) => [u.id, u.name]))
    const positionName = (code: string) => {
      const label = position.get(code)
      return label ? pick(label) : code
    }
    return {
      positions: positions.data?.items ?? [],
      units: units.data?.items ?? noUnits,
      positionName,
      unitName: (id: string) => unit.get(id) ?? '',
      /** A clause in words, but for a person's name. */
      clause: (who: Clause): string => {
        if (who.everyone) return t('policy.who.everyone')
        const place = who.unit
          ? t(who.below ? 'policy.who.below' : 'policy.who.unit', { unit: unit.get(who.unit) ?? '' })
          : ''
        if (!who.position) return place
        return place ? t('policy.who.both', { unit: place, position: positionName(who.position) }) : positionName(who.position)
      },
    }
  }, [positions.data, units.data, t, pick])
}
