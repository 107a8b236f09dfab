package trial

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Stales is a trial of reads against revocations: readers on every server ask for records while
// the rights to them are given and taken away on another.
type Stales struct {
	Servers []string // base URLs of programs on the same data
	Reads   int      // go on for so many reads, and until every way was seen and judged
	Readers int
}

// patience is how many times as long as it was asked to a trial goes on for the sake of what nobody saw: how much is
// read between two changes, or arrives before a kill, is chance, and less on a slow machine.
const patience = 20

// Staled is what came of it.
type Staled struct {
	Revocations, Reads int
	Judged             int // of Reads: those that began after a revocation was acknowledged and ended before the right came back
	Seen               int // reads that saw their record while they might
	Stale, Blind       []string
	Idle               []string // ways by which a right was never seen, or never judged
}

// String returns the counts as one line.
func (s *Staled) String() string {
	return fmt.Sprintf("%d reads, %d of them between a revocation and its end, %d revocations: %d stale, %d blind",
		s.Reads, s.Judged, s.Revocations, len(s.Stale), len(s.Blind))
}

// toggle is a right that can be given and taken away, and the reader and record it is about.
type toggle struct {
	name   string
	reader string // login
	record string
	title  string
	most   int      // how often it can be given; 0: as often as one likes
	ways   []string // to come by what it gives; nil: all by which records are read
	who    *Person  // the reader, signed in; nil: signed in by the trial
	shut   bool     // without it nothing is answered at all
	give   func(context.Context) error
	take   func(context.Context) error

	mu    sync.Mutex
	reads []read
	// spans in which the right was certainly absent, or certainly there: from an acknowledgement
	// to the beginning of the next change.
	absent, present []span
	since           time.Time
	given           bool
	times           int // that it was given
}

type span struct{ from, until time.Time }

// flip changes the right and notes the spans.
func (t *toggle) flip(ctx context.Context) error {
	t.mu.Lock()
	t.close()
	given := t.given
	// The last time stays until every way has shown it.
	last := t.most > 0 && t.times == t.most && (!given || len(t.unseen()) > 0)
	t.mu.Unlock()
	if last {
		return nil
	}
	change := t.give
	if given {
		change = t.take
	} else {
		t.times++
	}
	if err := change(ctx); err != nil {
		return fmt.Errorf("%s: %w", t.name, err)
	}
	t.mu.Lock()
	t.given, t.since = !given, time.Now()
	t.mu.Unlock()
	return nil
}

// close notes the span that ends now.
func (t *toggle) close() {
	now := time.Now()
	closing := span{t.since, now}
	switch {
	case t.since.IsZero():
	case t.given:
		t.present = append(t.present, closing)
	default:
		t.absent = append(t.absent, closing)
	}
	t.since = now
}

// read is one answer.
type read struct {
	way string
	span
	saw bool
}

// ways are how a reader may come by the record.
var ways = []string{"list", "get", "count", "search", "sum", "figures", "timeline"}

// way is the way of the n-th read.
func (t *toggle) way(n int) string {
	if t.ways != nil {
		return t.ways[n%len(t.ways)]
	}
	return ways[n%len(ways)]
}

// ask reads in one way and tells whether the record shows.
func ask(ctx context.Context, p *Person, base string, t *toggle, way string) (bool, error) {
	saw, err := t.look(ctx, staff{p, base}, way)
	if err == nil {
		return saw, nil
	}
	if t.shut && Status(err) == http.StatusUnauthorized {
		return false, nil
	}
	return false, hidden(err)
}

func (t *toggle) look(ctx context.Context, p staff, way string) (bool, error) {
	if slices.Contains(t.ways, way) {
		return t.lookSensitive(ctx, p, way)
	}
	const path = "/records/customer"
	filter := "r.name == " + strconv.Quote(t.title)
	var query url.Values
	switch way {
	case "get":
		return true, p.get(ctx, path+"/"+t.record, nil)
	case "timeline":
		return true, p.get(ctx, path+"/"+t.record+"/timeline", nil)
	case "figures":
		n, err := p.groups(ctx, "/figures/customer?"+url.Values{"filter": {filter}, "group": {"month(created_at)"}}.Encode())
		return n > 0, err
	case "list":
		query = url.Values{"filter": {filter}, "fields": {"name"}}
	case "count":
		query = url.Values{"filter": {filter}, "fields": {"name"}, "limit": {"1"}, "count": {"capped"}}
	case "search":
		query = url.Values{"q": {t.title}, "fields": {"name"}}
	case "sum":
		query = url.Values{"filter": {filter}, "fields": {"name"}, "limit": {"1"}, "sum": {"employees"}}
	}
	var page Page
	if err := p.get(ctx, path+"?"+query.Encode(), &page); err != nil {
		return false, err
	}
	saw := len(page.Items) > 0
	switch way {
	case "count":
		saw = saw || page.Total.Count > 0
	case "sum":
		saw = saw || len(page.Sums["employees"]) > 0
	}
	return saw, nil
}

// hidden takes 'not found' for an answer, also of a reader who may read nothing of the kind, and
// 'invalid' of one who no longer may know of the field that the question names.
func hidden(err error) error {
	if s := Status(err); s == http.StatusNotFound || s == http.StatusBadRequest {
		return nil
	}
	return err
}

