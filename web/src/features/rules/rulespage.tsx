import { useState } from 'react'
import { useDraftEdit } from '@/api/draftedit'
import { useUnits } from '@/api/org'
import { usePacks, usePositions } from '@/api/packs'
import { hasFailed, isRefused } from '@/api/problem'
import { useRuleKinds, useRules } from '@/api/rules'
import { DraftBar, useDraftName } from '@/fields/draftbar'
import { PolicyTabs } from '@/fields/policytabs'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows } from '@/ui/states'
import type { PolicyDocument } from '@/api/policytypes'
import { dropRule } from './ruledoc'
import { RulesView } from './rulesview'
import { type Entry, entriesOf } from './ruleslist'
import type { RulesSearch } from './search'
import { usePeople } from './people'
import './rules.css'

interface Props {
  search: RulesSearch
  onSearch: (search: RulesSearch) => void
}

/** The rule studio: all rules as sentences, and one of them open to be edited in a draft. */
export default function RulesPage({ search, onSearch }: Props) {
  const { t } = useText()
  useTitle(t('rules.title'))
  const rules = useRules()
  const packs = usePacks()
  const kinds = useRuleKinds()
  const units = useUnits()
  const positions = usePositions()
  const work = useDraftEdit()
  const nameOfNew = useDraftName()
  const [failed, setFailed] = useState<unknown>()
  const entries: Entry[] = entriesOf(rules.data ?? [], packs.data?.items ?? [], work.draft)
  const person = usePeople(entries)

  const asked = [rules, packs, kinds, units, positions]
  const wrong = asked.find(hasFailed)
  const ready = rules.data && packs.data && kinds.data && units.data && positions.data && !work.loading

  const edit = async (change: (document: PolicyDocument) => PolicyDocument) => {
    setFailed(undefined)
    try {
      await work.edit(change, nameOfNew)
    } catch (error) {
      setFailed(error)
      throw error
    }
  }
  const again = () => void Promise.all(asked.map((query) => query.refetch()))
  if (wrong && isRefused(wrong.error)) return <Failure page error={wrong.error} onRetry={again} />
  return (
    <div className="rules-page">
      <h1 className="sr-only">{t('rules.title')}</h1>
      <PolicyTabs />
      <DraftBar error={failed} />
      {wrong ? (
        <Failure error={wrong.error} onRetry={again} />
      ) : ready ? (
        <RulesView
          entries={entries}
          kinds={kinds.data}
          named={{ units: units.data.items, positions: positions.data.items, packs: [...(work.draft?.document.packs ?? []), ...packs.data.items], person }}
          search={search}
          now={rules.dataUpdatedAt}
          onSearch={onSearch}
          onEdit={edit}
          onDrop={(id) => edit((document) => dropRule(document, id))}
        />
      ) : (
        <BoneRows />
      )}
    </div>
  )
}
