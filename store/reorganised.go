package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// Reorganised is what a reorganisation made.
type Reorganised struct {
	Joined []HandedOut `json:"joined"` // new people; the password of who got an account, shown this once
	Handed int64       `json:"handed"` // records with another owner, or in a pool
	Kept   int64       `json:"kept"`   // that no pool took and nobody else was to get
	Epoch  int64       `json:"epoch"`
}

// LeavingKind counts what somebody owns of a kind.
type LeavingKind struct {
	Kind  policy.Kind   `json:"kind"`
	Label records.Label `json:"label"`
	All   int64         `json:"all"`
	Open  int64         `json:"open"` // not at an end
	// Seen is how many of the open ones the actor sees, and Items the first of them.
	Seen  *Total `json:"seen,omitempty"`
	Items []Link `json:"items,omitempty"`
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
		if err := t.audit(ctx, assignmentEntry(p, "created")); err != nil {
			return err
		}
	}
	for i, l := range a.left {
		h, err := t.leave(ctx, v, l)
		if err != nil {
			return within(fmt.Sprintf("leave[%d]", i), err)
		}
		out.Handed, out.Kept = out.Handed+h.handed, out.Kept+h.kept
	}
	for i, o := range a.handed {
		h, err := t.handOn(ctx, v, o.Person, o.Note, o.Hand)
		if err != nil {
			return within(fmt.Sprintf("hand[%d]", i), err)
		}
		out.Handed, out.Kept = out.Handed+h.handed, out.Kept+h.kept
		if err := t.notify(ctx, o.Person, NoticeHandedAway, "", o.Person, map[string]any{"n": h.handed}); err != nil {
			return err
		}
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
func (t *tx) leave(ctx context.Context, v *view, l Leaving) (*handing, error) {
	day := t.now
	if l.At != nil {
		day = *l.At
	}
	given := map[string]policy.Value{"left_on": policy.TimeOf(day.Truncate(24 * time.Hour))}
	if l.At == nil {
		given["stage"] = policy.TextOf("left")
		if err := t.endSessions(ctx, l.Person, 0); err != nil {
			return nil, err
		}
		if err := t.revokeTokens(ctx, l.Person); err != nil {
			return nil, err
		}
		if err := t.stopAccount(ctx, l.Person); err != nil && fault.From(err).Code != "account" {
			return nil, err
		}
	} else if _, err := t.exec(ctx, "UPDATE credential SET until_at = $1 WHERE tenant_id = $2 AND person_id = $3", l.At.UnixMicro(), t.actor.Tenant, l.Person); err != nil {
		return nil, err
	}
	if err := t.audit(ctx, audit.Entry{Action: audit.AccountStopped, Kind: records.RefPerson, Record: l.Person, Detail: map[string]any{"left_on": day}}); err != nil {
		return nil, err
	}
	kind := v.catalog.Kind(records.RefPerson)
	row, err := t.one(ctx, v.shape(kind, nil), l.Person)
	if err != nil {
		return nil, err
	}
	if _, err := t.edit(ctx, v, kind, Target{ID: l.Person, Version: row.version}, given); err != nil {
		return nil, err
	}
	return t.handOn(ctx, v, l.Person, l.Note, l.Hand)
}

// Leaves counts what somebody owns, kind by kind, for who prepares their leaving: numbers, and
// of the open ones those that the actor sees. It takes the right people and whatever managing the account takes. Faults:
// Denied, NotFound.
func (s *Session) Leaves(ctx context.Context, person policy.ID) ([]LeavingKind, error) {
	var list []LeavingKind
	var entries []audit.Entry
	err := s.oversee(ctx, "leaves", func(t *rtx, v *view) error {
		if err := t.manages(ctx, v, person); err != nil {
			return err
		}
		list, entries = []LeavingKind{}, nil
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
				if !slices.Contains(kind.Ended(), stage) {
					one.Open += n
				}
				return err
			}, "SELECT coalesce(stage, ''), count(*) FROM "+kind.Table+" WHERE tenant_id = $1 AND owner_id = $2 AND stage <> 'merged' GROUP BY stage", v.tenant, person)
			if err != nil {
				return err
			}
			if one.All == 0 {
				continue
			}
			if err := t.openOnes(ctx, v, kind, person, &one, &entries); err != nil {
				return err
			}
			list = append(list, one)
		}
		return nil
	}, "people")
	if err = s.declined(ctx, "leaves", err); err != nil {
		return nil, err
	}
	return list, s.db.auditRead(ctx, s.actor, append(entries, audit.Entry{Action: audit.Count, Kind: records.RefPerson, Record: person, Detail: map[string]any{"leaves": strconv.Itoa(len(list))}})...)
}

const openShown = 5

// openOnes lists the first open records of somebody's, as the actor could.
func (t *rtx) openOnes(ctx context.Context, v *view, kind *records.Kind, owner policy.ID, one *LeavingKind, entries *[]audit.Entry) error {
	known := v.knownFields(kind)
	if one.Open == 0 || v.bound.Reduce(policy.Read, kind.Name).None() || known[kind.Owner] == nil || known["stage"] == nil {
		return nil
	}
	filter := "r." + kind.Owner + " == '" + owner.String() + "' && !(r.stage in ['" + joinWords(kind.Ended()) + "'])"
	l, err := v.prepare(ListQuery{Kind: kind.Name, Filter: filter, Fields: []string{}, Limit: openShown, Count: true})
	if err != nil {
		return err
	}
	page, err := t.page(ctx, l)
	if err != nil {
		return err
	}
	one.Seen = page.Total
	for _, item := range page.Items {
		one.Items = append(one.Items, Link{ID: item.ID, Title: item.Title})
	}
	*entries = append(*entries, l.entry(page))
	return nil
}
