package httpapi_test

import (
	"sync"
	"testing"
	"time"

	"guan/internal/testdb"
	"guan/store"
)

// handClock stands until it is moved.
type handClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *handClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *handClock) set(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = to
}

func (c *handClock) advance(d time.Duration) { c.set(c.Now().Add(d)) }

// eachAt is each with a clock that the test moves; it begins on Monday 2 March 2026 at 17:00 in China.
func eachAt(t *testing.T, run func(t *testing.T, p *program, clock *handClock)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		clock := &handClock{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
		run(t, startOn(t, at, store.Options{Clock: clock.Now}), clock)
	})
}
