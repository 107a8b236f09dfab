package store

import (
	"context"
	"fmt"
	"slices"

	"guan/access"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// PolicyChange is a part that differs between two policies, with what it says before and after in
// words.
type PolicyChange struct {
	Op        string         `json:"op"`
	Part      string         `json:"part"`
	ID        string         `json:"id"`
	Sensitive bool           `json:"sensitive"`
	Before    any            `json:"before,omitempty"`
	After     any            `json:"after,omitempty"`
	Sentence  ChangeSentence `json:"sentence"`
	Rules     []PolicyChange `json:"rules,omitempty"` // of a changed pack, rule by rule
}

// ChangeSentence says a part as it was and as it is.
type ChangeSentence struct {
	Before *records.Label `json:"before,omitempty"`
	After  *records.Label `json:"after,omitempty"`
}

// tellChanges compares two documents in the company as it is now.
func (t *rtx) tellChanges(ctx context.Context, st *state, before, after access.Document) ([]PolicyChange, error) {
	was, err := t.under(ctx, st, before)
	if err != nil {
		return nil, err
	}
	is, err := t.under(ctx, st, after)
	if err != nil {
		return nil, err
	}
	return tellAll(was, is, "", access.Changes(st.catalog.Schema(), before, after)), nil
}

func tellAll(was, is *state, pack string, changes []access.DocumentChange) []PolicyChange {
	out := []PolicyChange{}
	for _, c := range changes {
		told := PolicyChange{Op: c.Op, Part: c.Part, ID: c.ID, Sensitive: c.Sensitive, Before: c.Before, After: c.After,
			Sentence: ChangeSentence{was.partSentence(pack, c.Before), is.partSentence(pack, c.After)}}
		if len(c.Rules) > 0 {
			told.Rules = tellAll(was, is, c.ID, c.Rules)
		}
		out = append(out, told)
	}
	return out
}

// partSentence says a part of a document; nil for none. pack is the pack in which a rule stands.
func (st *state) partSentence(pack string, part any) *records.Label {
	var said records.Label
	switch p := part.(type) {
	case access.PackDocument:
		said = st.packSentence(p)
	case access.Assignment:
		said = st.assignmentSentence(p)
	case access.RuleDocument:
		rule := p.Rule()
		if pack != "" {
			rule.ID, rule.Origin = pack+"/"+p.ID, policy.Origin{Type: access.FromPack, ID: pack}
		}
		if said = st.ruleSentence(&rule); pack != "" {
			said = st.templateSentence(&rule)
		}
	default:
		return nil
	}
	return &said
}

func (st *state) packSentence(p access.PackDocument) records.Label {
	zh := fmt.Sprintf("权限包“%s”,%d 条规则", p.Label.In("zh"), len(p.Rules))
	en := fmt.Sprintf("Pack “%s” with %d rules", p.Label.In("en"), len(p.Rules))
	for i, action := range p.System {
		label := records.SystemActionLabels[action]
		zh += []string{",可", "、"}[min(i, 1)] + label.In("zh")
		en += []string{"; may ", ", "}[min(i, 1)] + label.In("en")
	}
	return records.Label{ZH: zh + "。", EN: en + "."}
}

func (st *state) assignmentSentence(a access.Assignment) records.Label {
	return both(func(lang string) string {
		name := a.Pack
		if p, ok := access.Find(st.authored.Packs, a.Pack); ok {
			name = org.Label(p.Label).In(lang)
		}
		who := policy.WhoSentence(st.catalog.Schema(), names{st}, policy.Who{Any: []policy.Clause{a.Who}}, lang)
		window := policy.WindowSentence(a.From, a.Until, lang)
		if lang == "zh" {
			if window != "" {
				window = "," + window
			}
			return fmt.Sprintf("%s得到权限包“%s”%s。", who, name, window)
		}
		if window != "" {
			window = ", " + window
		}
		return fmt.Sprintf("The pack “%s” is given to %s%s.", name, who, window)
	})
}

// showDraft is a draft as the reader sees it.
func (t *rtx) showDraft(ctx context.Context, v *view, d *draftRow) (*PolicyDraft, error) {
	document := d.document
	out := &PolicyDraft{ID: d.id, Version: d.version, Name: d.name, State: d.state, Author: Name{ID: d.author}, EditedBy: Name{ID: d.editor}, Base: d.base,
		CreatedAt: *instant(&d.created), UpdatedAt: *instant(&d.updated), Document: &document, Published: d.published, Can: []string{}}
	named := []*Name{&out.Author, &out.EditedBy}
	if d.askedBy != 0 {
		out.Asked = &DraftNote{Name{ID: d.askedBy}, *instant(&d.askedAt), d.askedNote}
		named = append(named, &out.Asked.By)
	}
	if d.refusedBy != 0 {
		out.Refused = &DraftNote{Name{ID: d.refusedBy}, *instant(&d.refusedAt), d.refusedNote}
		named = append(named, &out.Refused.By)
	}
	if err := t.nameAll(ctx, v.tenant, named...); err != nil {
		return nil, err
	}
	base, err := t.version(ctx, v.tenant, d.base)
	if err != nil {
		return nil, err
	}
	open := d.state == DraftOpen || d.state == DraftWaiting
	if open {
		newest, err := t.newestNumber(ctx, v.tenant)
		if err != nil {
			return nil, err
		}
		out.Stale = newest != d.base || !base.Document.Same(v.document)
	}
	if out.Changes, err = t.tellChanges(ctx, v.state, *base.Document, document); err != nil {
		return nil, err
	}
	if out.Stale {
		if out.Conflicts, err = t.conflicts(ctx, v.state, *base.Document, document, v.document, out.Changes); err != nil {
			return nil, err
		}
		if out.Upon, err = d.upon(v.document); err != nil {
			return nil, err
		}
	}
	out.Sensitive = slices.ContainsFunc(out.Changes, func(c PolicyChange) bool { return c.Sensitive })
	out.Problems, out.Warnings = []fault.Item{}, []PolicyWarning{}
	if !open {
		return out, nil // what was published or given up is no longer looked over
	}
	if out.Problems, err = t.documentProblems(ctx, v, document); err != nil {
		return nil, err
	}
	if out.Warnings, err = t.warnings(ctx, v, document, out.Changes); err != nil {
		return nil, err
	}
	second, err := t.another(ctx, v.state, v.bound.Subject().Person)
	if err != nil {
		return nil, err
	}
	out.Alone = !second
	if v.may("policy") {
		out.Can = d.can(out, v.bound.Subject().Person, base.Document.Same(document))
	}
	return out, nil
}

// can lists what somebody who administers permissions may do with a draft that is open or waiting.
func (d *draftRow) can(shown *PolicyDraft, me policy.ID, same bool) []string {
	can := []string{"discard"}
	if shown.Stale {
		can = append(can, "rebase")
	}
	if d.state == DraftWaiting {
		if can = append(can, "refuse"); d.confirmableBy(me) && !shown.Stale {
			can = append(can, "confirm")
		}
		return can
	}
	if can = append(can, "edit"); !shown.Stale && !same && len(shown.Problems) == 0 {
		can = append(can, "publish")
	}
	return can
}

func (t *rtx) newestNumber(ctx context.Context, tenant policy.ID) (number int64, err error) {
	err = t.row(ctx, "SELECT coalesce(max(number), 0) FROM policy_version WHERE tenant_id = $1", tenant).Scan(&number)
	return number, err
}
