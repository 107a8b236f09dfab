package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// WrittenRule is a rule that an administrator wrote: a sharing rule, which permits, or a guard,
// which forbids.
type WrittenRule struct {
	Rule      policy.Rule   `json:"rule"`
	Sentence  records.Label `json:"sentence"`
	CreatedAt time.Time     `json:"created_at"`
	UpdatedAt time.Time     `json:"updated_at"`
	// Problem says why the rule no longer stands: a broken permit permits nothing, a broken guard
	// forbids its actions on the whole kind.
	Problem string `json:"problem,omitempty"`
}

var (
	noRule   = fault.New(fault.NotFound, "rule", "there is no such rule")
	ruleCode = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)
)

// The limits of rules that are written.
const (
	maxRules = 2_000
	maxScene = 500 // characters
)

// Rules lists the written rules in the order in which they were made. It takes the right policy
// or audit.
func (s *Session) Rules(ctx context.Context) ([]WrittenRule, error) {
	var list []WrittenRule
	err := s.oversee(ctx, "rules", func(t *rtx, v *view) error {
		list = []WrittenRule{}
		return t.each(ctx, func(rows *sql.Rows) error {
			var document []byte
			var created, updated int64
			if err := rows.Scan(&document, &created, &updated); err != nil {
				return err
			}
			w := WrittenRule{CreatedAt: time.UnixMicro(created).UTC(), UpdatedAt: time.UnixMicro(updated).UTC()}
			if err := json.Unmarshal(document, &w.Rule); err != nil {
				return err
			}
			w.Sentence = v.ruleSentence(&w.Rule)
			if err := policy.CheckRule(v.catalog.Schema(), &w.Rule); err != nil {
				w.Problem = err.Error()
			}
			list = append(list, w)
			return nil
		}, "SELECT document, created_at, updated_at FROM rule WHERE tenant_id = $1 ORDER BY seq, id", v.tenant)
	}, "policy", "audit")
	return list, err
}

// RuleTemplates lists the sharing rules and guards that come with Guan and are off until an
// administrator takes them into a draft. It takes the right policy or audit.
func (s *Session) RuleTemplates(ctx context.Context) ([]access.Template, error) {
	var list []access.Template
	err := s.oversee(ctx, "templates", func(t *rtx, v *view) error {
		list = access.Templates
		return nil
	}, "policy", "audit")
	return list, err
}

// PutRule writes a rule under its id, over the one of that id if there is one. It takes the right
// policy; its author must not gain by it. Faults: Invalid with everything that is wrong, Denied,
// Conflict.
func (s *Session) PutRule(ctx context.Context, r policy.Rule) (*WrittenRule, error) {
	err := s.governPolicy(ctx, "rule", func(t *tx, v *view) (none audit.Entry, err error) {
		if err := t.checkRule(ctx, v, &r); err != nil {
			return none, err
		}
		before, found := v.written(r.ID)
		for _, one := range []policy.Rule{r, before} {
			if one.Kind == records.System {
				if err := v.heldAll(one.Actions); err != nil {
					return none, err
				}
			}
		}
		if err := t.putRule(ctx, r); err != nil {
			return none, err
		}
		detail := map[string]any{"rule": r.ID, "after": r}
		if found {
			detail["before"] = before
		}
		return ruleEntry(detail), nil
	})
	if err != nil {
		return nil, err
	}
	return s.writtenRule(ctx, r.ID)
}

func (s *Session) writtenRule(ctx context.Context, id string) (*WrittenRule, error) {
	list, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(w WrittenRule) bool { return w.Rule.ID == id })
	if i < 0 {
		return nil, noRule
	}
	return &list[i], nil
}

var (
	ruleForbids = fault.New(fault.Conflict, "rule_forbids", "the end of a rule that forbids opens what it held: change it in a draft")
	ruleEnds    = fault.New(fault.Invalid, "rule_ends", "the end of a rule is brought forward, to now or later: what is to last longer is a new decision").WithAt("until")
)

// EndRule brings the end of a permit forward, to now when until is nil, and changes nothing else of
// it. Like the revocation of a grant it needs no draft, unless its author wanted a second person for
// every change. It takes the right policy. Faults: NotFound, Invalid, Denied, Conflict.
func (s *Session) EndRule(ctx context.Context, id string, until *time.Time) (*WrittenRule, error) {
	err := s.governPolicy(ctx, "rule", func(t *tx, v *view) (none audit.Entry, err error) {
		before, found := v.written(id)
		if !found {
			return none, noRule
		}
		if before.Effect != policy.Permit {
			return none, ruleForbids
		}
		if before.Kind == records.System {
			if err := v.heldAll(before.Actions); err != nil {
				return none, err
			}
		}
		now := time.UnixMicro(t.nowMicros()).UTC()
		r := before
		if r.Until = whole(until); until == nil {
			r.Until = &now
		}
		if r.Until.Before(now) || before.Until != nil && !r.Until.Before(*before.Until) {
			return none, ruleEnds
		}
		if err := t.checkWritten(ctx, v, &r); err != nil {
			return none, err
		}
		if err := t.putRule(ctx, r); err != nil {
			return none, err
		}
		return ruleEntry(map[string]any{"rule": id, "ended": r.Until, "before": before, "after": r}), nil
	})
	if err != nil {
		return nil, err
	}
	return s.writtenRule(ctx, id)
}

