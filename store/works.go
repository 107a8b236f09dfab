package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"fmt"
	"math"

	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// WorkPage is a part of a history, the newest first.
type WorkPage struct {
	Items []Work `json:"items"`
	Next  string `json:"next,omitempty"`
}

const worksPage = 30

// Works is the history of one's exports or imports. With everybody it is that of all people, which
// takes the right audit: who, when, what kind and how many, but no file and nothing that was found
// wrong. Faults: Denied, Invalid.
func (s *Session) Works(ctx context.Context, typ WorkType, everybody bool, cursor string) (*WorkPage, error) {
	if err := s.actor.check(); err != nil {
		return nil, err
	}
	at, last := int64(math.MaxInt64), int64(math.MaxInt64)
	if cursor != "" {
		text, err := base64.RawURLEncoding.DecodeString(cursor)
		if err == nil {
			_, err = fmt.Sscanf(string(text), "%d.%d", &at, &last)
		}
		if err != nil || at <= 0 || last <= 0 {
			return nil, fault.New(fault.Invalid, "cursor", "the cursor is none of this list").WithAt("cursor")
		}
	}
	if everybody {
		err := s.db.lookNow(ctx, s.actor, func(v *view) error {
			if !v.may("audit") {
				return noRight.With("action", "audit")
			}
			return nil
		})
		if err != nil {
			return nil, s.refused(ctx, "", 0, "audit", err)
		}
	}
	page := &WorkPage{Items: []Work{}}
	var people []policy.ID
	read := 0
	t := s.db.single()
	where, args := "tenant_id = $1 AND type = $2 AND (created_at, id) < ($3, $4)", []any{s.actor.Tenant, string(typ), at, last}
	if !everybody {
		args = append(args, s.actor.Person)
		where += " AND person_id = $5"
	}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var person policy.ID
		w, err := scanWork(rows.Scan, &person)
		if err != nil {
			return err
		}
		if read++; read > worksPage {
			return nil // it tells that there are more
		}
		page.Next = base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d.%d", w.CreatedAt.UnixMicro(), int64(w.ID)))
		if !everybody && s.actor.Token != 0 && w.Order.By.Token != s.actor.Token {
			return nil // what a token asked for is its own
		}
		if tally, under := s.db.working.tally(w.ID); under && w.Status == Running {
			w.Tally = tally
		}
		page.Items, people = append(page.Items, *w), append(people, person)
		return nil
	}, fmt.Sprintf("SELECT %s, person_id FROM job WHERE %s ORDER BY created_at DESC, id DESC LIMIT %d", workColumns, where, worksPage+1), args...)
	if err != nil {
		return nil, s.db.fault(err)
	}
	if read <= worksPage {
		page.Next = ""
	}
	if !everybody {
		return page, nil
	}
	names := map[policy.ID]string{}
	if err := t.directoryNames(ctx, s.actor.Tenant, people, names); err != nil {
		return nil, s.db.fault(err)
	}
	for i := range page.Items {
		w := &page.Items[i]
		w.By = &Name{ID: people[i], Name: names[people[i]]}
		w.Problems, w.ExpiresAt, w.RevertUntil = nil, nil, nil
		if w.Problem != nil {
			w.Problem = &Trouble{Kind: w.Problem.Kind, Code: w.Problem.Code, Detail: w.Problem.Detail}
		}
	}
	return page, s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.List, Detail: map[string]any{"of": string(typ) + "s", "everybody": true}})
}
