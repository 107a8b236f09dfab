package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"sync"
	"time"

	"guan/fault"
	"guan/policy"
)

// workLease is how long a worker holds work without a sign of life.
const workLease = 15 * time.Second

// working is the work under way in this process. What it counts is newer than the table: an
// import may hold SQLite's only writer from its first row to its last.
type working struct {
	mu  sync.Mutex
	all map[policy.ID]*workUnder
}

type workUnder struct {
	tally Tally
	stop  context.CancelCauseFunc
}

func (w *working) begin(id policy.ID, stop context.CancelCauseFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.all == nil {
		w.all = map[policy.ID]*workUnder{}
	}
	w.all[id] = &workUnder{stop: stop}
}

func (w *working) end(id policy.ID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.all, id)
}

func (w *working) count(id policy.ID, tally Tally) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if under := w.all[id]; under != nil {
		under.tally = tally
	}
}

func (w *working) tally(id policy.ID) (Tally, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	under := w.all[id]
	if under == nil {
		return Tally{}, false
	}
	return under.tally, true
}

// cancel ends work of this process, if it is.
func (w *working) cancel(id policy.ID) (was bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	under := w.all[id]
	if under != nil {
		under.stop(errCancelled)
	}
	return under != nil
}

var (
	errCancelled = errors.New("store: work cancelled by who asked for it")
	errStopped   = errors.New("store: work given up because the program ends")
)

// Claim is work that a worker has taken. It is taken away again when the worker shows no sign of
// life for workLease.
type Claim struct {
	Work
	system *System
	actor  Actor
	worker string
}

// Claim takes the oldest work that waits, nil when there is none. An export whose worker died
// waits again; an import does not: it is marked as failed. A worker never takes its own work for
// dead: an import that holds SQLite's only writer cannot renew its lease. Only the job runner may.
func (s *System) Claim(ctx context.Context, worker string) (*Claim, error) {
	if err := s.may(JobRunner); err != nil {
		return nil, err
	}
	tenant := s.actor.Tenant
	// Workers look often and mostly in vain, which should not take a turn at SQLite's one writer.
	t := s.db.single()
	var some bool
	err := t.row(ctx, "SELECT EXISTS (SELECT 1 FROM job WHERE tenant_id = $1 AND (status = 'queued' OR status = 'running' AND lease_until < $2))", tenant, t.nowMicros()).Scan(&some)
	if err != nil || !some {
		return nil, s.db.fault(err)
	}
	var c *Claim
	err = s.db.maintain(ctx, func(t *tx) error {
		problem, err := jsonText(troubleOf(interrupted))
		if err != nil {
			return err
		}
		dead, err := t.eachID(ctx, `UPDATE job SET status = 'failed', problem = $1, finished_at = $2 WHERE tenant_id = $3 AND type = 'import' AND status = 'running' AND lease_until < $2 AND worker <> $4 RETURNING id`,
			problem, t.nowMicros(), tenant, worker)
		if err != nil {
			return err
		}
		cancelled, err := t.eachID(ctx, `UPDATE job SET status = 'cancelled', finished_at = $1 WHERE tenant_id = $2 AND status = 'running' AND cancelled AND lease_until < $1 AND worker <> $3 RETURNING id`,
			t.nowMicros(), tenant, worker)
		if err != nil {
			return err
		}
		for _, id := range slices.Concat(dead, cancelled) {
			w, actor, err := t.workAndWho(ctx, tenant, id)
			if err == nil {
				err = t.turned(ctx, actor, w, w.Status, map[string]any{"died": true})
			}
			if err != nil {
				return err
			}
		}
		var id policy.ID
		var attempts int
		err = t.row(ctx, `UPDATE job SET status = 'running', worker = $1, lease_until = $2, started_at = coalesce(started_at, $3), attempts = attempts + 1
			WHERE tenant_id = $4 AND id = (
				SELECT id FROM job WHERE tenant_id = $4 AND NOT cancelled AND (status = 'queued' OR status = 'running' AND type <> 'import' AND lease_until < $3 AND worker <> $1)
				ORDER BY created_at, id LIMIT 1`+t.pick("", " FOR UPDATE SKIP LOCKED")+`)
			RETURNING id, attempts`, worker, t.now.Add(workLease).UnixMicro(), t.nowMicros(), tenant).Scan(&id, &attempts)
		if c = nil; errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		w, actor, err := t.workAndWho(ctx, tenant, id)
		if err != nil {
			return err
		}
		c = &Claim{Work: *w, system: s, worker: worker, actor: actor}
		more := map[string]any{}
		if attempts > 1 {
			more["attempt"] = attempts
		}
		return t.turned(ctx, actor, w, Running, more)
	})
	if err != nil || c == nil {
		return nil, err
	}
	return c, nil
}

