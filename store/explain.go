package store

import (
	"context"
	"slices"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// ExplainQuery asks why a person may or may not do something to a record, or why a field of it
// shows as it does.
type ExplainQuery struct {
	Person policy.ID // 0: the actor
	Kind   policy.Kind
	ID     policy.ID
	Action policy.Action // empty: read
	Field  string        // empty: the action itself
}

// Explanation is the answer: the rules that open the way, those that close it, and those that
// would change the answer, with what each lacks.
type Explanation struct {
	Allowed bool     `json:"allowed"`
	Level   string   `json:"level,omitempty"` // of the field
	Sets    bool     `json:"sets,omitempty"`  // of a field and edit or create: whether it may be set, for the reasons given
	Permits []Reason `json:"permits"`
	Forbids []Reason `json:"forbids"`
	Missing []Reason `json:"missing"`
	Asks    bool     `json:"asks,omitempty"` // with somebody's approval it would be allowed
	Epoch   int64    `json:"epoch"`
}

// Reason is one rule's part, in words.
type Reason struct {
	Rule     string        `json:"rule"`
	Effect   policy.Effect `json:"effect"`
	Origin   policy.Origin `json:"origin"`
	From     records.Label `json:"from"` // what Origin is called
	Scene    records.Label `json:"scene"`
	Sentence records.Label `json:"sentence"`
	Until    *time.Time    `json:"until,omitempty"`
	Given    *Given        `json:"given,omitempty"` // of what was opened for a purpose
	Lacks    []Lack        `json:"lacks,omitempty"`
}

// Lack is what a permit would need, in words.
type Lack struct {
	Code     policy.LackCode `json:"code"`
	Sentence records.Label   `json:"sentence"`
}

// Explain answers for the actor about any record that they may read, and, for who administers or
// audits the policy, about anybody and any record. Faults: NotFound, Invalid, Denied.
func (s *Session) Explain(ctx context.Context, q ExplainQuery) (*Explanation, error) {
	var out *Explanation
	if q.Action == "" {
		q.Action = policy.Read
	}
	if s.actor.as != 0 {
		return s.explainAs(ctx, q)
	}
	err := s.db.lookNow(ctx, s.actor, func(v *view) error {
		about := v.bound
		administers := v.may("policy") || v.may("audit")
		if q.Person != 0 && q.Person != s.actor.Person {
			if !administers {
				return fault.New(fault.Denied, "right", "this needs a right of administration that you do not have").With("action", "policy")
			}
			if err := s.db.through(v).checkPeople(ctx, v, "person", q.Person); err != nil {
				return err
			}
			about = v.rules.Bind(v.subject(q.Person, v.now), &policy.Context{Now: v.now, Channel: "web", Device: "unknown", Network: "unknown", Proved: true})
		}
		kind := v.catalog.Kind(q.Kind)
		if kind == nil {
			return noRecord
		}
		t := s.db.through(v)
		var told *telling
		if !administers || about == v.bound {
			// Who only asks about themselves learns nothing of records that they cannot read.
			seen, err := t.one(ctx, v.shape(kind, []string{}), q.ID)
			if err != nil {
				return err
			}
			if !administers {
				told = v.telling(q.Kind, seen)
			}
		}
		schema := v.catalog.Schema().Kind(q.Kind)
		if !slices.Contains(schema.Actions, q.Action) {
			return fault.New(fault.Invalid, "action", "there is no such action").WithAt("action")
		}
		var field *policy.Field
		if q.Field != "" {
			field = schema.Field(q.Field)
			if field == nil || !administers && v.knownCatalog().Kind(q.Kind).Field(q.Field) == nil {
				return noField("field")
			}
		}
		row, err := t.load(ctx, v, schema, q.ID, v.rules.Needs(q.Kind, q.Action))
		if err != nil {
			return err
		}
		explain := about.Explain
		if administers {
			explain = about.ExplainAll // that there are rules for others is not for everybody to know
		}
		out = v.explanation(explain(row, q.Action, field), field, told, topic{person: about.Subject().Person, record: q.ID})
		if about == v.bound {
			if out.Asks, err = t.asks(ctx, v, row, q.Action, field); err != nil {
				return err
			}
		}
		if q.Action == policy.Claim && field == nil && out.Allowed {
			return t.explainClaim(ctx, v, q.ID, about.Subject().Person, out)
		}
		return nil
	})
	if err != nil {
		return nil, s.refused(ctx, q.Kind, q.ID, "explain", err)
	}
	detail := map[string]any{"action": string(q.Action), "person": q.Person.String(), "field": audit.Clean(q.Field)}
	if err := s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.Explain, Kind: q.Kind, Record: q.ID, Epoch: out.Epoch, Detail: detail}); err != nil {
		return nil, err
	}
	return out, nil
}

