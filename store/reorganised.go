package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// Reorganised is what a reorganisation made.
type Reorganised struct {
	Joined []HandedOut `json:"joined"` // new people; the password of who got an account, shown this once
	Handed int64       `json:"handed"` // records with another owner
	Epoch  int64       `json:"epoch"`
}

// LeavingKind counts what somebody owns of a kind.
type LeavingKind struct {
	Kind  policy.Kind   `json:"kind"`
	Label records.Label `json:"label"`
	All   int64         `json:"all"`
	Open  int64         `json:"open"` // not at an end
}

// endStages are those in which nothing more is to be done.
var endStages = map[policy.Kind][]string{
	"customer": {"lost"}, "contact": {"left", "do_not_contact"}, "opportunity": {"won", "lost"}, "contract": {"completed", "terminated"},
	"ticket": {"resolved", "closed"}, "activity": {"done", "cancelled"}, "payment": {"paid", "refunded", "written_off"},
	"product": {"discontinued"}, "task": {"done", "cancelled"},
}

// Reorganise makes a set of changes in one transaction: all of them, or none. It takes the right
// org for units, people for people, policy for packs of their own; nobody changes what is their
// own, nobody gains by it, and an administrator remains. Faults: NotFound, Stale, Invalid, Denied,
// Conflict, each at the change that it is about.
func (s *Session) Reorganise(ctx context.Context, r Reorganisation) (*Reorganised, error) {
	passwords, hashes, err := s.firstPasswords(ctx, r.Join)
	if err != nil {
		return nil, err
	}
	var out *Reorganised
	err = s.db.administer(ctx, s.actor, op{name: "reorganise", raises: true}, r.rights()[0], func(t *tx, v *view) error {
		a, err := t.arrange(ctx, v, r, func() (policy.ID, error) { return t.newID(ctx) })
		if err != nil {
			return err
		}
		out = &Reorganised{Joined: []HandedOut{}, Epoch: t.epoch}
		if err := t.writeArrangement(ctx, v, a, out, passwords, hashes); err != nil {
			return err
		}
		if err := t.audit(ctx, audit.Entry{Action: audit.OrgChanged, Detail: map[string]any{"reorganised": r.detail()}}); err != nil {
			return err
		}
		return t.checkDelegation(ctx, v, a.gone...)
	})
	if err = s.declined(ctx, "reorganise", err); err != nil {
		return nil, err
	}
	return out, nil
}

// firstPasswords makes the passwords of who joins with an account, outside the transaction.
func (s *Session) firstPasswords(ctx context.Context, join []Joining) (passwords, hashes []string, err error) {
	passwords, hashes = make([]string, len(join)), make([]string, len(join))
	for i, j := range join {
		switch {
		case j.Password != "":
			if err := s.inPerson(); err != nil {
				return nil, nil, err
			}
			if err := checkPassword(j.Password, ""); err != nil {
				return nil, nil, fault.From(err).WithAt(fmt.Sprintf("join[%d].password", i))
			}
			if hashes[i], err = s.db.hashes.hash(ctx, j.Password); err != nil {
				return nil, nil, err
			}
			passwords[i] = j.Password
		case j.Account:
			if err := s.inPerson(); err != nil {
				return nil, nil, err
			}
			passwords[i] = oneTimePassword()
			hashes[i] = hashOfRandom(passwords[i])
		}
	}
	return passwords, hashes, nil
}

