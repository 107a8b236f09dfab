package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"guan/access"
	"guan/fault"
	"guan/policy"
)

// PolicyConflict is a part that a draft and the policy in force both changed since the version from
// which the draft began, and not alike: what the draft makes of it, and what was made of it in force.
type PolicyConflict struct {
	Part   string       `json:"part"`
	ID     string       `json:"id"`
	Mine   PolicyChange `json:"mine"`
	Theirs PolicyChange `json:"theirs"`
}

// Rebase says how a draft is brought up to the policy in force.
type Rebase struct {
	// Take says for each conflict which side stands.
	Take []access.MergeChoice
	// Upon is PolicyDraft.Upon as it was read with the conflicts; empty does not ask.
	Upon string
}

var rebaseMoved = fault.New(fault.Stale, "rebase_moved", "the draft or the policy in force was changed since you read the conflicts")

// RebasePolicyDraft brings a draft up to the policy in force: what was changed there meanwhile comes
// in, what the draft changes stays. Where both changed the same part the choices say, part by part,
// whose stands; while one is missing nothing is changed. A draft that waited is open again. It takes
// the right policy. Faults: NotFound, Denied, Invalid, Stale (rebase_moved), Conflict
// (rebase_conflict with all that is not chosen).
func (s *Session) RebasePolicyDraft(ctx context.Context, id policy.ID, r Rebase) (*PolicyDraft, error) {
	for _, c := range r.Take {
		if c.Take != access.Mine && c.Take != access.Theirs {
			return nil, fault.New(fault.Invalid, "rebase_take", "take is mine or theirs").WithAt("take")
		}
	}
	err := s.changeDraft(ctx, id, 0, "rebased", func(t *tx, v *view, d *draftRow) error {
		if d.state != DraftOpen && d.state != DraftWaiting {
			return draftState.With("state", string(d.state))
		}
		if r.Upon != "" {
			upon, err := d.upon(v.document)
			if err != nil {
				return err
			}
			if upon != r.Upon {
				return rebaseMoved
			}
		}
		newest, err := t.catchUp(ctx, v.document)
		if err != nil {
			return err
		}
		base, err := t.version(ctx, t.actor.Tenant, d.base)
		if err != nil {
			return err
		}
		merged, conflicts := access.Merge(*base.Document, d.document, v.document, r.Take)
		if len(conflicts) > 0 {
			clash := fault.New(fault.Conflict, "rebase_conflict", "the draft and the policy in force changed the same parts")
			for _, c := range conflicts {
				clash = clash.WithItems(fault.Item{At: c.Part + "s[" + c.ID + "]", Code: "rebase_conflict", Detail: "both changed it",
					Params: map[string]any{"part": c.Part, "id": c.ID}})
			}
			return clash
		}
		if len(r.Take) > 0 || !d.document.Same(merged) {
			d.editor = t.actor.Person
		}
		if d.base != newest {
			d.state, d.askedBy, d.askedAt, d.askedNote = DraftOpen, 0, 0, ""
		}
		d.document, d.base = merged.Normal(), newest
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s.PolicyDraft(ctx, id)
}

// upon marks the two that a rebase brings together: the draft as it stands, and the policy in force.
// Whoever chooses between versions that they read must not choose between others.
func (d *draftRow) upon(inForce access.Document) (string, error) {
	text, err := jsonText(inForce.Normal())
	sum := sha256.Sum256([]byte(strconv.FormatInt(d.version, 10) + " " + text))
	return hex.EncodeToString(sum[:16]), err
}

// conflicts lists what a rebase of the draft has to ask, in the order of the draft's changes.
func (t *rtx) conflicts(ctx context.Context, st *state, base, mine, theirs access.Document, changes []PolicyChange) ([]PolicyConflict, error) {
	out := []PolicyConflict{}
	_, clash := access.Merge(base, mine, theirs, nil)
	if len(clash) == 0 {
		return out, nil
	}
	made, err := t.tellChanges(ctx, st, base, theirs)
	if err != nil {
		return nil, err
	}
	for _, c := range clash {
		conflict := PolicyConflict{Part: c.Part, ID: c.ID}
		for from, into := range map[*[]PolicyChange]*PolicyChange{&changes: &conflict.Mine, &made: &conflict.Theirs} {
			for _, change := range *from {
				if change.Part == c.Part && change.ID == c.ID {
					*into = change
				}
			}
		}
		out = append(out, conflict)
	}
	return out, nil
}
