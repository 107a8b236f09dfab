import type { ReactNode } from 'react'
import { Icon } from './icons'
import './whygroup.css'

/** So many titles of a group stand there without being asked for. */
const shown = 5

/** Records of which the same is to be said, with their titles. */
export function WhyGroup({ why, titles, done }: { why: ReactNode; titles: string[]; done?: boolean }) {
  return (
    <details className={done ? 'why-group done' : 'why-group'} open={titles.length <= shown}>
      <summary>
        <Icon name={done ? 'check' : 'lock'} />
        <span>{why}</span>
      </summary>
      <ul>
        {titles.map((title, index) => (
          <li key={`${title} ${index}`}>{title}</li>
        ))}
      </ul>
    </details>
  )
}
