package store

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"guan/approvals"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// ChangeAsk asks for an edit that a rule holds for approval, of the record in the version that was seen.
type ChangeAsk struct {
	Kind    policy.Kind `json:"kind"`
	Record  policy.ID   `json:"record"`
	Version int64       `json:"version"`
	Fields  Fields      `json:"fields"`
}

// The reasons why nothing came of an approved request.
const (
	voidAsker   = "asker"   // who asked may not do it any more
	voidGiver   = "giver"   // nobody who approved can give it
	voidChanged = "changed" // the record was changed since it was asked
	voidInvalid = "invalid" // it cannot be done any more, as things are
	voidLimit   = "limit"   // a limit or a cool-down stands in its way
)

var (
	requestUnseen = said(fault.Denied, "request_unseen", "您看不到将被修改的内容,不能批准", "you may not see what would change, so it is not for you to approve")
	accountAsked  = fault.New(fault.Invalid, "bulk_account", "whether people can sign in is changed one by one").WithAt("change.fields")
)

// changeKind is done as who asked, by the rules with what waited for approval, when somebody has
// approved who sees everything that changes.
var changeKind = requestKind{
	typ:   ChangeRequest,
	label: records.Label{ZH: "修改申请", EN: "Edit"},
	chain: []approvals.Step{{By: []approvals.Source{{Type: approvals.Head}}, Hours: 24}},

	check: func(ctx context.Context, t *tx, v *view, r *request) error {
		a := r.ask.Change
		r.kind, r.record = known(a.Kind), a.Record
		described, row, err := t.ofRecord(ctx, v, a.Kind, a.Record)
		if err != nil {
			return err
		}
		if a.Kind == records.RefPerson && changesAccount(a.Fields) {
			return accountAsked
		}
		if a.Version != row.version {
			return staleVersion
		}
		values, err := v.knownCatalog().Kind(a.Kind).Parse(a.Fields)
		if err != nil {
			return err
		}
		target := Target{a.Record, a.Version}
		of, err := t.waits(ctx, v, func(v *view) error { _, err := t.edit(ctx, v, described, target, values); return err })
		if err != nil {
			return err
		}
		names := sorted(keysOf(values))
		by, err := t.duties(ctx, v, described, policy.Edit, names, a.Record)
		if err != nil {
			return err
		}
		err = t.rehearse(ctx, func() error {
			if _, err := t.edit(ctx, of, described, target, values); err != nil {
				return err
			}
			more, err := t.duties(ctx, v, described, policy.Edit, names, a.Record)
			by = append(by, more...)
			return err
		})
		if err != nil {
			return err
		}
		r.ask.By, r.ask.Steps = whence(t.actor, t.now), by
		r.ask.Before = Fields{}
		for _, name := range names {
			raw, err := json.Marshal(described.Field(name).Wire(row.values[name]))
			if err != nil {
				return err
			}
			r.ask.Before[name] = raw
		}
		r.ask.Seen = placeSeen(it(row, v, described), described)
		kept := *a
		kept.Fields, err = t.kept(ctx, described, a.Record, a.Fields)
		r.ask.Change = &kept
		return err
	},

	sees: seesChange,

	give: func(ctx context.Context, t *tx, giver *view, r *request) (func() (*Outcome, error), error) {
		if err := seesChange(ctx, t, giver, r); err != nil {
			return nil, err
		}
		return func() (*Outcome, error) {
			a, asker := r.ask.Change, t.askerOf(giver, r)
			out := &Outcome{Giver: giver.bound.Subject().Person}
			of := asker.view.lifted()
			if of == nil { // no rule waits for approval any more: what the asker may do, they may
				of = asker.view
			}
			described := of.catalog.Kind(a.Kind)
			values, err := of.knownCatalog().Kind(a.Kind).ParseKept(a.Fields)
			if err == nil {
				err = t.actAs(ctx, asker.actor, r, func() error {
					_, err := t.edit(ctx, of, described, Target{a.Record, a.Version}, values)
					return err
				})
			}
			if err != nil {
				return t.voided(err)
			}
			return out, nil
		}, nil
	},
}

// seesChange refuses who does not see all that would change.
func seesChange(ctx context.Context, t *tx, v *view, r *request) error {
	a := r.ask.Change
	described := v.catalog.Kind(a.Kind)
	if described == nil {
		return requestUnseen
	}
	s := v.shape(described, nil)
	row, err := t.one(ctx, s, a.Record)
	if fault.Is(err, fault.NotFound) {
		return requestUnseen
	}
	if err != nil {
		return err
	}
	read := s.read.Outcome(row.answer)
	for name := range a.Fields {
		if read.Level(s.schema.Field(name)) != policy.Plain {
			return requestUnseen
		}
	}
	return nil
}

// placeSeen reports whether its reader sees whose a record is, and so may be told who its heads are.
func placeSeen(it Item, kind *records.Kind) bool {
	_, unit := it.Fields["unit"]
	_, owner := it.Fields[kind.Owner]
	return unit && owner
}

// it is a row as the view may see it.
func it(row *fetched, v *view, kind *records.Kind) Item { return v.shape(kind, nil).item(*row) }

