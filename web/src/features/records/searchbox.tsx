import { useEffect, useRef, useState } from 'react'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

interface Props {
  value: string
  label: string
  onChange: (text: string) => void
  wait?: number
}

/**
 * A search field that speaks when its writer pauses, and stays silent while an input method is
 * still composing: half a syllable is not a word.
 */
export function SearchBox({ value, label, onChange, wait = 300 }: Props) {
  const { t } = useText()
  const [text, setText] = useState(value)
  const [known, setKnown] = useState(value)
  const composing = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  // The URL may change by itself (back, clear): then the field follows.
  if (value !== known) {
    setKnown(value)
    if (value !== text.trim()) setText(value)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  const say = (next: string, delay: number) => {
    clearTimeout(timer.current)
    if (composing.current) return
    timer.current = setTimeout(() => {
      setKnown(next.trim())
      onChange(next.trim())
    }, delay)
  }

  return (
    <div className="search-box" role="search">
      <Icon name="search" />
      <input
        className="input"
        type="search"
        value={text}
        aria-label={label}
        placeholder={label}
        title={t('list.searchHint')}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value)
          say(event.target.value, wait)
        }}
        onCompositionStart={() => {
          composing.current = true
        }}
        onCompositionEnd={(event) => {
          composing.current = false
          say(event.currentTarget.value, wait)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) say(text, 0)
        }}
      />
    </div>
  )
}
