package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"time"

	"guan/approvals"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// ManyAsk asks for a change of many records that was looked at, of which some wait for approval: for all of
// it, those that need none with them.
type ManyAsk struct {
	Preview policy.ID `json:"preview"`
}

// askedMany is what is kept of it beside the change in its own table, which is kept for a time.
type askedMany struct {
	Preview policy.ID   `json:"preview,omitempty"`
	Digest  string      `json:"digest"` // of what would become of which records, to know the same again
	Change  *MassChange `json:"change,omitempty"`
}

func (a *ManyAsk) kept() *askedMany {
	if a == nil {
		return nil
	}
	return &askedMany{Preview: a.Preview}
}

// named is what the audit keeps of it: no values.
func (a *askedMany) named() map[string]any {
	action, fields := a.Change.does()
	return map[string]any{"mass": a.Preview, "action": string(action), "fields": fields}
}

// massKind is a change of many records that is done as the change by itself would be, as who asked and by
// the rules with what waited for approval: record by record, what cannot be done is left and told. A record
// that somebody who approved does not see is left too.
var massKind = requestKind{
	typ:   MassRequest,
	label: records.Label{ZH: "批量修改申请", EN: "Change of many"},
	chain: []approvals.Step{{By: []approvals.Source{{Type: approvals.Head}}, Hours: 24}},

	check: func(ctx context.Context, t *tx, v *view, r *request) error {
		m, err := t.massOf(ctx, t.actor, r.ask.Mass.Preview)
		switch {
		case err != nil:
			return err
		case m.Status != Rehearsed:
			return massUsed
		case t.now.Sub(m.created) >= massKept:
			return noMass
		case m.Held == 0:
			return nothingAsked
		}
		r.kind = m.Kind
		r.ask.Steps, r.ask.By, r.ask.Mass.Change = m.duties, whence(t.actor, t.now), &m.change
		r.ask.Mass.Digest, err = t.massDigest(ctx, m)
		return err
	},

	// What was looked at waits for the request from now on, and nobody does it by themselves.
	kept: func(ctx context.Context, t *tx, r *request) error {
		m, err := t.massOf(ctx, t.actor, r.ask.Mass.Preview)
		if err != nil {
			return err
		}
		left, err := jsonText(skipGroups(m.Skipped).without(needsApproval.Code))
		if err != nil {
			return err
		}
		n, err := t.exec(ctx, "UPDATE mass_change SET status = 'asked', request_id = $1, skipped = $2 WHERE tenant_id = $3 AND id = $4 AND status = 'rehearsed'", r.id, left, t.actor.Tenant, m.ID)
		if err == nil && n == 0 {
			err = massUsed
		}
		if err != nil {
			return err
		}
		_, err = t.exec(ctx, "UPDATE mass_target SET status = 'waits' WHERE tenant_id = $1 AND change_id = $2 AND status = 'held'", t.actor.Tenant, m.ID)
		return err
	},

	sees: seesMany,

	give: func(ctx context.Context, t *tx, giver *view, r *request) (func() (*Outcome, error), error) {
		if err := seesMany(ctx, t, giver, r); err != nil {
			return nil, err
		}
		return func() (*Outcome, error) {
			out, asker := &Outcome{Giver: giver.bound.Subject().Person}, t.askerOf(giver, r)
			m, err := t.massOf(ctx, asker.actor, r.ask.Mass.Preview)
			if err != nil || m.Status != Asked || m.Request != r.id {
				return &Outcome{Void: voidInvalid}, nil
			}
			if m.Will > massInline {
				if out.Job, err = t.putOrder(ctx, r.Asker, MassWork, m.Kind, Order{Mass: m.ID, By: *r.ask.By}); err != nil {
					return nil, err
				}
				return out, t.releaseMass(ctx, m.ID, "queued", out.Job)
			}
			var skipped skipGroups
			err = t.actAs(ctx, asker.actor, r, func() error {
				if err := t.releaseMass(ctx, m.ID, "done", 0); err != nil {
					return err
				}
				skipped, err = t.massPart(ctx, asker.view.approvedBy(r), m, massInline)
				return err
			})
			if err != nil {
				return t.voided(err)
			}
			out.Void = skipped.nothing(m.Will)
			return out, nil
		}, nil
	},
}

// releaseMass lets a change that was asked for be done. What is kept of it is kept from now on.
func (t *tx) releaseMass(ctx context.Context, id policy.ID, status string, job policy.ID) error {
	_, err := t.exec(ctx, "UPDATE mass_change SET status = $1, job_id = $2, created_at = $3, done_at = $3 WHERE tenant_id = $4 AND id = $5",
		status, optionalID(job), t.nowMicros(), t.actor.Tenant, id)
	return err
}

// without leaves out what is skipped for a reason.
func (g skipGroups) without(code string) skipGroups {
	out := skipGroups{}
	for _, skip := range g {
		if skip.Code != code {
			out = append(out, skip)
		}
	}
	return out
}

// nothing says why nothing at all was done of what was approved; empty when something was.
func (g skipGroups) nothing(of int) string {
	left, codes := 0, map[string]bool{}
	for _, skip := range g {
		left += skip.Count
		codes[skip.Code] = true
	}
	switch {
	case left < of:
		return ""
	case len(codes) == 1 && codes[staleVersion.Code]:
		return voidChanged
	case !codes[staleVersion.Code] && !codes[unchanged.Code]:
		return voidAsker
	}
	return voidInvalid
}

