import { expect, find, test } from './stage'

test('a field is changed where it stands, and taken back', async ({ as }) => {
  const page = await as('linda3')
  const [store] = (await find(page, 'customer', { filter: "r.type == 'company'", limit: '1', sort: 'name' })).items
  const city = String((store as { fields: { city?: string } }).fields.city ?? '')
  await page.goto(`/records/customer/${store?.id}`)
  await page.getByRole('button', { name: '修改城市' }).click()
  await page.locator('#field-city').fill('杭州')
  await page.keyboard.press('Escape')
  await expect(page.locator('#field-city')).toHaveCount(0)
  await page.getByRole('button', { name: '修改城市' }).focus()
  await page.keyboard.press('Enter')
  await page.locator('#field-city').fill('杭州')
  await page.keyboard.press('Enter')
  await expect(page.getByText('已修改城市')).toBeVisible()
  await expect(page.locator('.record-fields').getByText('杭州', { exact: true })).toBeVisible()
  await expect(page.locator('.timeline')).toContainText('→ 杭州')
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText('已撤销')).toBeVisible()
  if (city) await expect(page.locator('.record-fields').getByText(city, { exact: true })).toBeVisible()
})

test('somebody else saved the same field meanwhile: whose value stays is asked', async ({ as }) => {
  const page = await as('linda3')
  const made = await page.request.post('/api/v1/records/customer', { data: { fields: { name: `两人同时改 ${Date.now().toString(36)}`, type: 'company', city: '杭州' } } })
  const { id } = (await made.json()) as { id: string }
  await page.goto(`/records/customer/${id}`)
  await page.getByRole('button', { name: '修改城市' }).click()
  await page.locator('#field-city').fill(`我的城市 ${Date.now()}`)
  const theirs = `别人的城市 ${Date.now()}`
  const now = (await (await page.request.get(`/api/v1/records/customer/${id}`)).json()) as { version: number }
  const other = await page.request.patch(`/api/v1/records/customer/${id}`, {
    headers: { 'If-Match': `"${now.version}"` },
    data: { fields: { city: theirs } },
  })
  expect(other.status()).toBe(200)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: '这条记录刚刚被修改过' })
  await dialog.getByRole('radio', { name: /现在的值/ }).check()
  await dialog.getByRole('button', { name: '按选择保存' }).click()
  await expect(page.locator('.record-fields').getByText(theirs, { exact: true })).toBeVisible()
})

test('tags and the stage are set in the head of the page', async ({ as }) => {
  const page = await as('linda3')
  const [store] = (await find(page, 'customer', { filter: "r.type == 'company'", limit: '1', sort: 'name' })).items
  await page.goto(`/records/customer/${store?.id}`)
  await page.getByRole('button', { name: '添加标签' }).click()
  await page.getByRole('combobox', { name: '新标签' }).fill('重点客户')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: '移除标签“重点客户”' })).toBeVisible()
  await page.getByRole('button', { name: '移除标签“重点客户”' }).click()
  await expect(page.getByRole('button', { name: '移除标签“重点客户”' })).toHaveCount(0)
  const stages = page.getByRole('list', { name: '阶段' })
  const before = await stages.locator('[aria-current=step]').innerText()
  await stages.getByRole('button').first().click()
  await expect(stages.locator('[aria-current=step]')).not.toHaveText(before)
  await page.locator('.toast', { hasText: '已修改阶段' }).getByRole('button', { name: '撤销' }).click()
  await expect(stages.locator('[aria-current=step]')).toHaveText(before)
})

test('a comment names a colleague, who is told only when the record is open to them', async ({ as }) => {
  const page = await as('linda3')
  const boss = await as('ken0')
  const [store] = (await find(page, 'customer', { filter: "r.type == 'company'", limit: '1', sort: 'name' })).items
  const people = (await (await page.request.get('/api/v1/colleagues?q=ken')).json()) as { items: { id: string; name: string }[] }
  const ken = people.items[0]
  expect(ken).toBeDefined()
  await page.goto(`/records/customer/${store?.id}`)
  const box = page.getByRole('textbox', { name: '评论' })
  await box.pressSequentially('请看一下 @ken')
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(box).toHaveValue(new RegExp(`@${ken?.name} $`))
  await page.getByRole('button', { name: '发表' }).click()
  await expect(page.locator('.entry-comment').first()).toContainText('请看一下')
  await expect(page.locator('.entry-comment .mentioned').first()).toBeVisible()
  await boss.goto(`/records/customer/${store?.id}`)
  await expect(boss.locator('.entry-comment').first()).toContainText('请看一下')

  // Somebody to whom what was said is masked finds no comment.
  const auditor = await as('zainal0')
  await auditor.goto(`/records/customer/${store?.id}`)
  await expect(auditor.locator('.timeline .entry').first()).toBeVisible()
  await expect(auditor.locator('.entry-comment')).toHaveCount(0)
  expect(await auditor.content()).not.toContain('请看一下')
  await page.locator('.entry-comment').first().getByRole('button', { name: '删除' }).click()
  await page.locator('.entry-comment').first().getByRole('button', { name: '删除' }).click()
  await expect(page.getByText('已删除评论')).toBeVisible()
})

