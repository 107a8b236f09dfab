// The mark over the page: who looks, when, and a code. It is drawn once as a tile on a canvas and repeated
// as the background of one element, which nothing can be pressed through to and no reader is told of. What
// it looks like stands in a closed shadow root, whose important rules no style of the page outweighs, as a
// style sheet made by a script, which a strict policy of contents allows. It deters and traces; who
// commands their own browser can take it away, and it comes back.

export interface MarkText {
  who: string
  code: string
  /** The time that the mark tells, by the server's clock. */
  now: () => Date
}

const every = 2000 // how long it can be away unseen
const tilt = -Math.PI / 10
const face = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif'

const two = (n: number) => String(n).padStart(2, '0')
export const minute = (at: Date) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`

/** One tile as an image, with its size; nothing where there is no canvas. */
function tile(lines: string[], dark: boolean) {
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')
  if (!pen) return
  const scale = Math.min(3, Math.max(1, devicePixelRatio || 1))
  const font = `500 15px ${face}`
  pen.font = font
  const long = Math.max(...lines.map((line) => pen.measureText(line).width))
  const width = Math.ceil(long * Math.cos(tilt) + 72)
  const height = Math.ceil(long * -Math.sin(tilt) + 96)
  canvas.width = width * scale
  canvas.height = height * scale
  pen.scale(scale, scale)
  pen.translate(width / 2, height / 2)
  pen.rotate(tilt)
  pen.font = font
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillStyle = dark ? 'rgb(255 255 255 / 12%)' : 'rgb(15 23 42 / 11%)'
  lines.forEach((line, i) => pen.fillText(line, 0, (i - (lines.length - 1) / 2) * 22))
  return { url: canvas.toDataURL(), width, height }
}

interface Tile {
  url: string
  width: number
  height: number
}

/** Paper is white whatever the theme of the screen. */
const rule = (image: Tile, paper: Tile) => `:host {
  all: initial !important;
  display: block !important;
  position: fixed !important;
  inset: 0 !important;
  width: auto !important;
  height: auto !important;
  z-index: 2147483647 !important;
  pointer-events: none !important;
  user-select: none !important;
  background: url("${image.url}") 0 0 / ${image.width}px ${image.height}px !important;
  print-color-adjust: exact !important;
  -webkit-print-color-adjust: exact !important;
}
@media print {
  :host {
    background-image: url("${paper.url}") !important;
  }
}`

/** Lays the mark over the page and keeps it there; gives the function that takes it away. */
export function keepMark(text: MarkText): () => void {
  if (typeof CSSStyleSheet === 'undefined' || !('replaceSync' in CSSStyleSheet.prototype)) return () => undefined
  const home = document.documentElement
  const sheet = new CSSStyleSheet()
  let host: HTMLElement | undefined
  let root: ShadowRoot | undefined
  let drawn = ''

  const draw = () => {
    const now = minute(text.now())
    const dark = home.dataset.theme === 'dark'
    const wanted = `${now} ${dark} ${devicePixelRatio}`
    if (drawn === wanted && sheet.cssRules.length === 2) return
    const lines = [`${text.who}  ${now}`, text.code]
    const image = tile(lines, dark)
    const paper = dark ? tile(lines, false) : image
    if (image && paper) sheet.replaceSync(rule(image, paper))
    drawn = wanted
  }
  // The top layer holds what was shown last above the rest: a dialog opened later lies over the mark.
  const raise = () => {
    host?.hidePopover?.()
    host?.showPopover?.()
  }
  const lay = () => {
    own.disconnect()
    host?.remove()
    draw()
    host = document.createElement('div')
    host.setAttribute('popover', 'manual')
    host.setAttribute('aria-hidden', 'true')
    root = host.attachShadow({ mode: 'closed' })
    root.adoptedStyleSheets = [sheet]
    home.append(host)
    raise()
    own.observe(host, { attributes: true })
  }
  const whole = () => {
    if (host?.parentNode !== home || root?.adoptedStyleSheets[0] !== sheet || !host.matches(':popover-open, :not([popover])')) return false
    const box = host.getBoundingClientRect()
    return host.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) !== false && box.width >= innerWidth - 32 && box.height >= innerHeight - 32
  }
  const look = () => {
    draw()
    if (!whole()) lay()
  }

  const own = new MutationObserver(lay)
  const page = new MutationObserver(() => {
    if (host?.parentNode !== home) lay()
  })
  const shown = new MutationObserver((changes) => {
    if (changes.some(({ target }) => target instanceof HTMLDialogElement && target.open)) raise()
  })
  const theme = new MutationObserver(draw)
  lay()
  page.observe(home, { childList: true })
  shown.observe(home, { attributes: true, attributeFilter: ['open'], subtree: true })
  theme.observe(home, { attributes: true, attributeFilter: ['data-theme'] })
  // A part of the page that fills the screen lies above all that was raised before it.
  document.addEventListener('fullscreenchange', raise)
  const timer = setInterval(look, every)
  return () => {
    clearInterval(timer)
    document.removeEventListener('fullscreenchange', raise)
    for (const observer of [own, page, shown, theme]) observer.disconnect()
    host?.remove()
  }
}
