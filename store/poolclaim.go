package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// A record is claimed, released and assigned as any record is changed: found in the read scope,
// asked about before and after, written by one conditional statement, audited with it. What the
// statement asks beside the rules is that nobody has the record yet and that the pool's limits hold.
// One person's claims wait for each other, so that they are counted one after the other.

// said is a refusal with its reason in both languages.
func said(kind fault.Kind, code, zh, en string) *fault.Error {
	return fault.New(kind, code, en).With("said", org.Label{ZH: zh, EN: en})
}

var (
	notPooled    = said(fault.Conflict, "not_in_pool", "这条记录不在公海中", "the record lies in no pool, or somebody has it already")
	claimsDay    = said(fault.Locked, "pool_claims_day", "今天从这个公海领取的数量已到上限,明天再来", "you have claimed as many records of this pool as one person may in a day: come back tomorrow")
	claimsHeld   = said(fault.Locked, "pool_claims_held", "手中来自这个公海的客户已到上限,先退回一些", "you have as many records of this pool as one person may: release some first")
	heldByThem   = said(fault.Locked, "pool_held", "对方手中来自这个公海的客户已到上限", "they have as many records of this pool as one person may")
	coolDown     = said(fault.Locked, "pool_cool_down", "刚离开您的客户要过一段时间才能再次领取", "you had this record a short while ago: it can be claimed again later")
	noOwnerToPut = said(fault.Conflict, "not_owned", "这条记录没有负责人", "nobody has the record")
	noPoolTakes  = said(fault.Conflict, "pool_none", "没有公海接收这条记录", "no pool takes the record")
	poolRefuses  = said(fault.Conflict, "pool_takes_not", "这个公海不接收这条记录", "the pool does not take the record").WithAt("pool")
)

// Claim makes the actor the owner of a record that lies in a pool. Which pool it is the record
// says. Faults: NotFound; Denied; Conflict (not_in_pool); Locked (pool_claims_day, pool_claims_held,
// pool_cool_down).
func (s *Session) Claim(ctx context.Context, kind policy.Kind, id policy.ID) (*Item, error) {
	return s.pooled(ctx, kind, id, poolAct{action: policy.Claim})
}

// Assign gives a record that lies in a pool, or has an owner, to somebody. It must still be within
// the actor's reach then. The receiver's limit of records held counts, that of a day and the
// cool-down do not: who assigns has decided. Faults: NotFound, Denied, Invalid, Locked (pool_held).
func (s *Session) Assign(ctx context.Context, kind policy.Kind, id, person policy.ID) (*Item, error) {
	return s.pooled(ctx, kind, id, poolAct{action: policy.Assign, person: person})
}

// Release puts a record back: into the pool that is named, or the one it came from, or the first
// that is open to the actor, as long as it takes the record. Collaborators leave it with the owner.
// The reason, which may be empty, stands in the audit log and the timeline.
// Faults: NotFound; Denied; Invalid; Conflict (not_owned, pool_none, pool_takes_not).
func (s *Session) Release(ctx context.Context, kind policy.Kind, id, into policy.ID, reason string) (*Item, error) {
	return s.pooled(ctx, kind, id, poolAct{action: policy.Release, into: into, reason: reason})
}

// poolAct is what somebody does with a record of the pools.
type poolAct struct {
	action policy.Action
	person policy.ID // whom it is assigned to
	into   policy.ID // the pool it is released into; 0: the one that comes to it
	reason string    // of a release
	many   bool      // beside others, of all of which its receiver is told at once
}

// check tidies what came with it. Faults: Invalid.
func (a *poolAct) check() error {
	if a.reason = strings.TrimSpace(a.reason); utf8.RuneCountInString(a.reason) > maxReleaseReason {
		return fault.New(fault.Invalid, "reason", "a reason has at most 200 characters").WithAt("reason").With("max", maxReleaseReason)
	}
	return nil
}

// inPool is what a notice keeps of a pool.
func inPool(pool policy.ID) map[string]any {
	if pool == 0 {
		return nil
	}
	return map[string]any{"pool": pool}
}

// maxReleaseReason is in characters: as many as an entry of the audit log keeps.
const maxReleaseReason = 200

