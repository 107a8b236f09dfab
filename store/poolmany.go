package store

import (
	"context"
	"maps"
	"slices"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
)

// Many records of the pools are claimed, assigned or released by one request, which is one transaction:
// what is told of each of them is so with its commit, and nothing of it when it fails. Each is asked
// about as if it were the only one, with few statements for all of them, and each has its audit entry.

// PoolMany chooses records of the pools, by id in the order in which they are wanted or as a list would
// show them, and says what is done with each.
type PoolMany struct {
	Action policy.Action
	IDs    []policy.ID
	Match  *PoolMatch
	Person policy.ID // whom they are assigned to
	Into   policy.ID // the pool they are released into; 0: of each the one that comes to it
	Reason string    // of a release
}

// PoolMatch chooses the first records that a list would show, in its order.
type PoolMatch struct {
	MassMatch
	Sort string `json:"sort,omitempty"`
}

// PooledMany is what became of the records.
type PooledMany struct {
	Done int         `json:"done"`
	Rows []PooledRow `json:"rows"`
	More bool        `json:"more,omitempty"` // the list has more, which were not tried
}

// PooledRow is what became of one record: done, or refused with the code of a fault.
type PooledRow struct {
	ID     policy.ID      `json:"id"`
	Title  string         `json:"title,omitempty"` // as the list shows it
	Done   bool           `json:"done"`
	Code   string         `json:"code,omitempty"`
	Params map[string]any `json:"params,omitempty"`
}

// poolMost is how many records one request takes up.
const poolMost = 500

var (
	poolWhich = fault.New(fault.Invalid, "pool_which", "a request names records, or what a list would show: one of these").WithAt("ids")
	poolMuch  = fault.New(fault.Invalid, "pool_many", "a request takes up at most 500 records").WithAt("ids").With("max", poolMost)
	poolWhat  = fault.New(fault.Invalid, "action", "records are claimed, assigned or released").WithAt("action")
)

// PoolMany claims, assigns or releases many records at once: of a list those that it shows first, and at
// most 500. The limits of a pool hold in the order of the records. What cannot be done with a record is
// told in its row, and the others are done all the same. Faults: NotFound for a kind of which nothing
// lies in pools; Invalid.
func (s *Session) PoolMany(ctx context.Context, kind policy.Kind, ask PoolMany) (*PooledMany, error) {
	a := poolAct{action: ask.Action, person: ask.Person, into: ask.Into, reason: ask.Reason, many: true}
	if !slices.Contains(records.PoolActions, a.action) {
		return nil, poolWhat
	}
	if err := a.check(); err != nil {
		return nil, err
	}
	ids, more, err := s.pooledIDs(ctx, kind, ask)
	if err != nil {
		return nil, err
	}
	var out *PooledMany
	err = s.db.write(ctx, s.actor, op{name: string(a.action)}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		described := v.catalog.Kind(kind)
		if described == nil || !described.Claimed {
			return noKind
		}
		out = &PooledMany{Rows: []PooledRow{}, More: more}
		if len(ids) == 0 { // a list that shows nothing was looked at all the same
			return t.audit(ctx, audit.Entry{Action: audit.List, Kind: kind})
		}
		m := t.manyOf(v, described, a)
		if err := m.run(ctx, ids); err != nil {
			return err
		}
		out.Rows = m.rows(ids)
		out.Done = len(m.done)
		return nil
	})
	if err != nil {
		return nil, s.refused(ctx, kind, 0, a.action, err)
	}
	return out, nil
}

