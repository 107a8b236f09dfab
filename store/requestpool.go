package store

import (
	"context"
	"slices"

	"guan/approvals"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// PoolAsk asks to claim, assign or release records of the pools: one, or up to 500 in the order in which they
// are wanted.
type PoolAsk struct {
	Kind    policy.Kind   `json:"kind"`
	Record  policy.ID     `json:"record,omitempty"`
	Records []policy.ID   `json:"records,omitempty"` // in place of one
	Action  policy.Action `json:"action"`            // claim, assign or release
	Person  policy.ID     `json:"person,omitempty"`  // whom they are assigned to
	Pool    policy.ID     `json:"pool,omitempty"`    // they are released into; kept as the one that all came to when it was asked
	Reason  string        `json:"reason,omitempty"`  // of a release
}

func (a *PoolAsk) act() poolAct {
	return poolAct{action: a.Action, person: a.Person, into: a.Pool, reason: a.Reason, many: true}
}

// check tidies what is asked for: each record once, and one alone as one. Faults: Invalid.
func (a *PoolAsk) check() error {
	switch {
	case (a.Record != 0) == (len(a.Records) > 0):
		return fault.New(fault.Invalid, poolWhich.Code, "name one record, or several as records: one of the two").WithAt("pool.records")
	case len(a.Records) > poolMost:
		return poolMuch.WithAt("pool.records")
	case !slices.Contains(records.PoolActions, a.Action):
		return fault.New(fault.Invalid, "action", "there is no such action").WithAt("pool.action")
	}
	var once []policy.ID
	for _, id := range a.Records {
		if !slices.Contains(once, id) {
			once = append(once, id)
		}
	}
	if a.Records = once; len(once) == 1 {
		a.Record, a.Records = once[0], nil
	}
	act := a.act()
	err := act.check()
	a.Reason = act.reason
	return err
}

func (a *PoolAsk) ids() []policy.ID {
	if a.Record != 0 {
		return []policy.ID{a.Record}
	}
	return a.Records
}

// pooledThen is a record as it was when it was asked for: in whose hands, and in which pool, and into which it
// came when it was tried.
type pooledThen struct {
	Record policy.ID `json:"record"`
	From   policy.ID `json:"from,omitempty"`
	Lay    policy.ID `json:"lay,omitempty"`
	Into   policy.ID `json:"into,omitempty"`
}

// then are the records of a request as they were.
func (a *asked) then() []pooledThen {
	if len(a.Pooled) > 0 {
		return a.Pooled
	}
	return []pooledThen{{Record: a.Pool.Record, From: a.From, Lay: a.Lay, Into: a.Pool.Pool}}
}

// records are the records of the pools that were asked for, in the order in which they are wanted.
func (a *asked) records() []policy.ID {
	ids := make([]policy.ID, len(a.then()))
	for i, one := range a.then() {
		ids[i] = one.Record
	}
	return ids
}

// PoolCame is what came of an approved request for many records of the pools.
type PoolCame struct {
	Done int         `json:"done"`
	Left []PooledRow `json:"left"`
}

// poolMoved is why a record is left that is not where it was.
var poolMoved = said(fault.Stale, "pool_moved", "提交申请后它已换了负责人或公海", "it has changed hands or pools since it was asked for")

// poolKind is done as who asked, by the rules with what waited for approval, with each record that is in the
// hands, or the pool, that it was in, and that all who approved see. The limits of the pool count when it is
// done and not before, in the order of the records.
var poolKind = requestKind{
	typ:   PoolRequest,
	label: records.Label{ZH: "公海申请", EN: "Public pool"},
	chain: []approvals.Step{{By: []approvals.Source{{Type: approvals.Head}}, Hours: 24}},

	check: func(ctx context.Context, t *tx, v *view, r *request) error {
		a := r.ask.Pool
		r.kind, r.record = known(a.Kind), a.Record
		described := v.catalog.Kind(a.Kind)
		if described == nil || !described.Claimed {
			return noRecord
		}
		if err := a.check(); err != nil {
			return err
		}
		r.record = a.Record
		return t.askPooled(ctx, v, described, r)
	},

	sees: seesPooled,

	give: func(ctx context.Context, t *tx, giver *view, r *request) (func() (*Outcome, error), error) {
		if err := seesPooled(ctx, t, giver, r); err != nil {
			return nil, err
		}
		return func() (*Outcome, error) {
			out := &Outcome{Giver: giver.bound.Subject().Person}
			asker := t.askerOf(giver, r)
			var did *poolingMany
			err := t.actAs(ctx, asker.actor, r, func() (err error) {
				did, err = t.doAsked(ctx, asker.view.approvedBy(r), r)
				return err
			})
			if err != nil {
				return t.voided(err)
			}
			ids := r.ask.records()
			if out.Void = did.nothing(ids); len(ids) > 1 {
				out.Came = &PoolCame{Done: len(did.done), Left: did.left(ids)}
			}
			return out, nil
		}, nil
	},
}

// askPooled finds by rehearsals which of the records wait for approval, and what would become of those with
// it. What can be done without, and what could not be done with it either, is left out and told; where
// nothing remains the first of them says why.
func (t *tx) askPooled(ctx context.Context, v *view, kind *records.Kind, r *request) error {
	a, ids := r.ask.Pool, r.ask.Pool.ids()
	plain := t.manyOf(v, kind, a.act())
	if err := t.rehearse(ctx, func() error { return plain.do(ctx, ids) }); err != nil {
		return err
	}
	for _, id := range plain.done {
		plain.refused[id] = nothingAsked
	}
	var held []policy.ID
	for _, id := range ids {
		if plain.refused[id].Code == needsApproval.Code {
			held = append(held, id)
		}
	}
	if len(held) == 0 {
		return plain.refused[ids[0]]
	}
	by, err := t.duties(ctx, v, kind, a.Action, nil, held...)
	if err != nil {
		return err
	}
	lifted := t.manyOf(v.lifted(), kind, a.act())
	var after map[policy.ID]wholeRow
	err = t.rehearse(ctx, func() (err error) {
		if err = lifted.do(ctx, held); err == nil {
			after, err = lifted.wholeOf(ctx, lifted.done)
		}
		return err
	})
	if err != nil {
		return err
	}
	var asked []policy.ID
	into := map[policy.ID]bool{}
	for _, id := range held {
		// Beyond a limit there may be room when it is approved.
		if f := lifted.refused[id]; f != nil && f.Kind != fault.Locked {
			plain.refused[id] = f
			continue
		}
		delete(plain.refused, id)
		was := lifted.before[id]
		one := pooledThen{Record: id, From: was.values[kind.Owner].ID(), Lay: was.values[kind.Pool].ID()}
		if now, ok := after[id]; ok {
			one.Into = now.values[kind.Pool].ID()
		}
		into[one.Into], asked = true, append(asked, id)
		r.ask.Pooled = append(r.ask.Pooled, one)
	}
	if len(asked) == 0 {
		return plain.refused[ids[0]]
	}
	r.ask.Left = plain.left(ids)
	r.ask.Steps, r.ask.By = by, whence(t.actor, t.now)
	placed, err := t.seesOf(ctx, v, kind.Name, []string{"unit", kind.Owner}, asked)
	r.ask.Seen = !slices.ContainsFunc(asked, func(id policy.ID) bool { return !placed[id] })
	if len(into) == 1 {
		a.Pool = r.ask.Pooled[0].Into
	}
	if len(ids) == 1 { // of one it is kept as ever
		one := r.ask.Pooled[0]
		r.ask.From, r.ask.Lay, r.ask.Pooled = one.From, one.Lay, nil
		return err
	}
	a.Records = asked
	return err
}

// doAsked does what was approved, record by record, and tells what became of each.
func (t *tx) doAsked(ctx context.Context, by massBy, r *request) (*poolingMany, error) {
	kind := by.v.catalog.Kind(r.kind)
	if kind == nil {
		return nil, noRecord
	}
	ids, then, unseen := r.ask.records(), map[policy.ID]pooledThen{}, map[policy.ID]bool{}
	m := t.manyOf(by.v, kind, r.ask.Pool.act())
	m.into = map[policy.ID]policy.ID{}
	for _, one := range r.ask.then() {
		then[one.Record], m.into[one.Record] = one, one.Into
	}
	for _, person := range by.saw {
		v := by.v.state.view(Actor{Tenant: by.v.tenant, Person: person, Channel: "web"}, t.now)
		theirs, err := t.seesOf(ctx, v, r.kind, v.pooledFields(r.kind), ids)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			unseen[id] = unseen[id] || !theirs[id]
		}
	}
	m.also = func(was wholeRow) *fault.Error {
		switch one := then[was.id]; {
		case was.values[kind.Owner].ID() != one.From || was.values[kind.Pool].ID() != one.Lay:
			return poolMoved
		case unseen[was.id]:
			return approverUnseen
		}
		return nil
	}
	return m, m.run(ctx, ids)
}

