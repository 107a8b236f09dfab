package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// TagRun is one derivation of the tags of all records of a kind: every day, since windows move and
// ages come; when rules have changed; and when somebody asks. It stands in its table with how far it is,
// so that any process goes on with it after any other.
type TagRun struct {
	ID         policy.ID   `json:"id"`
	Kind       policy.Kind `json:"kind"`
	Why        string      `json:"why"` // daily, changed or asked
	Status     WorkStatus  `json:"status"`
	Total      int64       `json:"total"`  // records to look at, counted at the beginning
	Looked     int64       `json:"looked"` // so far
	Changed    int64       `json:"changed"`
	By         *Name       `json:"by,omitempty"`
	CreatedAt  time.Time   `json:"created_at"`
	FinishedAt *time.Time  `json:"finished_at,omitempty"`
	// Awaits are the groups of which the records that it has not come to have nothing yet: a guard on their
	// tags is closed there until it has.
	Awaits []string `json:"awaits,omitempty"`

	last policy.ID // the record up to which it is
}

// Why a kind's tags are derived.
const (
	tagsDaily   = "daily"
	tagsChanged = "changed"
	tagsAsked   = "asked"
)

var (
	noTagRun   = fault.New(fault.NotFound, "tag_run", "no tags of the kind are kept by rules, or none are being derived")
	tagRunOpen = said(fault.Conflict, "tag_run_open", "这类记录的标签正在更新", "the tags of this kind are being derived")
)

// TagRuns shows the last derivation of each kind, or the one under way. It takes the right policy or
// audit.
func (s *Session) TagRuns(ctx context.Context) ([]TagRun, error) {
	var runs []TagRun
	err := s.oversee(ctx, "tag_runs", func(t *rtx, v *view) (err error) {
		runs, err = t.tagRuns(ctx, "r.tenant_id = $1 AND r.id = (SELECT l.id FROM tag_run l WHERE l.tenant_id = $1 AND l.kind = r.kind ORDER BY l.created_at DESC, l.id DESC LIMIT 1) ORDER BY r.kind", v.tenant)
		for i := range runs {
			if err == nil && runs[i].Status != Done {
				err = t.awaits(ctx, v, &runs[i])
			}
		}
		return err
	}, "policy", "audit")
	return runs, err
}

// RunTags begins to derive the tags of a kind; the program does it in the background. It takes the
// right policy. Faults: NotFound (tag_run), Denied, Conflict (tag_run_open).
func (s *Session) RunTags(ctx context.Context, kind policy.Kind) (*TagRun, error) {
	var run *TagRun
	err := s.db.administer(ctx, s.actor, op{name: "tag_run"}, "policy", func(t *tx, v *view) error {
		k := v.catalog.Kind(kind)
		if k == nil || len(k.Derived) == 0 {
			return noTagRun
		}
		if err := t.beginTags(ctx, kind, tagsAsked); err != nil {
			return err
		}
		var err error
		run, err = t.tagRun(ctx, "r.tenant_id = $1 AND r.kind = $2 AND r.finished_at IS NULL", v.tenant, string(kind))
		return err
	})
	if err = s.declined(ctx, "tag_run", err); err != nil {
		return nil, err
	}
	return run, nil
}

// CancelTags ends the derivation of the tags of a kind that is under way; what was derived stays, and
// the rest comes with what is written and with the next day. It takes the right policy. Faults: NotFound
// (tag_run), Denied.
func (s *Session) CancelTags(ctx context.Context, kind policy.Kind) error {
	return s.declined(ctx, "tag_run", s.db.administer(ctx, s.actor, op{name: "tag_run"}, "policy", func(t *tx, v *view) error {
		n, err := t.exec(ctx, "UPDATE tag_run SET status = 'cancelled', finished_at = $1 WHERE tenant_id = $2 AND kind = $3 AND finished_at IS NULL", t.nowMicros(), v.tenant, string(kind))
		if err != nil {
			return err
		}
		if n == 0 {
			return noTagRun
		}
		return t.auditTags(ctx, kind, map[string]any{"deriving": string(Cancelled)})
	}))
}

