package trial

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"guan/store"
)

// Kills is a trial of writes and of what is shown under SIGKILL.
type Kills struct {
	Bin    string
	Where  Where
	Rounds int
	Login  string // who writes
	Seed   uint64
}

// Killed is what came of it.
type Killed struct {
	Rounds, Creates, Edits int
	Shown, Reveals         int      // answers that arrived whole: records, lists and files; masked values
	Lost, Torn, Unaudited  []string // each a line that says what
	Sealed                 int64    // entries in the sealed log at the end
}

// String returns the counts as one line.
func (k *Killed) String() string {
	return fmt.Sprintf("%d kills, %d creates and %d edits acknowledged, %d answers and %d revealed values shown: %d lost, %d torn, %d without audit entry or unsealed; %d entries verified",
		k.Rounds, k.Creates, k.Edits, k.Shown, k.Reveals, len(k.Lost), len(k.Torn), len(k.Unaudited), k.Sealed)
}

// Whole reports whether nothing was lost, torn or unaudited.
func (k *Killed) Whole() bool { return len(k.Lost)+len(k.Torn)+len(k.Unaudited) == 0 }

// Telling reports whether enough was acknowledged and shown for something to be lost.
func (k *Killed) Telling() bool {
	return k.Creates >= k.Rounds && k.Edits > 0 && k.Shown >= k.Rounds && k.Reveals > 0
}

// writer makes customers and counts one of them up; it knows what was acknowledged.
type writer struct {
	name    string
	created map[string]string // id → name
	counter string            // id of the record that is counted up
	count   int               // the last acknowledged count
	tried   int               // the last count that was sent
}

const (
	writers = 4
	answers = 60 // of which the kill follows upon one
)

// Run kills the program again and again while people write, and looks each time at what stands.
func (k Kills) Run(ctx context.Context) (*Killed, error) {
	random := rand.New(rand.NewPCG(k.Seed, 77))
	out := &Killed{}
	looks, err := k.prepare(ctx)
	if err != nil {
		return out, err
	}
	for out.Rounds < k.Rounds || !out.Telling() && out.Rounds < patience*k.Rounds {
		crew := make([]*writer, writers)
		for i := range crew {
			crew[i] = &writer{name: fmt.Sprintf("崩溃%d写%d", out.Rounds, i), created: map[string]string{}}
		}
		server, err := Start(k.Bin, k.Where)
		if err != nil {
			return out, err
		}
		person, err := SignIn(ctx, server.URL, k.Login)
		if err != nil {
			server.Kill()
			return out, err
		}
		// By how much has arrived, not by the clock: on a slow machine nothing has after a while.
		enough, after := make(chan struct{}), int64(1+random.IntN(answers))
		var count atomic.Int64
		arrived := func() {
			if count.Add(1) == after {
				close(enough)
			}
		}
		var work sync.WaitGroup
		for _, w := range crew {
			work.Go(func() { w.write(ctx, person, server.URL, arrived) })
		}
		for _, l := range looks {
			work.Go(func() { l.look(ctx, person, server.URL+"/api/v1", arrived) })
		}
		ended := make(chan struct{})
		go func() { defer close(ended); work.Wait() }()
		select {
		case <-enough:
		case <-ended: // nobody gets an answer any more
		}
		time.Sleep(time.Duration(random.IntN(50)) * time.Millisecond)
		server.Kill()
		<-ended
		out.Rounds++
		out.count(looks)
		if err := k.inspect(ctx, crew, out); err != nil {
			return out, err
		}
	}
	if err := k.whole(ctx, out); err != nil {
		return out, err
	}
	return out, k.shown(ctx, looks, out)
}

// write goes on until the program is gone, and says each time that a write was acknowledged.
func (w *writer) write(ctx context.Context, p *Person, base string, arrived func()) {
	for n := 0; ; n++ {
		var item Item
		name := fmt.Sprintf("%s-%d", w.name, n)
		body := map[string]any{"fields": map[string]any{"name": name, "phone": "13800138000", "tags": []string{"试验"}}}
		if err := p.Call(ctx, "POST", base+"/api/v1/records/customer", nil, body, &item); err != nil {
			return
		}
		w.created[item.ID] = name
		arrived()
		if w.counter == "" {
			w.counter = item.ID
			continue
		}
		w.tried++
		edit := map[string]any{"fields": map[string]any{"code": strconv.Itoa(w.tried)}}
		version := strconv.Quote(strconv.Itoa(w.tried))
		if err := p.Call(ctx, "PATCH", base+"/api/v1/records/customer/"+w.counter, map[string]string{"If-Match": version}, edit, nil); err != nil {
			return
		}
		w.count = w.tried
		arrived()
	}
}

