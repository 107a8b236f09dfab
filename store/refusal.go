package store

import (
	"context"
	"errors"
	"maps"
	"strings"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
)

// Barred says what of the rules stood in the way of something that was refused.
type Barred string

// What stands in the way.
const (
	BarredForbidden   Barred = "forbidden"     // forbids, or guards of the field
	BarredUnpermitted Barred = "unpermitted"   // no permit reaches it
	BarredScope       Barred = "scope"         // the token does not carry the action
	BarredFactor      Barred = "second_factor" // rules that want it first
	BarredAbsent      Barred = "absent"        // nothing: there was no such record
)

// whyNot is what stood in the way, as the cause of a refusal. It goes into the entry of the refusal and never
// into the answer: who is refused learns nothing of rules and records that they could not ask about.
type whyNot struct {
	barred Barred
	rules  []string // that refused it
	near   []string // permits of the action that do not reach so far, where none does
	field  string   // that it was about
}

// nearest bounds how many permits are named that did not reach.
const nearest = 3

func (w *whyNot) Error() string {
	return strings.Join(append([]string{string(w.barred), w.field}, w.rules...), " ")
}

// because hides in a refusal why it is one.
func because(refusal error, w *whyNot) error {
	if w == nil {
		return refusal
	}
	return fault.From(refusal).WithCause(w)
}

// whyOf is what a refusal hides.
func whyOf(refusal error) (w *whyNot) {
	errors.As(refusal, &w)
	return w
}

// into writes what stood in the way into the entry of the refusal.
func (w *whyNot) into(e audit.Entry) audit.Entry {
	if w == nil {
		return e
	}
	e.Detail = maps.Clone(e.Detail)
	e.Rules, e.Detail["barred"] = w.rules, string(w.barred)
	if len(w.near) > 0 {
		e.Detail["near"] = w.near
	}
	if w.field != "" {
		e.Fields = []string{w.field}
	}
	return e
}

// shut says why the answers of a row, or what is known without one, keep something out; nil where the rules
// do not. field is empty, or that of which it is asked whether it may be set, or seen.
func (v *view) shut(r *policy.Reduction, answer func(*policy.Test) policy.Tri, field string) *whyNot {
	f := r.Kind.Field(field)
	open, forbids, permits := r.Shut(answer, f)
	w := &whyNot{barred: BarredUnpermitted, rules: v.ruleIDs(forbids)}
	if f != nil {
		w.field = field
	}
	switch {
	case v.bound.Narrowed(r.Kind.Name, r.Action):
		w.barred = BarredScope
	case len(forbids) > 0:
		w.barred = BarredForbidden
	case open:
		return nil
	default:
		w.near = v.ruleIDs(permits)
		w.near = w.near[:min(len(w.near), nearest)]
	}
	return w
}

// always answers what is the same for all records.
func always(t *policy.Test) policy.Tri {
	if t.Always() {
		return policy.Yes
	}
	return policy.No
}

// shutTo is shut for an action on a kind as a whole: nil where it depends on the record.
func (v *view) shutTo(action policy.Action, kind policy.Kind) *whyNot {
	r := v.bound.Reduce(action, kind)
	w := v.shut(r, always, "")
	if w != nil && w.barred == BarredUnpermitted && !r.None() {
		return nil
	}
	return w
}

// withoutRight is shut for a right of administration.
func (v *view) withoutRight(right policy.Action) *whyNot {
	none := &policy.Row{Kind: records.System}
	return v.shut(v.bound.Reduce(right, records.System), func(t *policy.Test) policy.Tri { return t.Match(none) }, "")
}

// keptOut asks past the gate why records are kept out: by one statement, which is the same whether they are
// there or not, so that the time of a refusal does not tell. Nothing of the records comes back but the answers.
func (t *rtx) keptOut(ctx context.Context, v *view, r *policy.Reduction, ids []policy.ID, field string) (map[policy.ID]*whyNot, error) {
	q := &sqlgen.List{Tenant: v.tenant, Epoch: v.epoch, Read: policy.Unruled(r.Kind), Also: []*policy.Reduction{r}, IDs: ids, Apart: true, Plan: sqlgen.Walk, Limit: len(ids)}
	rows, err := t.fetchKept(ctx, q)
	if err != nil {
		return nil, err
	}
	out := make(map[policy.ID]*whyNot, len(ids))
	for _, id := range ids {
		out[id] = &whyNot{barred: BarredAbsent}
	}
	for _, row := range rows {
		out[row.id] = v.shut(r, row.answer, field)
	}
	return out, nil
}

// refusing adds to a refusal why a record as the transaction has it is kept out: after the transaction nothing
// is left of it.
func (t *tx) refusing(ctx context.Context, v *view, refusal error, r *policy.Reduction, id policy.ID) error {
	if !fault.Is(refusal, fault.Denied) {
		return refusal
	}
	why, err := t.keptOut(ctx, v, r, []policy.ID{id}, fault.From(refusal).At)
	if err != nil {
		return err
	}
	return because(refusal, why[id])
}

// refused records a refusal before it is told. The answer stays the same when that fails: there
// is nothing in it that would have to be withheld. The end of a limit is a refusal like any other.
func (s *Session) refused(ctx context.Context, kind policy.Kind, id policy.ID, action policy.Action, err error) error {
	err = s.orFactor(ctx, err, kind, action, policy.Read)
	if isRefusal(err) {
		s.note(ctx, kind, id, action, err)
	}
	return err
}

// isRefusal tells what somebody may not do from what cannot be done.
func isRefusal(err error) bool {
	return fault.Is(err, fault.Denied) || fault.Is(err, fault.NotFound) || fault.Is(err, fault.Locked) && fault.From(err).Code != busy.Code
}

func (s *Session) note(ctx context.Context, kind policy.Kind, id policy.ID, action policy.Action, err error) {
	entry := audit.Entry{Action: audit.Refused, Kind: known(kind), Record: id, Detail: map[string]any{"action": string(action), "code": fault.From(err).Code}}
	_ = s.db.auditRead(ctx, s.actor, s.whyRefused(ctx, kind, id, action, err).into(entry))
}

// whyRefused finds out what of the rules stood in the way: who refused said it, or it is asked now. It is nil
// where no rule did, as of a limit.
func (s *Session) whyRefused(ctx context.Context, kind policy.Kind, id policy.ID, action policy.Action, err error) (why *whyNot) {
	if errors.As(err, &why) || known(kind) == "" {
		return why
	}
	unseen := errors.Is(err, noRecord)
	if !unseen && !fault.Is(err, fault.Denied) {
		return nil
	}
	if unseen {
		action = policy.Read
	}
	ofRecord := id != 0 && (unseen || errors.Is(err, notAllowed))
	_ = s.db.lookAs(ctx, s.actor, func(v *view) (err error) {
		why = nil
		described := v.catalog.Kind(kind)
		if described == nil {
			return nil
		}
		if why = v.shutTo(action, kind); why != nil || !ofRecord {
			return nil
		}
		found, err := s.db.through(v).keptOut(ctx, v, v.bound.Reduce(action, kind), []policy.ID{id}, "")
		why = found[id]
		return err
	})
	return why
}

// known leaves out kinds that somebody made up.
func known(kind policy.Kind) policy.Kind {
	if records.Builtin().Kind(kind) == nil {
		return ""
	}
	return kind
}