// pooledIDs are the records that a request takes up, each once.
func (s *Session) pooledIDs(ctx context.Context, kind policy.Kind, ask PoolMany) (ids []policy.ID, more bool, err error) {
	switch {
	case (len(ask.IDs) > 0) == (ask.Match != nil):
		return nil, false, poolWhich
	case len(ask.IDs) > poolMost:
		return nil, false, poolMuch
	}
	add := func(id policy.ID) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if ask.Match == nil {
		for _, id := range ask.IDs {
			add(id)
		}
		return ids, false, nil
	}
	q := ListQuery{Kind: kind, Filter: ask.Match.Filter, Search: ask.Match.Search, Sort: ask.Match.Sort, Fields: []string{}, Limit: maxLimit}
	for more = true; more && len(ids) < poolMost; {
		q.Limit = min(maxLimit, poolMost-len(ids))
		err := s.db.look(ctx, s.actor, func(v *view) error {
			l, err := v.prepare(q)
			if err != nil {
				return err
			}
			l.also = nil
			rows, next, err := s.db.reading(l).rows(ctx, l)
			if err != nil {
				return err
			}
			for _, row := range rows {
				add(row.id)
			}
			q.Cursor, more = next, next != ""
			return nil
		})
		if err != nil {
			return nil, false, err
		}
	}
	return ids, more, nil
}

// poolingMany does one thing with many records in a transaction.
type poolingMany struct {
	t      *tx
	v      *view
	kind   *records.Kind
	schema *policy.KindSchema
	act    poolAct

	found   map[policy.ID]*fetched // that the actor sees
	titles  map[policy.ID]string
	before  map[policy.ID]wholeRow
	refused map[policy.ID]*fault.Error
	done    []policy.ID
	rules   *policy.Reduction // of what is done
	read    *policy.Reduction

	// Of what was asked for: why a record is left that stands as it does, and into which pool each goes.
	also func(was wholeRow) *fault.Error
	into map[policy.ID]policy.ID
}

// manyOf does one thing with many records as whom the view is of.
func (t *tx) manyOf(v *view, kind *records.Kind, a poolAct) *poolingMany {
	return &poolingMany{t: t, v: v, kind: kind, schema: v.catalog.Schema().Kind(kind.Name), act: a, refused: map[policy.ID]*fault.Error{}}
}

func (m *poolingMany) receiver() policy.ID {
	if m.act.action == policy.Claim {
		return m.v.bound.Subject().Person
	}
	return m.act.person
}

func (m *poolingMany) run(ctx context.Context, ids []policy.ID) error {
	if err := m.do(ctx, ids); err != nil {
		return err
	}
	return m.audit(ctx, ids)
}

// do does it, without a word to anybody.
func (m *poolingMany) do(ctx context.Context, ids []policy.ID) error {
	t, receiver := m.t, m.receiver()
	if m.act.action == policy.Assign {
		if err := t.checkPeople(ctx, m.v, "person", receiver); err != nil {
			return err
		}
	}
	// First the person and then the records, in one order, as a single claim does.
	if err := t.lockRecord(ctx, m.v.catalog.Kind(records.RefPerson), receiver, false); err != nil {
		return err
	}
	if err := t.lockMany(ctx, m.kind, ids, false); err != nil {
		return err
	}
	if err := m.look(ctx, ids); err != nil {
		return err
	}
	if err := m.gate(ids); err != nil {
		return err
	}
	for {
		if _, err := t.exec(ctx, "SAVEPOINT pooling"); err != nil {
			return err
		}
		if err := m.doAll(ctx, ids, receiver); err != nil {
			return err
		}
		beyond, err := m.beyond(ctx)
		if err != nil {
			return err
		}
		if len(beyond) == 0 {
			break
		}
		// What would be out of the actor's reach must not have counted against a limit: again without it.
		if _, err := t.exec(ctx, "ROLLBACK TO SAVEPOINT pooling"); err != nil {
			return err
		}
		for id, f := range m.refused {
			if f.Kind == fault.Locked {
				delete(m.refused, id)
			}
		}
		for _, id := range beyond {
			m.refused[id] = fault.From(outOfReach)
		}
	}
	_, err := t.exec(ctx, "RELEASE SAVEPOINT pooling")
	return err
}

