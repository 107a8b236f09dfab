package store

import (
	"context"
	"slices"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/grants"
	"guan/policy"
)

// NewSandbox opens a sandbox. From zero is now.
type NewSandbox struct {
	Title   string      `json:"title"`
	Purpose string      `json:"purpose"`
	From    *time.Time  `json:"from,omitempty"`
	Until   time.Time   `json:"until"`
	Members []NewMember `json:"members,omitempty"`
	Shares  []NewShare  `json:"shares,omitempty"`
}

// NewMember brings somebody into a sandbox, or gives them another part in it.
type NewMember struct {
	Person policy.ID   `json:"person"`
	Mode   grants.Mode `json:"mode"`
	Gives  bool        `json:"gives,omitempty"` // a co-sponsor
	Until  *time.Time  `json:"until,omitempty"` // of one who leaves before the end
}

// NewShare puts records into a sandbox: named, chosen as a list would, or those of a condition.
type NewShare struct {
	Kind    policy.Kind        `json:"kind"`
	Records []policy.ID        `json:"records,omitempty"`
	Choose  *GrantChoice       `json:"choose,omitempty"`
	When    *policy.Cond       `json:"when,omitempty"`
	Actions []policy.Action    `json:"actions"`
	Fields  []policy.FieldRule `json:"fields"`
	Along   []string           `json:"along,omitempty"` // relations whose records go along with the named ones

	// kept is what goes along with a share that is decided anew.
	kept []grants.Along
}

// along is what is to go along with the records.
func (n *NewShare) along() []grants.Along {
	list := slices.Clone(n.kept)
	for _, relation := range n.Along {
		list = append(list, grants.Along{Relation: relation})
	}
	return list
}

var (
	noSandbox      = fault.New(fault.NotFound, "sandbox", "there is no such sandbox")
	sandboxOver    = fault.New(fault.Conflict, "sandbox_ended", "the sandbox has ended")
	sandboxSponsor = fault.New(fault.Denied, "sandbox_sponsor", "this is for the sponsor of the sandbox")
	sandboxGivers  = fault.New(fault.Denied, "sandbox_givers", "records are put into the sandbox by its sponsor and its co-sponsors")
)

// kindSandbox stands in audit entries for a sandbox, so that the entries of one are found as those of
// a record are.
const kindSandbox policy.Kind = "sandbox"

