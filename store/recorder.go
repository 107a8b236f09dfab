package store

import (
	"context"
	"sync"
	"time"

	"guan/audit"
	"guan/fault"
)

// batchMax bounds how many waiting reads are recorded by one commit.
const batchMax = 256

// recorder writes the audit entries of reads. A read waits until its entries are committed, so
// an answer that left is always on record. While one commit is under way others gather for the
// next: a lone read waits for one commit, a thousand at once share a few.
type recorder struct {
	db      *DB
	waiting chan *recording
	stop    chan struct{} // closed when no more is taken
	dead    chan struct{} // closed when nothing is recorded any more
	stopped sync.WaitGroup
	once    sync.Once
}

type recording struct {
	entries []audit.Entry
	done    chan error
}

var unrecorded = fault.New(fault.Internal, "unrecorded", "the answer is withheld because it could not be recorded")

func newRecorder(db *DB) *recorder {
	r := &recorder{db: db, waiting: make(chan *recording, batchMax), stop: make(chan struct{}), dead: make(chan struct{})}
	r.stopped.Go(r.run)
	return r
}

// auditRead records what a person is about to be shown and returns when that is committed. An
// error means that the answer must not leave.
func (db *DB) auditRead(ctx context.Context, actor Actor, entries ...audit.Entry) error {
	if err := actor.present(); err != nil {
		return err
	}
	if len(entries) == 0 {
		return unrecorded
	}
	now := db.Now()
	epoch := int64(0) // of what was judged last: nobody is refused by another policy than that
	if st := db.kept(actor.Tenant); st != nil {
		epoch = st.epoch
	}
	signed := make([]audit.Entry, len(entries))
	for i, e := range entries {
		signed[i] = actor.sign(e)
		signed[i].At = now
		if e.Epoch == 0 {
			signed[i].Epoch = epoch
		}
	}
	rec := &recording{entries: signed, done: make(chan error, 1)}
	select {
	case <-db.audits.stop:
		return unrecorded
	case <-ctx.Done():
		return unrecorded.WithCause(ctx.Err())
	case db.audits.waiting <- rec:
	}
	select {
	case err := <-rec.done:
		return err
	case <-db.audits.dead:
		return unrecorded
	case <-ctx.Done():
		return unrecorded.WithCause(ctx.Err())
	}
}

func (r *recorder) run() {
	for {
		select {
		case first := <-r.waiting:
			r.commit(r.gather(first))
		case <-r.stop:
			for { // what came before the end is still recorded
				select {
				case first := <-r.waiting:
					r.commit(r.gather(first))
				default:
					return
				}
			}
		}
	}
}

// gather takes what waits already, without waiting for more.
func (r *recorder) gather(first *recording) []*recording {
	batch := []*recording{first}
	for len(batch) < batchMax {
		select {
		case next := <-r.waiting:
			batch = append(batch, next)
		default:
			return batch
		}
	}
	return batch
}

// commit records a batch. When it fails each is tried alone, so that one bad entry refuses its
// own read and no other.
func (r *recorder) commit(batch []*recording) {
	err := r.record(batch)
	if err != nil && len(batch) > 1 {
		for _, one := range batch {
			one.done <- r.record([]*recording{one})
		}
		return
	}
	for _, one := range batch {
		one.done <- err
	}
}

func (r *recorder) record(batch []*recording) error {
	// The commit serves many readers: none of them may cancel it.
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var entries []audit.Entry
	for _, one := range batch {
		entries = append(entries, one.entries...)
	}
	err := r.db.maintain(ctx, func(t *tx) error { return insertEntries(ctx, t.db, t.q, entries) })
	if err != nil {
		return unrecorded.WithCause(err)
	}
	return nil
}

// close records what waits and ends. A read that arrives later is refused.
func (r *recorder) close() {
	r.once.Do(func() { close(r.stop) })
	r.stopped.Wait()
	close(r.dead)
}
