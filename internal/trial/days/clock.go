package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"guan/jobs"
)

// clock stands until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now is the time that everything goes by.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// forward moves it, unless that would be backward.
func (c *clock) forward(to time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if to.Before(c.now) {
		return false
	}
	c.now = to.UTC().Truncate(time.Microsecond)
	return true
}

// days moves the clock and has the work of the background done.
type days struct {
	*clock
	runner *jobs.Runner
	ctx    context.Context

	moving sync.Mutex
	rest   func() // ends the work in the background
}

// work begins the work in the background.
func (d *days) work() {
	ctx, stop := context.WithCancel(d.ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		d.runner.Run(ctx)
	}()
	d.rest = func() {
		stop()
		<-done
	}
}

func (d *days) close() {
	d.moving.Lock()
	defer d.moving.Unlock()
	d.rest()
}

// told is what is said and asked of the time.
type told struct {
	Now time.Time `json:"now"`
}

// ServeHTTP says what time it is, and moves it.
func (d *days) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet:
	case http.MethodPost:
		var to told
		if err := json.NewDecoder(r.Body).Decode(&to); err != nil {
			http.Error(w, `say {"now": "2026-11-02T09:00:00+08:00"}: `+err.Error(), http.StatusBadRequest)
			return
		}
		if !d.move(to.Now) {
			http.Error(w, fmt.Sprintf("it is %s already, and time goes forward only", d.Now().Format(time.RFC3339)), http.StatusConflict)
			return
		}
	default:
		http.Error(w, "GET or POST", http.StatusMethodNotAllowed)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(told{d.Now()}) // who asked has gone
}

// move is the time that passes. The work in the background rests meanwhile: what it had taken up would be seen by
// nobody else, and the answer come before it was done.
func (d *days) move(to time.Time) bool {
	d.moving.Lock()
	defer d.moving.Unlock()
	d.rest()
	defer d.work()
	if !d.forward(to) {
		return false
	}
	d.runner.Turn(d.ctx)
	return true
}
