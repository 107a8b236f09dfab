package store

import (
	"context"
	"slices"

	"guan/access"
)

// drafts begins a draft as somebody and changes its document.
func (f *firm) drafts(who string, change func(*access.Document)) *PolicyDraft {
	f.t.Helper()
	ctx := context.Background()
	d, err := f.as(who).CreatePolicyDraft(ctx, "草稿", nil)
	f.must(err)
	return f.redraft(who, d, change)
}

// redraft changes the document of a draft further.
func (f *firm) redraft(who string, d *PolicyDraft, change func(*access.Document)) *PolicyDraft {
	f.t.Helper()
	document := *d.Document
	change(&document)
	d, err := f.as(who).EditPolicyDraft(context.Background(), d.ID, d.Version, DraftFields{Document: &document})
	f.must(err)
	return d
}

// enacts makes a change by a draft, which somebody else confirms where that is needed.
func (f *firm) enacts(who string, change func(*access.Document)) *PolicyDraft {
	f.t.Helper()
	ctx := context.Background()
	d := f.drafts(who, change)
	d, err := f.as(who).PublishPolicyDraft(ctx, d.ID, PublishAsk{Note: "试验"})
	f.must(err)
	if d.State == DraftWaiting {
		second := "admin"
		if who == second {
			second = "admin2"
		}
		d, err = f.as(second).ConfirmPolicyDraft(ctx, d.ID)
		f.must(err)
	}
	if d.State != DraftPublished || d.Published == 0 {
		f.t.Fatalf("the draft is %s", d.State)
	}
	return d
}

// assigning adds assignments to a document.
func assigning(list ...access.Assignment) func(*access.Document) {
	return func(d *access.Document) { d.Assignments = append(slices.Clone(d.Assignments), list...) }
}

// unassigning takes an assignment out of a document.
func unassigning(gone access.Assignment) func(*access.Document) {
	return func(d *access.Document) {
		d.Assignments = slices.DeleteFunc(slices.Clone(d.Assignments), func(a access.Assignment) bool { return a.ID == gone.ID })
	}
}

// writing writes rules into a document, over those of their ids.
func writing(rules ...access.RuleDocument) func(*access.Document) {
	return func(d *access.Document) {
		d.Rules = slices.Clone(d.Rules)
		for _, r := range rules {
			i := slices.IndexFunc(d.Rules, func(o access.RuleDocument) bool { return o.ID == r.ID })
			if i < 0 {
				d.Rules = append(d.Rules, r)
			} else {
				d.Rules[i] = r
			}
		}
	}
}
