import type { HandedOut } from '@/api/company'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

/** First passwords, shown this once: to be copied, or taken as a file and handed out. */
export function Handed({ list, empty }: { list: HandedOut[]; empty: string }) {
  const { t, format } = useText()
  if (list.length === 0) return <p>{empty}</p>
  const save = () => {
    const head = [t('company.handed.name'), t('company.handed.login'), t('company.unitWord'), t('company.handed.password')]
    const rows = list.map((one) => [one.person.name, one.person.login ?? '', one.unit ?? '', one.password])
    const text = `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
    link.download = `${t('company.handed.file')}.csv`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  }
  return (
    <div className="o-handed">
      <p className="note warn">
        <Icon name="info" />
        {t('company.handed.once')}
      </p>
      <button type="button" className="btn" onClick={save}>
        <Icon name="download" />
        {t('company.handed.save', { n: format.number(list.length) })}
      </button>
      <table>
        <thead>
          <tr>
            <th>{t('company.handed.name')}</th>
            <th>{t('company.handed.login')}</th>
            <th>{t('company.handed.password')}</th>
          </tr>
        </thead>
        <tbody>
          {list.slice(0, 20).map((one) => (
            <tr key={one.person.id}>
              <td>{one.person.name}</td>
              <td>{one.person.login}</td>
              <td>
                <code>{one.password}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {list.length > 20 && <p className="muted">{t('company.handed.rest', { n: format.number(list.length - 20) })}</p>}
    </div>
  )
}
