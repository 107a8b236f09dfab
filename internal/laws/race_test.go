//go:build race

package laws_test

// The race detector makes a world ten times as slow, and worlds share nothing.
func init() { *worlds = 50 }
