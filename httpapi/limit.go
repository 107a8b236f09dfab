package httpapi

import (
	"container/list"
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"guan/fault"
)

// Limits bounds what one client can ask of the server. The zero value of a field takes the
// default.
type Limits struct {
	// Requests is how many requests a second one person, or one address that is not signed in, may
	// make in the long run, and Burst at once. Below 0 there is no limit.
	Requests float64 // 100
	Burst    int     // 500
	// SignIns is how many attempts to sign in a second one address may make, and SignInBurst at
	// once: an office of 300 behind one address signs in at nine. One login gets 60 at once and then
	// one a second; failures lock it much earlier (package store). Below 0 there is no limit.
	SignIns     float64 // 2
	SignInBurst int     // 300
	// Handling is how long one request may take.
	Handling time.Duration // 60 s
	// Linger is how long the server goes on taking requests once it was told to stop, so that a
	// balancer sees /readyz fail before connections are refused.
	Linger time.Duration // none
	// Draining is how long requests under way may take once the server was told to stop.
	Draining time.Duration // 20 s
}

func (l Limits) withDefaults() Limits {
	set := func(field *float64, value float64) {
		if *field == 0 {
			*field = value
		}
	}
	set(&l.Requests, 100)
	set(&l.SignIns, 2)
	if l.Burst == 0 {
		l.Burst = 500
	}
	if l.SignInBurst == 0 {
		l.SignInBurst = 300
	}
	if l.Handling == 0 {
		l.Handling = time.Minute
	}
	if l.Draining == 0 {
		l.Draining = 20 * time.Second
	}
	return l
}

// limiter holds a token bucket per key, for the keys seen last: somebody who makes up keys
// cannot fill the memory.
type limiter struct {
	rate  rate.Limit
	burst int

	mu      sync.Mutex
	buckets map[string]*list.Element
	recent  *list.List // of *bucket, the newest first
}

type bucket struct {
	key    string
	bucket *rate.Limiter
}

const mostBuckets = 20_000

func newLimiter(perSecond float64, burst int) *limiter {
	limit := rate.Limit(perSecond)
	if perSecond < 0 {
		limit = rate.Inf
	}
	return &limiter{rate: limit, burst: burst, buckets: map[string]*list.Element{}, recent: list.New()}
}

// take uses up one of the key's tokens, or says Locked and for how many seconds.
func (l *limiter) take(key string, now time.Time) error {
	if l.rate == rate.Inf {
		return nil
	}
	b := l.bucket(key)
	r := b.ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait == 0 {
		return nil
	}
	r.CancelAt(now)
	return fault.New(fault.Locked, "rate", "too many requests: try again later").With("retry_after", int(math.Ceil(wait.Seconds())))
}

func (l *limiter) bucket(key string) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, ok := l.buckets[key]; ok {
		l.recent.MoveToFront(e)
		return e.Value.(*bucket).bucket
	}
	if l.recent.Len() >= mostBuckets {
		oldest := l.recent.Back()
		l.recent.Remove(oldest)
		delete(l.buckets, oldest.Value.(*bucket).key)
	}
	b := &bucket{key, rate.NewLimiter(l.rate, l.burst)}
	l.buckets[key] = l.recent.PushFront(b)
	return b.bucket
}
