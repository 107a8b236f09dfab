package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"guan/audit"
	"guan/grants"
	"guan/policy"
	"guan/records"
)

// GrantQuery asks for grants, the newest first.
type GrantQuery struct {
	All    bool      // everybody's, not only those that the actor gave or received
	Person policy.ID // given or received by them
	Kind   policy.Kind
	Record policy.ID     // that names this record of the kind
	Open   bool          // in force, or about to begin
	Ending time.Duration // in force, and at their end within this time
	Unused bool          // in force, and no record was ever opened by them
	Before policy.ID     // those that are older
}

// Grants lists the grants that the actor gave or received, the newest first; with all, and one of
// the rights policy and audit, everybody's. Faults: Denied.
func (s *Session) Grants(ctx context.Context, all bool) ([]Grant, error) {
	return s.FindGrants(ctx, GrantQuery{All: all})
}

// FindGrants is Grants with a choice. Faults: Denied.
func (s *Session) FindGrants(ctx context.Context, q GrantQuery) ([]Grant, error) {
	var list []Grant
	var seen []audit.Entry
	read := func(t *rtx, v *view) (err error) {
		// How a grant stands is known with those above it, and so what is left of a page once it is read: a page that
		// is not full is the last one.
		list = []Grant{}
		for page := q; ; {
			where, args := page.where(v, s.actor.Person)
			found, err := t.grants(ctx, v, where, args...)
			if err != nil {
				return err
			}
			n := len(found)
			if n > 0 {
				page.Before = found[n-1].ID
			}
			list = append(list, slices.DeleteFunc(found, func(g Grant) bool {
				return !s.actor.Scope.Allows(g.Kind, policy.Read) || q.Open && g.State != grants.Active && g.State != grants.Pending ||
					(q.Ending > 0 || q.Unused) && g.State != grants.Active || q.Unused && g.LastUsed != nil
			})...)
			if n < maxGrants || len(list) >= maxGrants {
				break
			}
		}
		list = list[:min(len(list), maxGrants)]
		if q.Kind != "" && q.Record != 0 && q.Before == 0 && !q.All && s.actor.Scope == nil {
			left, err := t.strays(ctx, v, q)
			if err != nil {
				return err
			}
			list = append(list, slices.DeleteFunc(left, func(g Grant) bool { return slices.ContainsFunc(list, func(had Grant) bool { return had.ID == g.ID }) })...)
		}
		// To see beside a grant what a record is called is to see something of the record.
		err = t.titleGrants(ctx, v, list)
		seen = v.with(audit.Entry{Kind: kindGrant})[1:]
		return err
	}
	var err error
	if q.All {
		err = s.oversee(ctx, "grants", read, "policy", "audit")
	} else {
		err = s.db.lookAt(ctx, s.actor, read)
	}
	if err != nil || len(seen) == 0 {
		return list, err
	}
	return list, s.db.auditRead(ctx, s.actor, seen...)
}

// where says which rows can be among those that are asked for.
func (q GrantQuery) where(v *view, me policy.ID) (string, []any) {
	args := []any{me, q.All}
	parts := []string{"(g.giver_id = $2 OR g.receiver_id = $2 OR $3)"}
	add := func(text string, arg any) {
		args = append(args, arg)
		parts = append(parts, strings.ReplaceAll(text, "?", fmt.Sprintf("$%d", len(args)+1)))
	}
	if q.Person != 0 {
		add("(g.giver_id = ? OR g.receiver_id = ?)", q.Person)
	}
	if q.Kind != "" {
		add("g.kind = ?", string(q.Kind))
	}
	if q.Record != 0 {
		add("EXISTS (SELECT 1 FROM grant_event e WHERE e.tenant_id = g.tenant_id AND e.kind = g.kind AND e.record_id = ? AND e.grant_id = g.id)", q.Record)
	}
	if q.Open || q.Ending > 0 || q.Unused {
		add("g.until_at > ? AND (g.revoked_at IS NULL OR g.revoked_at > ?) AND g.used_at IS NULL", v.now.UnixMicro())
	}
	if q.Ending > 0 {
		add("g.until_at <= ?", v.now.Add(q.Ending).UnixMicro())
	}
	if q.Before != 0 {
		add("g.id < ?", q.Before)
	}
	if q.Unused {
		parts = append(parts, "g.created_at > (SELECT coalesce(max(until_at), 0) FROM audit_archive WHERE tenant_id = g.tenant_id) AND NOT EXISTS (SELECT 1 FROM audit_record a WHERE a.tenant_id = g.tenant_id AND a.kind = 'grant' AND a.record_id = g.id)")
	}
	return strings.Join(parts, " AND "), args
}