// pooled does one of the three.
func (s *Session) pooled(ctx context.Context, kind policy.Kind, id policy.ID, a poolAct) (*Item, error) {
	if err := a.check(); err != nil {
		return nil, err
	}
	var item *Item
	err := s.db.write(ctx, s.actor, op{name: string(a.action)}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		described := v.catalog.Kind(kind)
		if described == nil {
			return noRecord
		}
		if err := t.pooled(ctx, v, described, id, a); err != nil {
			return err
		}
		item, err = t.echo(ctx, v, kind, id)
		return err
	})
	if err != nil {
		return nil, s.refused(ctx, kind, id, a.action, err)
	}
	return item, nil
}

// pooled does something with a record of the pools as whom the view is of. What the limits count of the
// receiver is counted by one at a time.
func (t *tx) pooled(ctx context.Context, v *view, kind *records.Kind, id policy.ID, a poolAct) error {
	receiver := a.person
	if a.action == policy.Claim {
		receiver = v.bound.Subject().Person
	}
	if err := t.lockRecord(ctx, v.catalog.Kind(records.RefPerson), receiver, false); err != nil {
		return err
	}
	if err := t.lockRecord(ctx, kind, id, false); err != nil {
		return err
	}
	row, err := t.one(ctx, v.shape(kind, []string{}), id)
	if err != nil {
		return err
	}
	if !v.bound.Reduce(a.action, kind.Name).Outcome(row.answer).Allowed {
		return v.barred(kind, row, a.action)
	}
	schema := v.catalog.Schema().Kind(kind.Name)
	was, err := t.whole(ctx, schema, id)
	if err != nil {
		return err
	}
	if err := t.doPooled(ctx, v, kind, was, a, receiver); err != nil {
		return err
	}
	after, err := t.whole(ctx, schema, id)
	if err != nil {
		return err
	}
	if a.action != policy.Release { // a record that is put back may go where one does not see it
		read := v.bound.Reduce(policy.Read, kind.Name)
		reach, _, err := t.outcome(ctx, v, read, id)
		if err != nil {
			return err
		}
		if !reach.Allowed {
			return t.refusing(ctx, v, outOfReach, read, id)
		}
	}
	entry := pooledEntry(kind, schema, was, after, a)
	entry.Rules = v.whyAllowed(a.action, kind.Name, row)
	return t.audit(ctx, entry)
}

// pooledEntry is what the audit keeps of it.
func pooledEntry(kind *records.Kind, schema *policy.KindSchema, was, after wholeRow, a poolAct) audit.Entry {
	diff := audit.Diff(schema, was.values, after.values)
	detail := map[string]any{"changes": diff}
	if pool := cmpID(was.values[kind.Pool], after.values[kind.Pool]); pool != 0 {
		detail["pool"] = pool
	}
	if a.reason != "" {
		detail["reason"] = audit.Clean(a.reason)
	}
	return audit.Entry{Action: audit.Action(a.action), Kind: kind.Name, Record: was.id, Fields: audit.Names(diff), Detail: detail}
}

func (t *tx) doPooled(ctx context.Context, v *view, kind *records.Kind, was wholeRow, a poolAct, receiver policy.ID) error {
	owner := was.values[kind.Owner]
	switch a.action {
	case policy.Claim:
		return t.take(ctx, v, kind, was, receiver, false)
	case policy.Assign:
		if err := t.checkPeople(ctx, v, "person", receiver); err != nil {
			return err
		}
		if owner.ID() == receiver {
			return fault.New(fault.Conflict, "unchanged", "the record is like this already")
		}
		if err := t.take(ctx, v, kind, was, receiver, true); err != nil || a.many {
			return err
		}
		return t.notify(ctx, receiver, NoticeAssigned, kind.Name, was.id, inPool(was.values[kind.Pool].ID()))
	}
	if owner.Missing() {
		return noOwnerToPut
	}
	pool, err := t.poolFor(ctx, v, kind, was.id, a.into)
	if err != nil {
		return err
	}
	_, err = t.putBack(ctx, v, kind, pool, []policy.ID{was.id})
	if err == nil && owner.ID() != v.bound.Subject().Person {
		err = t.notify(ctx, owner.ID(), NoticeReleased, kind.Name, was.id, inPool(pool))
	}
	return err
}

// cmpID is the first of the references that is set.
func cmpID(refs ...policy.Value) policy.ID {
	for _, ref := range refs {
		if !ref.Missing() {
			return ref.ID()
		}
	}
	return 0
}

