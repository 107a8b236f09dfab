package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"guan/audit"
	"guan/policy"
	"guan/records"
)

// BlockedExports are the exports that were refused, as the audit log tells them.
type BlockedExports struct {
	Since  time.Time       `json:"since"`
	People []BlockedPerson `json:"people"` // the most refused first
	Items  []BlockedExport `json:"items"`  // the newest first, at most 200
}

// BlockedPerson is how often somebody was refused.
type BlockedPerson struct {
	Person Name      `json:"person"`
	Count  int64     `json:"count"`
	Last   time.Time `json:"last"`
}

// BlockedExport is one attempt.
type BlockedExport struct {
	At        time.Time     `json:"at"`
	Person    Name          `json:"person"`
	Kind      policy.Kind   `json:"kind,omitempty"`
	KindLabel records.Label `json:"kind_label,omitzero"`
	Code      string        `json:"code"` // why, as the answer said it
	Address   string        `json:"address,omitempty"`
	Channel   string        `json:"channel"`
}

const (
	blockedDays  = 30
	blockedMost  = 200
	blockedNamed = 200
)

// BlockedExports counts the exports of the last 30 days that were refused. It takes the right audit or
// policy. Faults: Denied.
func (s *Session) BlockedExports(ctx context.Context) (*BlockedExports, error) {
	var out *BlockedExports
	err := s.oversee(ctx, "blocked_exports", func(t *rtx, v *view) error {
		out = &BlockedExports{Since: t.now.AddDate(0, 0, -blockedDays), People: []BlockedPerson{}, Items: []BlockedExport{}}
		where := "tenant_id = $1 AND action = 'refused' AND at >= $2 AND actor_id IS NOT NULL AND " + t.pick("json_extract(detail, '$.action')", "detail->>'action'") + " = 'export'"
		var ids []policy.ID
		err := t.each(ctx, func(rows *sql.Rows) error {
			var p BlockedPerson
			var last int64
			err := rows.Scan(&p.Person.ID, &p.Count, &last)
			p.Last = time.UnixMicro(last).UTC()
			out.People, ids = append(out.People, p), append(ids, p.Person.ID)
			return err
		}, "SELECT actor_id, count(*), max(at) FROM audit_entry WHERE "+where+" GROUP BY actor_id ORDER BY count(*) DESC, max(at) DESC LIMIT $3", v.tenant, out.Since.UnixMicro(), blockedNamed)
		if err != nil {
			return err
		}
		err = t.each(ctx, func(rows *sql.Rows) error {
			var b BlockedExport
			var at int64
			var kind sql.NullString
			var detail []byte
			if err := rows.Scan(&at, &b.Person.ID, &kind, &detail, &b.Address, &b.Channel); err != nil {
				return err
			}
			var why struct {
				Code string `json:"code"`
			}
			b.At, b.Kind = time.UnixMicro(at).UTC(), policy.Kind(kind.String)
			b.KindLabel = v.kindLabel(b.Kind)
			err := json.Unmarshal(detail, &why)
			b.Code = why.Code
			out.Items, ids = append(out.Items, b), append(ids, b.Person.ID)
			return err
		}, "SELECT at, actor_id, kind, detail, address, channel FROM audit_entry WHERE "+where+" ORDER BY at DESC, seq DESC LIMIT $3", v.tenant, out.Since.UnixMicro(), blockedMost)
		if err != nil {
			return err
		}
		names := map[policy.ID]string{}
		if err := t.directoryNames(ctx, v.tenant, ids, names); err != nil {
			return err
		}
		for i := range out.People {
			out.People[i].Person.Name = names[out.People[i].Person.ID]
		}
		for i := range out.Items {
			out.Items[i].Person.Name = names[out.Items[i].Person.ID]
		}
		return nil
	}, "audit", "policy")
	if err != nil {
		return nil, err
	}
	return out, s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.List, Detail: map[string]any{"of": "blocked_exports"}})
}
