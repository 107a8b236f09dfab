import type { StageUse } from '@/api/stages'
import { useText } from '@/lib/usetext'

/** What speaks of a stage. */
export function Uses({ uses }: { uses: StageUse[] }) {
  const { t } = useText()
  return (
    <ul className="stage-uses">
      {uses.map((use) => (
        <li key={`${use.what} ${use.id} ${use.name}`}>
          <span className="tag">{t(`tagging.uses.${use.what}`)}</span> {use.name}
        </li>
      ))}
    </ul>
  )
}