// CreateSandbox opens a sandbox of the actor's, with members and with what the actor puts into it: at
// most what they could grant, see Grant. Faults: as Grant.
func (s *Session) CreateSandbox(ctx context.Context, n NewSandbox) (*Sandbox, error) {
	var id policy.ID
	err := s.inSandbox(ctx, func(t *tx, v *view) (err error) {
		box := &grants.Sandbox{Sponsor: s.actor.Person, Title: n.Title, Purpose: n.Purpose, From: t.now, Until: *whole(&n.Until)}
		if n.From != nil && n.From.After(t.now) {
			box.From = *whole(n.From)
		}
		for _, m := range n.Members {
			box.Members = append(box.Members, m.member(t.now))
		}
		if err := t.checkSandbox(v, box); err != nil {
			return err
		}
		if box.ID, err = t.newID(ctx); err != nil {
			return err
		}
		id, box.Members = box.ID, nil // who joins is not in it yet
		if _, err := t.exec(ctx, "INSERT INTO sandbox (tenant_id, id, sponsor_id, title, purpose, from_at, until_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
			v.tenant, id, box.Sponsor, box.Title, box.Purpose, box.From.UnixMicro(), box.Until.UnixMicro(), t.nowMicros()); err != nil {
			return err
		}
		if err := t.sandboxDid(ctx, box, "opened", map[string]any{"from": box.From, "until": box.Until, "title": box.Title, "purpose": box.Purpose}); err != nil {
			return err
		}
		if err := t.join(ctx, v, box, n.Members); err != nil {
			return err
		}
		for i, share := range n.Shares {
			if err := t.putIn(ctx, v, box, share); err != nil {
				return within("shares["+itoa(i)+"]", err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s.Sandbox(ctx, id)
}

// inSandbox is the frame of what changes a sandbox, and with it what people may see.
func (s *Session) inSandbox(ctx context.Context, change func(*tx, *view) error) error {
	if err := s.inPerson(); err != nil {
		return err
	}
	err := s.db.write(ctx, s.actor, op{name: "sandbox", raises: true}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		return change(t, v)
	})
	return s.declined(ctx, "sandbox", err)
}

// checkSandbox says what is wrong with a sandbox that is opened or goes on.
func (t *tx) checkSandbox(v *view, box *grants.Sandbox) error {
	if err := box.Check(); err != nil {
		return err
	}
	if !box.Until.After(t.now) {
		return fault.New(fault.Invalid, "grant_until", "the end has passed").WithAt("until")
	}
	if v.leaving(box); box.Leaves != nil && !box.Leaves.After(t.now) {
		return fault.New(fault.Denied, "sandbox_post", "who answers for a sandbox holds a position in the company")
	}
	return nil
}

// openSandbox reads a sandbox of which the actor may know, for a change of it.
func (t *tx) openSandbox(ctx context.Context, v *view, id policy.ID) (*grants.Sandbox, error) {
	box, err := t.knownSandbox(ctx, v, id)
	if err != nil {
		return nil, err
	}
	if box.At(t.now) == grants.Ended {
		return nil, sandboxOver
	}
	return box, nil
}

// knownSandbox reads a sandbox of which the actor may know: who is or was in it, and who administers
// or audits the policy.
func (t *rtx) knownSandbox(ctx context.Context, v *view, id policy.ID) (*grants.Sandbox, error) {
	found, err := t.sandboxRows(ctx, v.tenant, "s.id = $2", id)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 || v.roleIn(&found[0]) == "" {
		return nil, noSandbox
	}
	v.leaving(&found[0])
	return &found[0], nil
}

// What somebody is to a sandbox.
const (
	RoleSponsor  = "sponsor"
	RoleMember   = "member"
	RoleFormer   = "former" // was a member
	RoleOverseer = "overseer"
	RoleOutsider = "outsider" // has a record that lies in it
)

// roleIn is what the actor is to a sandbox; empty for who may not know of it.
func (v *view) roleIn(box *grants.Sandbox) string {
	me := v.bound.Subject().Person
	was := false
	for _, m := range box.Members {
		if was = was || m.Person == me; m.Person == me && m.At(v.now) {
			return RoleMember
		}
	}
	switch {
	case box.Sponsor == me:
		return RoleSponsor
	case v.may("policy") || v.may("audit"):
		return RoleOverseer
	case was:
		return RoleFormer
	}
	return ""
}

// membership is how the actor, or somebody else, is in a sandbox now.
func membership(box *grants.Sandbox, person policy.ID, now time.Time) (grants.Member, bool) {
	i := slices.IndexFunc(box.Members, func(m grants.Member) bool { return m.Person == person && m.At(now) })
	if i < 0 {
		return grants.Member{}, false
	}
	return box.Members[i], true
}

// sandboxDid records a change of a sandbox.
func (t *tx) sandboxDid(ctx context.Context, box *grants.Sandbox, what string, detail map[string]any) error {
	if detail == nil {
		detail = map[string]any{}
	}
	detail["what"] = what
	return t.audit(ctx, audit.Entry{Action: audit.SandboxChanged, Kind: kindSandbox, Record: box.ID, Detail: detail})
}

// ChangeSandbox gives a sandbox another title: its sponsor does. What it is for stays what it was when
// people put something into it. Faults: NotFound, Denied, Invalid, Conflict.
func (s *Session) ChangeSandbox(ctx context.Context, id policy.ID, title string) (*Sandbox, error) {
	err := s.inSandbox(ctx, func(t *tx, v *view) error {
		box, err := t.openSandbox(ctx, v, id)
		if err != nil {
			return err
		}
		if box.Sponsor != s.actor.Person {
			return sandboxSponsor
		}
		box.Title, box.Members = title, nil
		if err := t.checkSandbox(v, box); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE sandbox SET title = $1 WHERE tenant_id = $2 AND id = $3", title, v.tenant, id); err != nil {
			return err
		}
		return t.sandboxDid(ctx, box, "renamed", map[string]any{"title": title})
	})
	if err != nil {
		return nil, err
	}
	return s.Sandbox(ctx, id)
}

// runsSandbox asks whether the actor may take something out of a sandbox: one of some people, or its sponsor, or by
// the right policy.
func (t *tx) runsSandbox(v *view, box *grants.Sandbox, people ...policy.ID) error {
	if me := t.actor.Person; me == box.Sponsor || slices.Contains(people, me) {
		return nil
	}
	if t.by = v.rightBy("policy"); !v.may("policy") {
		return sandboxSponsor
	}
	return nil
}

// EndSandbox ends a sandbox with its commit: its sponsor may, and who administers permissions. Faults:
// NotFound, Denied, Conflict when it has ended.
func (s *Session) EndSandbox(ctx context.Context, id policy.ID) (*Sandbox, error) {
	err := s.inSandbox(ctx, func(t *tx, v *view) error {
		box, err := t.openSandbox(ctx, v, id)
		if err != nil {
			return err
		}
		if err := t.runsSandbox(v, box); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE sandbox SET ended_at = $1, ended_by = $2 WHERE tenant_id = $3 AND id = $4", t.nowMicros(), s.actor.Person, v.tenant, id); err != nil {
			return err
		}
		told := map[policy.ID]bool{}
		for _, m := range append([]grants.Member{{Person: box.Sponsor}}, box.Members...) {
			if told[m.Person] || !m.At(t.now) {
				continue
			}
			told[m.Person] = true
			if err := t.notify(ctx, m.Person, NoticeSandboxEnded, "", id, map[string]any{"title": box.Title}); err != nil {
				return err
			}
		}
		return t.sandboxDid(ctx, box, "ended", nil)
	})
	if err != nil {
		return nil, err
	}
	return s.Sandbox(ctx, id)
}

// ExtendSandbox decides anew what the actor has put into a sandbox, from now until another end: with
// every check of this moment, in place of what was decided before. The sponsor's end is that of the
// sandbox; a co-sponsor's own things last no longer than that. Faults: as Grant, Conflict when the
// sandbox has ended.
func (s *Session) ExtendSandbox(ctx context.Context, id policy.ID, until time.Time) (*Sandbox, error) {
	err := s.inSandbox(ctx, func(t *tx, v *view) error {
		box, err := t.openSandbox(ctx, v, id)
		if err != nil {
			return err
		}
		until := *whole(&until)
		m, in := membership(box, s.actor.Person, t.now)
		switch {
		case box.Sponsor == s.actor.Person:
			if !until.After(box.Until) {
				return fault.New(fault.Invalid, "sandbox_extend", "a sandbox is extended beyond its end").WithAt("until")
			}
			again := *box
			again.Members, again.From, again.Until = nil, later(box.From, t.now), until
			if err := t.checkSandbox(v, &again); err != nil {
				return err
			}
			box.Until = until
			if _, err := t.exec(ctx, "UPDATE sandbox SET until_at = $1 WHERE tenant_id = $2 AND id = $3", until.UnixMicro(), v.tenant, id); err != nil {
				return err
			}
		case !in || !m.Gives:
			return sandboxSponsor
		}
		if err := t.sandboxDid(ctx, box, "extended", map[string]any{"until": until}); err != nil {
			return err
		}
		for i, x := range box.Shares {
			if _, end := x.Window(); x.Giver != s.actor.Person || !end.After(t.now) {
				continue
			}
			if err := t.withdraw(ctx, v, box, &box.Shares[i]); err != nil {
				return err
			}
			again := NewShare{Kind: x.Kind, Records: x.Records, When: x.When, Actions: x.Actions, Fields: x.Fields, kept: x.Along}
			if err := t.putInUntil(ctx, v, box, again, until); err != nil {
				return within("shares["+itoa(i)+"]", err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s.Sandbox(ctx, id)
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
