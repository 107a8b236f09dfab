import { type PostOffice, openPostOffice } from './postoffice'
import { expect, expectAccessible, test } from './stage'

const user = 'guan-mail'
const secret = 'pass of the mail server'

let office: PostOffice
test.beforeAll(async () => {
  office = await openPostOffice(user, secret)
})
test.afterAll(() => office.close())

test('an administrator sets the mail server, is told of a wrong password, and a report arrives by mail', async ({ as }) => {
  const page = await as('stephanie0')
  const to = `tried-${Date.now().toString(36)}@mail.example.com`
  try {
    await page.goto('/org/mail')
    const form = page.getByRole('form', { name: '邮件设置' })
    await form.getByLabel('服务器').fill('127.0.0.1')
    await form.getByLabel('端口').fill(String(office.port))
    await form.getByLabel('加密方式').selectOption('none')
    await form.getByLabel('发件地址').fill('guan@mail.example.com')
    await form.getByLabel('用户名').fill(user)
    await form.getByLabel('密码', { exact: true }).fill('not the password')
    await form.getByRole('button', { name: '保存' }).click()
    await expect(form.getByRole('alert')).toHaveText('不加密时不能发送用户名和密码：请选择加密方式。')
    await form.getByLabel('加密方式').selectOption('tls')
    await form.getByRole('button', { name: '保存' }).click()
    const trial = page.getByRole('form', { name: '测试邮件' })
    await expect(trial).toBeVisible()

    await trial.getByLabel('收件地址').fill(to)
    await trial.getByRole('button', { name: '发送测试邮件' }).click()
    const row = page.getByRole('row').filter({ hasText: to })
    await expect(row).toContainText('失败')
    await expect(row).toContainText('用户名或密码不被接受。')
    await expect(row).not.toContainText('not the password')
    expect(office.came.size).toBe(0)
    await expectAccessible(page)

    // The password that was kept is not shown; another takes its place, and the mail goes out anew.
    await expect(form.getByLabel('密码', { exact: true })).toHaveValue('')
    await form.getByLabel('密码', { exact: true }).fill(secret)
    await form.getByRole('button', { name: '保存' }).click()
    await expect(form.getByLabel('密码', { exact: true })).toHaveValue('')
    await row.getByRole('button', { name: '重新发送' }).click()
    await expect(row).toContainText('已发送')
    expect(office.came.get(to)).toHaveLength(1)
    expect(office.came.get(to)?.[0]).toContain('Auto-Submitted: auto-generated')

    // A report goes to its reader, with the file.
    const auditor = await as('zainal0')
    await auditor.goto('/reports')
    await auditor.getByRole('button', { name: '生成月报' }).click()
    const reports = () => [...office.came.values()].flat().filter((mail) => mail.includes('application/pdf'))
    await expect.poll(() => reports().length, { timeout: 120_000 }).toBeGreaterThan(0)
    expect(reports()[0]).toMatch(/filename="?[^"\n]*\.pdf/)
    await page.setViewportSize({ width: 390, height: 2000 }) // so high that nothing lies under the bar
    await page.goto('/org/mail')
    await expect(page.getByRole('row').filter({ hasText: '月报' }).filter({ hasText: '已发送' }).first()).toBeVisible()
    await expectAccessible(page)
  } finally {
    const settings = (await (await page.request.get('/api/v1/mail/settings')).json()) as { version: number; has_password?: boolean }
    delete settings.has_password
    const { version, ...rest } = settings
    if (version > 0) expect((await page.request.put('/api/v1/mail/settings', { headers: { 'If-Match': String(version) }, data: { ...rest, on: false } })).status()).toBe(200)
  }
})