// DeleteRule takes a written rule away with its commit. It takes the right policy; its author must
// not gain by it, as by taking away a guard that holds them. Faults: NotFound, Denied, Conflict.
func (s *Session) DeleteRule(ctx context.Context, id string) error {
	return s.governPolicy(ctx, "rule", func(t *tx, v *view) (none audit.Entry, err error) {
		before, found := v.written(id)
		if !found {
			return none, noRule
		}
		if before.Kind == records.System {
			if err := v.heldAll(before.Actions); err != nil {
				return none, err
			}
		}
		if _, err := t.exec(ctx, "DELETE FROM rule WHERE tenant_id = $1 AND id = $2", t.actor.Tenant, id); err != nil {
			return none, err
		}
		return ruleEntry(map[string]any{"rule": id, "deleted": before}), nil
	})
}

// written finds a rule that was written, as it stands in the table.
func (st *state) written(id string) (policy.Rule, bool) {
	for _, r := range slices.Concat(st.authored.Sharings, st.authored.Guards) {
		if r.ID == id {
			return r, true
		}
	}
	return policy.Rule{}, false
}

// checkRule is checkWritten for a rule that is added to those that stand.
func (t *rtx) checkRule(ctx context.Context, v *view, r *policy.Rule) error {
	if err := t.checkWritten(ctx, v, r); err != nil {
		return err
	}
	if _, found := v.written(r.ID); !found && len(v.authored.Sharings)+len(v.authored.Guards) >= maxRules {
		return fault.Newf(fault.Conflict, "rules_many", "a company writes at most %d rules", maxRules).With("max", maxRules)
	}
	return nil
}

// checkWritten says everything that is wrong with a rule somebody wrote, and gives it its origin.
func (t *rtx) checkWritten(ctx context.Context, v *view, r *policy.Rule) error {
	var errs []error
	wrong := func(at, code, detail string) {
		errs = append(errs, fault.New(fault.Invalid, code, detail).WithAt(at))
	}
	if !ruleCode.MatchString(r.ID) {
		wrong("id", "rule_id", "the id of a rule is 1 to 64 lower-case letters, digits, hyphens and underscores")
	}
	if len([]rune(r.Scene)) > maxScene {
		wrong("scene", "scene", fmt.Sprintf("a scene has at most %d characters", maxScene))
	}
	if strings.ContainsRune(r.Scene+r.Origin.Name, 0) {
		wrong("scene", "text", "texts must not contain NUL")
	}
	r.From, r.Until = whole(r.From), whole(r.Until)
	origin := access.FromSharing
	if r.Effect == policy.Forbid {
		origin = access.FromGuard
	}
	r.Origin = policy.Origin{Type: origin, ID: r.ID, Name: audit.Clean(r.Origin.Name)}
	errs = append(errs, ruleFault(policy.CheckRule(v.catalog.Schema(), r)))
	for part, clauses := range map[string][]policy.Clause{"any": r.Who.Any, "except": r.Who.Except} {
		for i, c := range clauses {
			errs = append(errs, t.checkClause(ctx, v, fmt.Sprintf("who.%s[%d]", part, i), c))
		}
	}
	errs = append(errs, t.checkMentions(ctx, v, r))
	return fault.Collect(fault.Invalid, "rule", "the rule is not well formed", errs...)
}

// checkMentions asks whether the units of the reach and the positions of the duty exist.
func (t *rtx) checkMentions(ctx context.Context, v *view, r *policy.Rule) error {
	units := slices.Clone(r.Where.Units)
	if r.Where.Via != nil {
		units = append(units, r.Where.Via.Units...)
	}
	for _, u := range units {
		if _, ok := v.tree.Unit(u); !ok {
			return fault.New(fault.Invalid, "unit", "there is no such unit").WithAt("where.units")
		}
	}
	return t.checkDuty(ctx, v, r)
}

// ruleFault turns the engine's problems into one fault with an item for each.
func ruleFault(err error) error {
	problems, ok := err.(policy.Problems)
	if !ok {
		return err
	}
	var errs []error
	for _, p := range problems {
		errs = append(errs, faultOf(p))
	}
	return fault.Collect(fault.Invalid, "rule", "the rule is not well formed", errs...)
}

// putRule writes a checked rule. One that is written again keeps its place in the order.
func (t *tx) putRule(ctx context.Context, r policy.Rule) error {
	document, err := jsonText(r)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `
		INSERT INTO rule (tenant_id, id, seq, document, created_at, updated_at)
		VALUES ($1, $2, (SELECT coalesce(max(seq), 0) + 1 FROM rule WHERE tenant_id = $1), $3, $4, $4)
		ON CONFLICT (tenant_id, id) DO UPDATE SET document = excluded.document, updated_at = excluded.updated_at`,
		t.actor.Tenant, r.ID, document, t.nowMicros())
	return err
}

func ruleEntry(detail map[string]any) audit.Entry {
	return audit.Entry{Action: audit.PolicyChanged, Detail: detail}
}
