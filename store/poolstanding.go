package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"guan/access"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// PoolStanding is a pool as one person works with it: its limits, and how much of them is used up.
type PoolStanding struct {
	ID      policy.ID       `json:"id"`
	Version int64           `json:"version"`
	Name    string          `json:"name"`
	Can     []policy.Action `json:"can"`  // of claim and assign, with what lies in it
	Asks    []policy.Action `json:"asks"` // … and with approval: these are asked for

	ClaimsPerDay int `json:"claims_per_day"` // 0: no limit, here and below
	ClaimsToday  int `json:"claims_today"`
	ClaimsHeld   int `json:"claims_held"` // the most that one person has at a time
	Held         int `json:"held"`
	ViewsPerDay  int `json:"views_per_day"`
	ViewsToday   int `json:"views_today"`
	CoolDownDays int `json:"cool_down_days"`

	// Hidden are the fields that show no more than so until a record is claimed; nothing is hidden from
	// the actor where it is empty.
	Hidden []policy.FieldRule `json:"hidden"`
	// Opens are the fields that show, to who claims, on any record of their own: what is withheld of them
	// before is withheld until the claim. It is asked of a record without values, so that it tells of none.
	Opens []string `json:"opens"`

	// Settings are the whole of it, and Reach how many people may claim or assign what lies in it, or ask to, for
	// who has the right policy.
	Settings *access.PoolSettings `json:"settings,omitempty"`
	Reach    *int                 `json:"reach,omitempty"`
}

// poolActs are what may be done with a record that lies in a pool.
var poolActs = []policy.Action{policy.Claim, policy.Assign}

// poolCan lists what the person of the bound rules may do with records of the pool: by the pool alone,
// for a rule may ask more of the single record.
func (st *state) poolCan(bound *policy.Bound, pool policy.ID) []policy.Action {
	can := []policy.Action{}
	row := &policy.Row{Kind: access.Pooled, Values: map[string]policy.Value{"pool": policy.RefOf(pool)}}
	open := slices.Contains(bound.Subject().Pools, pool)
	for _, action := range poolActs {
		if mayLead(bound.Reduce(action, access.Pooled), row, open) {
			can = append(can, action)
		}
	}
	return can
}

// mayLead reports whether a reduction may lead to records of which nothing is known but the row: no forbid closes
// all of them, and a permit opens some. Of a permit that goes by where a record stands only an open pool is
// known to have such.
func mayLead(r *policy.Reduction, row *policy.Row, open bool) bool {
	if slices.ContainsFunc(r.Bars, func(b *policy.Bar) bool { return b.Test.Match(row) == policy.Yes }) {
		return false
	}
	return slices.ContainsFunc(r.Branches, func(b *policy.Branch) bool {
		return open || b.Test.Match(row) == policy.Yes || b.Test.Path.Path == policy.PathAll && b.Test.When.Eval(row) != policy.No
	})
}

// poolAsks lists what the actor may ask to do with records of the pool, beside what they can.
func (v *view) poolAsks(pool policy.ID, can []policy.Action) []policy.Action {
	asks := []policy.Action{}
	of := v.lifted()
	if of == nil {
		return asks
	}
	for _, action := range v.poolCan(of.bound, pool) {
		if !slices.Contains(can, action) && slices.Contains(v.state.heldFor[access.Pooled], action) {
			asks = append(asks, action)
		}
	}
	return asks
}

// worksWith says what the actor may do with records of the pool, at once and by a request, and whether it
// is anything.
func (v *view) worksWith(pool policy.ID) (can, asks []policy.Action, any bool) {
	can = v.poolCan(v.bound, pool)
	asks = v.poolAsks(pool, can)
	return can, asks, len(can)+len(asks) > 0
}

// reachedPools are the pools open to the actor, and those of which they may claim or assign records
// by another way.
func (v *view) reachedPools() []policy.ID {
	reached := slices.Clone(v.bound.Subject().Pools)
	for i := range v.pools {
		if id := v.pools[i].ID; !slices.Contains(reached, id) && len(v.poolCan(v.bound, id)) > 0 {
			reached = append(reached, id)
		}
	}
	return reached
}

// MyPools shows the pools of which the actor may claim or assign records, at once or with approval, with
// what is left of their limits.
func (s *Session) MyPools(ctx context.Context) ([]PoolStanding, error) {
	var list []PoolStanding
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		list = []PoolStanding{}
		for i := range v.pools {
			if can, asks, any := v.worksWith(v.pools[i].ID); any {
				st, err := t.poolStanding(ctx, v, &v.pools[i], can, asks)
				if err != nil {
					return err
				}
				list = append(list, *st)
			}
		}
		return nil
	})
	return list, err
}

// PoolStanding shows a pool that is within the actor's reach, and any to who has the right policy.
// Faults: NotFound.
func (s *Session) PoolStanding(ctx context.Context, id policy.ID) (*PoolStanding, error) {
	var st *PoolStanding
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		p, governs := v.pool(id), v.may("policy")
		if p == nil {
			return noPool
		}
		can, asks, any := v.worksWith(id)
		if !governs && !any && !slices.Contains(v.bound.Subject().Pools, id) {
			return noPool
		}
		var err error
		if st, err = t.poolStanding(ctx, v, p, can, asks); err != nil || !governs {
			return err
		}
		st.Settings = &p.Settings
		reach, err := t.poolReach(ctx, v, id)
		st.Reach = &reach
		return err
	})
	return st, err
}

