package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"guan/grants"
	"guan/policy"
	"guan/records"
)

// This file reads sandboxes, and says which of them are in force.

// partGives is the part of a member who puts records of their own into the sandbox.
const partGives, partMember = "co_sponsor", "member"

// loadSandboxes reads what of sandboxes is in force or yet to begin. That somebody has joined is then
// a fact and no longer a window: so those who are in are one rule, whenever they came.
func (t *rtx) loadSandboxes(ctx context.Context, st *state) error {
	list, err := t.sandboxRows(ctx, st.tenant, "s.until_at > $2 AND (s.ended_at IS NULL OR s.ended_at > $2)", t.nowMicros())
	if err != nil {
		return err
	}
	for _, s := range list {
		s.Members = slices.DeleteFunc(s.Members, func(m grants.Member) bool { return m.Left != nil && !m.Left.After(t.now) })
		for i := range s.Members {
			if !s.Members[i].Joined.After(t.now) {
				s.Members[i].Joined = time.Time{}
			}
		}
		s.Shares = slices.DeleteFunc(s.Shares, func(x grants.Share) bool { _, end := x.Window(); return !end.After(t.now) })
		st.authored.Sandboxes = append(st.authored.Sandboxes, s)
	}
	st.closeLeft()
	return nil
}

// closeLeft ends what somebody opened or gave with their last appointment. It is worked out from the
// organisation each time, so that no way to leave can forget it.
func (st *state) closeLeft() {
	st.authored.Grants = slices.Clone(st.authored.Grants)
	st.giversLeave(st.authored.Grants)
	st.authored.Sandboxes = slices.Clone(st.authored.Sandboxes)
	for i := range st.authored.Sandboxes {
		st.leaving(&st.authored.Sandboxes[i])
	}
}

func (st *state) leaving(s *grants.Sandbox) {
	s.Leaves = st.leaves(s.Sponsor)
	s.Shares = slices.Clone(s.Shares)
	for i := range s.Shares {
		s.Shares[i].Leaves = st.leaves(s.Shares[i].Giver)
	}
}

// leaves is when the last appointment of somebody ends; nil when it does not. Who has none left at
// some instant of the past.
func (st *state) leaves(person policy.ID) *time.Time {
	last := time.Time{}
	for _, a := range st.appointments[person] {
		if a.Until == nil {
			return nil
		}
		if a.Until.After(last) {
			last = *a.Until
		}
	}
	return &last
}

// giversLeave says of grants when their givers leave.
func (st *state) giversLeave(list []grants.Grant) {
	for i := range list {
		list[i].Leaves = st.leavesAfter(list[i].Giver, list[i].From)
	}
}

// leavesAfter is when somebody holds no appointment any more, of those that follow each other from an
// instant on: who comes back later gives anew. Nil for who stays, and for whom the company never appointed.
func (st *state) leavesAfter(person policy.ID, from time.Time) *time.Time {
	list := st.appointments[person]
	if len(list) == 0 {
		return nil
	}
	end := from
	for goesOn := true; goesOn; {
		goesOn = false
		for _, a := range list {
			switch {
			case a.From.After(end) || a.Until != nil && !a.Until.After(end):
			case a.Until == nil:
				return nil
			default:
				end, goesOn = *a.Until, true
			}
		}
	}
	return &end
}

// sandboxRows reads sandboxes with everybody who is or was in them and everything that is or was put
// into them, the oldest first.
func (t *rtx) sandboxRows(ctx context.Context, tenant policy.ID, where string, args ...any) ([]grants.Sandbox, error) {
	var list []grants.Sandbox
	err := t.each(ctx, func(rows *sql.Rows) error {
		var s grants.Sandbox
		var from, until int64
		var ended *int64
		err := rows.Scan(&s.ID, &s.Sponsor, &s.Title, &s.Purpose, &from, &until, &ended)
		s.From, s.Until, s.EndedAt = time.UnixMicro(from).UTC(), time.UnixMicro(until).UTC(), instant(ended)
		list = append(list, s)
		return err
	}, "SELECT s.id, s.sponsor_id, s.title, s.purpose, s.from_at, s.until_at, s.ended_at FROM sandbox s WHERE s.tenant_id = $1 AND "+where+" ORDER BY s.id",
		append([]any{tenant}, args...)...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	ids, at := make([]policy.ID, len(list)), map[policy.ID]*grants.Sandbox{}
	for i := range list {
		ids[i], at[list[i].ID] = list[i].ID, &list[i]
	}
	err = t.each(ctx, func(rows *sql.Rows) error {
		var sandbox policy.ID
		var m grants.Member
		var part string
		var joined int64
		var left *int64
		err := rows.Scan(&sandbox, &m.Person, &m.Mode, &part, &joined, &left)
		m.Gives, m.Joined, m.Left = part == partGives, time.UnixMicro(joined).UTC(), instant(left)
		s := at[sandbox]
		s.Members = append(s.Members, m)
		return err
	}, "SELECT sandbox_id, person_id, mode, part, joined_at, left_at FROM sandbox_member WHERE tenant_id = $1 AND sandbox_id IN "+t.listed(2)+" ORDER BY sandbox_id, id", tenant, idList(ids))
	if err != nil {
		return nil, err
	}
	return list, t.each(ctx, func(rows *sql.Rows) error {
		var sandbox policy.ID
		var document []byte
		var withdrawn *int64
		if err := rows.Scan(&sandbox, &document, &withdrawn); err != nil {
			return err
		}
		var x grants.Share
		if err := json.Unmarshal(document, &x); err != nil {
			return err
		}
		x.WithdrawnAt = instant(withdrawn)
		s := at[sandbox]
		s.Shares = append(s.Shares, x)
		return nil
	}, "SELECT sandbox_id, document, withdrawn_at FROM sandbox_share WHERE tenant_id = $1 AND sandbox_id IN "+t.listed(2)+" ORDER BY sandbox_id, id", tenant, idList(ids))
}

// sandboxLabel says whose sandbox a rule comes from.
func (st *state) sandboxLabel(o policy.Origin) records.Label {
	i := slices.IndexFunc(st.authored.Sandboxes, func(s grants.Sandbox) bool { return s.ID.String() == o.ID })
	if i < 0 {
		return records.Label{ZH: o.Name, EN: o.Name}
	}
	by := st.named[st.authored.Sandboxes[i].Sponsor]
	return records.Label{ZH: o.Name + "（" + by + " 发起）", EN: o.Name + ", by " + by}
}
