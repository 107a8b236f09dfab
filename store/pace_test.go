package store

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// Time passes only while everybody waits.
func TestComersWaitWhileSealingIsBehind(t *testing.T) {
	took := func(t *testing.T, db *DB) time.Duration {
		began := time.Now()
		db.Pace(t.Context())
		return time.Since(began)
	}
	seals := func(t *testing.T, db *DB) (end func()) {
		t.Helper()
		end, err := db.System(JobSeal, DefaultTenant).SealsHere()
		if err != nil {
			t.Fatal(err)
		}
		return end
	}
	for _, c := range []struct {
		name   string
		behind time.Duration
		waits  time.Duration
	}{
		{"in time", paceFrom - 1, 0},
		{"behind", paceFrom, paceMost},
		{"failing", paceUpTo + 1, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			db := &DB{}
			defer seals(t, db)()
			time.Sleep(c.behind)
			if got := took(t, db); got != c.waits {
				t.Errorf("%s: who comes waits %s, want %s", c.name, got, c.waits)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) { // until it has caught up, whatever it seals of what is older
		db := &DB{}
		defer seals(t, db)()
		began := time.Now()
		time.Sleep(paceFrom + 100*time.Millisecond)
		done := make(chan time.Duration)
		for range 3 {
			go func() { done <- took(t, db) }()
		}
		synctest.Wait()
		time.Sleep(50 * time.Millisecond)
		db.pace.sealed(began.Add(time.Millisecond))
		synctest.Wait()
		time.Sleep(50 * time.Millisecond)
		db.pace.sealed(began.Add(300 * time.Millisecond))
		for range 3 {
			if got := <-done; got != 100*time.Millisecond {
				t.Errorf("who came waited %s, want until it was sealed far enough, 100 ms", got)
			}
		}
	})
	synctest.Test(t, func(t *testing.T) { // nobody waits for a sealer that is not here, or no longer
		db := &DB{}
		if got := took(t, db); got != 0 {
			t.Errorf("nobody seals here, and who comes waits %s", got)
		}
		end := seals(t, db)
		time.Sleep(paceFrom)
		done := make(chan time.Duration)
		go func() { done <- took(t, db) }()
		synctest.Wait()
		end()
		if got := <-done; got != 0 {
			t.Errorf("sealing ended, and who came waited %s", got)
		}
	})
	synctest.Test(t, func(t *testing.T) { // who goes away does not wait
		db := &DB{}
		defer seals(t, db)()
		time.Sleep(paceFrom)
		ctx, gone := context.WithCancel(t.Context())
		gone()
		began := time.Now()
		db.Pace(ctx)
		if got := time.Since(began); got != 0 {
			t.Errorf("who has gone waits %s", got)
		}
	})
	if _, err := (&DB{}).System(JobReport, DefaultTenant).SealsHere(); err == nil {
		t.Error("another job says that it seals")
	}
}
