package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// RevealAsk asks for one masked field of one record.
type RevealAsk struct {
	Field  string
	Reason string
	Code   string // of the second factor; empty where it was proved already or is not asked for
}

// Revealed is the value, which is in no other answer.
type Revealed struct {
	Field   string `json:"field"`
	Value   any    `json:"value"` // null: there is none
	Ref     *Link  `json:"ref,omitempty"`
	Seconds int    `json:"seconds"` // for which it may be shown
	Left    int    `json:"left"`    // how many more may be revealed today
}

const (
	revealReasonLeast = 2 // characters
	revealReasonMost  = 500
)

var (
	revealDay   = said(fault.Locked, "reveal_day", "今天查看明文的次数已用完", "you have revealed as many fields as you may in a day")
	notRevealed = said(fault.Denied, "reveal", "没有规则允许您查看这个字段的明文", "no rule lets you reveal this field").WithAt("field")
	notMasked   = said(fault.Conflict, "not_masked", "这个字段没有被掩码", "the field is not masked").WithAt("field")
)

// revealing is how the actor may reveal fields of a kind; nil where nothing can be revealed: by programs,
// in files and while looking as somebody else.
func (v *view) revealing(kind policy.Kind) *policy.Reduction {
	if v.viewer != nil || v.bound.Context().Channel != "web" {
		return nil
	}
	r := v.bound.Reduce(policy.Reveal, kind)
	if r.None() {
		return nil
	}
	return r
}

func (a *RevealAsk) check() error {
	a.Reason = strings.TrimSpace(a.Reason)
	n := utf8.RuneCountInString(a.Reason)
	if n < revealReasonLeast || n > revealReasonMost || !utf8.ValidString(a.Reason) || strings.ContainsFunc(a.Reason, unicode.IsControl) {
		return fault.New(fault.Invalid, "reveal_reason", "say in 2 to 500 characters why you need the value").WithAt("reason").With("min", revealReasonLeast).With("max", revealReasonMost)
	}
	return nil
}

// Reveal shows one field of one record plain that the actor sees masked. It takes a rule that permits
// revealing this field of this record, a reason, a session and, where the field's class or the rule says
// so, the second factor. What the day has left is counted, and the entry in the audit log committed,
// before the value is given. Refusals are entries as well. Faults: NotFound; Invalid; Denied (reveal,
// second_factor_required, factor_code); Conflict (not_masked); Locked (reveal_day).
func (s *Session) Reveal(ctx context.Context, kind policy.Kind, id policy.ID, ask RevealAsk) (*Revealed, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	if err := ask.check(); err != nil {
		return nil, err
	}
	if ask.Code != "" {
		if _, err := s.Prove(ctx, ask.Code); err != nil {
			return nil, err
		}
		proved := *s
		proved.actor.factorAt = s.db.Now()
		s = &proved
	}
	var out *Revealed
	named := ""
	err := s.db.write(ctx, s.actor, op{name: "reveal"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		out, named, err = t.reveal(ctx, v, kind, id, ask)
		return err
	})
	if err == nil {
		return out, nil
	}
	err = s.orFactor(ctx, err, kind, policy.Reveal)
	if isRefusal(err) {
		detail := map[string]any{"action": string(policy.Reveal), "code": fault.From(err).Code, "reason": audit.Clean(ask.Reason)}
		if named != "" {
			detail["field"] = named
		}
		entry := audit.Entry{Action: audit.Refused, Kind: known(kind), Record: id, Detail: detail}
		if err := s.db.auditRead(ctx, s.actor, s.whyRefused(ctx, kind, id, policy.Reveal, err).into(entry)); err != nil {
			return nil, err
		}
	}
	return nil, err
}

