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
// breaks a law, or when the context ends. The worlds it counts are those that all are done with.
func (r *Run) Do(ctx context.Context) (Stats, *Broken) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		group  sync.WaitGroup
		lock   sync.Mutex
		total  Stats
		broken *Broken
	)
	total.Worlds = int64(r.Worlds)
	for _, d := range append([]*Database{nil}, r.Databases...) {
		group.Go(func() {
			var stats Stats
			found := r.along(ctx, d, &stats)
			lock.Lock()
			defer lock.Unlock()
			total.Worlds = min(total.Worlds, stats.Worlds)
			total.add(stats)
			if found != nil && broken == nil {
				broken = found
				cancel()
			}
		})
	}
	group.Wait()
	return total, broken
}

func (r *Run) along(ctx context.Context, d *Database, stats *Stats) *Broken {
	for i := range r.Worlds {
		if ctx.Err() != nil {
			return nil
		}
		w := Generate(r.Seed + uint64(i))
		failure := w.Check(ctx, d, stats)
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
