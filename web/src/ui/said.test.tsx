import { render } from '@testing-library/react'
import { expect, it } from 'vitest'
import { Said } from './said'

it.each([
  ['金额不超过 10,000', '金额不超过 10,000', []],
  ['表达式 `size(p.a) > 1` 成立且阶段是“`新`”', '表达式 size(p.a) > 1 成立且阶段是“`新`”', ['size(p.a) > 1']],
  ['名称是“a\\”`b”或表达式 `p.x == \'“\'` 成立', '名称是“a\\”`b”或表达式 p.x == \'“\' 成立', ["p.x == '“'"]],
  ['a lone ` stays', 'a lone ` stays', []],
])('%s', (text, said, code) => {
  const { container } = render(<Said text={text} />)
  expect(container.textContent).toBe(said)
  expect([...container.querySelectorAll('code')].map((one) => one.textContent)).toEqual(code)
})