// look reads the records through the gate, and what they are.
func (m *poolingMany) look(ctx context.Context, ids []policy.ID) error {
	m.found, m.titles, m.before = map[policy.ID]*fetched{}, map[policy.ID]string{}, map[policy.ID]wholeRow{}
	s := m.v.shape(m.kind, []string{})
	m.read, m.rules = s.read, m.v.bound.Reduce(m.act.action, m.kind.Name)
	if !s.read.None() {
		q := s.list(len(ids))
		q.IDs, q.Plan = ids, sqlgen.Walk
		list, err := m.t.fetch(ctx, q)
		if err != nil {
			return err
		}
		for i := range list {
			m.found[list[i].id] = &list[i]
			m.titles[list[i].id] = s.title(list[i], s.read.Outcome(list[i].answer))
		}
	}
	whole, err := m.wholeOf(ctx, ids)
	m.before = whole
	return err
}

func (m *poolingMany) wholeOf(ctx context.Context, ids []policy.ID) (map[policy.ID]wholeRow, error) {
	list, err := m.t.wholeOf(ctx, m.v.tenant, m.schema, "id IN "+m.t.listed(2), idList(ids))
	out := make(map[policy.ID]wholeRow, len(list))
	for _, one := range list {
		out[one.id] = one
	}
	return out, err
}

// gate refuses what the rules do not allow. Where they would with the second factor, that is asked for
// before anything is done.
func (m *poolingMany) gate(ids []policy.ID) error {
	for _, id := range ids {
		row := m.found[id]
		if row == nil {
			m.refused[id] = fault.From(noRecord)
			continue
		}
		if m.also != nil {
			if m.refused[id] = m.also(m.before[id]); m.refused[id] != nil {
				continue
			}
			delete(m.refused, id)
		}
		if m.rules.Outcome(row.answer).Allowed {
			continue
		}
		if m.v.waitsForFactor(m.kind.Name, m.act.action, policy.Read) {
			return notAllowed
		}
		m.refused[id] = fault.From(m.v.barred(m.kind, row, m.act.action))
	}
	return nil
}

// doAll does it with one record after the other. What a person's limit of a pool stops is stopped for
// the others of that pool too.
func (m *poolingMany) doAll(ctx context.Context, ids []policy.ID, receiver policy.ID) error {
	m.done = nil
	full := map[policy.ID]*fault.Error{}
	for _, id := range ids {
		if m.refused[id] != nil {
			continue
		}
		was := m.before[id]
		pool := was.values[m.kind.Pool].ID()
		if limit := full[pool]; limit != nil && was.values[m.kind.Owner].Missing() {
			m.refused[id] = limit
			continue
		}
		act := m.act
		if into := m.into[id]; into != 0 {
			act.into = into
		}
		err := m.t.doPooled(ctx, m.v, m.kind, was, act, receiver)
		if err == nil {
			m.done = append(m.done, id)
			continue
		}
		f := fault.From(err)
		switch {
		case f.Kind == fault.Internal:
			return err // the database's own refusals too: they are retried by who runs the transaction
		case f.Kind == fault.Locked && f.Code != coolDown.Code:
			full[pool] = f
		}
		m.refused[id] = f
	}
	return nil
}

// beyond are those that would no longer be within the actor's reach. What is put back may be.
func (m *poolingMany) beyond(ctx context.Context) ([]policy.ID, error) {
	if m.act.action == policy.Release || len(m.done) == 0 {
		return nil, nil
	}
	rows := make([]massRow, len(m.done))
	for i, id := range m.done {
		rows[i].ID = id
	}
	outcomes, err := m.t.outcomes(ctx, m.v, m.v.bound.Reduce(policy.Read, m.kind.Name), rows)
	if err != nil {
		return nil, err
	}
	var beyond []policy.ID
	for _, id := range m.done {
		if !outcomes[id].Allowed {
			beyond = append(beyond, id)
		}
	}
	return beyond, nil
}