// nothing says why nothing at all was done of what was approved; empty when something was.
func (m *poolingMany) nothing(ids []policy.ID) string {
	if len(m.done) > 0 {
		return ""
	}
	why := map[string]bool{}
	for _, id := range ids {
		void := voidOf(m.refused[id])
		if m.refused[id] == approverUnseen {
			void = voidGiver
		}
		why[void] = true
	}
	if len(why) > 1 {
		return voidInvalid
	}
	return keysOf(why)[0]
}

func (v *view) pooledFields(kind policy.Kind) []string {
	if described := v.catalog.Kind(kind); described != nil {
		return []string{described.Owner, described.Pool}
	}
	return nil
}

// seesPooled refuses who does not see in whose hands, or which pool, the record is; of many, who sees of none.
func seesPooled(ctx context.Context, t *tx, v *view, r *request) error {
	if r.many() {
		return seesMany(ctx, t, v, r)
	}
	seen, err := t.seesOf(ctx, v, r.kind, v.pooledFields(r.kind), []policy.ID{r.record})
	if err == nil && !seen[r.record] {
		err = requestUnseen
	}
	return err
}

// named is what the audit keeps of an outcome: of many how many, since each has its own entry.
func (o *Outcome) named() any {
	if o.Came == nil {
		return o
	}
	why := map[string]int{}
	for _, row := range o.Came.Left {
		why[row.Code]++
	}
	return map[string]any{"giver": o.Giver, "void": o.Void, "done": o.Came.Done, "left": why}
}