func (t *rtx) poolStanding(ctx context.Context, v *view, p *access.Pool, can, asks []policy.Action) (*PoolStanding, error) {
	set, person := &p.Settings, v.bound.Subject().Person
	st := &PoolStanding{ID: p.ID, Name: p.Name, Can: can, Asks: asks, Hidden: v.hiddenFrom(p), Opens: []string{},
		ClaimsPerDay: set.ClaimsPerDay, ClaimsHeld: set.ClaimsHeld, ViewsPerDay: set.ViewsPerDay, CoolDownDays: set.CoolDownDays}
	if slices.Contains(can, policy.Claim) || slices.Contains(asks, policy.Claim) {
		var home sql.NullInt64
		if err := t.row(ctx, "SELECT unit_id FROM person WHERE tenant_id = $1 AND id = $2", v.tenant, person).Scan(&home); err != nil {
			return nil, err
		}
		st.Opens = v.openOnOwn(person, policy.ID(home.Int64))
	}
	day, since := today(t.now)
	err := t.row(ctx, `SELECT p.version,
		(SELECT count(*) FROM pool_claim c WHERE c.tenant_id = $1 AND c.person_id = $3 AND c.pool_id = $2 AND c.claimed_at >= $4 AND c.by_id IS NULL),
		(SELECT count(*) FROM pool_stay h WHERE h.tenant_id = $1 AND h.person_id = $3 AND h.pool_id = $2),
		(SELECT count(*) FROM pool_view w WHERE w.tenant_id = $1 AND w.person_id = $3 AND w.pool_id = $2 AND w.day = $5)
		FROM pool p WHERE p.tenant_id = $1 AND p.id = $2`, v.tenant, p.ID, person, since.UnixMicro(), day).
		Scan(&st.Version, &st.ClaimsToday, &st.Held, &st.ViewsToday)
	return st, err
}

// hiddenFrom lists what the pool hides from the actor until a claim, as far as they know of the fields.
func (v *view) hiddenFrom(p *access.Pool) []policy.FieldRule {
	hidden := []policy.FieldRule{}
	if !slices.Contains(v.bound.Origins(access.FromPool), p.ID.String()) {
		return hidden
	}
	known := v.knownCatalog().Kind(access.Pooled)
	for _, f := range p.Settings.Hidden {
		if f.Field == "" || known != nil && known.Field(f.Field) != nil {
			hidden = append(hidden, f)
		}
	}
	return hidden
}

// openOnOwn lists the fields of a record that a person has and that stands as every record begins: it
// tells of none that there is.
func (v *view) openOnOwn(person, home policy.ID) []string {
	row := &policy.Row{Kind: access.Pooled, Values: map[string]policy.Value{"owner": policy.RefOf(person)}}
	if home != 0 {
		row.Values["unit"] = policy.RefOf(home)
	}
	v.catalog.Kind(access.Pooled).Complete(row.Values)
	open := []string{}
	outcome := v.bound.Decide(row, policy.Read)
	for _, f := range v.catalog.Schema().Kind(access.Pooled).Fields {
		if outcome.Allowed && outcome.Level(f) == policy.Plain {
			open = append(open, f.Name)
		}
	}
	return open
}

// poolReach counts the people who may claim or assign what lies in a pool, at once or with approval.
func (t *rtx) poolReach(ctx context.Context, v *view, pool policy.ID) (int, error) {
	n := 0
	for from := policy.ID(0); ; {
		people, err := t.activePeople(ctx, v.tenant, from, whoCanPage)
		if err != nil {
			return 0, err
		}
		for _, p := range people {
			of := v.state.view(Actor{Tenant: v.tenant, Person: p.ID, Channel: "web", Device: "unknown", Network: "unknown"}, v.now)
			if _, _, any := of.worksWith(pool); any {
				n++
			}
		}
		if len(people) < whoCanPage {
			return n, nil
		}
		from = people[len(people)-1].ID
	}
}

// limits says which of the limits of its pool stands between a person and a record that lies in it,
// and nil when none does.
func (t *rtx) limits(ctx context.Context, v *view, set *access.PoolSettings, kind *records.Kind, id, pool, person policy.ID, assigned bool) (*fault.Error, error) {
	_, since := today(t.now)
	var day, held int
	var left *int64
	err := t.row(ctx, `SELECT
		(SELECT count(*) FROM pool_claim c WHERE c.tenant_id = $1 AND c.person_id = $2 AND c.pool_id = $3 AND c.claimed_at >= $4 AND c.by_id IS NULL),
		(SELECT count(*) FROM pool_stay h WHERE h.tenant_id = $1 AND h.person_id = $2 AND h.pool_id = $3),
		(SELECT max(left_at) FROM pool_left l WHERE l.tenant_id = $1 AND l.kind = $5 AND l.record_id = $6 AND l.person_id = $2 AND l.left_at > $7)`,
		v.tenant, person, pool, since.UnixMicro(), string(kind.Name), id, t.coolBefore(set, assigned)).Scan(&day, &held, &left)
	switch {
	case err != nil:
		return nil, err
	case left != nil:
		return coolDown.With("until", time.UnixMicro(*left).AddDate(0, 0, set.CoolDownDays).UTC()).With("days", set.CoolDownDays), nil
	case set.ClaimsHeld > 0 && held >= set.ClaimsHeld && assigned:
		return heldByThem.With("max", set.ClaimsHeld), nil
	case set.ClaimsHeld > 0 && held >= set.ClaimsHeld:
		return claimsHeld.With("max", set.ClaimsHeld), nil
	case !assigned && set.ClaimsPerDay > 0 && day >= set.ClaimsPerDay:
		return claimsDay.With("max", set.ClaimsPerDay), nil
	}
	return nil, nil
}
