import { expect, test } from '@playwright/test'
import { browse, type Empty, serveEmpty } from './empty'
import { expectAccessible } from './stage'

// The first run: what somebody types stays, every step says what it lacks, and it works once.

let at: Empty
test.beforeAll(async () => {
  at = await serveEmpty('setup')
})
test.afterAll(() => at.stop())

test('a company is set up once, from an empty folder', async ({ browser }) => {
  const page = await browse(browser, at)
  await page.goto('/')
  await page.waitForURL('**/setup')
  await page.getByLabel('设置码').fill('guessed')
  await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.goto('about:blank')
  await page.goto(at.link)

  await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.getByText('请填写这一项。')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('公司名称').fill('安心母婴')
  await page.keyboard.press('Enter')
  await page.getByLabel('姓名').fill('苏管家')
  await page.getByLabel('登录名').fill('su')
  await page.getByLabel('密码', { exact: true }).fill('my own password')
  await page.getByLabel('再输一次密码').fill('another')
  await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.getByText('两次输入的密码不一样。')).toBeVisible()
  await page.getByLabel('再输一次密码').fill('my own password')
  await expectAccessible(page)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('radio', { name: /母婴/ }).check()
  await expect(page.getByText('宝宝生日/预产期')).toBeVisible()
  // What each position gets is said in words beside its pack, and changes with it.
  const boss = page.getByRole('combobox', { name: '总经理的权限包' })
  await expect(boss).toHaveAccessibleDescription(/全部/)
  const some = page.getByRole('combobox', { name: /的权限包$/ }).last()
  await some.selectOption({ label: '财务' })
  await expect(some).toHaveAccessibleDescription(/合同/)
  await some.selectOption({ label: '不分配' })
  await expect(some).toHaveAccessibleDescription(/自己的档案/)
  await expectAccessible(page)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByLabel('部门清单').fill('苏南区域\t苏州园区店\n苏南区域\t无锡店\n客服部')
  await expect(page.getByText('将建立 5 个部门')).toBeVisible()
  await expectAccessible(page)

  // Back and forth keeps what was typed.
  await page.getByRole('button', { name: '公司', exact: false }).first().click()
  await expect(page.getByLabel('公司名称')).toHaveValue('安心母婴')
  for (let i = 0; i < 3; i++) await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.getByLabel('部门清单')).toHaveValue(/无锡店/)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('checkbox').check()
  await expectAccessible(page)
  await page.getByRole('button', { name: '创建公司并进入' }).click()
  await page.waitForURL('**/org*')
  await expect(page.getByRole('treeitem', { name: /苏州园区店/ })).toBeVisible()
  await page.goto('/records/customer')
  await expect(page.getByText('林妈妈').first()).toBeVisible()

  const other = await browse(browser, at)
  await other.goto(at.link)
  await expect(other.getByText('公司已经建好了')).toBeVisible()
})

test('the wizard fits a phone, in English and in the dark', async ({ browser }) => {
  const fresh = await serveEmpty('phone')
  try {
    const page = await browse(browser, fresh, { lang: 'en', theme: 'dark', width: 390, height: 844 })
    await page.goto(fresh.link)
    await page.getByLabel('Company name').fill('Guanju')
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Ada')
    await page.getByLabel('Password', { exact: true }).fill('my own password')
    await page.getByLabel('Password again').fill('my own password')
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('radio', { name: /Software/ }).check()
    await expectAccessible(page)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect(wide).toBe(false)
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'Create the company' }).click()
    await page.waitForURL('**/org*')
  } finally {
    await fresh.stop()
  }
})