// askerNow is who asked, as they are now.
type askerNow struct {
	view  *view
	actor Actor
}

// whence keeps from where somebody asks, for work that follows.
func whence(a Actor, now time.Time) *orderActor {
	return &orderActor{Session: a.Session, Device: a.Device, Network: a.Network, Address: a.Address, RequestID: a.RequestID, Proved: a.hasProved(now, proofLasts)}
}

func (t *tx) askerOf(v *view, r *request) askerNow {
	actor := Actor{Tenant: v.tenant, Person: r.Asker, Channel: "web"}
	if by := r.ask.By; by != nil {
		actor.Session, actor.Device, actor.Network, actor.Address, actor.RequestID = by.Session, by.Device, by.Network, by.Address, t.actor.RequestID
	}
	return askerNow{v.state.view(actor, t.now), actor}
}

// actAs does what was approved as somebody, all of it or nothing, and names the request in every entry.
func (t *tx) actAs(ctx context.Context, actor Actor, r *request, do func() error) error {
	was := t.actor
	t.actor, t.request = actor, r.id
	defer func() { t.actor, t.request = was, 0 }()
	return t.db.fault(t.within(ctx, do))
}

// voided says why nothing comes of what was approved.
func (t *tx) voided(err error) (*Outcome, error) {
	f := fault.From(err)
	if f.Kind == fault.Internal {
		return nil, err
	}
	return &Outcome{Void: voidOf(f)}, nil
}

func voidOf(f *fault.Error) string {
	switch f.Kind {
	case fault.Denied, fault.NotFound:
		return voidAsker
	case fault.Stale:
		return voidChanged
	case fault.Locked:
		return voidLimit
	}
	return voidInvalid
}

// ChangedField is a field that a request would change, before and after, for who sees both.
type ChangedField struct {
	AskedField
	Before any  `json:"before,omitempty"`
	After  any  `json:"after,omitempty"`
	Seen   bool `json:"seen"` // false: the reader does not see the field plain
}

// AskedChange is what a request would change, as its reader may see it.
type AskedChange struct {
	Version int64 `json:"version"`
	// Since says that the record was changed after it was asked, so that nothing can come of it.
	Since  bool              `json:"since,omitempty"`
	Fields []ChangedField    `json:"fields"`
	Refs   map[string]string `json:"refs"` // titles of what references point at, by id
}

// showChange shows the change of a request through the reader's own gate.
func (t *rtx) showChange(ctx context.Context, v *view, r *request, q *Request) error {
	a := r.ask.Change
	out := &AskedChange{Version: a.Version, Fields: []ChangedField{}, Refs: map[string]string{}}
	q.Change = out
	described := v.catalog.Kind(a.Kind)
	var read policy.Outcome
	var s *shape
	if described != nil {
		s = v.shape(described, nil)
		row, err := t.one(ctx, s, a.Record)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if err == nil {
			read = s.read.Outcome(row.answer)
			out.Since = q.State == approvals.Pending && row.version != a.Version
		}
	}
	seen := func(name string) bool { return s != nil && read.Level(s.schema.Field(name)) == policy.Plain }
	var err error
	out.Fields, err = t.showFields(ctx, v, r.kind, a.Record, r.ask.Before, a.Fields, seen, out.Refs)
	return err
}

// showFields shows what fields hold and shall hold, those that the reader sees, with the titles of what
// they point at.
func (t *rtx) showFields(ctx context.Context, v *view, kind policy.Kind, record policy.ID, before, after Fields, seen func(name string) bool, refs map[string]string) ([]ChangedField, error) {
	described := v.catalog.Kind(kind)
	items := make([]Item, 2) // before and after
	for i := range items {
		items[i] = Item{Fields: map[string]any{}, plain: map[string]policy.Value{}, Refs: map[string]Link{}}
	}
	was, becomes := Fields{}, Fields{}
	for name := range after {
		if !seen(name) {
			continue
		}
		for from, into := range map[*Fields]Fields{&before: was, &after: becomes} {
			if raw, ok := (*from)[name]; ok {
				opened, err := t.unkept(ctx, v.tenant, described, record, Fields{name: raw})
				if err != nil {
					return nil, err
				}
				into[name] = opened[name]
			}
		}
	}
	out := []ChangedField{}
	for _, name := range slices.Sorted(slices.Values(keysOf(after))) {
		f := ChangedField{AskedField: AskedField{name, v.askedLabel(kind, name)}}
		if described != nil && described.Field(name) != nil && seen(name) {
			field := described.Field(name)
			for i, raw := range []json.RawMessage{was[name], becomes[name]} {
				if value, err := field.Parse(raw); err == nil { // else the field is of another sort since
					items[i].plain[name], items[i].Fields[name] = value, field.Wire(value)
				}
			}
			f.Before, f.After, f.Seen = items[0].Fields[name], items[1].Fields[name], true
		}
		out = append(out, f)
	}
	if described == nil {
		return out, nil
	}
	if err := t.link(ctx, v, described, items); err != nil {
		return nil, err
	}
	for _, it := range items {
		for _, link := range it.Refs {
			refs[link.ID.String()] = link.Title
		}
	}
	return out, nil
}
