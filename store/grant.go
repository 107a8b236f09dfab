package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/grants"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
)

// Grant is a temporary grant by name, with its state at the time of the answer.
type Grant struct {
	ID        policy.ID          `json:"id"`
	Giver     Name               `json:"giver"`
	Receiver  Name               `json:"receiver"`
	Kind      policy.Kind        `json:"kind"`
	Records   []policy.ID        `json:"records"`
	When      *policy.Cond       `json:"when,omitempty"`
	Actions   []policy.Action    `json:"actions"`
	Fields    []policy.FieldRule `json:"fields"`
	From      time.Time          `json:"from"`
	Until     time.Time          `json:"until"`
	Purpose   string             `json:"purpose"`
	RevokedAt *time.Time         `json:"revoked_at,omitempty"`
	State     grants.State       `json:"state"`
	Sentence  records.Label      `json:"sentence"`
}

var (
	notYourGrant = fault.New(fault.Denied, "grant_others", "a grant is taken back by its giver, its receiver, or who administers permissions")
	noGrant      = fault.New(fault.NotFound, "grant", "there is no such grant")
	grantMore    = fault.New(fault.Denied, "grant_more", "nobody grants what they do not have themselves, or have only by a grant or as a collaborator")
)

// Grant lets somebody else act on records for a time: at most what the actor may do with each of
// them now by rules of their own. A field that the actor sees less openly on one of the records is
// granted no more openly on any. Grants by a condition alone take somebody who may do the action
// with every record of the kind. It takes a session. Faults: Invalid, Denied, NotFound for records
// that the actor may not read.
func (s *Session) Grant(ctx context.Context, g grants.Grant) (*Grant, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	g.Giver, g.RevokedAt = s.actor.Person, nil
	err := s.db.write(ctx, s.actor, op{name: "grant", raises: true}, func(t *tx) (err error) {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		if g.ID, err = t.newID(ctx); err != nil {
			return err
		}
		g.From, g.Until = *whole(&g.From), *whole(&g.Until)
		if g.From.Before(t.now) {
			g.From = t.now
		}
		if err := t.checkGrant(ctx, v, &g); err != nil {
			return err
		}
		return t.putGrant(ctx, g)
	})
	if err = s.declined(ctx, "grant", err); err != nil {
		return nil, err
	}
	return s.grant(ctx, g.ID)
}

// checkGrant says what is wrong with a grant, and lowers its fields to what the giver has.
func (t *tx) checkGrant(ctx context.Context, v *view, g *grants.Grant) error {
	if err := g.Check(); err != nil {
		return err
	}
	kind := v.catalog.Kind(g.Kind)
	if kind == nil || v.bound.Reduce(policy.Read, g.Kind).None() {
		return noKind.WithAt("kind")
	}
	if !g.Until.After(t.now) {
		return fault.New(fault.Invalid, "grant_until", "the end of the grant has passed").WithAt("until")
	}
	if err := t.checkPeople(ctx, v, "receiver", g.Receiver); err != nil {
		return err
	}
	rule := loweredGrant(*g)
	if err := ruleFault(policy.CheckRule(v.knownCatalog().Schema(), &rule)); err != nil {
		return err
	}
	if err := knownIn(v.knownFields(kind), g); err != nil {
		return err
	}
	// What the giver has by rules of their own: neither lent by a grant nor as a collaborator.
	own := v.withoutGrants().Bind(v.bound.Subject(), v.bound.Context())
	have, err := t.givable(ctx, v, own, kind, g)
	if err != nil {
		return err
	}
	return lowerFields(v.catalog.Schema(), g, rule, have)
}

func loweredGrant(g grants.Grant) policy.Rule {
	rules := access.Authored{Grants: []grants.Grant{g}}.Lower()
	if len(rules) == 0 {
		return policy.Rule{}
	}
	return rules[0]
}

// knownIn refuses fields of which the giver may not know in the words for fields that do not
// exist.
func knownIn(known map[string]*policy.Field, g *grants.Grant) error {
	for i, f := range g.Fields {
		if f.Field != "" && known[f.Field] == nil {
			return noField(fmt.Sprintf("fields[%d]", i))
		}
	}
	if g.When != nil {
		if err := unknownIn(g.When, known); err != nil {
			return faultAt("when", err)
		}
	}
	return nil
}

// giveable is the least open of what the giver has on the records of a grant, by field index.
type giveable struct {
	levels []policy.Level
	edits  []bool
}

