package store

import (
	"context"
	"database/sql"

	"guan/access"
	"guan/org"
	"guan/policy"
)

// PolicyBook is the policy in force with everything that is needed to write it for people: what the
// company calls what its rules name, and each part's sentence.
type PolicyBook struct {
	Document access.Document
	Schema   *policy.Schema
	Tree     *org.Tree
	Logins   map[policy.ID]string
	Pools    map[policy.ID]string
	// Sentences in Chinese: packs by id, their rules by pack/rule, assignments and rules by id.
	Packs, PackRules, Assignments, Rules map[string]string
}

// PolicyBook reads the policy to be written into a file. It takes the right policy or audit; the
// logins of all people are in it, so that a file may name any of them.
func (s *Session) PolicyBook(ctx context.Context) (*PolicyBook, error) {
	var b *PolicyBook
	err := s.oversee(ctx, "export_policy", func(t *rtx, v *view) error {
		b = &PolicyBook{Document: v.document, Schema: v.catalog.Schema(), Tree: v.tree, Logins: map[policy.ID]string{}, Pools: map[policy.ID]string{},
			Packs: map[string]string{}, PackRules: map[string]string{}, Assignments: map[string]string{}, Rules: map[string]string{}}
		for _, p := range v.pools {
			b.Pools[p.ID] = p.Name
		}
		for _, p := range v.document.Packs {
			b.Packs[p.ID] = v.partSentence("", p).ZH
			for _, r := range p.Rules {
				b.PackRules[p.ID+"/"+r.ID] = v.partSentence(p.ID, r).ZH
			}
		}
		for _, a := range v.document.Assignments {
			b.Assignments[a.ID.String()] = v.partSentence("", a).ZH
		}
		for _, r := range v.document.Rules {
			b.Rules[r.ID] = v.partSentence("", r).ZH
		}
		return t.each(ctx, func(rows *sql.Rows) error {
			var id policy.ID
			var login string
			err := rows.Scan(&id, &login)
			b.Logins[id] = login
			return err
		}, "SELECT id, login FROM person WHERE tenant_id = $1 AND login IS NOT NULL", v.tenant)
	}, "policy", "audit")
	return b, err
}

// ComparePolicy says by what a document differs from the policy in force, and by what of it the
// company would refuse it. It takes the right policy or audit. Faults: Invalid (draft_problems).
func (s *Session) ComparePolicy(ctx context.Context, d access.Document) ([]PolicyChange, error) {
	var changes []PolicyChange
	err := s.oversee(ctx, "diff_policy", func(t *rtx, v *view) error {
		d := v.document.Known(d)
		for i := range d.Assignments {
			if d.Assignments[i].ID == 0 {
				d.Assignments[i].ID = policy.ID(i + 1) // below every id that was ever given
			}
		}
		items, err := t.documentProblems(ctx, v, d)
		if err != nil {
			return err
		}
		if len(items) > 0 {
			return draftWrong.WithItems(items...)
		}
		changes, err = t.tellChanges(ctx, v.state, v.document, d.Normal())
		return err
	}, "policy", "audit")
	return changes, err
}
