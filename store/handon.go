package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// Spread parts records among several people. By says how: evenly; or so that customers of one city,
// or of one region, come to one person, as evenly as that goes; or to those whose home unit is that
// of the record, or above it. What hangs on a customer follows the customer.
type Spread struct {
	To []policy.ID `json:"to"`
	By string      `json:"by"` // even, city, region, unit
}

// HandingOver hands on what somebody owns who stays: who moves to other work.
type HandingOver struct {
	Person policy.ID  `json:"person"`
	Hand   []Handover `json:"hand"`
	Note   string     `json:"note,omitempty"`
}

const heirsMost = 50

var spreadWays = []string{"even", "city", "region", "unit"}

// handing is a handover of one person under way.
type handing struct {
	t    *tx
	v    *view
	from policy.ID
	note string
	own  string // what they left themselves
	// follow is to whom a customer went: what hangs on it goes along.
	follow map[policy.ID]policy.ID
	// ids are those of the handovers, by who got the records; 0 is a pool.
	ids    map[policy.ID]policy.ID
	got    map[policy.ID]int
	handed int64
	kept   int64
}

// held is a record that is handed on.
type held struct {
	id, unit, customer policy.ID
	group              string
}

// handOn hands on what somebody owns, as said, in one transaction. The customers go first, since others
// follow them. Each part is some statements for all of its records.
func (t *tx) handOn(ctx context.Context, v *view, from policy.ID, note string, hand []Handover) (*handing, error) {
	h := &handing{t: t, v: v, from: from, note: note, follow: map[policy.ID]policy.ID{}, ids: map[policy.ID]policy.ID{}, got: map[policy.ID]int{}}
	if err := checkHandover(nil, note); err != nil {
		return nil, err
	}
	own, err := t.ownNote(ctx, v.tenant, from)
	if err != nil {
		return nil, err
	}
	h.own = own.Note
	order := make([]int, len(hand))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(unless(hand[a].Kind == "customer", 1), unless(hand[b].Kind == "customer", 1))
	})
	for _, i := range order {
		if err := h.part(ctx, &hand[i]); err != nil {
			return nil, within(fmt.Sprintf("hand[%d]", i), err)
		}
	}
	for _, heir := range idsOf(h.ids) {
		if heir == 0 {
			continue
		}
		if err := t.notify(ctx, heir, NoticeHanded, "", h.ids[heir], map[string]any{"n": h.got[heir]}); err != nil {
			return nil, err
		}
	}
	if h.handed == 0 {
		return h, nil
	}
	return h, t.dropOwnNote(ctx, from)
}

// part hands on the records of one kind.
func (h *handing) part(ctx context.Context, o *Handover) error {
	kind := h.v.catalog.Kind(o.Kind)
	if kind == nil || kind.Owner != "owner" {
		return noKind.WithAt("kind")
	}
	heirs, err := h.heirs(ctx, kind, o)
	if err != nil {
		return err
	}
	list, err := h.owned(ctx, kind, o)
	if err != nil {
		return err
	}
	if o.Pool != 0 {
		if list, err = h.intoPool(ctx, kind, o.Pool, list); err != nil {
			return err
		}
	}
	if len(heirs) == 0 {
		h.kept += int64(len(list))
		return nil
	}
	homes := map[policy.ID]policy.ID{}
	for _, heir := range heirs {
		if homes[heir], err = h.t.homeUnit(ctx, heir); err != nil {
			return err
		}
	}
	by := "even"
	if o.Spread != nil {
		by = o.Spread.By
	}
	shares := h.shares(list, heirs, homes, by)
	for _, heir := range heirs {
		if err := h.give(ctx, kind, heir, unless(!o.Unit, int(homes[heir])), shares[heir]); err != nil {
			return err
		}
	}
	return nil
}

// heirs are who gets the records of a part, checked.
func (h *handing) heirs(ctx context.Context, kind *records.Kind, o *Handover) ([]policy.ID, error) {
	heirs, at := []policy.ID{o.To}, "to"
	switch {
	case o.Spread != nil:
		heirs, at = o.Spread.To, "spread.to"
		if o.To != 0 || o.Pool != 0 || !slices.Contains(spreadWays, o.Spread.By) {
			return nil, fault.New(fault.Invalid, "spread", "records are spread evenly, or by city, region or unit, among several people").WithAt("spread.by")
		}
		if len(heirs) == 0 || len(heirs) > heirsMost {
			return nil, fault.Newf(fault.Invalid, "heirs", "1 to %d people take over", heirsMost).With("max", heirsMost).WithAt(at)
		}
	case o.Pool != 0 && o.To == 0:
		heirs = nil
	}
	if o.Pool != 0 && (!kind.Claimed || h.v.pool(o.Pool) == nil) {
		return nil, refMissing.WithAt("pool")
	}
	for i, heir := range heirs {
		if heir == h.from || heir == 0 || slices.Contains(heirs[:i], heir) {
			return nil, fault.New(fault.Invalid, "person", "there is no such person").WithAt(at)
		}
		if heir == h.v.bound.Subject().Person && !h.v.bound.Reduce(policy.Edit, kind.Name).All() {
			return nil, selfGain.WithAt(at)
		}
	}
	return heirs, h.t.checkHeirs(ctx, h.v, at, heirs...)
}