// beginTags writes down that the tags of a kind shall be derived. There is one run of a kind at a time:
// changed rules let the one under way begin anew.
func (t *tx) beginTags(ctx context.Context, kind policy.Kind, why string) error {
	id, err := t.newID(ctx)
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, "DELETE FROM tag_run WHERE tenant_id = $1 AND kind = $2 AND id IN (SELECT id FROM tag_run WHERE tenant_id = $1 AND kind = $2 AND finished_at IS NOT NULL ORDER BY created_at DESC, id DESC LIMIT 1000 OFFSET 100)",
		t.actor.Tenant, string(kind)); err != nil {
		return err
	}
	text := "INSERT INTO tag_run (tenant_id, id, kind, why, day, status, by_id, created_at) VALUES ($1, $2, $3, $4, $5, 'queued', $6, $7) ON CONFLICT (tenant_id, kind) WHERE finished_at IS NULL DO NOTHING"
	if why == tagsChanged {
		text = "INSERT INTO tag_run (tenant_id, id, kind, why, day, status, by_id, created_at) VALUES ($1, $2, $3, $4, $5, 'queued', $6, $7) ON CONFLICT (tenant_id, kind) WHERE finished_at IS NULL DO UPDATE SET why = excluded.why, day = excluded.day, status = 'queued', last_id = 0, total = 0, looked = 0, changed = 0, by_id = excluded.by_id, created_at = excluded.created_at"
	}
	day, _ := today(t.now)
	n, err := t.exec(ctx, text, t.actor.Tenant, id, string(kind), why, day, optionalID(t.actor.Person), t.nowMicros())
	if err != nil {
		return err
	}
	if n == 0 {
		return tagRunOpen
	}
	return t.auditTags(ctx, kind, map[string]any{"deriving": turnBegun, "why": why})
}

func (t *tx) auditTags(ctx context.Context, kind policy.Kind, detail map[string]any) error {
	detail["of"] = kind
	return t.audit(ctx, audit.Entry{Action: audit.Tagged, Kind: records.System, Detail: detail})
}

func (t *rtx) tagRun(ctx context.Context, where string, args ...any) (*TagRun, error) {
	return theOne(t.tagRuns(ctx, where, args...))
}

func (t *rtx) tagRuns(ctx context.Context, where string, args ...any) ([]TagRun, error) {
	list := []TagRun{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var r TagRun
		var by sql.NullInt64
		var name sql.NullString
		var created int64
		var finished *int64
		if err := rows.Scan(&r.ID, &r.Kind, &r.Why, &r.Status, &r.Total, &r.Looked, &r.Changed, &by, &name, &created, &finished, &r.last); err != nil {
			return err
		}
		r.By = joinedName(by, name)
		r.CreatedAt, r.FinishedAt = time.UnixMicro(created).UTC(), instant(finished)
		list = append(list, r)
		return nil
	}, `SELECT r.id, r.kind, r.why, r.status, r.total, r.looked, r.changed, r.by_id, p.name, r.created_at, r.finished_at, r.last_id
		FROM tag_run r LEFT JOIN person p ON p.tenant_id = r.tenant_id AND p.id = r.by_id WHERE `+where, args...)
	return list, err
}

// awaitLook is how many records a run is about to come to are looked at for groups that it has yet to derive:
// some may have been written since, and have them.
const awaitLook = 100

// awaits finds the groups that a run which is under way, or was cancelled, has yet to derive for the first time.
func (t *rtx) awaits(ctx context.Context, v *view, run *TagRun) error {
	kind := v.catalog.Kind(run.Kind)
	if kind == nil {
		return nil
	}
	lacking := map[string]bool{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var document []byte
		if err := rows.Scan(&document); err != nil {
			return err
		}
		custom := map[string]json.RawMessage{}
		err := json.Unmarshal(document, &custom)
		for _, f := range kind.Derived {
			if _, ok := custom[f.Column]; !ok {
				lacking[f.Name] = true
			}
		}
		return err
	}, "SELECT custom FROM "+kind.Table+" WHERE tenant_id = $1 AND id > $2 AND stage <> 'merged' ORDER BY id LIMIT $3", v.tenant, run.last, awaitLook)
	run.Awaits = sorted(keysOf(lacking))
	return err
}