func (s *Session) grant(ctx context.Context, id policy.ID) (*Grant, error) {
	var g *Grant
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		found, err := t.grants(ctx, v, "g.id = $2", id)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return noGrant
		}
		g = &found[0]
		return nil
	})
	return g, err
}

// maxGrants bounds a list of grants.
const maxGrants = 500

// grants reads the grants that the actor may know of: given, received, or all with a right.
func (t *rtx) grants(ctx context.Context, v *view, where string, args ...any) ([]Grant, error) {
	me := v.bound.Subject().Person
	found, used, err := t.grantRows(ctx, v.tenant, where, args...)
	if err != nil {
		return nil, err
	}
	if !v.may("policy") && !v.may("audit") {
		found = slices.DeleteFunc(found, func(g grants.Grant) bool { return g.Giver != me && g.Receiver != me })
	}
	return t.told(ctx, v, found, used)
}

// told says grants in words.
func (t *rtx) told(ctx context.Context, v *view, found []grants.Grant, used map[policy.ID]*time.Time) ([]Grant, error) {
	line, err := t.lineOf(ctx, v, found)
	if err != nil {
		return nil, err
	}
	v.giversLeave(found)
	names := map[policy.ID]string{}
	var people []policy.ID
	for _, g := range found {
		people = append(people, g.Giver, g.Receiver)
	}
	if err := t.directoryNames(ctx, v.tenant, people, names); err != nil {
		return nil, err
	}
	list := []Grant{}
	for _, g := range found {
		above, whole := grants.Above(g, func(id policy.ID) (grants.Grant, bool) { p, ok := line[id]; return p, ok })
		under := g.Under(above...)
		one := Grant{ID: g.ID, Giver: Name{ID: g.Giver, Name: names[g.Giver]}, Receiver: Name{ID: g.Receiver, Name: names[g.Receiver]},
			Kind: g.Kind, Records: append([]policy.ID{}, g.Records...), Titles: []Link{},
			When: g.When, Actions: g.Actions, Fields: g.Fields, Along: v.alongOf(g), From: g.From, Until: g.Ends(), Purpose: g.Purpose, RevokedAt: under.RevokedAt,
			GiveOn: g.GiveOn, Parent: g.Parent, Extends: g.Extends, Once: g.Once, UsedAt: g.UsedAt, LastUsed: used[g.ID], State: under.At(v.now)}
		if !whole {
			one.State = grants.Ended
		}
		one.Sentence, one.Can = v.grantSentence(under, g.Conditions(above...), names[g.Receiver]), v.grantActions(&one)
		list = append(list, one)
	}
	return list, nil
}

// The titles that are shown beside a grant, and beside how many.
const titlesOfGrant, titledGrants = 3, 100

// titleGrants names the first records of grants as far as who asks may read them.
func (t *rtx) titleGrants(ctx context.Context, v *view, list []Grant) error {
	wanted := map[policy.Kind][]policy.ID{}
	first := list[:min(len(list), titledGrants)]
	for _, g := range first {
		wanted[g.Kind] = append(wanted[g.Kind], g.Records[:min(len(g.Records), titlesOfGrant)]...)
	}
	for kind, ids := range wanted {
		slices.Sort(ids)
		titles, err := t.titles(ctx, v, kind, slices.Compact(ids))
		if err != nil {
			return err
		}
		for i := range first {
			for _, id := range first[i].Records[:min(len(first[i].Records), titlesOfGrant)] {
				if title := titles[id]; first[i].Kind == kind && title != "" {
					first[i].Titles = append(first[i].Titles, Link{ID: id, Title: title})
				}
			}
		}
	}
	return nil
}

// grantActions is what the actor may do with a grant; each is asked again when it is done.
func (v *view) grantActions(g *Grant) []string {
	can := []string{}
	me := v.bound.Subject().Person
	open := g.State == grants.Active || g.State == grants.Pending
	switch {
	case open && g.Receiver.ID == me:
		can = append(can, "give_back")
	case open && (g.Giver.ID == me || v.may("policy")):
		can = append(can, "revoke")
	}
	if g.State != grants.Revoked && g.Receiver.ID != me && (g.Giver.ID == me || v.may("policy")) {
		can = append(can, "extend")
	}
	if g.Receiver.ID == me && g.State == grants.Active {
		if g.GiveOn {
			can = append(can, "give_on")
		}
		if g.Once {
			can = append(can, "view")
		}
	}
	return can
}

// grantSentence says a grant in words. Its window is told beside it, in the time of who reads it, and
// its records by their titles, to who may read these.
func (st *state) grantSentence(g grants.Grant, conds []policy.Cond, receiver string) records.Label {
	return st.grantWords(g, conds, receiver, false)
}

