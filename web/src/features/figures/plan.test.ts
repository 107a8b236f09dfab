import { expect, it } from 'vitest'
import type { Choice, Kind } from '@/api/types'
import { customer } from '@/testing/fixtures'
import { panelsOf, type Plan, row, tilesOf } from './plan'

const stage = (code: string, outcome?: Choice['outcome'], retired?: boolean): Choice => ({ code, label: { zh: code, en: code }, outcome, retired })

const kind = (name: string, ...stages: Choice[]): Kind => ({ ...customer, name, stages })

const plan = (...kinds: Kind[]): Plan => ({ kinds: new Map(kinds.map((k) => [k.name, k])), period: 'month', mine: false, now: Date.parse('2026-04-01T00:00:00Z') })

const stagesOf = (rows: string[][] | undefined) => rows?.find(([field]) => field === 'stage')

const own = plan(
  kind('opportunity', stage('initial'), stage('trial'), stage('old', undefined, true), stage('won', 'won'), stage('repeat', 'won'), stage('lost', 'lost'), stage('shelved', 'over')),
  kind('contract', stage('draft'), stage('review'), stage('signed'), stage('renewing'), stage('completed', 'won')),
  kind('task', stage('open'), stage('blocked'), stage('done', 'over')),
)

it('asks how a course ended, whatever the company calls its stages', () => {
  const tiles = Object.fromEntries(tilesOf(own).map((tile) => [tile.name, stagesOf(tile.ask.rows)]))
  expect(tiles).toEqual({
    won: row('stage', 'in', 'won', 'repeat'),
    contracts: row('stage', 'in', 'signed', 'renewing'),
    tasks: row('stage', 'in', 'open', 'blocked'),
  })
  const funnel = panelsOf(own).find((panel) => panel.name === 'funnel')
  expect(funnel?.keys).toEqual(['initial', 'trial', 'old', 'won', 'repeat'])
  expect(funnel?.retired).toEqual(['old'])
  expect(stagesOf(panelsOf(own).find((panel) => panel.name === 'trend')?.ask.rows)).toEqual(row('stage', 'in', 'won', 'repeat'))
})

it('says nothing of deals won where no stage means it', () => {
  const none = plan(kind('opportunity', stage('initial'), stage('lost', 'lost')))
  expect(tilesOf(none).map((tile) => tile.name)).toEqual([])
  expect(panelsOf(none).map((panel) => panel.name)).toEqual(['funnel'])
})