// KeepTags goes on with the derivations under way by one part, after it has begun those of the day, and
// reports whether there is more to do. Only the job tags may.
func (s *System) KeepTags(ctx context.Context) (more bool, err error) {
	if err := s.may(JobTags); err != nil {
		return false, err
	}
	if err := s.beginDaily(ctx); err != nil {
		return false, err
	}
	run, err := s.db.single().tagRun(ctx, "r.tenant_id = $1 AND r.finished_at IS NULL ORDER BY r.created_at, r.id LIMIT 1", s.actor.Tenant)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, s.db.fault(err)
	}
	err = s.db.write(ctx, s.actor, op{name: "tags"}, func(t *tx) error { return t.keepPart(ctx, run.ID) })
	if errors.Is(err, noTagRun) {
		err = nil // another process was faster
	}
	return true, err
}

// beginDaily begins a run of every kind with tags by rules that was not derived today.
func (s *System) beginDaily(ctx context.Context) error {
	var kinds []policy.Kind
	err := s.db.lookNow(ctx, s.actor, func(v *view) error {
		kinds = nil
		for _, k := range v.catalog.Kinds() {
			if len(k.Derived) > 0 {
				kinds = append(kinds, k.Name)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, kind := range kinds {
		var done bool
		t := s.db.single()
		day, _ := today(t.now)
		err := t.row(ctx, "SELECT EXISTS (SELECT 1 FROM tag_run WHERE tenant_id = $1 AND kind = $2 AND (finished_at IS NULL OR day >= $3))", s.actor.Tenant, string(kind), day).Scan(&done)
		if err != nil {
			return s.db.fault(err)
		}
		if done {
			continue
		}
		err = s.db.write(ctx, s.actor, op{name: "tags"}, func(t *tx) error { return t.beginTags(ctx, kind, tagsDaily) })
		if err != nil && !errors.Is(err, tagRunOpen) {
			return err
		}
	}
	return nil
}

// keepPart does one part of a run.
func (t *tx) keepPart(ctx context.Context, id policy.ID) error {
	// The run's row makes parts of it wait for each other.
	if _, err := t.exec(ctx, "UPDATE tag_run SET status = 'running' WHERE tenant_id = $1 AND id = $2 AND finished_at IS NULL", t.actor.Tenant, id); err != nil {
		return err
	}
	run, err := t.tagRun(ctx, "r.tenant_id = $1 AND r.id = $2 AND r.finished_at IS NULL", t.actor.Tenant, id)
	if errors.Is(err, sql.ErrNoRows) {
		return noTagRun
	}
	if err != nil {
		return err
	}
	v, err := t.view(ctx)
	if err != nil {
		return err
	}
	kind := v.catalog.Kind(run.Kind)
	if kind == nil || len(kind.Derived) == 0 {
		return t.endTags(ctx, run, Cancelled) // its rules are gone
	}
	if run.last == 0 {
		if err := t.row(ctx, "SELECT count(*) FROM "+kind.Table+" WHERE tenant_id = $1 AND stage <> 'merged'", v.tenant).Scan(&run.Total); err != nil {
			return err
		}
	}
	ids, err := t.eachID(ctx, "SELECT id FROM "+kind.Table+" WHERE tenant_id = $1 AND id > $2 AND stage <> 'merged' ORDER BY id LIMIT $3", v.tenant, run.last, tagChunk)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return t.endTags(ctx, run, Done)
	}
	if err := t.lockMany(ctx, kind, ids, false); err != nil {
		return err
	}
	// A rule that was made today is not news of each record of which it holds.
	n, err := t.keepTags(ctx, v, kind, ids, tagsBy{routes: run.Why != tagsChanged, run: run.ID})
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, "UPDATE tag_run SET total = $1, looked = looked + $2, changed = changed + $3, last_id = $4 WHERE tenant_id = $5 AND id = $6",
		run.Total, len(ids), n, ids[len(ids)-1], v.tenant, run.ID); err != nil {
		return err
	}
	if t.entries == 0 { // a part that left everything as it was says so too
		return t.auditTags(ctx, run.Kind, map[string]any{"deriving": turnPart, "run": run.ID, "looked": len(ids)})
	}
	return nil
}

func (t *tx) endTags(ctx context.Context, run *TagRun, status WorkStatus) error {
	if _, err := t.exec(ctx, "UPDATE tag_run SET status = $1, finished_at = $2 WHERE tenant_id = $3 AND id = $4", string(status), t.nowMicros(), t.actor.Tenant, run.ID); err != nil {
		return err
	}
	return t.auditTags(ctx, run.Kind, map[string]any{"deriving": string(status), "run": run.ID, "looked": run.Looked, "changed": run.Changed})
}

// TagOutlook says how many records a rule would give its tag now.
type TagOutlook struct {
	Matching *Matching         `json:"matching,omitempty"`
	Sentence *records.Label    `json:"sentence,omitempty"` // of its condition
	Problem  *ConditionProblem `json:"problem,omitempty"`
	Tells    []TagTold         `json:"tells"` // at what it looks beside general information
}

// TagTold is a field at which a rule looks.
type TagTold struct {
	Kind  policy.Kind   `json:"kind"`
	Field string        `json:"field"`
	Label records.Label `json:"label"`
	Class policy.Class  `json:"class"`
}

// TryTagRule says of how many records a rule holds, before it is written. It takes the right policy;
// what it tells stands in the audit log, and few are told as just that. Faults: NotFound, Denied.
func (s *Session) TryTagRule(ctx context.Context, kind policy.Kind, rule records.TagRule) (*TagOutlook, error) {
	var out *TagOutlook
	var entry audit.Entry
	err := s.oversee(ctx, "tag_rule", func(t *rtx, v *view) error {
		k := v.catalog.Kind(kind)
		if k == nil {
			return noKind.WithAt("kind")
		}
		out = &TagOutlook{Tells: []TagTold{}}
		if p := v.catalog.CheckTagRule(kind, &rule); p != nil {
			out.Problem = &ConditionProblem{At: p.At, Code: p.Code, Detail: p.Detail}
			entry = audit.Entry{Action: audit.Count, Kind: records.System, Epoch: v.epoch, Detail: map[string]any{"operation": "tag_rule", "kind": kind}}
			return nil
		}
		for _, l := range v.catalog.LooksAt(kind, &rule) {
			if l.Field.Class != policy.General {
				out.Tells = append(out.Tells, TagTold{l.Kind, l.Field.Name, l.Field.Label, l.Field.Class})
			}
		}
		if rule.When != nil {
			ask := v.asking(k, true)
			if err := t.conditionNames(ctx, ask, rule.When); err != nil {
				return err
			}
			sentence := both(func(lang string) string { return policy.CondSentence(ask.schema, ask.words, kind, rule.When, lang) })
			out.Sentence = &sentence
		}
		h, err := v.bindTag(k, &rule, t.now)
		if err != nil {
			return err
		}
		stmt := t.db.sqlDialect().Holds(v.tenant, v.catalog.Schema().Kind(kind), h, nil, CountCap+1)
		var n int
		if err := t.row(ctx, "SELECT count(*) FROM ("+stmt.SQL+") held", stmt.Args...).Scan(&n); err != nil {
			return err
		}
		m := &Matching{Count: min(n, CountCap), Capped: n > CountCap}
		if m.Count < few && (m.Count > 0 || len(out.Tells) > 0) {
			m.Count, m.Few = few, true
		}
		out.Matching = m
		looked := []string{}
		for _, l := range v.catalog.LooksAt(kind, &rule) {
			looked = append(looked, string(l.Kind)+"."+l.Field.Name)
		}
		entry = audit.Entry{Action: audit.Count, Kind: records.System, Epoch: v.epoch,
			Detail: map[string]any{"operation": "tag_rule", "kind": kind, "condition_fields": looked, "count": m.Count}}
		return nil
	}, "policy")
	if err != nil {
		return nil, err
	}
	return out, s.db.auditRead(ctx, s.actor, entry)
}