// owned reads what the person owns of a kind, locked. Whoever hands it over need not see it: nothing of
// it is told, not even into what shares it was parted.
func (h *handing) owned(ctx context.Context, kind *records.Kind, o *Handover) ([]held, error) {
	if len(o.IDs) > 0 {
		rows, err := h.t.fetchIDs(ctx, h.v.shape(kind, []string{kind.Title}), o.IDs)
		if err != nil {
			return nil, err
		}
		if len(rows) != len(o.IDs) {
			return nil, noRecord.WithAt("ids")
		}
	}
	group, customer := "NULL", "NULL"
	if o.Spread != nil && kind.Field(o.Spread.By) != nil && o.Spread.By != "unit" {
		group = o.Spread.By
	}
	if kind.Field("customer") != nil {
		customer = "customer_id"
	}
	text := "SELECT id, coalesce(unit_id, 0), coalesce(" + customer + ", 0), coalesce(CAST(" + group + " AS text), '') FROM " + kind.Table + " WHERE tenant_id = $1 AND owner_id = $2 AND stage <> 'merged'"
	if o.Open {
		text += " AND stage NOT IN ('" + joinWords(kind.Ended()) + "')" // words of ours
	}
	var list []held
	err := h.t.each(ctx, func(rows *sql.Rows) error {
		var one held
		err := rows.Scan(&one.id, &one.unit, &one.customer, &one.group)
		if len(o.IDs) == 0 || slices.Contains(o.IDs, one.id) {
			list = append(list, one)
		}
		return err
	}, text+" ORDER BY id"+h.t.pick("", " FOR NO KEY UPDATE"), h.v.tenant, h.from)
	return list, err
}

// shares parts records among people. It depends on nothing but them: the same list is parted alike.
func (h *handing) shares(list []held, heirs []policy.ID, homes map[policy.ID]policy.ID, by string) map[policy.ID][]held {
	out := map[policy.ID][]held{}
	least := func(among []policy.ID) policy.ID {
		return slices.MinFunc(among, func(a, b policy.ID) int { return cmp.Compare(len(out[a]), len(out[b])) })
	}
	groups := map[string][]held{}
	var single []held
	for _, one := range list {
		switch heir, follows := h.follow[one.customer]; {
		case follows && slices.Contains(heirs, heir):
			out[heir] = append(out[heir], one)
		case (by == "city" || by == "region") && one.group != "":
			groups[strings.ToLower(one.group)] = append(groups[strings.ToLower(one.group)], one)
		default:
			single = append(single, one)
		}
	}
	names := sorted(keysOf(groups))
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(len(groups[b]), len(groups[a])) })
	for _, name := range names {
		heir := least(heirs)
		out[heir] = append(out[heir], groups[name]...)
	}
	near := map[policy.ID][]policy.ID{}
	for _, one := range single {
		among := heirs
		if by == "unit" {
			if near[one.unit] == nil {
				near[one.unit] = h.near(one.unit, heirs, homes)
			}
			among = near[one.unit]
		}
		heir := least(among)
		out[heir] = append(out[heir], one)
	}
	return out
}

// near are those whose home is a unit, or else the nearest above it; all of them when there is none.
func (h *handing) near(unit policy.ID, heirs []policy.ID, homes map[policy.ID]policy.ID) []policy.ID {
	for at := unit; at != 0; {
		var here []policy.ID
		for _, heir := range heirs {
			if homes[heir] == at {
				here = append(here, heir)
			}
		}
		if len(here) > 0 {
			return here
		}
		u, ok := h.v.tree.Unit(at)
		if !ok {
			break
		}
		at = u.Parent
	}
	return heirs
}

// give makes somebody the owner of records.
func (h *handing) give(ctx context.Context, kind *records.Kind, heir policy.ID, unit int, list []held) error {
	if len(list) == 0 {
		return nil
	}
	id, err := h.handover(ctx, heir)
	if err != nil {
		return err
	}
	schema := h.v.catalog.Schema().Kind(kind.Name)
	for chunk := range slices.Chunk(list, 1000) {
		ids := make([]policy.ID, len(chunk))
		entries := make([]audit.Entry, len(chunk))
		for i, one := range chunk {
			ids[i] = one.id
			if kind.Name == "customer" {
				h.follow[one.id] = heir
			}
			before := map[string]policy.Value{"owner": policy.RefOf(h.from)}
			after := map[string]policy.Value{"owner": policy.RefOf(heir)}
			if one.unit != 0 {
				before["unit"], after["unit"] = policy.RefOf(one.unit), policy.RefOf(one.unit)
			}
			if unit != 0 {
				after["unit"] = policy.RefOf(policy.ID(unit))
			}
			diff := audit.Diff(schema, before, after)
			entries[i] = audit.Entry{Action: audit.Action(policy.Edit), Kind: kind.Name, Record: one.id, Fields: audit.Names(diff), Detail: map[string]any{"changes": diff, "left": h.from, "handover": id}}
		}
		if _, err := h.t.exec(ctx, "UPDATE "+kind.Table+" SET owner_id = $2, unit_id = coalesce($3, unit_id), version = version + 1, updated_at = $4 WHERE tenant_id = $1 AND id IN "+h.t.listed(5),
			h.v.tenant, heir, optionalID(policy.ID(unit)), h.t.nowMicros(), idList(ids)); err != nil {
			return err
		}
		h.t.touchAll(kind, ids)
		if err := h.t.movedMany(ctx, kind, h.from, ids); err != nil {
			return err
		}
		if err := h.t.leaveTeam(ctx, kind, ids, h.from, heir); err != nil {
			return err
		}
		if _, err := h.t.exec(ctx, "UPDATE team SET sort_at = $1 WHERE tenant_id = $2 AND kind = $3 AND record_id IN "+h.t.listed(4), h.t.nowMicros(), h.v.tenant, string(kind.Name), idList(ids)); err != nil {
			return err
		}
		if err := h.t.keepHandedOver(ctx, id, kind.Name, ids); err != nil {
			return err
		}
		if err := h.t.auditAll(ctx, entries); err != nil {
			return err
		}
	}
	h.got[heir] += len(list)
	h.handed += int64(len(list))
	return nil
}