// massDigest is equal for the same change of the same records.
func (t *tx) massDigest(ctx context.Context, m *mass) (string, error) {
	sum := sha256.New()
	change, err := jsonText(m.change)
	if err != nil {
		return "", err
	}
	fmt.Fprintln(sum, m.Kind, change)
	err = t.each(ctx, func(rows *sql.Rows) error {
		var id, version int64
		err := rows.Scan(&id, &version)
		fmt.Fprintln(sum, id, version)
		return err
	}, "SELECT record_id, version FROM mass_target WHERE tenant_id = $1 AND change_id = $2 ORDER BY record_id", t.actor.Tenant, m.ID)
	return hex.EncodeToString(sum.Sum(nil)), err
}

// AskedMass is a change of many records as its reader may see it: of records that they do not see not even
// how many there are. What they approve is not done to those.
type AskedMass struct {
	Action policy.Action  `json:"action"` // edit or delete
	Count  int            `json:"count"`  // records that the reader sees
	Sample []Link         `json:"sample"` // the first of them, up to 200; RequestRecords has the rest
	Fields []ChangedField `json:"fields"` // what would be set
	To     *Name          `json:"to,omitempty"`
	With   []string       `json:"with,omitempty"` // relations whose records go along with a transfer
	Note   string         `json:"note,omitempty"`
	Tags   *MassTags      `json:"tags,omitempty"`
	// Refs are the titles of what references point at, by id.
	Refs map[string]string `json:"refs"`
	// Came is what came of it, for who asked.
	Came *MassCame `json:"came,omitempty"`
}

// MassCame is what came of an approved change of many records.
type MassCame struct {
	ID      policy.ID  `json:"id"`
	Status  WorkStatus `json:"status"`
	Done    int        `json:"done"`
	Skipped []MassSkip `json:"skipped"`
	Until   *time.Time `json:"until,omitempty"` // until when it can be undone
}

const massShown = 200

// showMass shows a change of many records through the reader's own gate. In a list of requests nothing is
// read of the records.
func (t *rtx) showMass(ctx context.Context, v *view, r *request, names map[policy.ID]string, q *Request, whole bool) error {
	c := r.ask.Mass.Change
	out := &AskedMass{Sample: []Link{}, Fields: []ChangedField{}, Refs: map[string]string{}}
	out.Action, _ = c.does()
	q.Mass = out
	if x := c.Transfer; x != nil {
		out.To, out.With, out.Note = &Name{ID: x.Owner, Name: names[x.Owner]}, x.Children, x.Note
	}
	if !whole {
		return nil
	}
	seen, err := t.manySeen(ctx, v, r, 0, 0)
	if err != nil {
		return err
	}
	out.Count = len(seen)
	if out.Sample, err = t.massLinks(ctx, v, r, seen[:min(len(seen), massShown)]); err != nil {
		return err
	}
	if len(seen) > 0 || v.bound.Subject().Person == r.Asker {
		out.Tags = c.Tags
	}
	if out.Fields, err = t.showFields(ctx, v, r.kind, 0, nil, c.Fields, func(string) bool { return len(seen) > 0 }, out.Refs); err != nil {
		return err
	}
	if v.bound.Subject().Person == r.Asker && r.outcome != nil {
		return t.massCame(ctx, v, r, out)
	}
	return nil
}

func (t *rtx) massLinks(ctx context.Context, v *view, r *request, ids []policy.ID) ([]Link, error) {
	titles, err := t.titles(ctx, v, r.kind, ids)
	links := make([]Link, len(ids))
	for i, id := range ids {
		links[i] = Link{ID: id, Title: titles[id]}
	}
	return links, err
}

// AskedRecords are some of the records of a request for many.
type AskedRecords struct {
	Items []Link `json:"items"`
	Next  string `json:"next,omitempty"`
}

// RequestRecords shows the records of a request for a change of many, part by part, to who may know of the
// request: those that they see. The cursor is the id of the last record that was shown. It takes a session.
// Faults: NotFound, Invalid.
func (s *Session) RequestRecords(ctx context.Context, id policy.ID, cursor string) (*AskedRecords, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	after, err := policy.ID(0), error(nil)
	if cursor != "" {
		if after, err = policy.ParseID(cursor); err != nil {
			return nil, badCursor
		}
	}
	out := &AskedRecords{}
	var entries []audit.Entry
	err = s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		r, _, err := t.knownRequest(ctx, v, id)
		if err != nil {
			return err
		}
		if !r.many() {
			return noRequest
		}
		seen, err := t.manySeen(ctx, v, r, after, massShown+1)
		if err != nil {
			return err
		}
		out.Next = ""
		if len(seen) > massShown {
			seen = seen[:massShown]
			out.Next = seen[massShown-1].String()
		}
		out.Items, err = t.massLinks(ctx, v, r, seen)
		entries = v.beside("request")
		return err
	})
	if err == nil && len(entries) > 0 {
		err = s.db.auditRead(ctx, s.actor, entries...)
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (t *rtx) massCame(ctx context.Context, v *view, r *request, out *AskedMass) error {
	m, err := t.massOf(ctx, Actor{Tenant: v.tenant, Person: r.Asker}, r.ask.Mass.Preview)
	if fault.Is(err, fault.NotFound) {
		return nil // it is not kept any more
	}
	if err == nil {
		out.Came = &MassCame{ID: m.ID, Status: m.Status, Done: m.Done, Skipped: append([]MassSkip{}, m.Skipped...), Until: m.Until}
		if m.Until != nil && !v.now.Before(*m.Until) {
			out.Came.Until = nil
		}
	}
	return err
}
