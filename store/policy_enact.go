package store

import (
	"cmp"
	"context"
	"strings"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// Enacted is what became of a policy that somebody wanted in force: a version, or a draft that
// waits for a second person.
type Enacted struct {
	Version *PolicyVersion `json:"version,omitempty"`
	Draft   *PolicyDraft   `json:"draft,omitempty"`
}

var (
	draftStale  = fault.New(fault.Conflict, "draft_stale", "another policy is in force by now: bring the draft up to it first")
	draftEmpty  = fault.New(fault.Conflict, "draft_empty", "nothing would change")
	draftWrong  = fault.New(fault.Invalid, "draft_problems", "some parts are not well formed")
	aloneNeeded = fault.New(fault.Conflict, "alone_needed", "the change is sensitive and there is nobody to confirm it: it takes the word that it is done alone, and why")
	confirmSelf = fault.New(fault.Denied, "confirm_self", "whoever wrote, last edited or wants to publish a draft does not confirm it")
	noConfirmer = fault.New(fault.Conflict, "no_confirmer", "everybody who could confirm it wrote it, last edited it or wants it published: let one person write a new draft")
	askerGone   = fault.New(fault.Conflict, "asker_gone", "who wanted the draft published may no longer do so: refuse it, and publish it yourself")
)

// enactment is a document on its way into force.
type enactment struct {
	document access.Document
	origin   string
	name     string    // of the draft, should it have to wait
	draft    *draftRow // that it comes from; nil for files and versions
	note     string
	alone    bool
	// confirmed: a second person stands behind it. The checks are those of who asked.
	confirmed bool
}

// PublishAsk is what somebody says who wants a draft in force.
type PublishAsk struct {
	Note    string
	Version int64 // of the draft; 0 is whichever it has
	Alone   bool  // nobody could confirm it, and it is done all the same
}

// PublishPolicyDraft puts a draft in force, or lets it wait for a second person where it is
// sensitive and there is one. It takes the right policy, and everything that the changes would take
// one by one. Faults: NotFound, Stale, Invalid (draft_problems), Denied (self_gain, not_held, self),
// Conflict (draft_stale, draft_empty, draft_state, alone_needed, last_administrator).
func (s *Session) PublishPolicyDraft(ctx context.Context, id policy.ID, ask PublishAsk) (*PolicyDraft, error) {
	done, err := s.enact(ctx, "publish", func(t *tx, v *view) (*enactment, error) {
		d, err := t.holdDraft(ctx, id)
		switch {
		case err != nil:
			return nil, err
		case d.state != DraftOpen:
			return nil, draftState.With("state", string(d.state))
		case ask.Version != 0 && ask.Version != d.version:
			return nil, draftMoved
		}
		return &enactment{document: d.document, origin: OriginDraft, draft: d, note: ask.Note, alone: ask.Alone}, nil
	})
	if err != nil || done.Version != nil && done.Draft != nil {
		return done.draft(), err
	}
	return s.PolicyDraft(ctx, id)
}

// draft is what is told of the draft without another look at it.
func (e *Enacted) draft() *PolicyDraft {
	if e == nil {
		return nil
	}
	return e.Draft
}

// ConfirmPolicyDraft puts a draft in force that waits for it. It takes the right policy; who wrote
// it, edited it last or wants it published is somebody else. What that one may not do is not made
// good by a confirmation. Faults: as PublishPolicyDraft.
func (s *Session) ConfirmPolicyDraft(ctx context.Context, id policy.ID) (*PolicyDraft, error) {
	done, err := s.enact(ctx, "confirm", func(t *tx, v *view) (*enactment, error) {
		d, err := t.holdDraft(ctx, id)
		switch me := t.actor.Person; {
		case err != nil:
			return nil, err
		case d.state != DraftWaiting:
			return nil, draftState.With("state", string(d.state))
		case me == 0 || !d.confirmableBy(me):
			return nil, confirmSelf
		}
		return &enactment{document: d.document, origin: d.origin, draft: d, note: d.askedNote, confirmed: true}, nil
	})
	if err != nil || done.Version != nil && done.Draft != nil {
		return done.draft(), err
	}
	return s.PolicyDraft(ctx, id)
}

func (d *draftRow) confirmableBy(person policy.ID) bool {
	return person != d.author && person != d.editor && person != d.askedBy
}

// enact runs an enactment in one transaction: checked, then in force as a version, or waiting.
func (s *Session) enact(ctx context.Context, name string, prepare func(*tx, *view) (*enactment, error)) (*Enacted, error) {
	var version int64
	var waiting policy.ID
	var brief *Enacted // for who may read neither drafts nor versions any more, by what was enacted
	err := s.db.administer(ctx, s.actor, op{name: name, raises: true}, "policy", func(t *tx, v *view) error {
		version, waiting, brief = 0, 0, nil
		e, err := prepare(t, v)
		if err != nil {
			return err
		}
		if e.note, err = draftNote(e.note); err != nil {
			return err
		}
		if version, waiting, err = t.enact(ctx, v, e); err != nil || version == 0 {
			return err
		}
		after, err := t.again(ctx, v)
		if err != nil || after.may("policy") || after.may("audit") {
			return err
		}
		brief = &Enacted{Version: &PolicyVersion{Number: version, Epoch: t.epoch, At: t.now.UTC(), Origin: e.origin, Note: e.note}}
		if d := e.draft; d != nil {
			brief.Version.Draft = d.id
			brief.Draft = &PolicyDraft{ID: d.id, Version: d.version, Name: d.name, State: d.state, Author: Name{ID: d.author}, EditedBy: Name{ID: d.editor}, Base: d.base, Published: d.published,
				CreatedAt: *instant(&d.created), UpdatedAt: *instant(&d.updated), Changes: []PolicyChange{}, Warnings: []PolicyWarning{}, Problems: []fault.Item{}, Can: []string{}}
		}
		return nil
	})
	if err = s.declined(ctx, name, err); err != nil || brief != nil {
		return brief, err
	}
	if waiting != 0 {
		d, err := s.PolicyDraft(ctx, waiting)
		return &Enacted{Draft: d}, err
	}
	x, err := s.PolicyVersion(ctx, version)
	if x != nil {
		x.Document = nil
	}
	return &Enacted{Version: x}, err
}

func draftNote(note string) (string, error) {
	note = strings.TrimSpace(strings.ReplaceAll(note, "\x00", ""))
	if len([]rune(note)) > maxDraftNote {
		return "", fault.Newf(fault.Invalid, "note", "a note has at most %d characters", maxDraftNote).WithAt("note").With("max", maxDraftNote)
	}
	return note, nil
}

// enact gives the number of the version that came into force, or the id of the draft that waits.
func (t *tx) enact(ctx context.Context, v *view, e *enactment) (version int64, waiting policy.ID, err error) {
	newest, err := t.catchUp(ctx, v.document)
	switch {
	case err != nil:
		return 0, 0, err
	case e.draft != nil && e.draft.base != newest:
		return 0, 0, draftStale
	case e.document.Same(v.document):
		return 0, 0, draftEmpty
	}
	items, err := t.documentProblems(ctx, v, e.document)
	if err != nil {
		return 0, 0, err
	}
	if len(items) > 0 {
		return 0, 0, draftWrong.WithItems(items...)
	}
	after, err := t.under(ctx, v.state, e.document)
	if err != nil {
		return 0, 0, err
	}
	changes := access.Changes(v.catalog.Schema(), v.document, e.document)
	author := v
	if e.confirmed {
		author = v.state.view(Actor{Tenant: v.tenant, Person: e.draft.askedBy, Channel: "web", Device: "desktop", Network: "office"}, v.now)
		if !author.may("policy") {
			return 0, 0, askerGone
		}
	}
	if err := author.mayChange(changes, v.state, after); err != nil {
		return 0, 0, err
	}
	if err := t.checkDelegationTo(ctx, author, after); err != nil {
		return 0, 0, err
	}
	alone := false
	if access.Sensitive(changes) && !e.confirmed && t.actor.job == "" {
		second, err := t.another(ctx, v.state, t.actor.Person)
		switch {
		case err != nil:
			return 0, 0, err
		case second:
			waiting, err = t.wait(ctx, v, newest, e, changes)
			return 0, waiting, err
		case !e.alone:
			return 0, 0, aloneNeeded
		case e.note == "":
			return 0, 0, fault.New(fault.Invalid, "note", "why it is done alone has to be said").WithAt("note")
		}
		alone = true
	}
	if err := t.putDocument(ctx, v.document, e.document); err != nil {
		return 0, 0, err
	}
	version, err = t.publish(ctx, v, e, changes, alone)
	return version, 0, err
}

// wait leaves a draft for a second person, if somebody is left who may be that.
func (t *tx) wait(ctx context.Context, v *view, base int64, e *enactment, changes []access.DocumentChange) (policy.ID, error) {
	d := e.draft
	if d == nil {
		id, err := t.newID(ctx)
		if err != nil {
			return 0, err
		}
		d = &draftRow{id: id, name: e.name, author: t.actor.Person, editor: t.actor.Person, base: base, origin: e.origin, document: e.document, created: t.nowMicros()}
	}
	if free, err := t.another(ctx, v.state, d.author, d.editor, t.actor.Person); err != nil || !free {
		return 0, cmp.Or(err, error(noConfirmer))
	}
	d.state, d.askedBy, d.askedAt, d.askedNote = DraftWaiting, t.actor.Person, t.nowMicros(), e.note
	if err := t.putDraft(ctx, d); err != nil {
		return 0, err
	}
	return d.id, t.auditPolicy(ctx, audit.DraftChanged, map[string]any{"draft": d.id, "name": audit.Clean(d.name), "what": "waiting", "note": e.note, "changed": briefly(changes)})
}

// publish keeps what has been put in force as a version. What was done alone stands in the audit
// log under an action of its own, where nobody has to look for it.
func (t *tx) publish(ctx context.Context, v *view, e *enactment, changes []access.DocumentChange, alone bool) (int64, error) {
	x := PolicyVersion{Origin: e.origin, Note: e.note, Alone: alone}
	detail := noting(changes, map[string]any{"origin": e.origin, "note": e.note})
	asker := t.actor.Person
	if d := e.draft; d != nil {
		x.Draft = d.id
		detail["draft"] = d.id
		if e.confirmed {
			asker = d.askedBy
			x.ConfirmedBy = &Name{ID: t.actor.Person}
			detail["asked_by"], detail["confirmed_by"] = asker, t.actor.Person
		}
	}
	number, err := t.catchUp(ctx, v.document)
	if err != nil {
		return 0, err
	}
	x.Number, x.Epoch = number+1, t.epoch
	if err := t.insertVersion(ctx, asker, x, e.document); err != nil {
		return 0, err
	}
	detail["version"] = x.Number
	if d := e.draft; d != nil {
		d.state, d.published = DraftPublished, x.Number
		if err := t.putDraft(ctx, d); err != nil {
			return 0, err
		}
	}
	if alone {
		if err := t.auditPolicy(ctx, audit.PolicyAlone, map[string]any{"version": x.Number, "note": e.note, "changed": briefly(changes)}); err != nil {
			return 0, err
		}
	}
	return x.Number, t.auditPolicy(ctx, audit.PolicyChanged, detail)
}

// detailMost bounds the entry of a publication: its version has everything.
const detailMost = 64 << 10

// noting says in a detail which parts changed, and all of it where that is not much.
func noting(changes []access.DocumentChange, detail map[string]any) map[string]any {
	detail["changed"] = briefly(changes)
	if text, err := jsonText(changes); err == nil && len(text) <= detailMost {
		detail["changes"] = changes
	}
	return detail
}

// briefMost is how many parts an entry names.
const briefMost = 200

// briefly says which parts changed, and of a changed pack which of its rules.
func briefly(changes []access.DocumentChange) []string {
	out := []string{}
	for _, c := range changes {
		out = append(out, c.Op+" "+c.Part+" "+c.ID)
		for _, r := range c.Rules {
			out = append(out, r.Op+" "+r.Part+" "+c.ID+"/"+r.ID)
		}
	}
	return out[:min(len(out), briefMost)]
}

// RefusePolicyDraft sends a draft that waits back to be worked on; who asked takes it back that way.
// It takes the right policy, and a reason from anybody else. Faults: NotFound, Invalid, Denied,
// Conflict.
func (s *Session) RefusePolicyDraft(ctx context.Context, id policy.ID, note string) (*PolicyDraft, error) {
	note, err := draftNote(note)
	if err != nil {
		return nil, err
	}
	err = s.changeDraft(ctx, id, 0, "refused", func(t *tx, v *view, d *draftRow) error {
		if d.state != DraftWaiting {
			return draftState.With("state", string(d.state))
		}
		if note == "" && t.actor.Person != d.askedBy {
			return fault.New(fault.Invalid, "note", "a refusal says why").WithAt("note")
		}
		d.state, d.refusedBy, d.refusedAt, d.refusedNote = DraftOpen, t.actor.Person, t.nowMicros(), note
		d.askedBy, d.askedAt, d.askedNote = 0, 0, ""
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s.PolicyDraft(ctx, id)
}
