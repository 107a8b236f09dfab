// Package web embeds the UI that `npm run build` leaves in dist, and serves it.
//
// There are three sorts of answers. A path under /assets/ is a file whose name holds its own
// hash: it never changes, browsers keep it for a year, and a name that is not there is 404, so
// that an old page never gets index.html where it asked for a script. The few other files stand
// under their own names and are asked for again each time. Every other path is a page of the
// app, which routes by itself: it gets index.html, never cached. Text goes out as the .br or .gz
// that the build left beside it.
//
// The pages carry no inline script and no inline style and make none: `default-src 'self'` holds
// without a nonce.
package web