func (v *view) explanation(e policy.Explanation, field *policy.Field, told *telling, about topic) *Explanation {
	out := &Explanation{Allowed: e.Allowed, Sets: e.Editable, Permits: v.reasons(e.Permits, told, about), Forbids: v.reasons(e.Forbids, told, about), Missing: v.reasons(e.Missing, told, about), Epoch: v.epoch}
	if field != nil {
		out.Level = e.Level.Broad().String()
	}
	return out
}

// whoCanPage is how many people one call of WhoCan goes through.
const whoCanPage = 200

// WhoCan lists people who may do something to a record, and by which rules.
type WhoCan struct {
	Items []Holder `json:"items"`
	Next  string   `json:"next,omitempty"`
}

// Holder is one of them.
type Holder struct {
	Person  Name     `json:"person"`
	Reasons []Reason `json:"reasons"`
}

// WhoCan goes through the people with an appointment or a rule of their own, in the order of
// their ids, beginning after the cursor. It needs the right to administer or to audit, or to edit
// the record. Faults: NotFound, Denied.
func (s *Session) WhoCan(ctx context.Context, kind policy.Kind, id policy.ID, action policy.Action, after string) (*WhoCan, error) {
	var out *WhoCan
	if action == "" {
		action = policy.Read
	}
	var from policy.ID
	if after != "" {
		var err error
		if from, err = policy.ParseID(after); err != nil {
			return nil, badCursor
		}
	}
	err := s.db.lookNow(ctx, s.actor, func(v *view) error {
		described := v.catalog.Kind(kind)
		if described == nil {
			return noRecord
		}
		t := s.db.through(v)
		var told *telling
		if !v.may("policy") && !v.may("audit") {
			row, err := t.one(ctx, v.shape(described, []string{}), id)
			if err != nil {
				return err
			}
			if !v.bound.Reduce(policy.Edit, kind).Outcome(row.answer).Allowed {
				return notAllowed
			}
			told = v.telling(kind, row)
		}
		schema := v.catalog.Schema().Kind(kind)
		if !slices.Contains(schema.Actions, action) {
			return fault.New(fault.Invalid, "action", "there is no such action").WithAt("action")
		}
		row, err := t.load(ctx, v, schema, id, v.rules.Needs(kind, action))
		if err != nil {
			return err
		}
		out = &WhoCan{Items: []Holder{}}
		return t.holders(ctx, v, row, action, from, told, out)
	})
	if err != nil {
		return nil, s.refused(ctx, kind, id, "who_can", err)
	}
	entry := audit.Entry{Action: audit.Explain, Kind: kind, Record: id, Detail: map[string]any{"who_can": string(action)}}
	if err := s.db.auditRead(ctx, s.actor, entry); err != nil {
		return nil, err
	}
	return out, nil
}

func (t *rtx) holders(ctx context.Context, v *view, row *policy.Row, action policy.Action, from policy.ID, told *telling, out *WhoCan) error {
	people, err := t.activePeople(ctx, v.tenant, from, whoCanPage+1)
	if err != nil {
		return err
	}
	if len(people) > whoCanPage {
		people = people[:whoCanPage]
		out.Next = people[len(people)-1].ID.String()
	}
	for _, p := range people {
		bound := v.rules.Bind(v.subject(p.ID, v.now), &policy.Context{Now: v.now, Channel: "web", Device: "unknown", Network: "unknown", Proved: true})
		if !bound.Decide(row, action).Allowed {
			continue
		}
		e := bound.Explain(row, action, nil)
		out.Items = append(out.Items, Holder{Person: p, Reasons: v.reasons(e.Permits, told, topic{person: p.ID, record: row.ID})})
	}
	return nil
}