// writeArrangement writes what arrange worked out: units, people, appointments, packs, and the end
// of who leaves.
func (t *tx) writeArrangement(ctx context.Context, v *view, a *arrangement, out *Reorganised, passwords, hashes []string) error {
	for _, u := range a.units {
		if err := t.putUnit(ctx, u.after); err != nil {
			return err
		}
		if err := t.auditUnit(ctx, u.after.ID, map[string]any{"before": unitDetail(u.before), "after": unitDetail(u.after)}); err != nil {
			return err
		}
	}
	if len(a.joined) > 0 && len(a.units) > 0 {
		var err error
		if v, err = t.again(ctx, v); err != nil {
			return err
		}
	}
	kind := v.catalog.Kind(records.RefPerson)
	for i, j := range a.joined {
		if v.bound.Reduce(policy.Create, kind.Name).None() {
			return notAllowed.WithAt(fmt.Sprintf("join[%d]", i))
		}
		if err := t.createAs(ctx, v, kind, j.id, j.values); err != nil {
			return within(fmt.Sprintf("join[%d].fields", i), err)
		}
		one := HandedOut{Person: Name{ID: j.id, Name: j.name, Login: j.values["login"].Text()}, Unit: a.tree.Path(j.values["unit"].ID()), Password: passwords[i]}
		if hashes[i] != "" {
			if err := t.setPassword(ctx, j.id, hashes[i]); err != nil {
				return err
			}
			if err := t.mustChange(ctx, []policy.ID{j.id}); err != nil {
				return err
			}
			if err := t.audit(ctx, audit.Entry{Action: audit.PasswordSet, Kind: records.RefPerson, Record: j.id}); err != nil {
				return err
			}
		}
		out.Joined = append(out.Joined, one)
	}
	for _, c := range a.written {
		if err := t.writeChanged(ctx, c); err != nil {
			return err
		}
	}
	for _, p := range a.packs {
		if err := t.assignPack(ctx, p); err != nil {
			return err
		}
		if err := t.auditAssignment(ctx, p, "created"); err != nil {
			return err
		}
	}
	for i, l := range a.left {
		n, err := t.leave(ctx, v, l)
		if err != nil {
			return within(fmt.Sprintf("leave[%d]", i), err)
		}
		out.Handed += n
	}
	for _, person := range a.gone {
		if slices.ContainsFunc(a.left, func(l Leaving) bool { return l.Person == person }) {
			continue
		}
		if err := t.stopAccount(ctx, person); err != nil {
			return err
		}
		if err := t.audit(ctx, audit.Entry{Action: audit.AccountStopped, Kind: records.RefPerson, Record: person}); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) writeChanged(ctx context.Context, c changedAppointment) error {
	switch {
	case c.before == nil:
		return t.appoint(ctx, *c.after)
	case c.after == nil:
		if _, err := t.exec(ctx, "DELETE FROM appointment WHERE tenant_id = $1 AND id = $2", t.actor.Tenant, c.before.ID); err != nil {
			return err
		}
		return t.auditAppointment(ctx, c.before.Person, map[string]any{"deleted": appointmentDetail(*c.before)})
	}
	if err := t.writeAppointment(ctx, *c.after); err != nil {
		return err
	}
	return t.auditAppointment(ctx, c.after.Person, map[string]any{"before": appointmentDetail(*c.before), "after": appointmentDetail(*c.after)})
}

// leave ends the account, says on the record that and when the person left, and hands on what they
// own. An account that ends later closes by itself, by the clock of every question.
func (t *tx) leave(ctx context.Context, v *view, l Leaving) (int64, error) {
	day := t.now
	if l.At != nil {
		day = *l.At
	}
	given := map[string]policy.Value{"left_on": policy.TimeOf(day.Truncate(24 * time.Hour))}
	if l.At == nil {
		given["stage"] = policy.TextOf("left")
		if err := t.endSessions(ctx, l.Person, 0); err != nil {
			return 0, err
		}
		if err := t.revokeTokens(ctx, l.Person); err != nil {
			return 0, err
		}
		if err := t.stopAccount(ctx, l.Person); err != nil && fault.From(err).Code != "account" {
			return 0, err
		}
	} else if _, err := t.exec(ctx, "UPDATE credential SET until_at = $1 WHERE tenant_id = $2 AND person_id = $3", l.At.UnixMicro(), t.actor.Tenant, l.Person); err != nil {
		return 0, err
	}
	if err := t.audit(ctx, audit.Entry{Action: audit.AccountStopped, Kind: records.RefPerson, Record: l.Person, Detail: map[string]any{"left_on": day}}); err != nil {
		return 0, err
	}
	kind := v.catalog.Kind(records.RefPerson)
	row, err := t.one(ctx, v.shape(kind, nil), l.Person)
	if err != nil {
		return 0, err
	}
	if _, err := t.edit(ctx, v, kind, Target{ID: l.Person, Version: row.version}, given); err != nil {
		return 0, err
	}
	var handed int64
	for i, h := range l.Hand {
		n, err := t.handOver(ctx, v, l.Person, h)
		if err != nil {
			return 0, within(fmt.Sprintf("hand[%d]", i), err)
		}
		handed += n
	}
	return handed, nil
}

// handOver gives records of the leaver to somebody else. Whoever hands them over need not see
// them; they never come to that person, unless everything of the kind is theirs to edit.
func (t *tx) handOver(ctx context.Context, v *view, from policy.ID, h Handover) (int64, error) {
	kind := v.catalog.Kind(h.Kind)
	if kind == nil || kind.Owner != "owner" {
		return 0, noKind.WithAt("kind")
	}
	if h.To == from || h.To == 0 {
		return 0, fault.New(fault.Invalid, "person", "there is no such person").WithAt("to")
	}
	if h.To == v.bound.Subject().Person && !v.bound.Reduce(policy.Edit, kind.Name).All() {
		return 0, selfGain.WithAt("to")
	}
	if err := t.checkPeople(ctx, v, "to", h.To); err != nil {
		return 0, err
	}
	if len(h.IDs) > 0 {
		rows, err := t.fetchIDs(ctx, v.shape(kind, []string{kind.Title}), h.IDs)
		if err != nil {
			return 0, err
		}
		if len(rows) != len(h.IDs) {
			return 0, noRecord.WithAt("ids")
		}
	}
	home, err := t.homeUnit(ctx, h.To)
	if err != nil {
		return 0, err
	}
	where := "owner_id = $2"
	if h.Open {
		where += " AND stage NOT IN ('" + strings.Join(endStages[kind.Name], "', '") + "')" // words of ours
	}
	schema := v.catalog.Schema().Kind(kind.Name)
	found, err := t.wholeOf(ctx, t.actor.Tenant, schema, where, from)
	if err != nil {
		return 0, err
	}
	var handed int64
	var entries []audit.Entry
	for _, before := range found {
		if len(h.IDs) > 0 && !slices.Contains(h.IDs, before.id) {
			continue
		}
		changes := map[string]policy.Value{"owner": policy.RefOf(h.To)}
		touched := map[string]bool{"owner": true}
		if h.Unit && home != 0 {
			changes["unit"], touched["unit"] = policy.RefOf(home), true
		}
		after := withChanges(before.values, changes)
		if err := t.updateRecord(ctx, kind, before, after, touched); err != nil {
			return 0, err
		}
		diff := audit.Diff(schema, before.values, after)
		entries = append(entries, audit.Entry{Action: audit.Action(policy.Edit), Kind: kind.Name, Record: before.id, Fields: audit.Names(diff), Detail: map[string]any{"changes": diff, "left": from}})
		handed++
	}
	return handed, t.auditAll(ctx, entries)
}

// Leaves counts what somebody owns, kind by kind, for who prepares their leaving: numbers, nothing
// of the records. It takes the right people and whatever managing the account takes. Faults:
// Denied, NotFound.
func (s *Session) Leaves(ctx context.Context, person policy.ID) ([]LeavingKind, error) {
	var list []LeavingKind
	err := s.oversee(ctx, "leaves", func(t *rtx, v *view) error {
		if err := t.manages(ctx, v, person); err != nil {
			return err
		}
		list = []LeavingKind{}
		for _, kind := range v.catalog.Kinds() {
			if kind.Owner != "owner" {
				continue
			}
			one := LeavingKind{Kind: kind.Name, Label: kind.Label}
			err := t.each(ctx, func(rows *sql.Rows) error {
				var stage string
				var n int64
				err := rows.Scan(&stage, &n)
				one.All += n
				if !slices.Contains(endStages[kind.Name], stage) {
					one.Open += n
				}
				return err
			}, "SELECT coalesce(stage, ''), count(*) FROM "+kind.Table+" WHERE tenant_id = $1 AND owner_id = $2 GROUP BY stage", v.tenant, person)
			if err != nil {
				return err
			}
			if one.All > 0 {
				list = append(list, one)
			}
		}
		return nil
	}, "people")
	if err = s.declined(ctx, "leaves", err); err != nil {
		return nil, err
	}
	return list, s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.Count, Kind: records.RefPerson, Record: person, Detail: map[string]any{"leaves": strconv.Itoa(len(list))}})
}