// channel is through which channel the work reads and writes.
func (w *Work) channel() string {
	if w.Type == MassWork {
		return "job"
	}
	return string(w.Type)
}

// Run does the work as who asked for it, and shows signs of life meanwhile. Its context ends when
// the work is cancelled or taken away.
func (c *Claim) Run(ctx context.Context, do func(context.Context, *Session) error) error {
	outside := ctx
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	db := c.system.db
	db.working.begin(c.ID, stop)
	defer db.working.end(c.ID)
	over := make(chan struct{})
	var beats sync.WaitGroup
	beats.Go(func() {
		for {
			select {
			case <-over:
				return
			case <-time.After(workLease / 5):
				c.beat(ctx, stop)
			}
		}
	})
	err := do(ctx, db.As(c.actor))
	close(over)
	beats.Wait()
	switch cause := context.Cause(ctx); {
	case err == nil || cause == nil:
	case outside.Err() != nil: // the program ends
		err = errStopped
	default:
		err = cause
	}
	return c.finish(context.WithoutCancel(ctx), err)
}

// Count tells how far the work is.
func (c *Claim) Count(tally Tally) {
	c.Tally = tally
	c.system.db.working.count(c.ID, tally)
}

// beat writes how far the work is and asks whether it shall go on. When the database is busy with
// the work itself the next beat will do.
func (c *Claim) beat(ctx context.Context, stop context.CancelCauseFunc) {
	tally, _ := c.system.db.working.tally(c.ID)
	far, err := jsonText(progress{Tally: tally})
	if err != nil {
		return
	}
	ctx, enough := context.WithTimeout(ctx, time.Second)
	defer enough()
	var cancelled, mine bool
	err = c.system.db.maintain(ctx, func(t *tx) error {
		cancelled, mine = false, true
		err := t.row(ctx, "UPDATE job SET lease_until = $1, progress = $2 WHERE tenant_id = $3 AND id = $4 AND worker = $5 AND status = 'running' RETURNING cancelled",
			t.now.Add(workLease).UnixMicro(), far, c.actor.Tenant, c.ID, c.worker).Scan(&cancelled)
		if errors.Is(err, sql.ErrNoRows) {
			mine = false
			return nil
		}
		return err
	})
	switch {
	case err != nil:
	case !mine:
		stop(errors.New("store: the work was taken away"))
	case cancelled:
		stop(errCancelled)
	}
}

// Permitted reports whether who asked may still be served: the account is open, and the token, if
// it was one, not revoked. Faults: Denied (signin).
func (c *Claim) Permitted(ctx context.Context) error {
	return c.system.db.fault(c.system.db.single().permitted(ctx, c.actor))
}

