package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base32"
	"fmt"
	"slices"
	"strings"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// HandOut asks for first passwords: for the people named, or those whose home unit is one, with
// what is below it; for everybody when neither is named. Who has a password already keeps it.
type HandOut struct {
	People []policy.ID `json:"people,omitempty"`
	Unit   policy.ID   `json:"unit,omitempty"`
	// Password is one for all; empty makes another for each.
	Password string `json:"password,omitempty"`
}

// HandedOut is a first password of somebody, shown this once. It opens nothing but the choice of
// another password.
type HandedOut struct {
	Person   Name   `json:"person"`
	Unit     string `json:"unit,omitempty"` // path of the home unit, for whoever hands the list out
	Password string `json:"password"`
}

// handOutMost bounds how many accounts are opened at once.
const handOutMost = 10_000

// HandOut opens the accounts of people who have no password yet: all of them, or nobody's when one
// of them may not be managed by the actor. It takes the right people and a session. Faults:
// Denied, NotFound, Invalid.
func (s *Session) HandOut(ctx context.Context, h HandOut) ([]HandedOut, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	common := ""
	if h.Password != "" {
		if err := checkPassword(h.Password, ""); err != nil {
			return nil, fault.From(err).WithAt("password")
		}
		var err error
		if common, err = s.db.hashes.hash(ctx, h.Password); err != nil {
			return nil, err
		}
	}
	var list []HandedOut
	err := s.govern(ctx, "accounts", "people", func(t *tx, v *view) error {
		people, err := t.withoutPassword(ctx, v, h)
		if err != nil {
			return err
		}
		list = make([]HandedOut, len(people))
		ids := make([]policy.ID, len(people))
		for i, p := range people {
			one := HandedOut{Person: p.Name, Unit: v.tree.Path(p.unit), Password: h.Password}
			hash := common
			if h.Password == "" {
				one.Password = oneTimePassword()
				hash = hashOfRandom(one.Password)
			} else if err := checkPassword(h.Password, p.Login); err != nil {
				return fault.From(err).WithAt("password")
			}
			if err := t.setPassword(ctx, p.ID, hash); err != nil {
				return err
			}
			list[i], ids[i] = one, p.ID
		}
		if err := t.mustChange(ctx, ids); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.PasswordSet, Kind: records.RefPerson, Records: ids, Detail: map[string]any{"first": len(ids), "common": common != ""}})
	})
	return list, err
}

// mustChange lets people do nothing with the password that they were given but choose another.
func (t *tx) mustChange(ctx context.Context, people []policy.ID) error {
	if len(people) == 0 {
		return nil
	}
	_, err := t.exec(ctx, "UPDATE credential SET must_change = "+t.pick("1", "TRUE")+" WHERE tenant_id = $1 AND person_id IN "+t.listed(2), t.actor.Tenant, idList(people))
	return err
}

// homed is a person with their home unit.
type homed struct {
	Name
	unit policy.ID
}

// withoutPassword finds whom the actor may give a first password: through the gate, and not those
// who have a right of administration that the actor has not.
func (t *tx) withoutPassword(ctx context.Context, v *view, h HandOut) ([]homed, error) {
	if h.Unit != 0 && len(h.People) > 0 {
		return nil, fault.New(fault.Invalid, "accounts", "people are named one by one or by their unit").WithAt("unit")
	}
	if _, ok := v.tree.Unit(h.Unit); !ok && h.Unit != 0 {
		return nil, fault.New(fault.NotFound, "unit", "there is no such unit")
	}
	units := v.tree.Within(h.Unit)
	var found []homed
	err := t.each(ctx, func(rows *sql.Rows) error {
		var p homed
		var unit sql.NullInt64
		err := rows.Scan(&p.ID, &p.Name.Name, &p.Login, &unit)
		p.unit = policy.ID(unit.Int64)
		if len(h.People) > 0 && !slices.Contains(h.People, p.ID) || h.Unit != 0 && !slices.Contains(units, p.unit) {
			return err
		}
		found = append(found, p)
		return err
	}, `SELECT p.id, p.name, p.login, p.unit_id FROM person p LEFT JOIN credential c ON c.tenant_id = p.tenant_id AND c.person_id = p.id
		WHERE p.tenant_id = $1 AND c.password_hash IS NULL AND p.active AND p.stage <> 'left' ORDER BY p.id`, v.tenant)
	if err != nil {
		return nil, err
	}
	if len(found) > handOutMost {
		return nil, fault.Newf(fault.Invalid, "accounts_many", "at most %d accounts are opened at once: choose a unit", handOutMost).With("max", handOutMost)
	}
	there := map[policy.ID]bool{}
	ids := make([]policy.ID, len(found))
	for i, p := range found {
		ids[i] = p.ID
	}
	for chunk := range slices.Chunk(ids, batchRows) {
		rows, err := t.fetchIDs(ctx, v.shape(v.catalog.Kind(records.RefPerson), []string{"name"}), chunk)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			there[row.id] = true
		}
	}
	found = slices.DeleteFunc(found, func(p homed) bool { return !there[p.ID] || p.ID == v.bound.Subject().Person })
	for i, id := range h.People {
		if !slices.ContainsFunc(found, func(p homed) bool { return p.ID == id }) {
			return nil, noPerson.WithAt(fmt.Sprintf("people[%d]", i))
		}
	}
	powers := v.powers(v.now)
	for _, p := range found {
		if err := v.heldAll(powers.of(p.ID)); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// oneTimePassword is 80 random bits in groups that can be read out: without 0, 1, 8 and 9.
func oneTimePassword() string {
	random := make([]byte, 10)
	rand.Read(random)
	text := strings.ToLower(base32.StdEncoding.EncodeToString(random))
	return text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:]
}