// Run reads and revokes until enough reads were judged.
func (s Stales) Run(ctx context.Context) (*Staled, error) {
	toggles, err := s.toggles(ctx)
	if err != nil {
		return nil, err
	}
	people := map[string][]*Person{} // by login, one for each server
	for _, t := range toggles {
		if t.who != nil || people[t.reader] != nil {
			continue
		}
		for _, base := range s.Servers {
			p, err := SignIn(ctx, base, t.reader)
			if err != nil {
				return nil, err
			}
			people[t.reader] = append(people[t.reader], p)
		}
	}
	var done atomic.Bool
	var total atomic.Int64
	failures := make(chan error, s.Readers+1)
	var work sync.WaitGroup
	for i := range s.Readers {
		work.Go(func() {
			for n := i; !done.Load(); n++ {
				t, server := toggles[n%len(toggles)], (n/3)%len(s.Servers)
				way, who := t.way(n/len(toggles)), t.who
				if who == nil {
					who = people[t.reader][server]
				}
				r := read{way: way}
				r.from = time.Now()
				saw, err := ask(ctx, who, s.Servers[server], t, way)
				r.until, r.saw = time.Now(), saw
				if err != nil {
					failures <- fmt.Errorf("%s by %s: %w", t.name, way, err)
					return
				}
				t.note(r)
				total.Add(1)
			}
		})
	}
	out := &Staled{}
	for err == nil && s.goOn(int(total.Load()), toggles) {
		for _, t := range toggles {
			if err = t.flip(ctx); err != nil {
				break
			}
			out.Revocations++
		}
		select {
		case err = <-failures:
		case <-time.After(30 * time.Millisecond):
		}
	}
	done.Store(true)
	work.Wait()
	out.Revocations /= 2
	for _, t := range toggles {
		t.close()
		out.judge(t)
	}
	return out, err
}

// goOn tells whether there is more to read: what was asked for, or a way that showed nothing yet.
func (s Stales) goOn(reads int, toggles []*toggle) bool {
	if reads < s.Reads {
		return true
	}
	return reads < patience*s.Reads && slices.ContainsFunc(toggles, func(t *toggle) bool {
		t.mu.Lock()
		defer t.mu.Unlock()
		return len(t.idle()) > 0
	})
}

func (t *toggle) note(r read) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.reads = append(t.reads, r)
}

// unseen are the ways by which the right was never seen.
func (t *toggle) unseen() []string {
	return t.without(func(r read) bool { return r.saw })
}

// idle are the ways by which the right was never seen, or never judged.
func (t *toggle) idle() []string {
	unjudged := t.without(func(r read) bool { return within(r.span, t.absent) })
	return slices.Compact(slices.Sorted(slices.Values(append(t.unseen(), unjudged...))))
}

// without are the ways that have no such read.
func (t *toggle) without(such func(read) bool) []string {
	has := map[string]bool{}
	for _, r := range t.reads {
		has[r.way] = has[r.way] || such(r)
	}
	all := t.ways
	if all == nil {
		all = ways
	}
	return slices.DeleteFunc(slices.Clone(all), func(way string) bool { return has[way] })
}

// judge compares every read of a right with its spans.
func (s *Staled) judge(t *toggle) {
	for _, r := range t.reads {
		s.Reads++
		if r.saw {
			s.Seen++
		}
		if within(r.span, t.absent) {
			s.Judged++
			if r.saw {
				s.Stale = append(s.Stale, t.name+" by "+r.way)
			}
		}
		if within(r.span, t.present) && !r.saw {
			s.Blind = append(s.Blind, t.name+" by "+r.way)
		}
	}
	for _, way := range t.idle() {
		s.Idle = append(s.Idle, t.name+" by "+way)
	}
}

func within(r span, spans []span) bool {
	for _, s := range spans {
		if !r.from.Before(s.from) && !r.until.After(s.until) {
			return true
		}
	}
	return false
}

// Err says what went wrong: a right that outlived its revocation, one that was not there when it
// should have been, or a trial that could not have noticed.
func (s *Staled) Err() error {
	switch {
	case len(s.Stale) > 0:
		return fmt.Errorf("%d reads returned what a revocation had taken away, first %s", len(s.Stale), s.Stale[0])
	case len(s.Blind) > 0:
		return fmt.Errorf("%d reads did not see what they might, first %s", len(s.Blind), s.Blind[0])
	case len(s.Idle) > 0:
		return fmt.Errorf("nothing was shown of %s: %s", strings.Join(s.Idle, ", "), s)
	}
	return nil
}

// Revoke starts one program on SQLite, two on PostgreSQL, and runs the trial on them.
func Revoke(ctx context.Context, bin string, at Where, reads, readers int) (*Staled, error) {
	programs := 1
	if at.URL != "" {
		programs = 2
	}
	s := Stales{Reads: reads, Readers: readers}
	var servers []*Server
	defer func() {
		for _, server := range servers {
			server.Kill()
		}
	}()
	for range programs {
		server, err := Start(bin, at)
		if err != nil {
			return nil, err
		}
		servers, s.Servers = append(servers, server), append(s.Servers, server.URL)
	}
	staled, err := s.Run(ctx)
	if err != nil {
		for _, server := range servers {
			server.Kill()
			err = fmt.Errorf("%w\n%s", err, server.log)
		}
	}
	return staled, err
}
