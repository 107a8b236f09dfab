package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"guan/access"
	"guan/approvals"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// ExportAsk asks for a list, or a record, as a file.
type ExportAsk struct {
	Kind   policy.Kind `json:"kind"`
	Filter string      `json:"filter,omitempty"`
	Search string      `json:"q,omitempty"`
	Sort   string      `json:"sort,omitempty"`
	Fields []string    `json:"fields,omitempty"`
	Format string      `json:"format"`
	Lang   string      `json:"lang,omitempty"`

	Record   policy.ID `json:"record,omitempty"` // of a document of one record, see RecordDocument
	Related  []string  `json:"related,omitempty"`
	Comments bool      `json:"comments,omitempty"`
}

func (a *ExportAsk) query() ListQuery {
	return ListQuery{Kind: a.Kind, Filter: a.Filter, Search: a.Search, Sort: a.Sort, Fields: a.Fields}
}

func (a *ExportAsk) document() *RecordDocument {
	if a.Record == 0 {
		return nil
	}
	return &RecordDocument{Record: a.Record, Related: a.Related, Comments: a.Comments}
}

// approvedFor is how long after its approval an export can be made and its file fetched.
const approvedFor = 48 * time.Hour

// approval is what an approved export stands on, as it is kept with the work.
type approval struct {
	Request policy.ID `json:"request"`
	Giver   policy.ID `json:"giver"`
	Purpose string    `json:"purpose"`
	From    time.Time `json:"from"`
	Until   time.Time `json:"until"`
}

// exportKind becomes one export, of what who asked may read and the giver may export.
var exportKind = requestKind{
	typ:   ExportRequest,
	label: records.Label{ZH: "导出申请", EN: "Export"},
	chain: []approvals.Step{
		{By: []approvals.Source{{Type: approvals.Head}}, Hours: 24},
		{By: []approvals.Source{{Type: approvals.Pack, Pack: "administrator"}}, Hours: 24},
	},

	check: func(ctx context.Context, t *tx, v *view, r *request) error {
		a := r.ask.Export
		r.kind, r.record = known(a.Kind), a.Record
		if !slices.Contains(ExportFormats, a.Format) {
			return noFormat.WithAt("export.format")
		}
		if a.Record == 0 && (len(a.Related) > 0 || a.Comments) {
			return fault.New(fault.Invalid, "record", "what stands beside a record needs the record").WithAt("export.record")
		}
		r.ask.By, r.ask.Seen = whence(t.actor, t.now), true
		if err := v.keepable(a.Kind, a.Filter); err != nil {
			return err
		}
		d := a.document()
		lists, err := v.exportLists(a.query(), d, a.Format)
		if err != nil {
			return err
		}
		all := v.approvedRules(&approval{Purpose: r.purpose, From: t.now, Until: t.now.Add(approvedFor)}, kindsOf(lists))
		opened := all.Bind(v.bound.Subject(), v.bound.Context())
		r.ask.Steps, a.Related = nil, nil
		for _, list := range lists {
			l, err := v.askable(list, opened)
			if list.relation != nil && leftOut(err) {
				continue
			}
			if err != nil {
				return err
			}
			switch {
			case list.relation != nil:
				a.Related = append(a.Related, list.relation.Name)
			case d != nil:
				if rows, _, err := t.rows(ctx, l); err != nil || len(rows) == 0 {
					return cmp.Or(err, error(noRecord))
				}
			default:
				if err := l.fits(a.Format, nil); err != nil {
					return err
				}
			}
			for _, duty := range v.exportDuties(list.Kind) {
				if list.relation == nil || !slices.Contains(r.ask.Steps, duty) {
					r.ask.Steps = append(r.ask.Steps, duty)
				}
			}
		}
		return nil
	},

	give: func(ctx context.Context, t *tx, giver *view, r *request) (func() (*Outcome, error), error) {
		a := r.ask.Export
		q, by := a.query(), r.ask.By
		stands := &approval{Request: r.id, Giver: giver.bound.Subject().Person, Purpose: r.purpose, From: t.now, Until: t.now.Add(approvedFor)}
		asker := giver.state.view(Actor{Tenant: giver.tenant, Person: r.Asker, Channel: "export", Device: by.Device, Network: by.Network, proved: by.Proved}, t.now)
		d := a.document()
		lists, err := asker.exportLists(q, d, a.Format)
		if err != nil {
			return nil, err
		}
		rights := asker.exportRights(stands, kindsOf(lists), nil)
		for _, list := range lists {
			l, exports, err := asker.prepareExport(list.ListQuery, rights)
			if err != nil {
				return nil, err
			}
			// One part of the list tells whether the giver may export such records. What they may not beyond
			// it is left out when the file is made.
			rows, _, err := t.rows(ctx, l)
			if err != nil {
				return nil, err
			}
			for _, row := range rows {
				if allowed, _ := exported(exports[1:], notLent(row.answer)); !allowed {
					return nil, notExported
				}
			}
		}
		return func() (*Outcome, error) {
			order := Order{Query: &q, Document: d, Purpose: r.purpose, Format: a.Format, Lang: a.Lang, Result: unguessable("." + a.Format), By: *by, Approval: stands}
			id, err := t.putOrder(ctx, r.Asker, ExportWork, a.Kind, order)
			if err != nil {
				return nil, err
			}
			return &Outcome{Giver: stands.Giver, Job: id},
				t.audit(ctx, audit.Entry{Action: audit.Action(policy.Export), Kind: known(a.Kind), OnBehalf: r.Asker, Detail: map[string]any{"ordered": id, "request": r.id, "giver": stands.Giver, "purpose": audit.Clean(r.purpose)}})
		}, nil
	},
}

