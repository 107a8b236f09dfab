package store

import (
	"context"
	"slices"
	"strconv"
	"time"

	"guan/fault"
	"guan/grants"
	"guan/policy"
)

func itoa(i int) string { return strconv.Itoa(i) }

func (n NewMember) member(now time.Time) grants.Member {
	m := grants.Member{Person: n.Person, Mode: n.Mode, Gives: n.Gives, Joined: now, Left: whole(n.Until)}
	if m.Mode == "" {
		m.Mode = grants.View
	}
	return m
}

// AddMembers brings people into a sandbox from whatever units, or gives those who are in it another
// part: its sponsor does. Faults: NotFound, Denied, Invalid, Conflict.
func (s *Session) AddMembers(ctx context.Context, id policy.ID, members []NewMember) (*Sandbox, error) {
	err := s.inSandbox(ctx, func(t *tx, v *view) error {
		box, err := t.openSandbox(ctx, v, id)
		if err != nil {
			return err
		}
		if box.Sponsor != s.actor.Person {
			return sandboxSponsor
		}
		if len(members) == 0 {
			return fault.New(fault.Invalid, "sandbox_member", "the members of a sandbox are people, each named once").WithAt("members")
		}
		after := *box
		after.Members = nil
		for _, n := range members {
			after.Members = append(after.Members, n.member(t.now))
		}
		for _, m := range box.Members {
			if m.At(t.now) && !slices.ContainsFunc(members, func(n NewMember) bool { return n.Person == m.Person }) {
				after.Members = append(after.Members, m)
			}
		}
		if err := t.checkSandbox(v, &after); err != nil {
			return err
		}
		return t.join(ctx, v, box, members)
	})
	if err != nil {
		return nil, err
	}
	return s.Sandbox(ctx, id)
}

// join writes members down, each for a time of their own: the part that somebody had before ends.
func (t *tx) join(ctx context.Context, v *view, box *grants.Sandbox, members []NewMember) error {
	var people []policy.ID
	for _, n := range members {
		people = append(people, n.Person)
	}
	if err := t.checkPeople(ctx, v, "members", people...); err != nil {
		return err
	}
	for _, n := range members {
		m := n.member(t.now)
		before, in := membership(box, m.Person, t.now)
		if in {
			if err := t.takeOut(ctx, v, box, m.Person); err != nil {
				return err
			}
		}
		id, err := t.newID(ctx)
		if err != nil {
			return err
		}
		part := partMember
		if m.Gives {
			part = partGives
		}
		if _, err := t.exec(ctx, "INSERT INTO sandbox_member (tenant_id, sandbox_id, id, person_id, mode, part, joined_at, left_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
			v.tenant, box.ID, id, m.Person, string(m.Mode), part, t.nowMicros(), micros(m.Left)); err != nil {
			return err
		}
		if before.Gives && !m.Gives {
			if err := t.withdrawAll(ctx, v, box, m.Person); err != nil {
				return err
			}
		}
		if !in {
			if err := t.notify(ctx, m.Person, NoticeSandbox, "", box.ID, map[string]any{"title": box.Title}); err != nil {
				return err
			}
		}
		if err := t.sandboxDid(ctx, box, "joined", map[string]any{"person": m.Person, "mode": m.Mode, "gives": m.Gives}); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) takeOut(ctx context.Context, v *view, box *grants.Sandbox, person policy.ID) error {
	_, err := t.exec(ctx, "UPDATE sandbox_member SET left_at = $1 WHERE tenant_id = $2 AND sandbox_id = $3 AND person_id = $4 AND (left_at IS NULL OR left_at > $1)",
		t.nowMicros(), v.tenant, box.ID, person)
	return err
}

// RemoveMember takes somebody out of a sandbox with its commit, and with them what they put into it:
// its sponsor may, who administers permissions, and they themselves. Faults: NotFound, Denied,
// Conflict.
func (s *Session) RemoveMember(ctx context.Context, id, person policy.ID) error {
	return s.inSandbox(ctx, func(t *tx, v *view) error {
		box, err := t.openSandbox(ctx, v, id)
		if err != nil {
			return err
		}
		if err := t.runsSandbox(v, box, person); err != nil {
			return err
		}
		if _, in := membership(box, person, t.now); !in {
			return fault.New(fault.NotFound, "sandbox_member", "the person is not in the sandbox")
		}
		if err := t.takeOut(ctx, v, box, person); err != nil {
			return err
		}
		if err := t.withdrawAll(ctx, v, box, person); err != nil {
			return err
		}
		to, what := person, NoticeSandboxEnded
		if person == s.actor.Person {
			to, what = box.Sponsor, NoticeSandboxLeft
		}
		if err := t.notify(ctx, to, what, "", id, map[string]any{"title": box.Title}); err != nil {
			return err
		}
		return t.sandboxDid(ctx, box, "left", map[string]any{"person": person})
	})
}
