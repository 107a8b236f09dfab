import type { Page } from '@playwright/test'
import { expect } from './stage'

// The studio of rules: a draft of one's own, templates taken into it, and their parts filled in.

/**
 * Opens the studio in a draft of one's own, and gives it as it begins. The administrator plays in several
 * stories at once, and who has chosen no draft is given the one that was written in last.
 */
export async function inNewDraft(page: Page) {
  await page.goto('/policy/rules')
  await page.getByRole('button', { name: '选择草稿' }).click()
  const [made] = await Promise.all([
    page.waitForResponse((r) => r.request().method() === 'POST' && r.url().endsWith('/policy/drafts')),
    page.getByRole('button', { name: '新建草稿' }).click(),
  ])
  await expect(page.getByText('0 处改动')).toBeVisible()
  return (await made.json()) as object
}

export const part = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^修改${name}：`) })

/** Takes a template into the draft of the page. */
export async function take(page: Page, template: RegExp) {
  await page.getByRole('button', { name: '新建规则' }).click()
  await page.getByRole('dialog').getByRole('button', { name: template }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

/** Opens each rule of a template and fills in a part of it. */
export async function fillIn(page: Page, scene: RegExp, count: number, name: string, fill: () => Promise<void>) {
  const lines = page.locator('.rule-line.added', { hasText: scene })
  await expect(lines).toHaveCount(count)
  for (let n = 0; n < count; n++) {
    await lines.nth(n).click()
    await expect(lines.nth(n)).toHaveAttribute('aria-current', 'true')
    // What a rule lacks is open already.
    if ((await part(page, name).getAttribute('aria-expanded')) === 'false') await part(page, name).click()
    await fill()
    await page.getByRole('button', { name: '完成' }).click()
    await expect(page.locator('form.part-panel')).toHaveCount(0)
  }
}

export async function names(page: Page, person: string) {
  const panel = page.locator('form.part-panel')
  await panel.getByRole('button', { name: '个人' }).first().click()
  await panel.getByRole('combobox', { name: '个人' }).fill(person)
  await panel.getByRole('option', { name: person }).click()
}
