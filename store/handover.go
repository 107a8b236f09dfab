package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"guan/policy"
	"guan/records"
)

// A handover is kept with the records that it gave another owner, so that their timelines say from
// whom to whom they went, and what was said of it.

// HandoverMark is a handover on the timeline of a record. From and To are those who see whose the
// record is told, the note those who see what is said of it.
type HandoverMark struct {
	From *Name  `json:"from,omitempty"`
	To   *Name  `json:"to,omitempty"`
	Note string `json:"note,omitempty"`
	Own  string `json:"own,omitempty"` // what the old owner had left, see OwnNote
}

// keepHandover writes a handover with its records.
func (t *tx) keepHandover(ctx context.Context, id, from, to policy.ID, note, own string, taken map[policy.Kind][]policy.ID) error {
	_, err := t.exec(ctx, "INSERT INTO handover (tenant_id, id, from_id, to_id, by_id, note, own_note, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		t.actor.Tenant, id, optionalID(from), optionalID(to), optionalID(t.actor.Person), strings.TrimSpace(strings.ReplaceAll(note, "\r\n", "\n")), own, t.nowMicros())
	if err != nil {
		return err
	}
	for _, kind := range sorted(kindNames(taken)) {
		if err := t.keepHandedOver(ctx, id, policy.Kind(kind), taken[policy.Kind(kind)]); err != nil {
			return err
		}
	}
	return nil
}

// keepHandedOver adds records to a handover.
func (t *tx) keepHandedOver(ctx context.Context, id policy.ID, kind policy.Kind, ids []policy.ID) error {
	for chunk := range slices.Chunk(ids, 1000) {
		_, err := t.exec(ctx, "INSERT INTO handover_record (tenant_id, kind, record_id, handover_id) "+t.pick(
			"SELECT $1, $2, value, $3 FROM json_each($4) WHERE true",
			"SELECT $1::bigint, $2::text, value::bigint, $3::bigint FROM json_array_elements_text($4::json)")+" ON CONFLICT DO NOTHING",
			t.actor.Tenant, string(kind), id, idList(chunk))
		if err != nil {
			return err
		}
	}
	return nil
}

func (v *view) handoverSource(b *beneath) source {
	return source{"~handovers", "changes", func(ctx context.Context, t *rtx, before place, limit int) ([]happened, error) {
		var out []happened
		owner := b.schema.Field("owner")
		whose := owner != nil && b.read.Level(owner) == policy.Plain
		err := t.each(ctx, func(rows *sql.Rows) error {
			var h happened
			var from, to, by sql.NullInt64
			var note, own string
			if err := rows.Scan(&h.id, &h.at, &from, &to, &by, &note, &own); err != nil {
				return err
			}
			h.Type, h.Handover = "handed", &HandoverMark{}
			if whose {
				h.by = policy.ID(by.Int64)
				h.Handover.From, h.Handover.To = nameOf(from), nameOf(to)
			}
			if b.talks {
				h.Handover.Note, h.Handover.Own = note, own
			}
			out = append(out, h)
			return nil
		}, `SELECT h.id, h.at, h.from_id, h.to_id, h.by_id, h.note, h.own_note FROM handover_record r JOIN handover h ON h.tenant_id = r.tenant_id AND h.id = r.handover_id
			WHERE r.tenant_id = $1 AND r.kind = $2 AND r.record_id = $3 AND (h.at, h.id) < ($4, $5) ORDER BY h.at DESC, h.id DESC LIMIT $6`,
			v.tenant, string(b.kind.Name), b.id, before.at, before.id, limit)
		if !whose && !b.talks {
			return nil, err
		}
		return out, err
	}}
}

// people are those whom a mark names.
func (m *HandoverMark) people() []policy.ID {
	var ids []policy.ID
	if m != nil && m.From != nil {
		ids = append(ids, m.From.ID)
	}
	if m != nil && m.To != nil {
		ids = append(ids, m.To.ID)
	}
	return ids
}

func (m *HandoverMark) name(names map[policy.ID]string) {
	if m != nil && m.From != nil {
		m.From.Name = names[m.From.ID]
	}
	if m != nil && m.To != nil {
		m.To.Name = names[m.To.ID]
	}
}

func nameOf(id sql.NullInt64) *Name {
	if !id.Valid {
		return nil
	}
	return &Name{ID: policy.ID(id.Int64)}
}

// massAlong gives the children of records that a mass change has transferred the same owner. Live is
// the change itself, after which the old and the new owners are told.
func (t *tx) massAlong(ctx context.Context, v *view, kind *records.Kind, c *MassTransfer, done []massRow, live bool) (along []TransferPart, err error) {
	if c == nil || len(done) == 0 {
		return nil, nil
	}
	byOwner := map[policy.ID]map[policy.ID]policy.ID{}
	for _, r := range done {
		old := r.before[kind.Owner].ID()
		if byOwner[old] == nil {
			byOwner[old] = map[policy.ID]policy.ID{}
		}
		byOwner[old][r.ID] = old
	}
	owners := make([]policy.ID, 0, len(byOwner))
	for old := range byOwner {
		owners = append(owners, old)
	}
	slices.Sort(owners)
	for _, old := range owners {
		id, err := t.newID(ctx)
		if err != nil {
			return nil, err
		}
		g, err := t.giver(ctx, v, c.Owner, id)
		if err != nil {
			return nil, err
		}
		parts, taken, err := g.children(ctx, kind, byOwner[old], c.Children)
		if err != nil {
			return nil, err
		}
		along = joinParts(along, parts)
		if !live {
			continue
		}
		ids := idsOf(byOwner[old])
		taken[kind.Name] = append(taken[kind.Name], ids...)
		if err := t.leaveTeam(ctx, kind, ids, old, c.Owner); err != nil {
			return nil, err
		}
		if err := t.keepHandover(ctx, id, old, c.Owner, c.Note, "", taken); err != nil {
			return nil, err
		}
		if err := t.notify(ctx, old, NoticeHandedAway, "", id, map[string]any{"of": string(kind.Name), "n": len(ids)}); err != nil {
			return nil, err
		}
	}
	if !live {
		return along, nil
	}
	return along, t.notify(ctx, c.Owner, NoticeHanded, "", c.Owner, map[string]any{"of": string(kind.Name), "n": len(done)})
}

// joinParts adds the counts of parts to those of others.
func joinParts(all, more []TransferPart) []TransferPart {
	for _, part := range more {
		i := slices.IndexFunc(all, func(p TransferPart) bool { return p.Relation == part.Relation })
		if i < 0 {
			all = append(all, part)
			continue
		}
		all[i].Will += part.Will
		stay := skipGroups(all[i].Stay)
		stay.join(part.Stay)
		all[i].Stay = stay
	}
	return all
}

// leaveTeam takes people off the teams of records: who owned them, and who does now.
func (t *tx) leaveTeam(ctx context.Context, kind *records.Kind, ids []policy.ID, people ...policy.ID) error {
	for chunk := range slices.Chunk(ids, 1000) {
		if _, err := t.exec(ctx, "DELETE FROM team WHERE tenant_id = $1 AND kind = $2 AND record_id IN "+t.listed(3)+" AND person_id IN "+t.listed(4),
			t.actor.Tenant, string(kind.Name), idList(chunk), idList(people)); err != nil {
			return err
		}
	}
	return nil
}

// quotedIDs and joinWords write lists into a filter of our own.
func quotedIDs(ids []policy.ID) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = id.String()
	}
	return "'" + joinWords(words) + "'"
}

func joinWords(words []string) string { return strings.Join(words, "', '") }