// approvedRules is the policy with the approval as one more permit of each kind, of the shape of all others:
// who asked may export what they may read. Forbids stand.
func (v *view) approvedRules(a *approval, kinds []policy.Kind) *policy.Ruleset {
	rules := access.Lifted(v.authored.Lower())
	for i, kind := range kinds {
		id := "request/" + a.Request.String()
		if i > 0 {
			id += "/" + string(kind)
		}
		rules = append(rules, policy.Rule{
			ID: id, Effect: policy.Permit, Who: policy.Who{Any: []policy.Clause{{Person: v.bound.Subject().Person}}},
			Kind: kind, Actions: []policy.Action{policy.Export}, Where: policy.Path{Path: policy.PathAll},
			Fields: []policy.FieldRule{{Class: policy.Everything, Level: policy.Plain}}, From: &a.From, Until: &a.Until,
			Scene: a.Purpose, Origin: policy.Origin{Type: "request", ID: a.Request.String()},
		})
	}
	compiled, _ := policy.Compile(v.catalog.Schema(), rules, v.tree.Within)
	return compiled
}

// exportRights are what an export is decided by: each row is one that all of them allow, at the least
// open of their levels.
type exportRights struct {
	epoch int64
	rules *policy.Ruleset // with the approval, where there is one
	own   *policy.Ruleset // without what was lent, for its giver
	bound *policy.Bound
	lent  *policy.Bound // the giver's, of an approved export
}

// exportRights binds the actor's right to export and, where it was approved, the approval and what its
// giver may export. What was compiled before serves again while the epoch is the same.
func (v *view) exportRights(a *approval, kinds []policy.Kind, before *exportRights) *exportRights {
	if a == nil {
		return &exportRights{epoch: v.epoch, rules: v.rules, bound: v.bound}
	}
	x := &exportRights{epoch: v.epoch}
	if before != nil && before.epoch == v.epoch {
		x.rules, x.own = before.rules, before.own
	} else {
		x.rules, x.own = v.approvedRules(a, kinds), v.withoutGrants(access.Lifted)
	}
	x.bound = x.rules.Bind(v.bound.Subject(), v.bound.Context())
	x.lent = x.own.Bind(v.subject(a.Giver, v.now), v.bound.Context())
	return x
}

// of are the reductions for a kind, the actor's first.
func (x *exportRights) of(kind policy.Kind) []*policy.Reduction {
	list := []*policy.Reduction{x.bound.Reduce(policy.Export, kind)}
	if x.lent != nil {
		list = append(list, x.lent.Reduce(policy.Read, kind), x.lent.Reduce(policy.Export, kind))
	}
	return list
}

// none reports whether certainly nothing may be exported.
func none(exports []*policy.Reduction) bool {
	return slices.ContainsFunc(exports, func(r *policy.Reduction) bool { return r.None() })
}

// exported reports whether a row may be exported, and gives the level of a field of it. What the giver
// has as a collaborator is lent, and not theirs to give.
func exported(exports []*policy.Reduction, answer func(*policy.Test) policy.Tri) (bool, func(*policy.Field) policy.Level) {
	var all []policy.Outcome
	for i, r := range exports {
		if all = append(all, r.Outcome(answer)); i > 0 {
			all = append(all, r.Outcome(notLent(answer)))
		}
	}
	allowed := !slices.ContainsFunc(all, func(o policy.Outcome) bool { return !o.Allowed })
	return allowed, func(f *policy.Field) policy.Level {
		level := policy.Plain
		for _, o := range all {
			level = min(level, o.Level(f))
		}
		return level
	}
}

// mark is equal as long as the same rules let the person read and export the kinds, from the same place in
// the organisation, and so for the giver. A file is made under one mark and handed out under the same.
func (x *exportRights) mark(kinds []policy.Kind) (string, error) {
	var parts []any
	for _, kind := range kinds {
		parts = append(parts, marked(x.rules, x.bound, kind)...)
		if x.lent != nil {
			parts = append(parts, marked(x.own, x.lent, kind)...)
		}
	}
	text, err := json.Marshal(parts)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), err
}

func marked(of *policy.Ruleset, bound *policy.Bound, kind policy.Kind) []any {
	var rules []int
	for _, action := range []policy.Action{policy.Read, policy.Export} {
		r := bound.Reduce(action, kind)
		for _, b := range r.Branches {
			rules = append(rules, b.Rules...)
		}
		for _, b := range slices.Concat(r.Bars, r.Guards) {
			rules = append(rules, b.Rules...)
		}
	}
	slices.Sort(rules)
	parts := []any{bound.Subject()}
	for _, i := range slices.Compact(rules) {
		parts = append(parts, of.Rule(i))
	}
	return parts
}
