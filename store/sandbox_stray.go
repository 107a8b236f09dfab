package store

import (
	"context"
	"slices"
	"time"

	"guan/grants"
	"guan/policy"
)

// What was put into a sandbox by name stays there when the record is handed on, as a grant on it does, see
// grant_stray.go. Whoever has the record then finds it beside it and may take it out: this record alone, since
// the others of the share are not theirs to speak of.

// strayShares adds, to the sandboxes in which a record lies, what somebody shares of it who does not have it any
// more, for who works on it by rules of their own. Who is not to know of the sandbox is told that there is one, and
// who answers for it.
func (t *rtx) strayShares(ctx context.Context, v *view, kind policy.Kind, id policy.ID, list []Sandbox) ([]Sandbox, error) {
	lead, err := t.leadsAll(ctx, v, kind, []policy.ID{id})
	if err != nil || !lead {
		return list, err
	}
	for i := range v.authored.Sandboxes {
		box := &v.authored.Sandboxes[i]
		for j := range box.Shares {
			x := &box.Shares[j]
			people, end := reachOf(box, x, v.now)
			if x.Kind != kind || !slices.Contains(x.Records, id) || people == 0 {
				continue
			}
			has, err := t.hasOwn(ctx, v, x.Giver, kind, []policy.ID{id})
			if err != nil {
				return nil, err
			}
			if has {
				continue
			}
			told := v.shareTold(box, x)
			told.Count, told.People, told.Until, told.Can = 1, people, end, []string{"take_out"}
			list = v.besides(list, box, told)
		}
	}
	return list, nil
}

// besides puts what is shared of a record to the sandbox in the list, or adds as much of this as the actor may know.
func (v *view) besides(list []Sandbox, box *grants.Sandbox, told SandboxShare) []Sandbox {
	at := slices.IndexFunc(list, func(one Sandbox) bool { return one.ID == box.ID })
	if at < 0 {
		_, end := box.Window()
		one := Sandbox{ID: box.ID, Sponsor: Name{ID: box.Sponsor}, From: box.From, Until: end, State: box.At(v.now), Role: v.roleIn(box), Members: []SandboxMember{}, Shares: []SandboxShare{}, Can: []string{}}
		if one.Role == "" {
			one.Role = RoleOutsider
		} else {
			one.Title, one.Purpose = box.Title, box.Purpose
		}
		list, at = append(list, one), len(list)
	}
	one := &list[at]
	if i := slices.IndexFunc(one.Shares, func(had SandboxShare) bool { return had.ID == told.ID }); i >= 0 {
		had := &one.Shares[i]
		had.People, had.Can = told.People, append(had.Can, told.Can...)
	} else {
		one.Shares = append(one.Shares, told)
	}
	return list
}

// reachOf says to how many people something in a sandbox is lent, now or from then on, and until when at last.
func reachOf(box *grants.Sandbox, x *grants.Share, now time.Time) (people int, last time.Time) {
	reached := map[policy.ID]bool{}
	for _, l := range box.Lends(*x) {
		_, end := l.Window()
		if !end.After(now) {
			continue
		}
		last = later(last, end)
		for _, who := range l.People {
			reached[who] = true
		}
	}
	return len(reached), last
}

// TakeOut takes one record out of what somebody put into a sandbox, with its commit: who may withdraw it does,
// and who has the record while who put it there does not. What else was put in with it stays as it was decided.
// Faults: as WithdrawShare.
func (s *Session) TakeOut(ctx context.Context, id, share, record policy.ID) error {
	return s.inSandbox(ctx, func(t *tx, v *view) error {
		box, x, err := t.shareWith(ctx, v, id, share, record)
		if err != nil {
			return err
		}
		if err := t.closeShare(ctx, v, box, x); err != nil {
			return err
		}
		detail := map[string]any{"share": x.ID, "kind": x.Kind, "records": []policy.ID{record}}
		rest := *x
		rest.Records = slices.DeleteFunc(slices.Clone(x.Records), func(r policy.ID) bool { return r == record })
		if len(rest.Records) > 0 {
			rest.From = later(x.From, t.now)
			if err := t.insertShare(ctx, v, box, &rest); err != nil {
				return err
			}
			detail["left"] = rest
		}
		return t.sandboxDid(ctx, box, "withdrawn", detail)
	})
}

// shareWith is what was put into a sandbox with a record that the actor may take out of it.
func (t *tx) shareWith(ctx context.Context, v *view, id, share, record policy.ID) (*grants.Sandbox, *grants.Share, error) {
	found, err := t.sandboxRows(ctx, v.tenant, "s.id = $2", id)
	if err != nil {
		return nil, nil, err
	}
	if len(found) == 0 {
		return nil, nil, noSandbox
	}
	box, me := &found[0], t.actor.Person
	v.leaving(box)
	x, ended := openShare(box, share, t.now), box.At(t.now) == grants.Ended
	if x != nil && !slices.Contains(x.Records, record) {
		x = nil
	}
	if x != nil && !ended && me != box.Sponsor && me != x.Giver && !v.may("policy") {
		g := box.Grant(*x)
		g.Records = []policy.ID{record}
		stray, err := t.isStray(ctx, v, &g)
		if err != nil {
			return nil, nil, err
		}
		if stray {
			return box, x, t.byLead(ctx, v, g.Kind, record)
		}
	}
	switch role := v.roleIn(box); {
	case role == "":
		return nil, nil, noSandbox
	case ended:
		return nil, nil, sandboxOver
	case x == nil || role == RoleFormer:
		return nil, nil, noShare
	}
	return box, x, t.runsSandbox(v, box, x.Giver)
}