// handover is the one of who gets records, made when it is first wanted.
func (h *handing) handover(ctx context.Context, heir policy.ID) (policy.ID, error) {
	if id := h.ids[heir]; id != 0 {
		return id, nil
	}
	id, err := h.t.newID(ctx)
	if err != nil {
		return 0, err
	}
	h.ids[heir] = id
	return id, h.t.keepHandover(ctx, id, h.from, heir, h.note, h.own, nil)
}

// intoPool puts customers into a pool, as far as it takes them and no contract or ticket holds them,
// and returns the rest.
func (h *handing) intoPool(ctx context.Context, kind *records.Kind, pool policy.ID, list []held) (rest []held, err error) {
	id, err := h.handover(ctx, 0)
	if err != nil {
		return nil, err
	}
	schema := h.v.catalog.Schema().Kind(kind.Name)
	for chunk := range slices.Chunk(list, recycleChunk) {
		ids := make([]policy.ID, len(chunk))
		for i, one := range chunk {
			ids[i] = one.id
		}
		standing, err := h.t.tenures(ctx, h.v, ids)
		if err != nil {
			return nil, err
		}
		fits, err := h.t.accepts(ctx, h.v, pool, ids)
		if err != nil {
			return nil, err
		}
		var back []policy.ID
		for _, one := range chunk {
			if at := standing[one.id]; at != nil && !at.Held && fits[one.id] {
				back = append(back, one.id)
			} else {
				rest = append(rest, one)
			}
		}
		if len(back) == 0 {
			continue
		}
		if back, err = h.t.putBack(ctx, h.v, kind, pool, back); err != nil {
			return nil, err
		}
		diff := audit.Diff(schema, map[string]policy.Value{"owner": policy.RefOf(h.from)}, map[string]policy.Value{"pool": policy.RefOf(pool)})
		entries := make([]audit.Entry, len(back))
		for i, one := range back {
			entries[i] = audit.Entry{Action: audit.Action(policy.Release), Kind: kind.Name, Record: one, Fields: audit.Names(diff), Detail: map[string]any{"changes": diff, "left": h.from, "pool": pool, "handover": id}}
		}
		if err := h.t.keepHandedOver(ctx, id, kind.Name, back); err != nil {
			return nil, err
		}
		if err := h.t.auditAll(ctx, entries); err != nil {
			return nil, err
		}
		h.handed += int64(len(back))
	}
	return rest, nil
}

// movedMany is moved for many that had one owner and get another.
func (t *tx) movedMany(ctx context.Context, kind *records.Kind, from policy.ID, ids []policy.ID) error {
	if !kind.Claimed {
		return nil
	}
	for _, text := range []string{
		`INSERT INTO pool_stay (tenant_id, kind, record_id, pool_id, person_id, since_at)
			SELECT r.tenant_id, CAST($2 AS text), r.id, r.pool_id, NULL, CAST($4 AS bigint) FROM ` + kind.Table + ` r WHERE r.tenant_id = $1 AND r.id IN ` + t.listed(3) + ` AND $5 <> 0
			ON CONFLICT (tenant_id, kind, record_id) DO UPDATE SET pool_id = excluded.pool_id, person_id = NULL, since_at = excluded.since_at, warned_at = NULL`,
		`INSERT INTO pool_left (tenant_id, kind, record_id, person_id, left_at)
			SELECT r.tenant_id, CAST($2 AS text), r.id, CAST($5 AS bigint), CAST($4 AS bigint) FROM ` + kind.Table + ` r WHERE r.tenant_id = $1 AND r.id IN ` + t.listed(3) + ` AND true
			ON CONFLICT (tenant_id, kind, record_id, person_id) DO UPDATE SET left_at = excluded.left_at`,
	} {
		if _, err := t.exec(ctx, text, t.actor.Tenant, string(kind.Name), idList(ids), t.nowMicros(), from); err != nil {
			return err
		}
	}
	return nil
}
