// The mark over the pages: where its code leads, and over whose pages it lies.
export default {
  watermark: {
    trace: '水印溯源',
    hint: '把照片或截图上的水印码抄在这里，即可查到是谁、在哪台设备上、什么时候打开的页面。看不清的位用“?”代替（最多两位）；抄错一位也能找到。每次查询都会记入审计日志。',
    code: '水印码',
    example: '例如 7K3MQ-9XD4T',
    find: '查询',
    found: '查询结果',
    nearly: '没有与抄写完全一致的码，以下是相差一处的码。',
    who: '人员',
    device: '设备',
    network: '网络',
    began: '登录时间',
    ended: '退出时间',
    open: '仍在登录中',
    devices: { desktop: '电脑', phone: '手机', unknown: '未知设备' },
    networks: { office: '办公网络', outside: '外部网络', unknown: '未知网络' },
    settings: {
      title: '屏幕水印',
      hint: '页面上浮现本人姓名、尾号、时间和溯源码，打印时也会带上。对全公司生效，不能只为自己关闭。',
      everyone: '所有人的所有页面',
      duty: '只对规则要求“带水印”的人',
      save: '保存水印设置',
      saved: '水印设置已保存',
    },
  },
  problem: {
    codes: {
      watermark_none: '没有这个水印码。请核对照片后再试。',
      watermark_code: '水印码由 10 位字母和数字组成；看不清的位用“?”代替，最多两位。',
    },
  },
}