// noticeLeft is of how many records a notice says by name that they were left.
const noticeLeft = 5

// tellingEnd is what a notice of the end of a request holds: of many records how many were left, and why, and
// the first of them, which are named to its reader through their gate.
func (r *request) tellingEnd() map[string]any {
	out := r.telling("state", string(r.State))
	if r.outcome == nil || r.outcome.Came == nil {
		return out
	}
	came, ids := r.outcome.Came, []policy.ID{}
	for _, row := range came.Left[:min(len(came.Left), noticeLeft)] {
		ids = append(ids, row.ID)
	}
	out["action"], out["done"], out["left"], out["records"] = string(r.ask.Pool.Action), came.Done, len(came.Left), ids
	return out
}

// AskedPool is what a request would do with records of the pools. Of many its reader is shown those that they
// see, and what they approve is not done to others.
type AskedPool struct {
	Action policy.Action `json:"action"`
	To     *Name         `json:"to,omitempty"`   // whom they are assigned to
	Into   *Name         `json:"into,omitempty"` // the pool that all are released into
	Reason string        `json:"reason,omitempty"`
	Many   *AskedPooled  `json:"many,omitempty"`
}

// AskedPooled are the records of a request for many.
type AskedPooled struct {
	Count  int    `json:"count"`  // records that the reader sees
	Sample []Link `json:"sample"` // the first of them, up to 200; RequestRecords has the rest
	// Left is, for who asked, what was asked beside them and needs no approval, or could not be done with it
	// either, and Came what came of it: to others of the records that they see.
	Left []PooledRow `json:"left,omitempty"`
	Came *PoolCame   `json:"came,omitempty"`
}

// showPool shows what is asked through the reader's own gate. In a list of requests nothing is read of the
// records.
func (t *rtx) showPool(ctx context.Context, v *view, r *request, names map[policy.ID]string, q *Request, whole bool) error {
	a := r.ask.Pool
	q.Pool = &AskedPool{Action: a.Action, Reason: a.Reason}
	switch a.Action {
	case policy.Assign:
		q.Pool.To = &Name{ID: a.Person, Name: names[a.Person]}
	case policy.Release:
		if p := v.pool(a.Pool); p != nil { // which pools there are is no secret
			q.Pool.Into = &Name{ID: p.ID, Name: p.Name}
		}
	}
	if !r.many() {
		return nil
	}
	out := &AskedPooled{Sample: []Link{}}
	if q.Pool.Many = out; !whole {
		return nil
	}
	seen, err := t.manySeen(ctx, v, r, 0, 0)
	if err != nil {
		return err
	}
	out.Count = len(seen)
	if out.Sample, err = t.massLinks(ctx, v, r, seen[:min(len(seen), massShown)]); err != nil {
		return err
	}
	asker := v.bound.Subject().Person == r.Asker
	if asker {
		if out.Left, err = t.nameRows(ctx, v, r.kind, r.ask.Left); err != nil {
			return err
		}
	}
	if r.outcome == nil || r.outcome.Came == nil {
		return nil
	}
	came := *r.outcome.Came
	if !asker { // nothing, not even a number, of what they do not see
		came.Left = slices.DeleteFunc(slices.Clone(came.Left), func(row PooledRow) bool { return !slices.Contains(seen, row.ID) })
		came.Done = len(seen) - len(came.Left)
	}
	came.Left, err = t.nameRows(ctx, v, r.kind, came.Left)
	out.Came = &came
	return err
}

// nameRows are rows with the titles that their reader sees by now.
func (t *rtx) nameRows(ctx context.Context, v *view, kind policy.Kind, rows []PooledRow) ([]PooledRow, error) {
	ids := make([]policy.ID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	titles, err := t.titles(ctx, v, kind, ids)
	rows = slices.Clone(rows)
	for i := range rows {
		rows[i].Title = titles[rows[i].ID]
	}
	return rows, err
}
