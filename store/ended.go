package store

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"guan/policy"
)

// Whoever keeps a stream open asks to be told when its session is over, whatever ended it and on
// whichever process: one statement for all streams of a process looks at them a few times a second.

// watchEvery is how long a session can be over before its streams end; the promise is a second.
const watchEvery = 250 * time.Millisecond

type watching struct {
	mu      sync.Mutex
	waiting map[watched]map[chan struct{}]bool
	stop    context.CancelFunc // of the loop; nil when nobody waits
}

type watched struct{ tenant, session policy.ID }

// Ended waits until the session of the actor is over: signed out, its device blocked, the account
// stopped, frozen or ended. It returns nil then, and the context's error when that ends first.
func (s *Session) Ended(ctx context.Context) error {
	if err := s.inPerson(); err != nil {
		return err
	}
	key, over := watched{s.actor.Tenant, s.actor.Session}, make(chan struct{})
	w := &s.db.watch
	w.mu.Lock()
	if w.waiting == nil {
		w.waiting = map[watched]map[chan struct{}]bool{}
	}
	if w.waiting[key] == nil {
		w.waiting[key] = map[chan struct{}]bool{}
	}
	w.waiting[key][over] = true
	if w.stop == nil {
		var loop context.Context
		loop, w.stop = context.WithCancel(context.Background())
		go s.db.watchSessions(loop)
	}
	w.mu.Unlock()
	defer func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if delete(w.waiting[key], over); len(w.waiting[key]) == 0 {
			delete(w.waiting, key)
		}
		if len(w.waiting) == 0 && w.stop != nil {
			w.stop()
			w.stop = nil
		}
	}()
	select {
	case <-over:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (db *DB) watchSessions(ctx context.Context) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		asked := map[policy.ID][]policy.ID{}
		db.watch.mu.Lock()
		for key := range db.watch.waiting {
			asked[key.tenant] = append(asked[key.tenant], key.session)
		}
		db.watch.mu.Unlock()
		for tenant, sessions := range asked {
			open, err := db.openSessions(ctx, tenant, sessions)
			if err != nil {
				continue // a database that does not answer says nothing of a session
			}
			db.watch.mu.Lock()
			for _, session := range sessions {
				if key := (watched{tenant, session}); !open[session] {
					for over := range db.watch.waiting[key] {
						close(over)
					}
					delete(db.watch.waiting, key)
				}
			}
			db.watch.mu.Unlock()
		}
	}
}

// openSessions says which of some sessions still stand.
func (db *DB) openSessions(ctx context.Context, tenant policy.ID, sessions []policy.ID) (map[policy.ID]bool, error) {
	open := map[policy.ID]bool{}
	t := db.single()
	err := t.each(ctx, func(rows *sql.Rows) error {
		var id policy.ID
		err := rows.Scan(&id)
		open[id] = true
		return err
	}, `SELECT s.id FROM session s
		JOIN person p ON p.tenant_id = s.tenant_id AND p.id = s.person_id
		JOIN credential c ON c.tenant_id = s.tenant_id AND c.person_id = s.person_id
		WHERE s.tenant_id = $2 AND s.idle_until > $1 AND s.until_at > $1 AND `+accountOpen+` AND s.id IN `+t.listed(3), t.nowMicros(), tenant, idList(sessions))
	return open, db.fault(err)
}
