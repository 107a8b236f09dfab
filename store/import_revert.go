package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"slices"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// Revert takes an import back, record by record: what it made is deleted where nobody has touched it
// since, what it changed is put back where nobody has changed the same fields since. It is done
// under the rights that the person has now.
type Revert struct {
	Import  policy.ID // of the person
	Dry     bool      // does it and undoes it
	Began   func() error
	Problem func(RowProblem) error
	// Progress hears after every few hundred records.
	Progress func(Tally)
	Claim    *Claim // the background work that it is
}

var (
	notReverted  = fault.New(fault.Conflict, "not_revertable", "this import cannot be taken back, or not any more")
	touchedSince = fault.New(fault.Stale, "changed_since", "somebody has changed this since the import")
)

// OrderRevert asks for an import of one's own to be taken back, or to be shown what that would do.
// Faults: NotFound, Conflict, Denied, Locked.
func (s *Session) OrderRevert(ctx context.Context, id policy.ID, dry bool) (*Work, error) {
	w, err := s.Work(ctx, ImportWork, id)
	if err != nil {
		return nil, err
	}
	if w.RevertUntil == nil || !s.db.Now().Before(*w.RevertUntil) {
		return nil, notReverted
	}
	if err := s.MayImport(ctx); err != nil {
		return nil, err
	}
	return s.order(ctx, ImportWork, w.Kind, Order{Revert: id, Dry: dry, PerRow: true, Name: w.Name, Rows: w.Created + w.Updated, Result: unguessable(".csv")})
}

// Revert takes an import of the actor's own back. The tally counts the records that were deleted
// (Deleted) and put back (Updated), and those that were left as they are (Failed), of which each
// problem tells the row and why. It takes the right import. Faults: NotFound, Denied.
func (s *Session) Revert(ctx context.Context, r Revert) (Tally, error) {
	w, err := s.Work(ctx, ImportWork, r.Import)
	if err != nil {
		return Tally{}, err
	}
	actor := s.actor
	actor.Channel = "import"
	back := &reverting{Revert: r, db: s.db, actor: actor, kind: w.Kind, below: math.MaxInt}
	if r.Began != nil {
		err = r.Began()
	}
	if err == nil && r.Dry {
		err = back.try(ctx)
	} else if err == nil {
		err = back.run(ctx)
	}
	if err != nil && !fault.Is(err, fault.Internal) {
		err = s.declined(ctx, "import", err)
	}
	if r.Claim != nil {
		r.Claim.Problems = back.first
	}
	return back.tally, err
}

// reverting is a Revert under way.
type reverting struct {
	Revert
	db    *DB
	actor Actor
	kind  policy.Kind

	tally    Tally
	problems []RowProblem
	first    []RowProblem
	below    int // rows from here on have been looked at: the last are taken back first
}

// try takes everything back in one transaction and undoes it.
func (b *reverting) try(ctx context.Context) error {
	err := b.db.write(ctx, b.actor, b.op(), func(t *tx) error {
		b.tally, b.first, b.below = Tally{}, nil, math.MaxInt
		for {
			n, err := b.some(ctx, t)
			if err != nil {
				return err
			}
			if err := b.tell(); err != nil {
				return err
			}
			if n < batchRows {
				return errUndo
			}
		}
	})
	if !errors.Is(err, errUndo) {
		return err
	}
	return b.db.auditRead(ctx, b.actor, b.entry())
}

// run takes some records back at a time.
func (b *reverting) run(ctx context.Context) error {
	for {
		tally, first, below, n := b.tally, slices.Clone(b.first), b.below, 0
		err := b.db.write(ctx, b.actor, b.op(), func(t *tx) (err error) {
			b.tally, b.first, b.below, b.problems = tally, slices.Clone(first), below, nil
			if n, err = b.some(ctx, t); err != nil {
				return err
			}
			whole := n < batchRows
			if whole {
				if err := t.audit(ctx, b.entry()); err != nil {
					return err
				}
			}
			return t.noteImport(ctx, b.Claim, progress{Tally: b.tally, Problems: b.first}, whole)
		})
		if err != nil {
			b.tally = tally
			return err
		}
		if err := b.tell(); err != nil {
			return err
		}
		if n < batchRows {
			return nil
		}
	}
}

// op says that changes of people change who may do what.
func (b *reverting) op() op {
	return op{name: "import", raises: b.kind == records.RefPerson, unrouted: true}
}

func (b *reverting) entry() audit.Entry {
	return audit.Entry{Action: audit.Import, Kind: known(b.kind), Detail: map[string]any{"reverted": b.Import, "dry": b.Dry, "tally": b.tally}}
}

