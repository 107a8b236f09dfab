package laws

import (
	"context"
	"fmt"
	"sync"
)

// Run is a number of worlds held against the laws.
type Run struct {
	Seed      uint64 // the first world's; the others follow
	Worlds    int
	Databases []*Database
	Shrink    bool
	Progress  func(Stats) // called now and then, from several goroutines; may be nil
}

// Broken is a world that breaks a law.
type Broken struct {
	Failure *Failure
	World   *World
}

// Error prints the failure with the world, ready for Replay.
func (b *Broken) Error() string {
	return fmt.Sprintf("%v\n\nworld of seed %d, for laws.Replay:\n%s", b.Failure, b.World.Seed, b.World.Text())
}

// Do checks the worlds, all databases and Go alone side by side, and stops at the first that
// breaks a law.
func (r *Run) Do(ctx context.Context) (Stats, *Broken) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		group  sync.WaitGroup
		lock   sync.Mutex
		total  Stats
		broken *Broken
	)
	for _, d := range append([]*Database{nil}, r.Databases...) {
		group.Go(func() {
			var stats Stats
			found := r.along(ctx, d, &stats)
			lock.Lock()
			defer lock.Unlock()
			stats.Worlds = 0
			total.Add(stats)
			if found != nil && broken == nil {
				broken = found
				cancel()
			}
		})
	}
	group.Wait()
	total.Worlds = int64(r.Worlds)
	return total, broken
}

func (r *Run) along(ctx context.Context, d *Database, stats *Stats) *Broken {
	for i := range r.Worlds {
		if ctx.Err() != nil {
			return nil
		}
		w := Generate(r.Seed + uint64(i))
		failure := w.Check(ctx, d, stats)
		if r.Progress != nil && i%100 == 99 {
			r.Progress(*stats)
		}
		if failure == nil {
			continue
		}
		if ctx.Err() != nil {
			return nil // it broke because another was found
		}
		if r.Shrink && failure.Law != "valid" {
			w = Shrink(w, func(w *World) bool {
				f := w.Check(ctx, d, new(Stats))
				return f != nil && f.Law == failure.Law
			})
			failure = w.Check(ctx, d, new(Stats))
		}
		return &Broken{failure, w}
	}
	return nil
}
