package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// MatrixCellQuery names one cell: who, and an action on a kind or a field of one.
type MatrixCellQuery struct {
	Draft  policy.ID
	Who    MatrixWho
	Kind   policy.Kind
	Action policy.Action
	Field  string
}

// MatrixWhy is one cell with the rules behind it in words.
type MatrixWhy struct {
	Who     MatrixWho      `json:"who"`
	Label   records.Label  `json:"label"`
	Column  MatrixColumn   `json:"column"`
	Cell    MatrixCell     `json:"cell"`
	Reasons []MatrixReason `json:"reasons"`
	Epoch   int64          `json:"epoch"`
}

// MatrixReason is the part of one rule.
type MatrixReason struct {
	MatrixSource
	Part     string        `json:"part"` // permit, covered, bar, guard
	Sentence records.Label `json:"sentence"`
	Scene    records.Label `json:"scene"`
	Level    string        `json:"level,omitempty"` // that the rule gives the field, or leaves of it
	Edit     bool          `json:"edit,omitempty"`
	Until    *time.Time    `json:"until,omitempty"`
}

// MatrixCell says where one cell of the matrix comes from, rule by rule: what permits, what it
// covers, what forbids and what lowers. It takes the right policy or audit. Faults: Invalid, Denied,
// NotFound for the draft.
func (s *Session) MatrixCell(ctx context.Context, q MatrixCellQuery) (*MatrixWhy, error) {
	var why *MatrixWhy
	err := s.oversee(ctx, "matrix", func(t *rtx, v *view) error {
		rows, err := t.matrixRows(ctx, v, MatrixQuery{Rows: []MatrixWho{q.Who}})
		if err != nil {
			return err
		}
		st, err := t.matrixState(ctx, v, q.Draft)
		if err != nil {
			return err
		}
		part := MatrixActions
		if q.Field != "" {
			part = MatrixFields
		}
		b, err := st.matrix(MatrixQuery{Kinds: []policy.Kind{q.Kind}, Part: part}, v.epoch)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(b.Columns, func(c MatrixColumn) bool { return c.Action == q.Action && c.Field == q.Field })
		if i < 0 {
			return fault.New(fault.Invalid, "column", "the kind has no such action or field").WithAt("action")
		}
		column := b.Columns[i]
		bound := st.rules.Bind(rows[0].subject, &policy.Context{Now: v.now, Channel: "web", Device: "desktop", Network: "office"})
		why = &MatrixWhy{Who: q.Who, Label: rows[0].label, Column: column, Cell: b.cell(bound, column), Reasons: []MatrixReason{}, Epoch: v.epoch}
		why.Cell.Sources = []int{} // the reasons stand beside
		for _, p := range parts(bound, column) {
			why.Reasons = append(why.Reasons, b.reason(bound, column, p))
		}
		return nil
	}, "policy", "audit")
	if err != nil {
		return nil, err
	}
	detail := map[string]any{"matrix": "cell", "draft": q.Draft.String(), "kind": string(q.Kind), "action": string(q.Action), "field": audit.Clean(q.Field)}
	entry := audit.Entry{Action: audit.Explain, Kind: records.System, Epoch: why.Epoch, Detail: detail}
	if q.Who.Person != 0 {
		entry.Kind, entry.Record = records.RefPerson, q.Who.Person
	}
	return why, s.db.auditRead(ctx, s.actor, entry)
}

func (b *matrixBuilder) reason(bound *policy.Bound, column MatrixColumn, p rulePart) MatrixReason {
	rule := bound.Ruleset().Rule(p.rule)
	r := MatrixReason{
		MatrixSource: b.Sources[b.source(bound, p.rule)], Part: p.what, Sentence: b.sentenceOf(rule), Until: rule.Until,
		Scene: both(func(lang string) string { return b.scene(rule, lang) }),
	}
	if column.Field != "" && p.what != "bar" {
		field := bound.Ruleset().Schema().Kind(column.Kind).Field(column.Field)
		level, edit := bound.Ruleset().Gives(p.rule, field)
		r.Level, r.Edit = level.Broad().String(), edit
	}
	return r
}