// some takes the next rows back and tells how many there were.
func (b *reverting) some(ctx context.Context, t *tx) (int, error) {
	if b.Claim != nil {
		if err := t.permitted(ctx, b.Claim.actor); err != nil {
			return 0, err
		}
	}
	v, err := t.view(ctx)
	if err != nil {
		return 0, err
	}
	if !v.may("import") {
		return 0, noRight.With("action", "import")
	}
	kind := v.catalog.Kind(b.kind)
	if kind == nil {
		return 0, noKind
	}
	list, err := b.journal(ctx, t)
	if err != nil {
		return 0, err
	}
	for _, j := range list {
		b.below = j.row
		b.tally.Rows++
		err := t.within(ctx, func() error {
			if err := b.one(ctx, t, v, kind, j); err != nil {
				return err
			}
			_, err := t.exec(ctx, "UPDATE import_journal SET reverted_at = $1 WHERE tenant_id = $2 AND job_id = $3 AND row_number = $4", t.nowMicros(), t.actor.Tenant, b.Import, j.row)
			return err
		})
		if err == nil {
			continue
		}
		f, own := rowFault(t.db.fault(err))
		if !own {
			return 0, err
		}
		b.wrong(j, f)
	}
	// A transaction in which every row was refused leaves its entry too.
	if t.entries == 0 {
		return len(list), t.audit(ctx, audit.Entry{Action: audit.Import, Kind: known(b.kind), Detail: map[string]any{"reverting": b.Import}})
	}
	return len(list), nil
}

func (b *reverting) wrong(j keptRow, f *fault.Error) {
	items := f.Items
	if len(items) == 0 {
		items = []fault.Item{f.Item()}
	}
	for _, item := range items {
		code := item.Code
		if code == staleVersion.Code {
			code = touchedSince.Code
		}
		p := RowProblem{Row: j.row, Column: item.At, Code: code, Detail: item.Detail, Params: item.Params}
		b.problems = append(b.problems, p)
		if len(b.first) < firstProblems {
			b.first = append(b.first, p)
		}
	}
	b.tally.Failed++
}

func (b *reverting) tell() error {
	for _, p := range b.problems {
		if b.Problem == nil {
			break
		}
		if err := b.Problem(p); err != nil {
			return err
		}
	}
	b.problems = nil
	if b.Progress != nil {
		b.Progress(b.tally)
	}
	return nil
}

// keptRow is a journalRow as it was read.
type keptRow struct {
	row         int
	record      policy.ID
	version     int64
	made        bool
	was, became Fields
}

func (b *reverting) journal(ctx context.Context, t *tx) ([]keptRow, error) {
	var list []keptRow
	err := t.each(ctx, func(rows *sql.Rows) error {
		var j keptRow
		var was, became []byte
		if err := rows.Scan(&j.row, &j.record, &j.version, &j.made, &was, &became); err != nil {
			return err
		}
		list = append(list, j)
		return errors.Join(json.Unmarshal(was, &list[len(list)-1].was), json.Unmarshal(became, &list[len(list)-1].became))
	}, `SELECT row_number, record_id, version, made, was, became FROM import_journal
		WHERE tenant_id = $1 AND job_id = $2 AND reverted_at IS NULL AND row_number < $3 AND created_at >= $4 ORDER BY row_number DESC LIMIT $5`,
		t.actor.Tenant, b.Import, b.below, t.now.Add(-journalKept).UnixMicro(), batchRows)
	return list, err
}

// one takes back what was done to one record, or nothing of it.
func (b *reverting) one(ctx context.Context, t *tx, v *view, kind *records.Kind, j keptRow) error {
	if j.made {
		if err := t.remove(ctx, v, kind, Target{j.record, j.version}); err != nil {
			return err
		}
		b.tally.Deleted++
		return nil
	}
	described := v.knownCatalog().Kind(kind.Name)
	became, err := described.ParseKept(j.became)
	if err == nil {
		became, err = t.renewed(ctx, t.actor.Tenant, kind.Name, j.record, became)
	}
	if err != nil {
		return err
	}
	was, err := described.ParseKept(j.was)
	if err != nil {
		return err
	}
	s := v.shape(kind, nil)
	s.closed = true
	if err := t.lockRecord(ctx, kind, j.record, false); err != nil {
		return err
	}
	row, err := t.one(ctx, s, j.record)
	if err != nil {
		return err
	}
	read, edit := s.read.Outcome(row.answer), v.bound.Reduce(policy.Edit, kind.Name).Outcome(row.answer)
	if !edit.Allowed {
		return notAllowed
	}
	schema := v.catalog.Schema().Kind(kind.Name)
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(became)) {
		// Whether one may is asked before anything is compared.
		f := schema.Field(name)
		now := row.values[name]
		switch {
		case read.Level(f) != policy.Plain || !edit.Editable(f):
			errs = append(errs, deniedField(name))
		case !now.Equal(became[name]) && !(now.Missing() && became[name].Missing()):
			errs = append(errs, touchedSince.WithAt(name))
		}
	}
	if err := fault.Collect(fault.Stale, touchedSince.Code, touchedSince.Detail, errs...); err != nil {
		return err
	}
	if _, err := t.editBack(ctx, v, kind, Target{j.record, row.version}, was); err != nil {
		return err
	}
	b.tally.Updated++
	return nil
}
