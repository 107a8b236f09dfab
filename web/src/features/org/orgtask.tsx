import type { Unit } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { Popover } from '@/ui/popover'
import { JoinWizard } from './joinwizard'
import { LeaveWizard } from './leavewizard'
import { MoveWizard } from './movewizard'
import type { OrgSearch } from './search'
import { AccountsDialog, StaffDialog } from './staffdialog'
import { AddDialog, EditDialog, HeadsDialog, MoveDialog, RemoveDialog } from './unitdialogs'

// What an administrator can set about on this page, one thing at a time.

export type Task =
  | { is: 'add'; unit: string }
  | { is: 'edit'; unit: string }
  | { is: 'heads'; unit: string }
  | { is: 'remove'; unit: string }
  | { is: 'move'; unit: string; to?: string }
  | { is: 'join'; unit?: string }
  | { is: 'transfer'; person?: string }
  | { is: 'leave'; person?: string }
  | { is: 'staff' }
  | { is: 'accounts'; unit?: string }

interface BarProps {
  search: OrgSearch
  can: string[]
  onSearch: (search: OrgSearch) => void
  onTask: (task: Task) => void
}

/** The tabs, and what concerns people. */
export function OrgBar({ search, can, onSearch, onTask }: BarProps) {
  const { t } = useText()
  const people = can.includes('people')
  return (
    <div className="org-bar">
      <nav aria-label={t('company.tabs.label')}>
        {(['units', 'positions', 'map'] as const).map((tab) => (
          <button
            key={tab}
            type="button"
            className={(search.tab ?? 'units') === tab ? 'quiet on' : 'quiet'}
            aria-current={(search.tab ?? 'units') === tab ? 'page' : undefined}
            onClick={() => onSearch({ ...search, tab: tab === 'units' ? undefined : tab })}
          >
            {t(`company.tabs.${tab}`)}
          </button>
        ))}
      </nav>
      {people && (
        <div className="org-tasks">
          <button type="button" className="btn primary" onClick={() => onTask({ is: 'join', unit: search.unit })}>
            <Icon name="plus" />
            {t('company.join.title')}
          </button>
          <Popover
            label={t('company.people.manage')}
            trigger={(props) => (
              <button type="button" className="btn" {...props}>
                {t('company.people.manage')}
                <Icon name="down" />
              </button>
            )}
          >
            {(close) => (
              <div className="o-menu">
                {(
                  [
                    ['company.move.title', { is: 'transfer' }],
                    ['company.leave.title', { is: 'leave' }],
                    ...(can.includes('org') && can.includes('import') ? [['company.staff.title', { is: 'staff' }]] : []),
                    ['company.accounts.title', { is: 'accounts', unit: search.unit }],
                  ] as ['company.move.title', Task][]
                ).map(([word, task]) => (
                  <button
                    key={word}
                    type="button"
                    className="o-menu-item"
                    onClick={() => {
                      close()
                      onTask(task)
                    }}
                  >
                    {t(word)}
                  </button>
                ))}
              </div>
            )}
          </Popover>
        </div>
      )}
    </div>
  )
}

/** What can be done with a unit: the same as by dragging, and the rest. */
export function UnitTools({ unit, onTask }: { unit: Unit; onTask: (task: Task) => void }) {
  const { t } = useText()
  const tools = [
    ['company.unit.add', 'add', 'plus'],
    ['company.unit.edit', 'edit', 'edit'],
    ...(unit.parent ? [['company.unit.moveTo', 'move', 'transfer']] : []),
    ['company.unit.heads', 'heads', 'person'],
    ...(unit.parent ? [['company.unit.remove', 'remove', 'trash']] : []),
  ] as ['company.unit.add', 'add', 'plus'][]
  return (
    <div className="unit-tools" role="toolbar" aria-label={unit.name}>
      {tools.map(([word, is, icon]) => (
        <button key={word} type="button" className="quiet" onClick={() => onTask({ is, unit: unit.id })}>
          <Icon name={icon} />
          {t(word)}
        </button>
      ))}
    </div>
  )
}

/** All units below one, and itself: where it cannot go. */
function within(units: Unit[], id: string): Set<string> {
  const found = new Set([id])
  for (let size = 0; size !== found.size; ) {
    size = found.size
    for (const unit of units) if (unit.parent && found.has(unit.parent)) found.add(unit.id)
  }
  return found
}

interface TaskProps {
  task: Task
  units: Unit[]
  /** A unit has something below it that should show. */
  onOpen: (id: string) => void
  onClose: () => void
}

export function OrgTask({ task, units, onOpen, onClose }: TaskProps) {
  if (task.is === 'join') return <JoinWizard unit={task.unit} onClose={onClose} />
  if (task.is === 'transfer') return <MoveWizard person={task.person} onClose={onClose} />
  if (task.is === 'leave') return <LeaveWizard person={task.person} onClose={onClose} />
  if (task.is === 'staff') return <StaffDialog onClose={onClose} />
  if (task.is === 'accounts') return <AccountsDialog unit={task.unit} onClose={onClose} />
  const unit = units.find((one) => one.id === task.unit)
  if (!unit) return null
  const parts = { unit, units, onClose }
  if (task.is === 'add') return <AddDialog {...parts} onOpen={onOpen} />
  if (task.is === 'edit') return <EditDialog {...parts} />
  if (task.is === 'heads') return <HeadsDialog {...parts} />
  if (task.is === 'remove') return <RemoveDialog {...parts} />
  return <MoveDialog {...parts} to={task.to} below={within(units, unit.id)} />
}
