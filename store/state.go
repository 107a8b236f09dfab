package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"guan/access"
	"guan/fault"
	"guan/grants"
	"guan/org"
	"guan/policy"
	"guan/records"
	"guan/vault"
)

// state is everything that says who may see what in a tenant, as of one epoch. It is read in
// one snapshot, compiled once, and shared by all who act under that epoch.
type state struct {
	tenant       policy.ID
	epoch        int64
	changed      time.Time // when the policy last changed, by the clock of who changed it
	catalog      *records.Catalog
	tree         *org.Tree
	positions    []org.Position
	appointments map[policy.ID][]org.Appointment // by person
	pools        []access.Pool
	routings     []WrittenRouting
	authored     access.Authored
	document     access.Document      // what of it administrators wrote, as it stands in the tables
	named        map[policy.ID]string // people whom rules name
	rules        *policy.Ruleset
	keys         *vault.Keys     // for what filters compare encrypted fields with; they rotate without an epoch
	broken       policy.Problems // rules that no longer stand

	lifting sync.Once
	raised  *policy.Ruleset                 // the rules of what was approved; nil when none waits for approval
	heldFor map[policy.Kind][]policy.Action // of which some rule waits for approval

	mu       sync.Mutex
	subjects map[policy.ID]subjectUntil
	shares   map[shareKey]share
}

// subjectUntil is a subject with the instant at which an appointment begins or ends; zero: never.
type subjectUntil struct {
	subject *policy.Subject
	from    time.Time
	until   time.Time
}

// states keeps each tenant's latest state.
type states struct {
	mu  sync.Mutex
	all map[policy.ID]*state
	// reading lets one at a time read a state anew: after a change of the policy all who are at work
	// want the same one.
	reading sync.Mutex
}

// errEpoch says that a statement ran under another epoch than it was compiled for.
var errEpoch = errors.New("store: the policy changed")

// state returns the tenant's latest known state. It may be behind the database: every statement
// made from it checks the epoch in its own snapshot and fails with errEpoch when it is.
func (db *DB) state(ctx context.Context, tenant policy.ID) (*state, error) {
	if st := db.kept(tenant); st != nil {
		return st, nil
	}
	return db.refresh(ctx, tenant)
}

// kept returns the state that is remembered; nil when there is none.
func (db *DB) kept(tenant policy.ID) *state {
	db.states.mu.Lock()
	defer db.states.mu.Unlock()
	return db.states.all[tenant]
}

// refresh reads the state anew and keeps it unless a later one is kept already. It takes a
// connection, so whoever holds one in a transaction must not call it.
func (db *DB) refresh(ctx context.Context, tenant policy.ID) (*state, error) {
	db.states.reading.Lock()
	defer db.states.reading.Unlock()
	st := db.kept(tenant)
	if st != nil && !db.behind(ctx, st) {
		return st, nil // somebody else has read it meanwhile
	}
	err := db.read(ctx, func(t *rtx) (err error) {
		st, err = t.loadState(ctx, tenant)
		return err
	})
	if err != nil {
		return nil, err
	}
	return db.keep(st), nil
}

// keep remembers a committed state unless a later one is known, and returns the later of both.
func (db *DB) keep(st *state) *state {
	db.states.mu.Lock()
	defer db.states.mu.Unlock()
	if known := db.states.all[st.tenant]; known != nil && known.epoch >= st.epoch {
		return known
	}
	if db.states.all == nil {
		db.states.all = map[policy.ID]*state{}
	}
	db.states.all[st.tenant] = st
	return st
}

// loadState reads and compiles a state inside a transaction.
func (t *rtx) loadState(ctx context.Context, tenant policy.ID) (*state, error) {
	st := &state{tenant: tenant, subjects: map[policy.ID]subjectUntil{}, shares: map[shareKey]share{}, appointments: map[policy.ID][]org.Appointment{}}
	var changed int64
	err := t.row(ctx, "SELECT epoch, changed_at FROM policy_state WHERE tenant_id = $1", tenant).Scan(&st.epoch, &changed)
	st.changed = time.UnixMicro(changed).UTC()
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.New(fault.NotFound, "tenant", "there is no such tenant")
	}
	if err != nil {
		return nil, err
	}
	for _, load := range []func(context.Context, *state) error{
		t.loadCatalog, t.loadUnits, t.loadPositions, t.loadAppointments, t.loadPools, t.loadRoutings, t.loadAuthored, t.loadSandboxes,
		t.loadEmergencies, t.loadMerged, t.loadNamed,
	} {
		if err := load(ctx, st); err != nil {
			return nil, err
		}
	}
	if st.keys, err = t.keys(ctx, tenant); err != nil && !errors.Is(err, noKeys) {
		return nil, err
	}
	st.rules, st.broken = policy.Compile(st.catalog.Schema(), access.InForce(st.authored.Lower()), st.tree.Within)
	return st, nil
}