// audit keeps an entry of each record that something was done with or denied, as if it had been asked
// for alone, and one of those whose titles were told beside them.
func (m *poolingMany) audit(ctx context.Context, ids []policy.ID) error {
	after, err := m.wholeOf(ctx, m.done)
	if err != nil {
		return err
	}
	shut, err := m.keptOut(ctx, ids)
	if err != nil {
		return err
	}
	var entries []audit.Entry
	told := audit.Entry{Action: audit.List, Kind: m.kind.Name, Detail: map[string]any{"action": string(m.act.action)}}
	var why []int
	for _, id := range ids {
		f, row := m.refused[id], m.found[id]
		if f == nil {
			entry := pooledEntry(m.kind, m.schema, m.before[id], after[id], m.act)
			entry.Rules = m.v.ruleIDs(m.rules.Opened(row.answer))
			entries = append(entries, entry)
			continue
		}
		if row != nil {
			told.Records, why = append(told.Records, id), append(why, m.read.Opened(row.answer)...)
		}
		if isRefusal(f) {
			entries = append(entries, shut[id].into(audit.Entry{Action: audit.Refused, Kind: m.kind.Name, Record: id, Detail: map[string]any{"action": string(m.act.action), "code": f.Code}}))
		}
	}
	// Who asked reads of what was left, and by which titles, on the page of the request.
	if told.Rules = m.v.ruleIDs(why); len(told.Records) > 0 && m.also == nil {
		entries = append(entries, told)
	}
	if m.act.action == policy.Assign && len(m.done) > 0 {
		if err := m.tell(ctx, m.receiver()); err != nil {
			return err
		}
	}
	return m.t.auditAll(ctx, entries)
}

// keptOut asks of those that the rules keep from the actor why: of a page no row says which of the forbids it was.
func (m *poolingMany) keptOut(ctx context.Context, ids []policy.ID) (map[policy.ID]*whyNot, error) {
	out := map[policy.ID]*whyNot{}
	var unseen, barred []policy.ID
	for _, id := range ids {
		switch f := m.refused[id]; {
		case f == nil:
		case f.Code == noRecord.Code:
			unseen = append(unseen, id)
		case f.Code == notAllowed.Code, f.Code == needsApproval.Code:
			barred = append(barred, id)
		}
	}
	for r, of := range map[*policy.Reduction][]policy.ID{m.read: unseen, m.rules: barred} {
		if len(of) == 0 {
			continue
		}
		found, err := m.t.keptOut(ctx, m.v, r, of, "")
		if err != nil {
			return nil, err
		}
		maps.Copy(out, found)
	}
	return out, nil
}

// tell tells who is given the records: of one by its name, of several by their number.
func (m *poolingMany) tell(ctx context.Context, receiver policy.ID) error {
	if len(m.done) > 1 {
		return m.t.notify(ctx, receiver, NoticeHanded, "", receiver, map[string]any{"of": string(m.kind.Name), "n": len(m.done)})
	}
	was := m.before[m.done[0]]
	return m.t.notify(ctx, receiver, NoticeAssigned, m.kind.Name, was.id, inPool(was.values[m.kind.Pool].ID()))
}

func (m *poolingMany) rows(ids []policy.ID) []PooledRow {
	rows := make([]PooledRow, len(ids))
	for i, id := range ids {
		rows[i] = PooledRow{ID: id, Title: m.titles[id], Done: true}
		if f := m.refused[id]; f != nil {
			rows[i].Done, rows[i].Code, rows[i].Params = false, f.Code, f.Params
		}
	}
	return rows
}

// left are the rows of those that it was not done with, without their titles: what is kept names none.
func (m *poolingMany) left(ids []policy.ID) []PooledRow {
	left := slices.DeleteFunc(m.rows(ids), func(r PooledRow) bool { return r.Done })
	for i := range left {
		left[i].Title = ""
	}
	return left
}