// reveal decides, counts and writes the entry. named is the field, once it is one that the actor may know.
func (t *tx) reveal(ctx context.Context, v *view, kind policy.Kind, id policy.ID, ask RevealAsk) (out *Revealed, named string, err error) {
	described := v.catalog.Kind(kind)
	if described == nil {
		return nil, "", noRecord
	}
	shape := v.shape(described, []string{ask.Field})
	row, err := t.one(ctx, shape, id)
	if err != nil {
		return nil, "", err
	}
	f := v.knownFields(described)[ask.Field]
	if f == nil {
		if e := shape.schema.Field(ask.Field); e == nil || e.Custom {
			return nil, "", noField("field")
		}
		return nil, ask.Field, because(notRevealed, v.shut(shape.read, row.answer, ask.Field)) // hidden
	}
	switch level := shape.read.Outcome(row.answer).Level(f); {
	case level == policy.Plain:
		return nil, f.Name, notMasked
	case !level.IsMask():
		return nil, f.Name, because(notRevealed, v.shut(shape.read, row.answer, f.Name))
	case shape.reveal == nil, shape.reveal.Outcome(row.answer).Level(f) != policy.Plain:
		return nil, f.Name, because(notRevealed, v.shut(v.bound.Reduce(policy.Reveal, kind), row.answer, f.Name))
	}
	settings, _, err := t.revealSettings(ctx, v.tenant)
	if err != nil {
		return nil, f.Name, err
	}
	if settings.AsksFactor(f.Class) && !t.actor.hasProved(t.now, proofLasts) {
		return nil, f.Name, factorRequired
	}
	taken, err := t.takeReveal(ctx, settings.PerDay)
	if err != nil {
		return nil, f.Name, err
	}
	if sealed := row.values[f.Name]; records.Stands(sealed) {
		if err := t.openAll(ctx, v.tenant, kind, []toOpen{{row, f.Name, sealed}}); err != nil {
			return nil, f.Name, err
		}
	}
	item, value := shape.item(*row), row.shown(f.Name)
	item.Fields, item.plain = map[string]any{f.Name: described.Field(f.Name).Wire(value)}, map[string]policy.Value{f.Name: value}
	items := []Item{item}
	if err := t.link(ctx, v, described, items); err != nil {
		return nil, f.Name, err
	}
	out = &Revealed{Field: f.Name, Value: items[0].Fields[f.Name], Seconds: settings.Seconds, Left: settings.PerDay - taken}
	if link, is := items[0].Refs[f.Name]; is {
		out.Ref = &link
	}
	entry := audit.Entry{Action: audit.Action(policy.Reveal), Kind: kind, Record: id, Fields: []string{f.Name}, Rules: shape.revealedBy(row, f),
		Detail: map[string]any{"reason": ask.Reason, "class": string(f.Class), "proved": t.actor.hasProved(t.now, proofLasts)}}
	for _, e := range slices.Concat(v.with(entry), usesOf("opened", kind, items)) {
		if err := t.audit(ctx, e); err != nil {
			return nil, f.Name, err
		}
	}
	return out, f.Name, nil
}

// revealedBy names the permits by which a field is revealed.
func (s *shape) revealedBy(row *fetched, f *policy.Field) []string {
	var rules []string
	for _, b := range s.reveal.Branches {
		if b.Levels[f.Index()] != policy.Plain || row.answer(b.Test) != policy.Yes {
			continue
		}
		for _, i := range b.Rules {
			rules = append(rules, s.v.bound.Ruleset().Rule(i).ID)
		}
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

// takeReveal counts one of the day, by one statement that leaves it alone when the day is used up, and
// returns how many there were with it.
func (t *tx) takeReveal(ctx context.Context, perDay int) (taken int, err error) {
	day, _ := today(t.now)
	err = t.row(ctx, `INSERT INTO reveal_taken (tenant_id, person_id, day, taken)
		SELECT t.tenant_id, CAST($2 AS bigint), CAST($3 AS bigint), 1 FROM tenant t WHERE t.tenant_id = $1 AND CAST($4 AS bigint) > 0
		ON CONFLICT (tenant_id, person_id, day) DO UPDATE SET taken = reveal_taken.taken + 1 WHERE reveal_taken.taken < $4
		RETURNING taken`, t.actor.Tenant, t.actor.Person, day, perDay).Scan(&taken)
	if errors.Is(err, sql.ErrNoRows) {
		err = revealDay.With("max", perDay)
	}
	return taken, err
}

// RevealDay is what the actor should know before they reveal something.
type RevealDay struct {
	access.RevealSettings
	Left int `json:"left"`
}

// RevealDay says what revealing takes, and how much of the day is left.
func (s *Session) RevealDay(ctx context.Context) (*RevealDay, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var out *RevealDay
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		settings, _, err := t.revealSettings(ctx, v.tenant)
		if err != nil {
			return err
		}
		day, _ := today(t.now)
		taken := 0
		err = t.row(ctx, "SELECT taken FROM reveal_taken WHERE tenant_id = $1 AND person_id = $2 AND day = $3", v.tenant, s.actor.Person, day).Scan(&taken)
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		out = &RevealDay{settings, max(settings.PerDay-taken, 0)}
		return err
	})
	return out, err
}