// each runs a query and hands every row to scan.
func (t *rtx) each(ctx context.Context, scan func(*sql.Rows) error, text string, args ...any) error {
	rows, err := t.query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (t *rtx) loadCatalog(ctx context.Context, st *state) error {
	custom, err := t.customFields(ctx, st.tenant)
	if err != nil {
		return err
	}
	stages, err := t.kindStages(ctx, st.tenant)
	if err != nil {
		return err
	}
	if len(custom) == 0 && len(stages) == 0 {
		st.catalog = records.Builtin()
		return nil
	}
	st.catalog, err = records.With(custom, stages...)
	return err
}

func (t *rtx) loadUnits(ctx context.Context, st *state) error {
	heads := map[policy.ID][]policy.ID{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var unit, person policy.ID
		if err := rows.Scan(&unit, &person); err != nil {
			return err
		}
		heads[unit] = append(heads[unit], person)
		return nil
	}, "SELECT unit_id, person_id FROM unit_head WHERE tenant_id = $1 ORDER BY unit_id, person_id", st.tenant)
	if err != nil {
		return err
	}
	var units []org.Unit
	err = t.each(ctx, func(rows *sql.Rows) error {
		var u org.Unit
		var parent *policy.ID
		var lat, lng *float64
		if err := rows.Scan(&u.ID, &parent, &u.Name, &u.Type, &lat, &lng); err != nil {
			return err
		}
		if parent != nil {
			u.Parent = *parent
		}
		if lat != nil && lng != nil {
			u.Place = &policy.LatLng{Lat: *lat, Lng: *lng}
		}
		u.Heads = heads[u.ID]
		units = append(units, u)
		return nil
	}, "SELECT id, parent_id, name, type, lat, lng FROM unit WHERE tenant_id = $1 ORDER BY id", st.tenant)
	if err != nil {
		return err
	}
	st.tree, err = org.NewTree(units)
	return err
}

func (t *rtx) loadPositions(ctx context.Context, st *state) error {
	return t.each(ctx, func(rows *sql.Rows) error {
		var p org.Position
		err := rows.Scan(&p.Code, &p.Label.ZH, &p.Label.EN)
		st.positions = append(st.positions, p)
		return err
	}, "SELECT code, label_zh, label_en FROM position WHERE tenant_id = $1 ORDER BY code", st.tenant)
}

func (t *rtx) loadAppointments(ctx context.Context, st *state) error {
	return t.each(ctx, func(rows *sql.Rows) error {
		var a org.Appointment
		var from int64
		var until *int64
		if err := rows.Scan(&a.ID, &a.Person, &a.Unit, &a.Position, &from, &until); err != nil {
			return err
		}
		a.From, a.Until = time.UnixMicro(from).UTC(), instant(until)
		st.appointments[a.Person] = append(st.appointments[a.Person], a)
		return nil
	}, "SELECT id, person_id, unit_id, position_code, from_at, until_at FROM appointment WHERE tenant_id = $1 ORDER BY id", st.tenant)
}

func (t *rtx) loadPools(ctx context.Context, st *state) error {
	at := map[policy.ID]int{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var p access.Pool
		var settings []byte
		if err := rows.Scan(&p.ID, &p.Name, &settings); err != nil {
			return err
		}
		if err := json.Unmarshal(settings, &p.Settings); err != nil {
			return err
		}
		at[p.ID] = len(st.pools)
		st.pools = append(st.pools, p)
		return nil
	}, "SELECT id, name, settings FROM pool WHERE tenant_id = $1 ORDER BY id", st.tenant)
	if err != nil {
		return err
	}
	st.authored.Pools = st.pools
	return t.each(ctx, func(rows *sql.Rows) error {
		var pool policy.ID
		var c policy.Clause
		if err := rows.Scan(&pool, &c.Unit, &c.Below); err != nil {
			return err
		}
		p := &st.pools[at[pool]]
		p.Open.Any = append(p.Open.Any, c)
		return nil
	}, "SELECT pool_id, unit_id, below FROM pool_member WHERE tenant_id = $1 ORDER BY pool_id, unit_id", st.tenant)
}

