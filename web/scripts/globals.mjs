// The globals of Node that the build scripts use.
export default { console: 'readonly', process: 'readonly', URL: 'readonly', fetch: 'readonly', Buffer: 'readonly' }

// Those of the browser that the files beside the bundle use: the worker and the pages without it.
export const browser = Object.fromEntries(
  ['document', 'window', 'CSS', 'fetch', 'location', 'self', 'caches', 'URL', 'addEventListener', 'setInterval'].map((name) => [name, 'readonly']),
)