// take gives a record to a person by one statement: it writes nothing unless the record still lies
// where it was read and every limit of its pool leaves room.
func (t *tx) take(ctx context.Context, v *view, kind *records.Kind, was wholeRow, person policy.ID, assigned bool) error {
	from, owner := was.values[kind.Pool].ID(), was.values[kind.Owner].ID()
	if !assigned && (owner != 0 || from == 0) {
		return notPooled
	}
	var set access.PoolSettings
	if p := v.pool(from); p != nil && owner == 0 {
		set = p.Settings
	}
	home, err := t.homeUnit(ctx, person)
	if err != nil {
		return err
	}
	_, since := today(t.now)
	n, err := t.exec(ctx, `
		UPDATE `+kind.Table+` SET owner_id = $1, pool_id = NULL, unit_id = coalesce($2, unit_id), version = version + 1, updated_at = $3
		WHERE tenant_id = $4 AND id = $5 AND version = $6 AND coalesce(owner_id, 0) = $7 AND coalesce(pool_id, 0) = $8
		AND (CAST($9 AS bigint) = 0 OR $9 > (SELECT count(*) FROM pool_claim c WHERE c.tenant_id = $4 AND c.person_id = $1 AND c.pool_id = $8 AND c.claimed_at >= $10 AND c.by_id IS NULL))
		AND (CAST($11 AS bigint) = 0 OR $11 > (SELECT count(*) FROM pool_stay h WHERE h.tenant_id = $4 AND h.person_id = $1 AND h.pool_id = $8))
		AND NOT EXISTS (SELECT 1 FROM pool_left l WHERE l.tenant_id = $4 AND l.kind = $12 AND l.record_id = $5 AND l.person_id = $1 AND l.left_at > $13)`,
		person, optionalID(home), t.nowMicros(), v.tenant, was.id, was.version, owner, from,
		unless(assigned, set.ClaimsPerDay), since.UnixMicro(), set.ClaimsHeld, string(kind.Name), t.coolBefore(&set, assigned))
	if err != nil {
		return err
	}
	if n != 1 {
		return t.whyNot(ctx, v, kind, was, person, &set, assigned)
	}
	t.touch(kind, was.id)
	if err := t.moved(ctx, kind, was.id, 0, owner, person); err != nil {
		return err
	}
	if owner == 0 && from != 0 {
		if err := t.countClaim(ctx, kind, was.id, from, person, assigned); err != nil {
			return err
		}
	}
	return t.sortTeam(ctx, kind, was.id)
}

func unless(not bool, n int) int {
	if not {
		return 0
	}
	return n
}

// coolBefore is the instant after which a former owner has to wait; in the future when nobody waits.
func (t *rtx) coolBefore(set *access.PoolSettings, assigned bool) int64 {
	if assigned || set.CoolDownDays == 0 {
		return t.now.Add(24 * time.Hour).UnixMicro()
	}
	return t.now.AddDate(0, 0, -set.CoolDownDays).UnixMicro()
}

// countClaim keeps that a record was taken out of a pool.
func (t *tx) countClaim(ctx context.Context, kind *records.Kind, id, pool, person policy.ID, assigned bool) error {
	if _, err := t.exec(ctx, "UPDATE pool_stay SET person_id = $1, pool_id = $2 WHERE tenant_id = $3 AND kind = $4 AND record_id = $5",
		person, pool, t.actor.Tenant, string(kind.Name), id); err != nil {
		return err
	}
	claim, err := t.newID(ctx)
	if err != nil {
		return err
	}
	by := policy.ID(0)
	if assigned {
		by = t.actor.Person
	}
	_, err = t.exec(ctx, "INSERT INTO pool_claim (tenant_id, id, pool_id, person_id, kind, record_id, by_id, claimed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		t.actor.Tenant, claim, pool, person, string(kind.Name), id, optionalID(by), t.nowMicros())
	return err
}

// whyNot finds the condition that did not hold. It decides nothing: nothing was written.
func (t *tx) whyNot(ctx context.Context, v *view, kind *records.Kind, was wholeRow, person policy.ID, set *access.PoolSettings, assigned bool) error {
	limit, err := t.limits(ctx, v, set, kind, was.id, was.values[kind.Pool].ID(), person, assigned)
	switch {
	case err != nil:
		return err
	case limit != nil:
		return limit
	}
	return staleVersion
}

// poolFor finds the pool into which the actor puts a record back.
func (t *tx) poolFor(ctx context.Context, v *view, kind *records.Kind, id, into policy.ID) (policy.ID, error) {
	open := v.reachedPools()
	var came *policy.ID
	err := t.row(ctx, "SELECT pool_id FROM pool_stay WHERE tenant_id = $1 AND kind = $2 AND record_id = $3", v.tenant, string(kind.Name), id).Scan(&came)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, err
	}
	var choice []policy.ID
	switch {
	case into != 0:
		// One that is out of the actor's reach is taken for none, unless the record came from there.
		if v.pool(into) == nil || !slices.Contains(open, into) && (came == nil || *came != into) {
			return 0, refMissing.WithAt("pool")
		}
		choice = []policy.ID{into}
	case came != nil:
		choice = append([]policy.ID{*came}, open...)
	default:
		choice = open
	}
	for _, pool := range choice {
		fits, err := t.accepts(ctx, v, pool, []policy.ID{id})
		if err != nil {
			return 0, err
		}
		if fits[id] {
			return pool, nil
		}
	}
	if into != 0 {
		return 0, poolRefuses
	}
	return 0, noPoolTakes
}