// lower takes what an action leaves: levels count where the action shows fields, edits where it
// writes them.
func (have *giveable) lower(action policy.Action, o policy.Outcome) {
	for i := range have.levels {
		if action == policy.Read || action == policy.Export {
			have.levels[i] = min(have.levels[i], o.Levels[i])
		}
		if action == policy.Edit {
			have.edits[i] = have.edits[i] && o.Edits[i]
		}
	}
}

// givable works out what the giver may do with every record of the grant.
func (t *tx) givable(ctx context.Context, v *view, own *policy.Bound, kind *records.Kind, g *grants.Grant) (*giveable, error) {
	n := len(v.catalog.Schema().Kind(g.Kind).Fields)
	have := &giveable{slices.Repeat([]policy.Level{policy.Plain}, n), slices.Repeat([]bool{true}, n)}
	read := own.Reduce(policy.Read, g.Kind)
	var actions []*policy.Reduction
	for _, a := range g.Actions {
		actions = append(actions, own.Reduce(a, g.Kind))
	}
	if len(g.Records) == 0 {
		for _, r := range append(actions, read) {
			if !r.All() {
				return nil, grantMore.WithAt("when")
			}
			have.lower(r.Action, r.Outcome(func(*policy.Test) policy.Tri { return policy.Yes }))
		}
		return have, nil
	}
	seen := map[policy.ID]bool{}
	for chunk := range slices.Chunk(g.Records, 500) {
		q := &sqlgen.List{Tenant: v.tenant, Epoch: v.epoch, Read: v.bound.Reduce(policy.Read, g.Kind), Also: append(slices.Clone(actions), read),
			IDs: chunk, Limit: len(chunk), Plan: sqlgen.Walk}
		rows, err := t.fetch(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			seen[row.id] = true
			for _, r := range append(slices.Clone(actions), read) {
				// What closes or lowers something for a collaborator counts, what opens it does not.
				for _, o := range []policy.Outcome{r.Outcome(row.answer), r.Outcome(notLent(row.answer))} {
					if !o.Allowed {
						return nil, grantMore.WithAt("records")
					}
					have.lower(r.Action, o)
				}
			}
		}
	}
	for i, id := range g.Records {
		if !seen[id] {
			return nil, noRecord.WithAt(fmt.Sprintf("records[%d]", i))
		}
	}
	return have, nil
}

// notLent answers for somebody who is no collaborator: what one has as a collaborator is lent.
func notLent(answer func(*policy.Test) policy.Tri) func(*policy.Test) policy.Tri {
	return func(test *policy.Test) policy.Tri {
		for p := test.Path; p != nil; p = p.Via {
			if p.Path == policy.PathTeam {
				return policy.No
			}
		}
		return answer(test)
	}
}

// lowerFields keeps the fields as they were asked for where the giver has as much, and else names
// each field with what is left of it.
func lowerFields(schema *policy.Schema, g *grants.Grant, rule policy.Rule, have *giveable) error {
	// What the rule shows whom it speaks of, on a record it reaches.
	rule.Who, rule.From, rule.Until, rule.When = policy.Who{Any: []policy.Clause{{Everyone: true}}}, nil, nil, nil
	compiled, problems := policy.Compile(schema, []policy.Rule{rule}, nil)
	if len(problems) > 0 {
		return ruleFault(problems)
	}
	asked := compiled.Bind(&policy.Subject{}, &policy.Context{}).Reduce(rule.Actions[0], rule.Kind).Branches[0]
	var left []policy.FieldRule
	less := false
	for i, f := range schema.Kind(g.Kind).Fields {
		level, edit := min(asked.Levels[i], have.levels[i]), asked.Edits[i] && have.edits[i]
		less = less || level != asked.Levels[i] || edit != asked.Edits[i]
		if level > policy.Hidden {
			left = append(left, policy.FieldRule{Field: f.Name, Level: level, Edit: edit})
		}
	}
	if len(left) == 0 {
		return grantMore.WithAt("fields")
	}
	if less {
		g.Fields = left
	}
	return nil
}