// grantWords is grantSentence, without which records it is where only that there are some is told.
func (st *state) grantWords(g grants.Grant, conds []policy.Cond, receiver string, some bool) records.Label {
	rule := policy.Rule{Effect: policy.Permit, Kind: g.Kind, Actions: g.Actions, Where: policy.Path{Path: policy.PathAll}, Fields: g.Fields, Scene: g.Purpose}
	switch len(conds) {
	case 0:
	case 1:
		rule.When = &conds[0]
	default:
		rule.When = &policy.Cond{Op: policy.OpAll, Args: conds}
	}
	return both(func(lang string) string {
		p := policy.PartsOf(st.catalog.Schema(), names{st}, &rule, lang)
		en := lang == "en"
		which := p.Records
		if some {
			which = st.which(&pinned{}, &opening{}, g.Kind, true, false, lang)
		} else if n := len(g.Records); n > 0 && en {
			which = fmt.Sprintf("%d named of %s", n, p.Records)
		} else if n > 0 {
			which = fmt.Sprintf("指定的 %d 条%s", n, names{st}.Kind(g.Kind, lang))
		}
		parts := []string{receiver + "可以" + p.Actions + which}
		words := [...]string{"条件：", "用于：", "只能查看一次", "可以转授", "；", "。"}
		if en {
			parts[0] = receiver + " may " + p.Actions + " " + which
			words = [...]string{"condition: ", "for: ", "one view only", "may be given on", "; ", "."}
		}
		if len(g.Along) > 0 {
			parts = append(parts, st.alongWords(g.Kind, g.Along, lang))
		}
		if p.Condition != "" {
			parts = append(parts, words[0]+p.Condition)
		}
		parts = append(parts, p.Fields, words[1]+g.Purpose)
		if g.Once {
			parts = append(parts, words[2])
		}
		if g.GiveOn {
			parts = append(parts, words[3])
		}
		return strings.Join(parts, words[4]) + words[5]
	})
}

// grantDocument reads one grant as it was given, with how it ended, for whoever may know of it.
func (t *rtx) grantDocument(ctx context.Context, v *view, id policy.ID) (*grants.Grant, error) {
	found, _, err := t.grantRows(ctx, v.tenant, "g.id = $2", id)
	if err == nil && len(found) == 0 {
		err = noGrant
	}
	if err != nil {
		return nil, err
	}
	v.giversLeave(found)
	return &found[0], nil
}

// grantRows reads grants and when each was last of use.
func (t *rtx) grantRows(ctx context.Context, tenant policy.ID, where string, args ...any) ([]grants.Grant, map[policy.ID]*time.Time, error) {
	var list []grants.Grant
	last := map[policy.ID]*time.Time{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var document []byte
		var revoked, used, lastUsed *int64
		if err := rows.Scan(&document, &revoked, &used, &lastUsed); err != nil {
			return err
		}
		var g grants.Grant
		if err := json.Unmarshal(document, &g); err != nil {
			return err
		}
		g.RevokedAt, g.UsedAt = instant(revoked), instant(used)
		last[g.ID] = instant(lastUsed)
		list = append(list, g)
		return nil
	}, `SELECT g.document, g.revoked_at, g.used_at, (
			SELECT e.at FROM audit_record a JOIN audit_entry e ON e.tenant_id = a.tenant_id AND e.seq = a.seq
			WHERE a.tenant_id = g.tenant_id AND a.kind = 'grant' AND a.record_id = g.id ORDER BY a.seq DESC LIMIT 1)
		FROM access_grant g WHERE g.tenant_id = $1 AND `+where+fmt.Sprintf(" ORDER BY g.id DESC LIMIT %d", maxGrants), append([]any{tenant}, args...)...)
	return list, last, err
}

// lineOf reads the grants above some.
func (t *rtx) lineOf(ctx context.Context, v *view, list []grants.Grant) (map[policy.ID]grants.Grant, error) {
	line := map[policy.ID]grants.Grant{}
	for range grants.MaxLine {
		var missing []policy.ID
		for _, g := range list {
			if _, known := line[g.Parent]; g.Parent != 0 && !known {
				missing = append(missing, g.Parent)
			}
		}
		if len(missing) == 0 {
			break
		}
		ids, err := jsonText(idNumbers(missing))
		if err != nil {
			return nil, err
		}
		list, _, err = t.grantRows(ctx, v.tenant, "g.id IN ("+t.pick("SELECT value FROM json_each($2)", "SELECT value::bigint FROM json_array_elements_text($2::json)")+")", ids)
		if err != nil {
			return nil, err
		}
		v.giversLeave(list)
		for _, g := range list {
			line[g.ID] = g
		}
	}
	return line, nil
}
