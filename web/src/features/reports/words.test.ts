import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import en from '@/lib/lang/en/reports'
import zh from '@/lib/lang/zh-CN/reports'

// A report says the same on the screen and on paper. The screen has its words from the catalogue, the paper from
// report/words.go, which stands alone beside the fonts: what one says the other says.

const source = readFileSync('../report/words.go', 'utf8')
const paper = new Map([...source.matchAll(/^\t"(\w+)":\s+\{"([^"]+)", "([^"]+)"\},$/gm)].map(([, key = '', chinese = '', english = '']) => [key, [chinese, english]]))

/** What the screen says elsewhere or in other words: a title of the document, its reader, its foot. */
const onPaperAlone = ['title', 'made', 'for', 'from', 'foot']
const groups = ['deeds', 'verdicts', 'states'] as const
const renamed: Record<string, string> = { none: 'empty', kind: 'data', count: 'rows', no_verdict: 'verdicts.none' }

/** Where the catalogue has a word of the paper. */
function placeOf(key: string): string {
  const detector = /^detector_(\w+)$/.exec(key)
  if (detector) return `detectors.${detector[1]}`
  const group = groups.find((g) => Object.hasOwn(zh.reports[g], key))
  return renamed[key] ?? (group ? `${group}.${key}` : key)
}

const said = (catalogue: object, place: string): unknown => place.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], catalogue)

it('says on paper what it says on the screen', () => {
  const keys = [...paper.keys()].filter((key) => !onPaperAlone.includes(key))
  expect(keys.length).toBeGreaterThan(50)
  expect(Object.fromEntries(keys.map((key) => [key, [said(zh.reports, placeOf(key)), said(en.reports, placeOf(key))]]))).toEqual(Object.fromEntries(keys.map((key) => [key, paper.get(key)])))
  for (const text of [zh.reports.more, en.reports.more]) expect(source).toContain(`"${text.replace('{{n}}', '%d')}"`)
})

it('has on paper what the screen tells apart', () => {
  for (const group of [...groups, 'detectors'] as const) {
    for (const key of Object.keys(zh.reports[group])) {
      if (group === 'detectors' && key === 'other') continue // of a newer version than the page
      const word = group === 'detectors' ? `detector_${key}` : group === 'verdicts' && key === 'none' ? 'no_verdict' : key
      expect(paper.has(word), `${group}.${key}`).toBe(true)
    }
  }
})