test('a file is put to a record, saved and taken off; what is disguised is refused', async ({ as }) => {
  const page = await as('linda3')
  const [store] = (await find(page, 'customer', { filter: "r.type == 'company'", limit: '1', sort: 'name' })).items
  await page.goto(`/records/customer/${store?.id}`)
  await page.getByRole('tab', { name: '附件' }).click()
  await page.locator('input[type=file]').setInputFiles({ name: '报价单.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nprices') })
  const link = page.getByRole('link', { name: '下载 报价单.pdf' })
  await expect(link).toBeVisible()
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  expect(download.suggestedFilename()).toBe('报价单.pdf')
  const stranger = await as('guy1')
  const refused = await stranger.request.get(String(await link.getAttribute('href')))
  expect(refused.status()).toBe(404)
  await page.locator('input[type=file]').setInputFiles({ name: '发票.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html><script>1</script>') })
  await expect(page.getByText('发票.pdf: 文件内容与文件名不符，未上传。')).toBeVisible()
  await page.getByRole('button', { name: '删除 报价单.pdf' }).click()
  await page.getByRole('button', { name: '确认删除' }).click()
  await expect(link).toHaveCount(0)
})

test('a collaborator comes onto a record and leaves it, and the timeline says so', async ({ as }) => {
  const page = await as('linda3')
  const [store] = (await find(page, 'customer', { filter: "r.type == 'company'", limit: '1', sort: 'name' })).items
  await page.goto(`/records/customer/${store?.id}`)
  await page.getByRole('tab', { name: '协作人' }).click()
  await page.getByRole('button', { name: '添加协作人' }).click()
  const dialog = page.getByRole('dialog', { name: '添加协作人' })
  await dialog.getByRole('button', { name: '添加', exact: true }).click()
  await expect(dialog.getByText('请选择同事。')).toBeVisible()
  await dialog.getByRole('combobox', { name: '同事' }).fill('jae')
  await dialog.getByRole('option').first().click()
  await dialog.getByRole('button', { name: '添加', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  const leave = page.getByRole('button', { name: /^移除 / })
  await expect(leave).toHaveCount(1)
  await leave.click()
  await page.getByRole('dialog').getByRole('button', { name: /^移除 / }).click()
  await expect(leave).toHaveCount(0)
  await page.getByRole('tab', { name: '时间线' }).click()
  await page.getByRole('radio', { name: '权限', exact: true }).click()
  await expect(page.locator('.timeline')).toContainText('移除了协作人')
})

test('while a customer is typed, one that is there already is shown; the draft waits for its writer', async ({ as }) => {
  const page = await as('linda3')
  const [store] = (await find(page, 'customer', { filter: "r.type == 'company'", limit: '1', sort: 'name' })).items
  await page.goto('/records/customer/new')
  await page.getByLabel(/客户名称/).fill(String(store?.title))
  await expect(page.getByText('您能看到的记录中可能已有同一个')).toBeVisible()
  await expect(page.locator('.duplicates').getByRole('link').first()).toBeVisible()
  page.once('dialog', (dialog) => void dialog.accept())
  await page.getByRole('link', { name: '联系人', exact: true }).click()
  await expect(page).toHaveURL(/records\/contact/)
  await page.goBack()
  await expect(page.getByText('已恢复您上次未保存的内容。')).toBeVisible()
  await expect(page.getByLabel(/客户名称/)).toHaveValue(String(store?.title))
  await page.getByRole('button', { name: '放弃草稿' }).click()
  await expect(page.getByLabel(/客户名称/)).toHaveValue('')
  expect(await page.evaluate(() => Object.keys(localStorage).length + Object.keys(sessionStorage).length)).toBe(0)
})

test('on a phone a follow-up takes three taps', async ({ as }) => {
  const page = await as('linda3', { viewport: { width: 390, height: 844 } })
  const [store] = (await find(page, 'customer', { filter: "r.type == 'company'", limit: '1', sort: 'name' })).items
  await page.goto(`/records/customer/${store?.id}`)
  await page.getByRole('button', { name: '写跟进' }).click()
  const sheet = page.getByRole('dialog', { name: '写跟进' })
  await sheet.getByRole('textbox', { name: '沟通内容' }).fill('下周再谈价格')
  await sheet.getByRole('radio', { name: '一周后' }).click()
  await sheet.getByRole('button', { name: '保存跟进' }).click()
  await expect(page.getByText('已记录跟进')).toBeVisible()
  await page.getByRole('tab', { name: '时间线' }).click()
  await expect(page.locator('.entry-record').first()).toContainText('下周再谈价格')
})