func (t *rtx) loadAuthored(ctx context.Context, st *state) error {
	if err := t.loadPacks(ctx, st); err != nil {
		return err
	}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var a access.Assignment
		var position *string
		var unit, person *policy.ID
		var from, until *int64
		if err := rows.Scan(&a.ID, &a.Pack, &a.Who.Everyone, &position, &unit, &a.Who.Below, &person, &from, &until); err != nil {
			return err
		}
		if position != nil {
			a.Who.Position = *position
		}
		if unit != nil {
			a.Who.Unit = *unit
		}
		if person != nil {
			a.Who.Person = *person
		}
		a.From, a.Until = instant(from), instant(until)
		st.authored.Assignments = append(st.authored.Assignments, a)
		return nil
	}, "SELECT id, pack, everyone, position_code, unit_id, below, person_id, from_at, until_at FROM pack_assignment WHERE tenant_id = $1 ORDER BY id", st.tenant)
	if err != nil {
		return err
	}
	err = t.each(ctx, func(rows *sql.Rows) error {
		var document []byte
		if err := rows.Scan(&document); err != nil {
			return err
		}
		var r policy.Rule
		if err := json.Unmarshal(document, &r); err != nil {
			return err
		}
		if r.Effect == policy.Permit {
			st.authored.Sharings = append(st.authored.Sharings, r)
		} else {
			st.authored.Guards = append(st.authored.Guards, r)
		}
		st.document.Rules = append(st.document.Rules, access.WrittenDocument(r))
		return nil
	}, "SELECT document FROM rule WHERE tenant_id = $1 ORDER BY seq, id", st.tenant)
	if err != nil {
		return err
	}
	st.document.Assignments = st.authored.Assignments
	st.document = st.document.Normal()
	// Grants that have ended cannot begin again: they are history and no rules.
	return t.each(ctx, func(rows *sql.Rows) error {
		var document []byte
		var revoked *int64
		if err := rows.Scan(&document, &revoked); err != nil {
			return err
		}
		var g grants.Grant
		if err := json.Unmarshal(document, &g); err != nil {
			return err
		}
		g.RevokedAt = instant(revoked)
		st.authored.Grants = append(st.authored.Grants, g)
		return nil
	}, "SELECT document, revoked_at FROM access_grant WHERE tenant_id = $1 AND until_at > $2 AND (revoked_at IS NULL OR revoked_at > $2) AND used_at IS NULL ORDER BY id", st.tenant, t.nowMicros())
}

func instant(micros *int64) *time.Time {
	if micros == nil {
		return nil
	}
	t := time.UnixMicro(*micros).UTC()
	return &t
}

func micros(t *time.Time) *int64 {
	if t == nil {
		return nil
	}
	n := t.UnixMicro()
	return &n
}

// subject derives the person's subject at now; it is kept until an appointment begins or ends.
func (st *state) subject(person policy.ID, now time.Time) *policy.Subject {
	st.mu.Lock()
	defer st.mu.Unlock()
	if kept, ok := st.subjects[person]; ok && !now.Before(kept.from) && (kept.until.IsZero() || now.Before(kept.until)) {
		return kept.subject
	}
	s, until := access.Subject(person, st.tree, st.appointments[person], st.pools, now)
	st.subjects[person] = subjectUntil{&s, now, until}
	return &s
}

// view is the policy as one actor has it in one request: the gate that every read and write of
// records goes through.
type view struct {
	*state
	bound *policy.Bound
	// viewer is what who looks may do themselves, when they look as somebody else, see ViewAs.
	viewer *policy.Bound
	now    time.Time
	// snapshot is the transaction that the state was read in, when the data must be read there too.
	snapshot *rtx
	named    []mention             // whose titles were shown
	namedBy  map[policy.Kind][]int // the rules by which they were
	approved *view                 // see lifted
	by       []string              // the rules of the right by which the actor looks, see oversee
}

// clockSkew is how far the clocks of the processes on one database may stand apart.
const clockSkew = 5 * time.Minute

func (st *state) view(actor Actor, now time.Time) *view {
	if ahead := st.changed.Sub(now); ahead > 0 && ahead <= clockSkew {
		// What a faster clock ended must not come back with a slower one.
		now = st.changed
	}
	ctx := &policy.Context{Now: now, Channel: actor.Channel, Device: actor.Device, Network: actor.Network, Proved: actor.hasProved(now, proofLasts)}
	v := &view{state: st, now: now}
	if actor.job != "" {
		v.bound = st.jobRules(actor.job).Bind(&policy.Subject{}, ctx)
		return v
	}
	v.bound = st.rules.Bind(st.subject(actor.Person, now), ctx)
	if actor.Scope != nil {
		v.bound.Narrow(actor.Scope.Allows)
	}
	if actor.as != 0 {
		v.viewer, v.bound = v.bound, st.rules.Bind(st.subject(actor.as, now), ctx)
	}
	return v
}

