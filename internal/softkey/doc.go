// Package softkey is an authenticator in software for tests: it makes passkeys and signs challenges with
// them, as a browser would send them, and lies where a test wants it to.
package softkey