func (t *tx) putGrant(ctx context.Context, g grants.Grant) error {
	document, err := jsonText(g)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `
		INSERT INTO access_grant (tenant_id, id, giver_id, receiver_id, kind, document, purpose, from_at, until_at, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		t.actor.Tenant, g.ID, g.Giver, g.Receiver, string(g.Kind), document, g.Purpose, g.From.UnixMicro(), g.Until.UnixMicro(), t.nowMicros())
	if err != nil {
		return err
	}
	if err := t.grantEvent(ctx, g.Kind, g.ID, "given", g.Records); err != nil {
		return err
	}
	kind, about := policy.Kind(""), g.ID
	if len(g.Records) == 1 {
		kind, about = g.Kind, g.Records[0]
	}
	if err := t.notify(ctx, g.Receiver, NoticeGrant, kind, about, map[string]any{"of": string(g.Kind), "records": len(g.Records)}); err != nil {
		return err
	}
	return t.audit(ctx, audit.Entry{Action: audit.GrantGiven, Kind: g.Kind, Records: g.Records, Detail: map[string]any{"grant": g}})
}

// RevokeGrant takes a grant back with its commit: its giver may, its receiver, and who has the
// right policy. Faults: NotFound for who may not know of it, Denied, Conflict when it has ended.
func (s *Session) RevokeGrant(ctx context.Context, id policy.ID) (*Grant, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	err := s.db.write(ctx, s.actor, op{name: "grant", raises: true}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		found, err := t.grants(ctx, v, "id = $2", id)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return noGrant
		}
		g := found[0]
		if me := v.bound.Subject().Person; g.Giver.ID != me && g.Receiver.ID != me && !v.may("policy") {
			return notYourGrant // an auditor knows of it
		}
		if g.State == grants.Ended || g.State == grants.Revoked {
			return fault.New(fault.Conflict, "grant_ended", "the grant has ended")
		}
		if _, err := t.exec(ctx, "UPDATE access_grant SET revoked_at = $1, revoked_by = $2 WHERE tenant_id = $3 AND id = $4",
			t.nowMicros(), s.actor.Person, t.actor.Tenant, id); err != nil {
			return err
		}
		if err := t.grantEvent(ctx, g.Kind, id, "revoked", g.Records); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.GrantRevoked, Kind: g.Kind, Records: g.Records, Detail: map[string]any{"grant": id}})
	})
	if err = s.declined(ctx, "grant", err); err != nil {
		return nil, err
	}
	return s.grant(ctx, id)
}

// Grants lists the grants that the actor gave or received, the newest first; with all, and one of
// the rights policy and audit, everybody's. Faults: Denied.
func (s *Session) Grants(ctx context.Context, all bool) ([]Grant, error) {
	var list []Grant
	read := func(t *rtx, v *view) (err error) {
		list, err = t.grants(ctx, v, "(giver_id = $2 OR receiver_id = $2 OR $3)", s.actor.Person, all)
		list = slices.DeleteFunc(list, func(g Grant) bool { return !s.actor.Scope.Allows(g.Kind, policy.Read) })
		return err
	}
	if all {
		err := s.oversee(ctx, "grants", read, "policy", "audit")
		return list, err
	}
	err := s.db.lookAt(ctx, s.actor, read)
	return list, err
}

func (s *Session) grant(ctx context.Context, id policy.ID) (*Grant, error) {
	var g *Grant
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		found, err := t.grants(ctx, v, "id = $2", id)
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
	list := []Grant{}
	me := v.bound.Subject().Person
	every := v.may("policy") || v.may("audit")
	var people []policy.ID
	err := t.each(ctx, func(rows *sql.Rows) error {
		var document []byte
		var revoked *int64
		if err := rows.Scan(&document, &revoked); err != nil {
			return err
		}
		var g grants.Grant
		if err := json.Unmarshal(document, &g); err != nil {
			return err
		}
		if !every && g.Giver != me && g.Receiver != me {
			return nil
		}
		rule := loweredGrant(g)
		g.RevokedAt = instant(revoked)
		people = append(people, g.Giver, g.Receiver)
		list = append(list, Grant{ID: g.ID, Giver: Name{ID: g.Giver}, Receiver: Name{ID: g.Receiver}, Kind: g.Kind, Records: append([]policy.ID{}, g.Records...),
			When: g.When, Actions: g.Actions, Fields: g.Fields, From: g.From, Until: g.Until, Purpose: g.Purpose,
			RevokedAt: g.RevokedAt, State: g.At(v.now), Sentence: v.ruleSentence(&rule)})
		return nil
	}, "SELECT document, revoked_at FROM access_grant WHERE tenant_id = $1 AND "+where+fmt.Sprintf(" ORDER BY id DESC LIMIT %d", maxGrants), append([]any{v.tenant}, args...)...)
	if err != nil {
		return nil, err
	}
	names := map[policy.ID]string{}
	if err := t.directoryNames(ctx, v.tenant, people, names); err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Giver.Name, list[i].Receiver.Name = names[list[i].Giver.ID], names[list[i].Receiver.ID]
	}
	return list, nil
}
