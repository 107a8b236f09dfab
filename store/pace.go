package store

import (
	"context"
	"sync"
	"time"
)

const (
	// paceFrom is how far sealing may be behind before those who come wait for it, so that no entry waits
	// longer than a second for its signed head.
	paceFrom = 500 * time.Millisecond
	// paceUpTo is from where on waiting no longer helps: sealing fails, or catches up with a great many.
	paceUpTo = 3 * time.Second
	// paceMost is how long one request waits.
	paceMost = 500 * time.Millisecond
)

// pace holds those who come back while sealing is behind: on a machine whose processors are all taken,
// readers would make entries faster than the sealer gets to sign them.
type pace struct {
	mu    sync.Mutex
	here  int           // how many seal in this process, time after time
	since time.Time     // every entry written before has its leaf
	moved chan struct{} // closed when since moves; nil: nobody waits
}

// SealsHere says that this process seals time after time, from now until the end is called: those who
// come then wait while it is behind. Only the job seal may.
func (s *System) SealsHere() (end func(), err error) {
	if err := s.may(JobSeal); err != nil {
		return nil, err
	}
	p := &s.db.pace
	p.mu.Lock()
	p.here++
	p.mu.Unlock()
	p.sealed(time.Now())
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.here--
		p.wake()
	}, nil
}

// sealed notes that every entry written before then has its leaf.
func (p *pace) sealed(then time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if then.After(p.since) {
		p.since = then
		p.wake()
	}
}

func (p *pace) wake() {
	if p.moved != nil {
		close(p.moved)
		p.moved = nil
	}
}

// behind returns what wakes who has to wait; nil when nobody has to.
func (p *pace) behind() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	if late := time.Since(p.since); p.here == 0 || late < paceFrom || late > paceUpTo {
		return nil
	}
	if p.moved == nil {
		p.moved = make(chan struct{})
	}
	return p.moved
}

// Pace returns when the audit log is sealed far enough for one more to come in, at once as a rule. Call it
// before anything is decided for a request: what was decided must not grow old.
func (db *DB) Pace(ctx context.Context) {
	var enough <-chan time.Time
	for moved := db.pace.behind(); moved != nil; moved = db.pace.behind() {
		if enough == nil {
			enough = time.After(paceMost)
		}
		select {
		case <-moved:
		case <-enough:
			return
		case <-ctx.Done():
			return
		}
	}
}