// rulePart is a rule's part in a cell.
type rulePart struct {
	rule int
	what string
}

// parts lists the rules with a part in a cell: those that open the way, those beside them that give
// nothing more, those that close it, and, for a field, those that lower it.
func parts(bound *policy.Bound, column MatrixColumn) []rulePart {
	l := &partList{bound: bound}
	if column.Field == "" {
		r := bound.Reduce(column.Action, column.Kind)
		l.opening(r, func(int) bool { return true })
		l.bars(r)
		return l.sorted()
	}
	read, edit := bound.Reduce(policy.Read, column.Kind), bound.Reduce(policy.Edit, column.Kind)
	field := read.Kind.Field(column.Field)
	shows := func(i int) bool { level, _ := bound.Ruleset().Gives(i, field); return level > policy.Hidden }
	writes := func(i int) bool { _, edit := bound.Ruleset().Gives(i, field); return edit }
	if l.opening(read, shows); len(l.parts) == 0 {
		l.opening(read, func(int) bool { return true }) // they open the kind and leave the field hidden
	}
	l.opening(edit, writes)
	l.bars(read)
	for _, g := range read.Guards {
		l.add("guard", func(i int) bool { level, _ := bound.Ruleset().Gives(i, field); return level < policy.Plain }, g.Rules)
	}
	for _, g := range edit.Guards {
		l.add("guard", func(i int) bool { return !writes(i) }, g.Rules)
	}
	return l.sorted()
}

// partList gathers the rules of a cell, each once.
type partList struct {
	bound *policy.Bound
	parts []rulePart
}

func (l *partList) add(what string, keep func(int) bool, rules []int) {
	for _, i := range rules {
		if keep(i) && !slices.ContainsFunc(l.parts, func(p rulePart) bool { return p.rule == i }) {
			l.parts = append(l.parts, rulePart{i, what})
		}
	}
}

func (l *partList) opening(r *policy.Reduction, keep func(int) bool) {
	for _, b := range r.Branches {
		l.add("permit", keep, b.Rules)
	}
	l.add("covered", keep, r.Covered)
}

func (l *partList) bars(r *policy.Reduction) {
	for _, b := range r.Bars {
		l.add("bar", func(int) bool { return true }, b.Rules)
	}
}

func (l *partList) sorted() []rulePart {
	slices.SortStableFunc(l.parts, func(x, y rulePart) int { return cmp.Compare(partOrder[x.what], partOrder[y.what]) })
	return l.parts
}

var partOrder = map[string]int{"permit": 0, "covered": 1, "bar": 2, "guard": 3}

// originLabel names what a rule was lowered from.
func (st *state) originLabel(r *policy.Rule) records.Label {
	if pack, ok := access.Find(st.authored.Packs, r.Origin.ID); ok && r.Origin.Type == access.FromPack {
		return records.Label(pack.Label)
	}
	if r.Origin.Type == access.FromEmergency && r.From != nil {
		at := r.From.In(chinaTime).Format("2006-01-02 15:04")
		l := records.Label{ZH: "应急访问（" + at + " 打开）", EN: "emergency opened " + at}
		if r.Origin.Name != "" {
			l = records.Label{ZH: l.ZH + "：" + r.Origin.Name, EN: l.EN + ": " + r.Origin.Name}
		}
		return l
	}
	if o, found := st.openingOf(r); found && r.Origin.Type == access.FromGrant {
		by := st.named[o.by]
		return records.Label{ZH: by + "授权：" + r.Origin.Name, EN: "lent by " + by + ": " + r.Origin.Name}
	}
	if r.Origin.Type == access.FromMerge {
		return records.Label{ZH: "已合并", EN: "merged"}
	}
	if r.Origin.Type == access.FromSandbox {
		return st.sandboxLabel(r.Origin)
	}
	return records.Label{ZH: r.Origin.Name, EN: r.Origin.Name}
}

// clauseKey is equal for equal clauses.
func clauseKey(c policy.Clause) string {
	return c.Position + "\x00" + c.Unit.String() + "\x00" + c.Person.String() + "\x00" + strconv.FormatBool(c.Everyone) + strconv.FormatBool(c.Below)
}
