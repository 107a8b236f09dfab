// Runs before everything else, in words that the oldest browsers understand: one that cannot run
// the program is told so instead of showing nothing.
;(function () {
  var able =
    'noModule' in document.createElement('script') &&
    typeof Promise === 'function' &&
    typeof Object.hasOwn === 'function' &&
    typeof structuredClone === 'function' &&
    typeof HTMLDialogElement === 'function' &&
    window.CSS &&
    CSS.supports('inset-inline', '0')
  if (able) return
  var note = document.getElementById('unsupported')
  if (note) note.hidden = false
})()