// permitted asks the same within a transaction. One that holds the epoch keeps an account from being
// stopped until it commits, so that no part of work is written for somebody who was shut out before.
func (t *rtx) permitted(ctx context.Context, actor Actor) error {
	var one int
	err := t.row(ctx, `SELECT 1 FROM person p JOIN credential c ON c.tenant_id = p.tenant_id AND c.person_id = p.id
		WHERE p.tenant_id = $2 AND p.id = $3 AND `+accountOpen+factorMet, t.nowMicros(), actor.Tenant, actor.Person).Scan(&one)
	if err == nil && actor.Token != 0 {
		err = t.row(ctx, "SELECT 1 FROM token WHERE tenant_id = $2 AND id = $3 AND until_at > $1 AND revoked_at IS NULL", t.nowMicros(), actor.Tenant, actor.Token).Scan(&one)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return notSignedIn
	}
	return err
}

// finish marks the work as ended: done, cancelled, or failed with what the error tells the public.
// An import that was done has been marked by its own transaction.
func (c *Claim) finish(ctx context.Context, err error) error {
	status, problem, more := Done, sql.NullString{}, map[string]any{}
	switch {
	case errors.Is(err, errCancelled):
		status = Cancelled
	case errors.Is(err, errStopped) && c.Type != ImportWork:
		status, err = Queued, nil // it begins anew, or goes on, with the next start
	case errors.Is(err, errStopped):
		err = interrupted
		fallthrough
	case err != nil:
		status = Failed
		more["code"] = fault.From(err).Code
		text, err := jsonText(troubleOf(err))
		if err != nil {
			return err
		}
		problem = sql.NullString{String: text, Valid: true}
	}
	far, jsonErr := jsonText(progress{c.Tally, c.Problems, c.Matched})
	if jsonErr != nil {
		return jsonErr
	}
	request, jsonErr := jsonText(c.Order)
	if jsonErr != nil {
		return jsonErr
	}
	stored := c.system.db.maintain(ctx, func(t *tx) error {
		n, err := t.exec(ctx, "UPDATE job SET status = $1, problem = $2, progress = $3, request = $4, finished_at = CASE WHEN $1 <> 'queued' THEN CAST($5 AS bigint) END WHERE tenant_id = $6 AND id = $7 AND worker = $8 AND status = 'running'",
			string(status), problem, far, request, t.nowMicros(), c.actor.Tenant, c.ID, c.worker)
		if err != nil || n == 0 {
			return err
		}
		if err := t.turned(ctx, c.actor, &c.Work, status, more); err != nil {
			return err
		}
		return t.notifyWork(ctx, c.actor.Tenant, c.actor.Person, c.ID, c.Type, c.Kind, status)
	})
	if status == Failed && fault.Is(err, fault.Internal) && !errors.Is(err, interrupted) {
		return errors.Join(err, stored) // for the log; who asked is told no more than that
	}
	return stored
}

// noteImport writes into the job of an import, if it is one's, how far it got, in the transaction
// of its rows; when it is whole that it is done. Work that was cancelled or taken away is undone
// with this.
func (t *tx) noteImport(ctx context.Context, claim *Claim, far progress, whole bool) error {
	if claim == nil {
		return nil
	}
	text, err := jsonText(far)
	if err != nil {
		return err
	}
	status := Running
	if whole {
		status = Done
	}
	n, err := t.exec(ctx, `UPDATE job SET progress = $1, status = $2, finished_at = CASE WHEN $2 = 'done' THEN CAST($3 AS bigint) END, lease_until = $4
		WHERE tenant_id = $5 AND id = $6 AND worker = $7 AND status = 'running' AND NOT cancelled`,
		text, string(status), t.nowMicros(), t.now.Add(workLease).UnixMicro(), t.actor.Tenant, claim.ID, claim.worker)
	if err == nil && n == 0 {
		return errCancelled
	}
	if err != nil || !whole {
		return err
	}
	w := claim.Work
	w.Tally = far.Tally
	if err := t.turned(ctx, claim.actor, &w, Done, nil); err != nil {
		return err
	}
	return t.notifyWork(ctx, t.actor.Tenant, claim.actor.Person, claim.ID, ImportWork, claim.Kind, Done)
}
