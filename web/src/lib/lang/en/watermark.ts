// The mark over the pages: where its code leads, and over whose pages it lies.
export default {
  watermark: {
    trace: 'Trace a watermark',
    hint: 'Type the code from a photograph or a screenshot to learn who had the page open, on which device and when. Type “?” for a symbol that cannot be read, two at most; one slip is put right. Each question stands in the audit log.',
    code: 'Code of the watermark',
    example: 'for example 7K3MQ-9XD4T',
    find: 'Trace',
    found: 'Where it leads',
    nearly: 'No code is exactly what was typed; these are one slip away.',
    who: 'Person',
    device: 'Device',
    network: 'Network',
    began: 'Signed in',
    ended: 'Ended',
    open: 'Still open',
    devices: { desktop: 'Desktop', phone: 'Phone', unknown: 'Unknown device' },
    networks: { office: 'Office network', outside: 'Outside', unknown: 'Unknown network' },
    settings: {
      title: 'Watermark on screen',
      hint: 'One’s own name, last digits, the time and a code that can be traced lie over the pages, also in print. It holds for the whole company; nobody takes it off their own pages alone.',
      everyone: 'Over all pages, for everybody',
      duty: 'Only for those for whom a rule asks for a watermark',
      save: 'Save the watermark',
      saved: 'The watermark settings were saved',
    },
  },
  problem: {
    codes: {
      watermark_none: 'There is no such code. Look at the photograph again.',
      watermark_code: 'A code has 10 letters and digits; type “?” for one that cannot be read, two at most.',
    },
  },
}
