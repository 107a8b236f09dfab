package store

import (
	"context"
	"errors"
	"slices"
	"time"
	"unicode/utf8"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// Transfer gives a record another owner, and with it those of its children that shall go along.
type Transfer struct {
	To       policy.ID `json:"to"`
	Children []string  `json:"children,omitempty"` // of TransferParts
	Note     string    `json:"note,omitempty"`     // which the new owner finds on the timelines
	// KeepAccess is for how many days the old owner stays on as a collaborator; 0: not at all.
	KeepAccess int `json:"keep_access,omitempty"`
}

// TransferParts are the relations whose records can go with a record that gets another owner.
var TransferParts = []string{"contacts", "opportunities", "tickets", "tasks"}

// TransferPart says of the children of one relation, among those that the actor sees, how many go
// along and why the others stay.
type TransferPart struct {
	Relation string        `json:"relation"`
	Kind     policy.Kind   `json:"kind"`
	Label    records.Label `json:"label"`
	Will     int           `json:"will"`
	Stay     []MassSkip    `json:"stay"`
}

// TransferPlan says whether the actor may transfer a record, and with which children.
type TransferPlan struct {
	May   bool           `json:"may"`
	Why   *MassSkip      `json:"why,omitempty"` // when they may not
	Owner *Name          `json:"owner,omitempty"`
	Unit  string         `json:"unit,omitempty"` // to which the records come
	Parts []TransferPart `json:"parts"`
	// Ask: the actor may ask for it, with the parts that would go along.
	Ask bool `json:"ask,omitempty"`
}

// Transferred is a record that has another owner, with what went along.
type Transferred struct {
	Item  Item           `json:"item"`
	Parts []TransferPart `json:"parts"`
}

const (
	noteMax       = 1000
	keepAccessMax = 90    // days
	childrenMost  = 2_000 // of one relation, of one record
)

var (
	personGone   = fault.New(fault.Invalid, "person_gone", "the person has left or cannot work here any more")
	notTheirs    = fault.New(fault.Conflict, "other_owner", "somebody else is the owner of it")
	childrenMany = fault.New(fault.Conflict, "children_many", "more records hang on it than can go along at once").With("max", childrenMost)
)

func (x *Transfer) check() error {
	switch {
	case x.To <= 0:
		return fault.New(fault.Invalid, "required", "is required").WithAt("to")
	case x.KeepAccess < 0 || x.KeepAccess > keepAccessMax:
		return fault.Newf(fault.Invalid, "keep_access", "a number of days from 0 to %d", keepAccessMax).With("max", keepAccessMax).WithAt("keep_access")
	}
	return checkHandover(x.Children, x.Note)
}

func checkHandover(children []string, note string) error {
	for _, part := range children {
		if !slices.Contains(TransferParts, part) {
			return fault.New(fault.Invalid, "transfer_part", "these do not go along with a record").WithAt("children")
		}
	}
	if utf8.RuneCountInString(note) > noteMax {
		return fault.Newf(fault.Invalid, "too_long", "has more than %d characters", noteMax).With("max", noteMax).WithAt("note")
	}
	return nil
}

// Transfer gives a record another owner in the version that was seen, with children of the old
// owner's: all in one transaction. The records come to the new owner's home unit, the old owner's
// access ends with the commit unless it is kept for some days, and both are told. It asks of every
// record what Update asks of the field owner. Children that the actor may not transfer, or whose
// owner is somebody else, stay. Faults: NotFound, Stale, Denied, Invalid, Conflict.
func (s *Session) Transfer(ctx context.Context, kind policy.Kind, target Target, x Transfer) (*Transferred, error) {
	if err := x.check(); err != nil {
		return nil, err
	}
	out := &Transferred{}
	err := s.db.write(ctx, s.actor, op{name: "transfer"}, func(t *tx) error {
		v, described, err := t.transferable(ctx, kind)
		if err != nil {
			return err
		}
		if out.Parts, err = t.transfer(ctx, v, described, target, &x, nil); err != nil {
			return err
		}
		item, err := t.echo(ctx, v, kind, target.ID)
		if err == nil {
			out.Item = *item
		}
		return err
	})
	if err != nil {
		return nil, s.refused(ctx, kind, target.ID, policy.Edit, err)
	}
	return out, nil
}

// PlanTransfer says what Transfer would do, without doing it. Without a person it says what would go
// along to anybody. Who may not transfer the record is told so; of children out of their sight
// nothing is said. Faults: NotFound, Invalid.
func (s *Session) PlanTransfer(ctx context.Context, kind policy.Kind, id policy.ID, x Transfer) (*TransferPlan, error) {
	if err := checkHandover(x.Children, ""); err != nil {
		return nil, err
	}
	x.Children, x.Note, x.KeepAccess = TransferParts, "", 0
	var plan *TransferPlan
	err := s.db.write(ctx, s.actor, op{name: "rehearse"}, func(t *tx) error {
		v, described, err := t.transferable(ctx, kind)
		if err != nil {
			return err
		}
		plan = &TransferPlan{Parts: []TransferPart{}}
		row, err := t.one(ctx, v.shape(described, nil), id)
		if err != nil {
			return err
		}
		plan.Owner, err = t.plainOwner(ctx, v, described, row)
		if err != nil {
			return err
		}
		if x.To != 0 {
			home, err := t.homeUnit(ctx, x.To)
			if err != nil {
				return err
			}
			if u, ok := v.tree.Unit(home); ok {
				plan.Unit = u.Name
			}
		}
		parts, err := t.transfer(ctx, v, described, Target{ID: id, Version: row.version}, &x, nil)
		switch f := fault.From(err); {
		case err == nil:
			plan.May, plan.Parts = true, parts
		case f.Kind == fault.Denied || f.Kind == fault.Conflict || f.Kind == fault.Invalid:
			plan.Why = &MassSkip{Code: f.Code, Field: f.At, Params: f.Params, Count: 1}
			if f.Kind == fault.Denied && plan.Owner != nil {
				plan.Ask = true
				if plan.Parts, err = t.askable(ctx, v, described, id, plan.Owner.ID); err != nil {
					return err
				}
			}
		default:
			return err
		}
		return rehearsed
	})
	if !errors.Is(err, rehearsed) {
		return nil, s.refused(ctx, kind, id, policy.Edit, err)
	}
	entry := audit.Entry{Action: audit.Action(policy.Read), Kind: kind, Record: id, Detail: map[string]any{"transfer": "looked"}}
	for _, part := range plan.Parts {
		for _, skip := range part.Stay {
			for _, link := range skip.Sample {
				entry.Records = append(entry.Records, link.ID)
			}
		}
	}
	return plan, s.db.auditRead(ctx, s.actor, entry)
}

func (t *tx) transferable(ctx context.Context, kind policy.Kind) (*view, *records.Kind, error) {
	v, err := t.view(ctx)
	if err != nil {
		return nil, nil, err
	}
	described := v.catalog.Kind(kind)
	if described == nil || described.Owner != "owner" {
		return nil, nil, noRecord
	}
	return v, described, nil
}

// plainOwner is whose a record is, for who sees that.
func (t *rtx) plainOwner(ctx context.Context, v *view, kind *records.Kind, row *fetched) (*Name, error) {
	owner := row.values[kind.Owner]
	f := v.catalog.Schema().Kind(kind.Name).Field(kind.Owner)
	if owner.Missing() || v.bound.Reduce(policy.Read, kind.Name).Outcome(row.answer).Level(f) != policy.Plain {
		return nil, nil
	}
	names := map[policy.ID]string{}
	err := t.directoryNames(ctx, v.tenant, []policy.ID{owner.ID()}, names)
	return &Name{ID: owner.ID(), Name: names[owner.ID()]}, err
}

// checkHeirs refuses people who can look after nothing: those who are not there, or have left.
func (t *rtx) checkHeirs(ctx context.Context, v *view, at string, people ...policy.ID) error {
	if err := t.checkPeople(ctx, v, at, people...); err != nil {
		return err
	}
	here, err := t.working(ctx, v.tenant, people)
	if err != nil {
		return err
	}
	for _, person := range people {
		if !slices.Contains(here, person) {
			return personGone.WithAt(at)
		}
	}
	return nil
}

// working leaves of the people those who work here, in their order.
func (t *rtx) working(ctx context.Context, tenant policy.ID, people []policy.ID) ([]policy.ID, error) {
	here, err := t.eachID(ctx, "SELECT id FROM person WHERE tenant_id = $1 AND active AND stage <> 'left' AND id IN "+t.listed(2), tenant, idList(people))
	return slices.DeleteFunc(slices.Clone(people), func(id policy.ID) bool { return !slices.Contains(here, id) }), err
}

// transfer is the whole of it, in a transaction. A transfer to nobody is asked about as one to
// somebody and must be undone. With only, no other children go along.
func (t *tx) transfer(ctx context.Context, v *view, kind *records.Kind, target Target, x *Transfer, only map[policy.Kind][]policy.ID) ([]TransferPart, error) {
	if x.To != 0 {
		if err := t.checkHeirs(ctx, v, "to", x.To); err != nil {
			return nil, err
		}
	}
	if x.KeepAccess > 0 {
		if _, err := t.leads(ctx, v, kind.Name, target.ID); err != nil {
			return nil, err
		}
	}
	id, err := t.newID(ctx)
	if err != nil {
		return nil, err
	}
	g, err := t.giver(ctx, v, x.To, id)
	if err != nil {
		return nil, err
	}
	g.only = only
	done, _, err := g.give(ctx, kind, []Target{target}, true)
	if err != nil {
		return nil, err
	}
	old := done[0].before[kind.Owner].ID()
	if old == 0 {
		return nil, noOwnerToPut // what lies in a pool is assigned
	}
	parts, taken, err := g.children(ctx, kind, map[policy.ID]policy.ID{target.ID: old}, x.Children)
	if err != nil || x.To == 0 {
		return parts, err
	}
	taken[kind.Name] = append(taken[kind.Name], target.ID)
	if err := t.endAccess(ctx, kind, target.ID, old, x); err != nil {
		return nil, err
	}
	along := 0
	for _, ids := range taken {
		along += len(ids)
	}
	if err := t.keepHandover(ctx, id, old, x.To, x.Note, "", taken); err != nil {
		return nil, err
	}
	if err := t.notify(ctx, x.To, NoticeTransferred, kind.Name, target.ID, map[string]any{"more": along - 1}); err != nil {
		return nil, err
	}
	// What they may not read any more is not named to them.
	return parts, t.notify(ctx, old, NoticeHandedAway, "", id, map[string]any{"of": string(kind.Name), "n": 1})
}

// endAccess takes the old owner, and the new one, off the team of a record, or keeps the old one
// there for some days.
func (t *tx) endAccess(ctx context.Context, kind *records.Kind, id, old policy.ID, x *Transfer) error {
	if _, err := t.exec(ctx, "DELETE FROM team WHERE tenant_id = $1 AND kind = $2 AND record_id = $3 AND person_id IN ($4, $5)", t.actor.Tenant, string(kind.Name), id, old, x.To); err != nil {
		return err
	}
	if x.KeepAccess == 0 {
		return nil
	}
	until := t.now.Add(time.Duration(x.KeepAccess) * 24 * time.Hour)
	if _, err := t.exec(ctx, `INSERT INTO team (tenant_id, kind, record_id, person_id, from_at, until_at, sort_at) VALUES ($1, $2, $3, $4, $5, $6, $5)`,
		t.actor.Tenant, string(kind.Name), id, old, t.nowMicros(), until.UnixMicro()); err != nil {
		return err
	}
	return t.auditTeam(ctx, kind.Name, id, "joined", old)
}

// giver gives records to one person, through the gate.
type giver struct {
	t    *tx
	v    *view
	to   policy.ID
	home policy.ID
	id   policy.ID                   // of the handover
	only map[policy.Kind][]policy.ID // the children that may go along; nil: all
}

// somebody stands for who is not chosen yet: nobody's id.
const somebody = policy.ID(1<<53 - 2)

func (t *tx) giver(ctx context.Context, v *view, to, id policy.ID) (*giver, error) {
	home, err := t.homeUnit(ctx, to)
	if to == 0 {
		to = somebody
	}
	return &giver{t: t, v: v, to: to, home: home, id: id}, err
}

// give asks of each record what an edit of its owner asks, and writes it; its unit follows.
func (g *giver) give(ctx context.Context, kind *records.Kind, targets []Target, strict bool) ([]massRow, skipGroups, error) {
	w := &massWriter{v: g.v, kind: kind, schema: g.v.catalog.Schema().Kind(kind.Name), strict: strict, about: map[string]any{"handover": g.id}}
	w.given = func(*fetched) (map[string]policy.Value, error) {
		return map[string]policy.Value{kind.Owner: policy.RefOf(g.to)}, nil
	}
	w.follows = g.unit
	if g.to == somebody { // nobody is chosen, so it cannot be said how it would stand
		rows, skipped, err := g.t.massGate(ctx, w, targets, false)
		if err != nil {
			return nil, nil, err
		}
		for i := range rows {
			rows[i].before = rows[i].row.values
		}
		return rows, skipped, nil
	}
	return g.t.massWrite(ctx, w, targets, false)
}

func (g *giver) unit(row *fetched) map[string]policy.Value {
	if unit := row.values["unit"]; g.home == 0 || !unit.Missing() && unit.ID() == g.home {
		return nil
	}
	return map[string]policy.Value{"unit": policy.RefOf(g.home)}
}

// children gives those children of records that go along: of the relations named, those that the
// actor sees and that were the old owner's. The old owners stand by record.
func (g *giver) children(ctx context.Context, kind *records.Kind, parents map[policy.ID]policy.ID, names []string) ([]TransferPart, map[policy.Kind][]policy.ID, error) {
	parts, taken := []TransferPart{}, map[policy.Kind][]policy.ID{}
	for _, name := range TransferParts { // in one order, whichever way they are named
		r, ok := kind.Relation(name)
		if !ok || !r.Many || !slices.Contains(names, name) {
			continue
		}
		child := g.v.catalog.Kind(r.Kind)
		part := TransferPart{Relation: name, Kind: r.Kind, Label: child.Plural}
		var skipped skipGroups
		for _, chunk := range slices.Collect(slices.Chunk(idsOf(parents), 50)) {
			targets, others, err := g.ofOwners(ctx, child, r.Field, chunk, parents)
			if err != nil {
				return nil, nil, err
			}
			for _, link := range others {
				skipped.add(link, notTheirs, false)
			}
			if g.only != nil {
				targets = slices.DeleteFunc(targets, func(x Target) bool { return !slices.Contains(g.only[child.Name], x.ID) })
			}
			done, left, err := g.give(ctx, child, targets, false)
			if err != nil {
				return nil, nil, err
			}
			for _, r := range done {
				taken[child.Name] = append(taken[child.Name], r.ID)
			}
			part.Will += len(done)
			skipped = append(skipped, left...)
		}
		part.Stay = append([]MassSkip{}, skipped...)
		parts = append(parts, part)
	}
	return parts, taken, nil
}

func idsOf(m map[policy.ID]policy.ID) []policy.ID {
	ids := make([]policy.ID, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// ofOwners lists open children as the actor could, and parts those of the old owners from the rest.
func (g *giver) ofOwners(ctx context.Context, child *records.Kind, field string, parents []policy.ID, owners map[policy.ID]policy.ID) (targets []Target, others []Link, err error) {
	known := g.v.knownFields(child)
	if g.v.bound.Reduce(policy.Read, child.Name).None() || known[field] == nil || known[child.Owner] == nil {
		return nil, nil, nil
	}
	filter := "r." + field + " in [" + quotedIDs(parents) + "]"
	if child.Name != "contact" && known["stage"] != nil { // a contact is looked after whatever its stage
		filter += " && !(r.stage in ['" + joinWords(child.Ended()) + "'])"
	}
	l, err := g.v.prepare(ListQuery{Kind: child.Name, Filter: filter, Fields: []string{field, child.Owner}})
	if err != nil {
		return nil, nil, err
	}
	l.limit, l.also = childrenMost, nil
	rows, more, err := g.t.rows(ctx, l)
	if err != nil {
		return nil, nil, err
	}
	if more != "" {
		return nil, nil, childrenMany
	}
	owner := l.schema.Field(child.Owner)
	for _, row := range rows {
		read := l.read.Outcome(row.answer)
		old := owners[row.values[field].ID()]
		if now := row.values[child.Owner]; read.Level(owner) == policy.Plain && !now.Missing() && now.ID() == old {
			targets = append(targets, Target{ID: row.id})
		} else {
			others = append(others, Link{ID: row.id, Title: l.title(row, read)})
		}
	}
	slices.SortFunc(targets, func(a, b Target) int { return int(a.ID - b.ID) })
	return targets, others, nil
}
