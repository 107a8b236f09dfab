// The globals of Node that the build scripts use.
export default { console: 'readonly', process: 'readonly', URL: 'readonly', fetch: 'readonly', Buffer: 'readonly' }
