package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"guan/audit"
	"guan/policy"
	"guan/watch"
)

// The watcher reads the sealed log behind the sealer, in the order of its leaves: they have no gaps, and
// nothing comes late between them. What it learns of people, the alerts that it raises and the leaf up to
// which it has read are one transaction, so that each entry is watched exactly once, by any number of
// processes.

const (
	watchBatch = 500
)

var watchedElsewhere = errors.New("store: another process watched these entries")

// watchPlan is what one transaction of the watcher writes.
type watchPlan struct {
	from, until int64 // leaves
	first       bool  // nothing was watched before
	states      map[policy.ID]*watch.State
	raised      []raising
}

// raising is a finding on its way to being an alert.
type raising struct {
	person policy.ID
	kind   policy.Kind // of the record that was marked
	record policy.ID
	watch.Finding
}

// Watch looks at the entries that were sealed since it last did, and reports whether there may be more.
// What lies before its very first run only teaches it what is usual. Only the job watch may.
func (s *System) Watch(ctx context.Context) (more bool, err error) {
	if err := s.may(JobWatch); err != nil {
		return false, err
	}
	var plan watchPlan
	err = s.db.read(ctx, func(t *rtx) error {
		plan = watchPlan{}
		return t.planWatch(ctx, s.actor.Tenant, &plan)
	})
	if err != nil || plan.until == plan.from && !plan.first {
		return false, err
	}
	write := func(t *tx) error { return t.writeWatch(ctx, s.actor.Tenant, &plan) }
	if len(plan.raised) == 0 {
		err = s.db.maintain(ctx, write)
	} else {
		// Freezing waits for every other act that takes somebody's rights, so that of the last two
		// administrators one stays.
		freezes := slices.ContainsFunc(plan.raised, func(r raising) bool { return r.Act == watch.Freeze })
		err = s.db.write(ctx, s.actor, op{name: "watch", raises: freezes}, func(t *tx) error {
			if err := write(t); err != nil {
				return err
			}
			return t.raise(ctx, plan.raised)
		})
	}
	if errors.Is(err, watchedElsewhere) {
		return true, nil
	}
	return plan.until-plan.from == watchBatch, err
}

func (t *rtx) planWatch(ctx context.Context, tenant policy.ID, plan *watchPlan) error {
	var since int64
	err := t.row(ctx, "SELECT leaf, since FROM watch_position WHERE tenant_id = $1", tenant).Scan(&plan.from, &since)
	if plan.first = errors.Is(err, sql.ErrNoRows); err != nil && !plan.first {
		return err
	}
	plan.until = plan.from
	if plan.first {
		since = t.nowMicros()
	}
	leaves, err := t.leaves(ctx, tenant, "l.leaf >= $2 ORDER BY l.leaf LIMIT $3", plan.from, watchBatch)
	if err != nil || len(leaves) == 0 {
		return err
	}
	plan.until = leaves[len(leaves)-1].Index + 1
	var entries []*audit.Stored
	for _, l := range leaves {
		// An entry that is gone has been watched before, or is a finding of verification.
		if l.Entry != nil && l.Entry.Actor != nil && *l.Entry.Actor != 0 {
			entries = append(entries, l.Entry)
		}
	}
	events, err := t.watchEvents(ctx, tenant, entries)
	if err != nil || len(events) == 0 {
		return err
	}
	settings, _, err := t.watchSettings(ctx, tenant)
	if err != nil {
		return err
	}
	people := map[policy.ID]bool{}
	for _, e := range events {
		people[e.Person] = true
	}
	if plan.states, err = t.watchStates(ctx, tenant, slices.Collect(maps.Keys(people))); err != nil {
		return err
	}
	for _, e := range events {
		for _, f := range plan.states[e.Person].Observe(e.Event, settings) {
			if f.At.UnixMicro() < since {
				delete(plan.states[e.Person].Told, f.Detector) // nobody was told
				continue
			}
			r := raising{person: e.Person, Finding: f}
			if f.Detector == watch.Honey {
				r.kind, r.record = e.Kind, e.bait
			}
			plan.raised = append(plan.raised, r)
		}
	}
	return nil
}

// watchStates is what is known of people.
func (t *rtx) watchStates(ctx context.Context, tenant policy.ID, people []policy.ID) (map[policy.ID]*watch.State, error) {
	out := map[policy.ID]*watch.State{}
	for _, person := range people {
		out[person] = &watch.State{}
	}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var person policy.ID
		var document []byte
		if err := rows.Scan(&person, &document); err != nil {
			return err
		}
		return json.Unmarshal(document, out[person])
	}, "SELECT person_id, document FROM watch_state WHERE tenant_id = $1 AND person_id IN "+t.listed(2), tenant, idList(people))
	return out, err
}

// writeWatch writes what was learnt, unless another process did meanwhile.
func (t *tx) writeWatch(ctx context.Context, tenant policy.ID, plan *watchPlan) error {
	var n int64
	var err error
	if plan.first {
		n, err = t.exec(ctx, "INSERT INTO watch_position (tenant_id, leaf, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", tenant, plan.until, t.nowMicros())
	} else {
		n, err = t.exec(ctx, "UPDATE watch_position SET leaf = $1 WHERE tenant_id = $2 AND leaf = $3", plan.until, tenant, plan.from)
	}
	if err != nil {
		return err
	}
	if n == 0 {
		return watchedElsewhere
	}
	people := slices.Sorted(maps.Keys(plan.states))
	if len(people) == 0 {
		return nil
	}
	if _, err := t.exec(ctx, "DELETE FROM watch_state WHERE tenant_id = $1 AND person_id IN "+t.listed(2), tenant, idList(people)); err != nil {
		return err
	}
	rows := make([][]assignment, len(people))
	for i, person := range people {
		text, err := jsonText(plan.states[person])
		if err != nil {
			return err
		}
		rows[i] = []assignment{{column: "tenant_id", value: tenant}, {column: "person_id", value: person}, {column: "document", value: text}}
	}
	for rest := rows; len(rest) > 0; {
		n := min(bulkRows, len(rest))
		if err := t.insertRows(ctx, "watch_state", rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

// watchSettings are how the company has set the detectors, or how they come. A detector that came with
// a later version of the program is as it comes.
func (t *rtx) watchSettings(ctx context.Context, tenant policy.ID) (watch.Settings, int64, error) {
	set := watch.Usual()
	version, err := t.companySettings(ctx, "watch_settings", tenant, &set)
	return set, version, err
}

// lastDays are when the last appointment of people ends; who has one without an end is not among them.
func (t *rtx) lastDays(ctx context.Context, tenant policy.ID, people []policy.ID) (map[policy.ID]time.Time, error) {
	out := map[policy.ID]time.Time{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var person policy.ID
		var until int64
		err := rows.Scan(&person, &until)
		out[person] = time.UnixMicro(until)
		return err
	}, `SELECT a.person_id, max(a.until_at) FROM appointment a WHERE a.tenant_id = $1 AND a.person_id IN `+t.listed(2)+`
		GROUP BY a.person_id HAVING count(*) = count(a.until_at)`, tenant, idList(people))
	return out, err
}