// accepts asks the engine which of the records belong into a pool by its condition. It is a rule of
// the one shape, bound to nobody: what it says depends on the record alone.
func (t *tx) accepts(ctx context.Context, v *view, pool policy.ID, ids []policy.ID) (map[policy.ID]bool, error) {
	p := v.pool(pool)
	fits := make(map[policy.ID]bool, len(ids))
	if p == nil {
		return fits, nil
	}
	if p.Settings.Takes == nil {
		for _, id := range ids {
			fits[id] = true
		}
		return fits, nil
	}
	compiled, _ := policy.Compile(v.catalog.Schema(), []policy.Rule{p.Accepts()}, v.tree.Within)
	rules := compiled.Bind(&policy.Subject{}, v.bound.Context()).Reduce(policy.Release, access.Pooled)
	rows := make([]massRow, len(ids))
	for i, id := range ids {
		rows[i].ID = id
	}
	outcomes, err := t.outcomes(ctx, v, rules, rows)
	for id, outcome := range outcomes {
		fits[id] = outcome.Allowed
	}
	return fits, err
}

// putBack puts records that have an owner and lie in no pool into one, and returns those that it
// took. Their collaborators leave with the owner: what they saw was the owner's work.
func (t *tx) putBack(ctx context.Context, v *view, kind *records.Kind, pool policy.ID, ids []policy.ID) ([]policy.ID, error) {
	named, list, tenant := t.listed(3), idList(ids), v.tenant
	if _, err := t.exec(ctx, `
		INSERT INTO pool_left (tenant_id, kind, record_id, person_id, left_at)
		SELECT r.tenant_id, CAST($2 AS text), r.id, r.owner_id, CAST($4 AS bigint) FROM `+kind.Table+` r WHERE r.tenant_id = $1 AND r.id IN `+named+` AND r.owner_id IS NOT NULL
		ON CONFLICT (tenant_id, kind, record_id, person_id) DO UPDATE SET left_at = excluded.left_at`,
		tenant, string(kind.Name), list, t.nowMicros()); err != nil {
		return nil, err
	}
	if _, err := t.exec(ctx, "DELETE FROM team WHERE tenant_id = $1 AND kind = $2 AND record_id IN "+named, tenant, string(kind.Name), list); err != nil {
		return nil, err
	}
	back, err := t.eachID(ctx, `UPDATE `+kind.Table+` SET owner_id = NULL, pool_id = $2, version = version + 1, updated_at = $4
		WHERE tenant_id = $1 AND id IN `+named+` AND owner_id IS NOT NULL RETURNING id`, tenant, pool, list, t.nowMicros())
	if err != nil {
		return nil, err
	}
	t.touchAll(kind, back)
	_, err = t.exec(ctx, `
		INSERT INTO pool_stay (tenant_id, kind, record_id, pool_id, since_at)
		SELECT r.tenant_id, CAST($2 AS text), r.id, r.pool_id, CAST($4 AS bigint) FROM `+kind.Table+` r WHERE r.tenant_id = $1 AND r.id IN `+named+` AND r.pool_id IS NOT NULL
		ON CONFLICT (tenant_id, kind, record_id) DO UPDATE SET pool_id = excluded.pool_id, person_id = NULL, since_at = excluded.since_at, warned_at = NULL`,
		tenant, string(kind.Name), list, t.nowMicros())
	return back, err
}