// inspect starts the program anew and asks it for everything that was acknowledged.
func (k Kills) inspect(ctx context.Context, crew []*writer, out *Killed) error {
	server, err := Start(k.Bin, k.Where)
	if err != nil {
		return err
	}
	defer server.Kill()
	person, err := SignIn(ctx, server.URL, k.Login)
	if err != nil {
		return err
	}
	for _, w := range crew {
		out.Creates += len(w.created)
		out.Edits += w.count
		var page Page
		query := url.Values{"filter": {"r.name.startsWith(" + strconv.Quote(w.name+"-") + ")"}, "limit": {"200"}, "q": {w.name}}
		if err := person.Call(ctx, "GET", server.URL+"/api/v1/records/customer?"+query.Encode(), nil, nil, &page); err != nil {
			return err
		}
		stands := map[string]Item{}
		for _, it := range page.Items {
			stands[it.ID] = it
		}
		for id, name := range w.created {
			it, ok := stands[id]
			switch {
			case !ok:
				out.Lost = append(out.Lost, name+" was acknowledged and is gone")
			case it.Title != name || it.Fields["phone"] != "13800138000" || fmt.Sprint(it.Fields["tags"]) != "[试验]":
				out.Torn = append(out.Torn, fmt.Sprintf("%s stands as %v", name, it.Fields))
			}
		}
		if len(stands) > len(w.created)+1 {
			out.Torn = append(out.Torn, fmt.Sprintf("%s: %d records for %d acknowledged and one under way", w.name, len(stands), len(w.created)))
		}
		if w.counter != "" {
			code, _ := stands[w.counter].Fields["code"].(string)
			count, _ := strconv.Atoi(code)
			if count != w.count && count != w.tried {
				out.Lost = append(out.Lost, fmt.Sprintf("%s was counted to %d and stands at %q", w.name, w.count, code))
			}
			if version, _ := stands[w.counter].Version.Int64(); version != int64(count)+1 {
				out.Torn = append(out.Torn, fmt.Sprintf("%s stands at %d in version %d", w.name, count, version))
			}
		}
	}
	return nil
}

// whole asks the store itself whether anything is half there.
func (k Kills) whole(ctx context.Context, out *Killed) error {
	db, err := store.Open(ctx, store.Options{DataDir: k.Where.DataDir, URL: k.Where.URL, KeepSchema: true})
	if err != nil {
		return err
	}
	defer db.Close()
	found, err := db.Check(ctx, store.DefaultTenant)
	for _, f := range found {
		if strings.Contains(f.What, "audit") {
			out.Unaudited = append(out.Unaudited, f.String())
		} else {
			out.Torn = append(out.Torn, f.String())
		}
	}
	if err != nil {
		return err
	}
	return k.sealed(ctx, db, out)
}

// sealed seals what the last kill left waiting, and recomputes the log: every entry has its leaf, and
// no kill left half a batch behind.
func (k Kills) sealed(ctx context.Context, db *store.DB, out *Killed) error {
	if _, err := db.System(store.JobSeal, store.DefaultTenant).Seal(ctx); err != nil {
		return err
	}
	keys, err := db.AuditKeys()
	if err != nil {
		return err
	}
	report, err := db.System(store.JobSetup, store.DefaultTenant).VerifyAudit(ctx, keys, nil, nil, func(int64) {})
	if err != nil {
		return err
	}
	out.Sealed = report.Size
	for _, f := range report.Findings {
		out.Unaudited = append(out.Unaudited, f.String())
	}
	if report.Unsealed > 0 {
		out.Unaudited = append(out.Unaudited, fmt.Sprintf("%d entries are not sealed", report.Unsealed))
	}
	return nil
}
