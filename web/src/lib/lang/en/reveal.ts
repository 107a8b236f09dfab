// Showing a masked field plain, and what that takes.
export default {
  reveal: {
    one: 'Reveal {{field}}',
    act: 'Reveal',
    title: 'Reveal {{field}}',
    reason: 'Why you need it',
    usual: 'Usual reasons',
    reasons: { call: 'Call the customer', invoice: 'Check an invoice', contract: 'Sign a contract', identity: 'Verify the identity' },
    recorded: 'Who, when and why is recorded in the audit log; the value hides itself after {{n}} seconds',
    factor: 'Takes the second factor',
    left: '{{n}} of {{of}} left today',
    seconds: '{{n}} s',
    hide: 'Hide now',
    hideOne: 'Hide {{field}} now',
    classes: { general: 'General information', contact: 'Contact details', money: 'Amounts', identity: 'Documents and accounts', communication: 'Communication', internal: 'Internal information' },
    settings: {
      title: 'Revealing masked fields',
      hint: 'Who may reveal which masked fields is for the rules to say, by the action “reveal”. Here stands what it takes, at once.',
      factor: 'Fields that take the second factor',
      limits: 'How often and how long',
      per_day: 'Most in a day, for each person',
      seconds: 'Shown for (seconds)',
      save: 'Save reveal settings',
      saved: 'The reveal settings were saved',
    },
  },
  problem: {
    codes: {
      reveal: 'No rule lets you reveal this field.',
      reveal_day: 'You have revealed as many fields as you may today ({{max}}): come back tomorrow.',
      reveal_reason: 'Say in 2 to 500 characters why you need it.',
      reveal_settings: 'A day has 0 to 1,000, and a value is shown for 5 to 120 seconds.',
      not_masked: 'The field is not masked any more: reload the page.',
    },
  },
}
