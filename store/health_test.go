package store

import (
	"context"
	"errors"
	"testing"
	"time"
)

// A job that cannot go on leaves an entry, and one once it goes on again; within an hour no more of them, whatever the
// job does. What the end of the program broke off is no news.
func TestStuckJobsSaySo(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		job := f.db.System(JobWatch, DefaultTenant)
		var health, counted Health
		news := 0
		went := func(ctx context.Context, err error) {
			if health.Went(ctx, job, err) {
				news++
			}
		}
		ended, end := context.WithCancel(t.Context())
		end()
		broken := errors.New("the disk is gone")
		went(ended, broken)
		for range 3 {
			went(t.Context(), nil)
			went(t.Context(), broken)
			went(t.Context(), broken)
		}
		went(t.Context(), nil)
		f.clock.advance(time.Hour)
		went(t.Context(), broken)
		if news != 4 || !counted.Went(t.Context(), nil, broken) || counted.Went(t.Context(), nil, broken) {
			t.Errorf("the log of the program is told %d times, not 4", news)
		}
		f.turns("watch", "failed system by watch internal", "began system by watch again", "failed system by watch internal")
	})
}
