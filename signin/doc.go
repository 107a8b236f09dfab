// Package signin says how people come in: what a company asks of a device that is not known, when a
// sign-in is out of the ordinary, and what a second factor's codes are. A code belongs to a step of
// 30 seconds, and who checks one keeps the step that was last accepted, so that none is accepted
// twice. The package is pure: the instants, secrets and addresses are given to it.
package signin
