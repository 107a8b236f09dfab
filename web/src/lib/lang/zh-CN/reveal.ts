// Showing a masked field plain, and what that takes.
export default {
  reveal: {
    one: '查看{{field}}的明文',
    act: '查看明文',
    title: '查看“{{field}}”的明文',
    reason: '查看原因',
    usual: '常用原因',
    reasons: { call: '回访客户', invoice: '开票核对', contract: '签订合同', identity: '核实身份' },
    recorded: '查看人、时间、原因会记入审计日志，明文显示 {{n}} 秒后自动隐藏',
    factor: '需要二次验证',
    left: '今天还可查看 {{n}} 次（每天 {{of}} 次）',
    seconds: '{{n}} 秒',
    hide: '立即隐藏',
    hideOne: '立即隐藏{{field}}',
    classes: { general: '基本信息', contact: '联系方式', money: '金额', identity: '证件与账号', communication: '沟通内容', internal: '内部信息' },
    settings: {
      title: '查看明文',
      hint: '谁可以查看哪些打码字段的明文，由权限规则的“查看明文”操作决定；这里规定查看时的要求，立即生效。',
      factor: '查看这些字段须二次验证',
      limits: '次数与时长',
      per_day: '每人每天最多次数',
      seconds: '显示时长（秒）',
      save: '保存查看明文设置',
      saved: '查看明文的设置已保存',
    },
  },
  problem: {
    codes: {
      reveal: '没有规则允许您查看这个字段的明文。',
      reveal_day: '今天查看明文的次数已用完（每天 {{max}} 次），明天再来。',
      reveal_reason: '请用 2 至 500 个字说明查看原因。',
      reveal_settings: '次数为 0 至 1000，时长为 5 至 120 秒。',
      not_masked: '这个字段现在没有打码，请刷新页面。',
    },
  },
}
