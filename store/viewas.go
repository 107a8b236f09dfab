package store

import (
	"context"
	"slices"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// errViewAs is the answer to everything but the few reads that can be looked at as somebody else.
var errViewAs = fault.New(fault.Denied, "view_as", "this cannot be done while looking at the data as somebody else")

// covered stands in place of a value, or of its preview, that the person would see and who looks
// as them may not.
const covered = "••••"

// ViewAs returns the Session as it looks to another person: their kinds, rows, buttons and levels,
// never a right of theirs. Me, Kinds, List, Get and Explain answer in it, everything else is Denied
// (view_as). It needs the right policy or audit and a sign-in with a password. A value that the
// actor may not read on the record themselves stays covered, and what would tell of it in another
// way (filters, searches, sums, sorting) is refused. Every read stands in the audit log as the
// actor's, on behalf of the person.
func (s *Session) ViewAs(person policy.ID) *Session {
	actor := s.actor
	actor.as = person
	return &Session{db: s.db, actor: actor}
}

// lookAs is look for the few reads that can be looked at as somebody else.
func (db *DB) lookAs(ctx context.Context, actor Actor, read func(*view) error) error {
	if actor.as == 0 {
		return db.look(ctx, actor, read)
	}
	if err := actor.present(); err != nil {
		return err
	}
	err := db.seen(ctx, actor, func(v *view) error {
		if err := db.through(v).mayViewAs(ctx, v, actor); err != nil {
			return err
		}
		return read(v)
	})
	if fault.Is(err, fault.Denied) {
		_ = db.auditRead(ctx, actor, audit.Entry{Action: audit.Refused, Kind: records.System, Detail: map[string]any{"operation": "view_as", "code": fault.From(err).Code}})
	}
	return err
}

// lookNowAs is lookNow for the same reads.
func (db *DB) lookNowAs(ctx context.Context, actor Actor, read func(*view) error) error {
	return db.lookAs(ctx, actor, func(v *view) error { return db.current(ctx, v, read) })
}

func (t *rtx) mayViewAs(ctx context.Context, v *view, actor Actor) error {
	if actor.Session == 0 {
		return errViewAs // a token is no place to look around
	}
	may := func(right policy.Action) bool {
		return v.viewer.Decide(&policy.Row{Kind: records.System}, right).Allowed
	}
	if !may("policy") && !may("audit") {
		return noRight.With("action", "policy")
	}
	return t.checkPeople(ctx, v, "View-As", actor.as)
}

// eyes is the view of who looks, when they look as somebody else.
func (v *view) eyes() *view {
	return &view{state: v.state, bound: v.viewer, now: v.now, snapshot: v.snapshot}
}

// open reports whether who looks as somebody else may themselves read every record of the kind and
// every field of it: then no question about it tells them anything new.
func (v *view) open(kind policy.Kind) bool {
	r := v.viewer.Reduce(policy.Read, kind)
	return r.All() && !slices.ContainsFunc(r.Branches[0].Levels, func(l policy.Level) bool { return l != policy.Plain })
}

// checkViewAs refuses questions whose answers tell of values: they would be answered by what the
// person may read.
func (v *view) checkViewAs(q ListQuery) error {
	if v.viewer == nil || v.open(q.Kind) {
		return nil
	}
	for at, asked := range map[string]bool{"filter": q.Filter != "", "q": q.Search != "", "sort": q.Sort != "", "sum": len(q.Sums) > 0} {
		if asked {
			return errViewAs.WithAt(at)
		}
	}
	return nil
}

// blindSort is the order of a list that somebody looks at as another person: by id, since the order
// by anything else, and the cursor that carries it, tells values.
func (l *listing) blindSort() bool { return l.v.viewer != nil && !l.v.open(l.kind.Name) }

// cover takes out of the items what who looks may not read on the record themselves.
func (t *rtx) cover(ctx context.Context, v *view, kind *records.Kind, items []Item) error {
	if v.viewer == nil || len(items) == 0 {
		return nil
	}
	eyes := v.eyes()
	ids := make([]policy.ID, len(items))
	for i := range items {
		ids[i] = items[i].ID
	}
	own, err := t.everything(ctx, eyes, kind, ids)
	if err != nil {
		return err
	}
	v.named = nil
	for i := range items {
		coverItem(kind, &items[i], own[items[i].ID])
		for name, link := range items[i].Refs {
			if to := kind.Field(name).Ref; link.Title != "" && v.catalog.Kind(to) != nil && to != records.RefPerson {
				v.named = append(v.named, mention{to, link.ID})
			}
		}
	}
	return nil
}

// everything gives, of the ids, the records that the view shows, with all that it shows of them.
func (t *rtx) everything(ctx context.Context, v *view, kind *records.Kind, ids []policy.ID) (map[policy.ID]*Item, error) {
	s := v.shape(kind, nil)
	s.also = nil
	out := map[policy.ID]*Item{}
	if s.read.None() {
		return out, nil
	}
	q := s.list(len(ids))
	q.IDs = ids
	rows, err := t.fetch(ctx, q)
	if err != nil {
		return nil, err
	}
	items := make([]Item, len(rows))
	for i, row := range rows {
		items[i] = s.item(row)
		out[row.id] = &items[i]
	}
	return out, t.link(ctx, v, kind, items)
}

// coverItem leaves of an item what stands in own too, what its reader sees of the same record; nil
// when that is nothing.
func coverItem(kind *records.Kind, it, own *Item) {
	if own == nil {
		own = &Item{}
		it.Version = 0 // how often it was changed is told of what one may read
	}
	cover := func(name string) {
		it.Masked[name] = covered
		it.Covered = append(it.Covered, name)
		delete(it.Fields, name)
		delete(it.Refs, name)
		delete(it.plain, name)
	}
	for name := range it.Masked {
		_, plain := own.Fields[name]
		if preview, masked := own.Masked[name]; !plain && !masked {
			cover(name)
		} else if masked && own.masks[name] < it.masks[name] {
			it.Masked[name] = preview
		}
	}
	for name := range it.Fields {
		if _, plain := own.Fields[name]; !plain {
			cover(name)
		} else if link, ok := it.Refs[name]; ok && own.Refs[name].Title == "" {
			it.Refs[name] = Link{ID: link.ID}
		}
	}
	slices.Sort(it.Covered)
	_, plain := own.Fields[kind.Title]
	_, masked := own.Masked[kind.Title]
	switch {
	case it.Title == "" || plain:
	case masked:
		it.Title = own.Title
	default:
		it.Title = covered
	}
}

// explainAs explains for the person as whom the actor looks. Who has the right to look may ask
// about anybody anyway.
func (s *Session) explainAs(ctx context.Context, q ExplainQuery) (*Explanation, error) {
	err := s.db.lookNowAs(ctx, s.actor, func(*view) error { return nil })
	if err != nil {
		return nil, err
	}
	own := s.actor
	own.as = 0
	if q.Person == 0 {
		q.Person = s.actor.as
	}
	return (&Session{db: s.db, actor: own}).Explain(ctx, q)
}