// jobRules gives a job of the program its rights as rules of the one shape. Setup may do
// everything, since who runs it holds the database; the other jobs touch no records.
func (st *state) jobRules(job Job) *policy.Ruleset {
	var rules []policy.Rule
	if job == JobSetup {
		for _, k := range st.catalog.Schema().Kinds() {
			rules = append(rules, policy.Rule{
				ID: "setup/" + string(k), Effect: policy.Permit, Who: policy.Who{Any: []policy.Clause{{Everyone: true}}},
				Kind: k, Actions: st.catalog.Schema().Kind(k).Actions, Where: policy.Path{Path: policy.PathAll},
				Fields: []policy.FieldRule{{Class: policy.Everything, Level: policy.Plain, Edit: true}},
				Scene:  "filling an installation from the command line", Origin: policy.Origin{Type: "job", ID: string(job)},
			})
		}
	}
	compiled, _ := policy.Compile(st.catalog.Schema(), rules, st.tree.Within)
	return compiled
}

// patience is how often a read begins again because the policy changed under it.
const patience = 3

// look runs a read under the current policy. When one of its statements finds another epoch the
// state is read anew and the read begins again, so that nothing is answered from the old one.
// While the policy changes faster than reads end, the read takes one snapshot of everything, in
// which the state and the data cannot be of different epochs.
func (db *DB) look(ctx context.Context, actor Actor, read func(*view) error) error {
	if err := actor.check(); err != nil {
		return err
	}
	return db.seen(ctx, actor, read)
}

// seen is the loop of look, for whoever acts.
func (db *DB) seen(ctx context.Context, actor Actor, read func(*view) error) error {
	for range patience {
		st, err := db.state(ctx, actor.Tenant)
		if err != nil {
			return err
		}
		err = read(st.view(actor, db.Now()))
		if err != nil && !errors.Is(err, errEpoch) && db.behind(ctx, st) {
			err = errEpoch
		}
		if !errors.Is(err, errEpoch) {
			return db.fault(err)
		}
		if _, err := db.refresh(ctx, actor.Tenant); err != nil {
			return err
		}
	}
	return db.read(ctx, func(t *rtx) error {
		st, err := t.loadState(ctx, actor.Tenant)
		if err != nil {
			return err
		}
		v := st.view(actor, t.now)
		v.snapshot = t
		return read(v)
	})
}

// through gives the transaction in which a view's statements run: none of their own, or the
// snapshot that the view was read in.
func (db *DB) through(v *view) *rtx {
	if v.snapshot != nil {
		return v.snapshot
	}
	return db.single()
}

// behind reports whether the policy has changed since the state was read. A refusal may come from
// the state alone, without any statement that would have found it old.
func (db *DB) behind(ctx context.Context, st *state) bool {
	var epoch int64
	err := db.single().row(ctx, "SELECT epoch FROM policy_state WHERE tenant_id = $1", st.tenant).Scan(&epoch)
	return err == nil && epoch != st.epoch
}

// view is the view of a write: its state is that of the epoch which the transaction holds.
func (t *tx) view(ctx context.Context) (*view, error) {
	st := t.db.kept(t.actor.Tenant)
	if st == nil || st.epoch != t.epoch {
		// Here and not by refresh: a transaction that waited for a second connection would wait for
		// others that do the same.
		var err error
		if st, err = t.loadState(ctx, t.actor.Tenant); err != nil {
			return nil, err
		}
		if !t.op.raises {
			t.db.keep(st) // committed, and held until this transaction ends
		}
	}
	return st.view(t.actor, t.now), nil
}

// lookNow is look for reads that answer from the state itself, or by statements that do not
// compare the epoch: it asks for the epoch first, so that what is answered is not older than the
// read.
func (db *DB) lookNow(ctx context.Context, actor Actor, read func(*view) error) error {
	return db.look(ctx, actor, func(v *view) error { return db.current(ctx, v, read) })
}

// current asks whether the view is of the policy in force, and reads when it is.
func (db *DB) current(ctx context.Context, v *view, read func(*view) error) error {
	var epoch int64
	if err := db.through(v).row(ctx, "SELECT epoch FROM policy_state WHERE tenant_id = $1", v.tenant).Scan(&epoch); err != nil {
		return err
	}
	if epoch != v.epoch {
		return errEpoch
	}
	return read(v)
}
