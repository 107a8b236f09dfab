package httpapi_test

import (
	"errors"
	"fmt"
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
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		clock := &handClock{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
		run(t, startOn(t, at, store.Options{Clock: clock.Now}), clock)
	})
}

// shift gives who is at work, signed in: their sessions do not outlast a day, so after some hours they
// sign in again.
func (p *program) shift(clock *handClock) func(login string) *client {
	signed, since := map[string]*client{}, map[string]time.Time{}
	return func(login string) *client {
		p.t.Helper()
		if signed[login] == nil || clock.Now().Sub(since[login]) > 6*time.Hour {
			signed[login], since[login] = p.as(login), clock.Now()
		}
		return signed[login]
	}
}

// reminds does what the program does in the background each minute, twice: nobody is told anything twice.
func (p *program) reminds() {
	p.t.Helper()
	job := p.db.System(store.JobRequests, store.DefaultTenant)
	for range 2 {
		_, asks := job.RemindRequests(p.t.Context())
		_, reviews := job.RemindEmergencies(p.t.Context())
		if err := errors.Join(asks, reviews); err != nil {
			p.t.Fatal(err)
		}
	}
}

// headed puts somebody at the head of the unit at the top.
func (p *program) headed(login string) {
	p.t.Helper()
	admin := p.as("admin")
	for _, u := range into[ofItems[store.Unit]](admin.get("/api/v1/org/units").must(200)).Items {
		if u.Parent == 0 {
			admin.do("PATCH", "/api/v1/org/units/"+u.ID.String(), map[string]any{"heads": []string{p.people[login].String()}}, "If-Match", fmt.Sprint(u.Version)).must(200)
		}
	}
}

// notified wants that people were told of something so many times in all; who is not named, of nothing.
func (p *program) notified(on func(string) *client, what string, want map[string]int) {
	p.t.Helper()
	for _, persona := range personas {
		if got := on(persona.login).notices(what); len(got) != want[persona.login] {
			p.t.Errorf("%s is told %d times of %s, not %d: %+v", persona.login, len(got), what, want[persona.login], got)
		}
	}
}
