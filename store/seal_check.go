package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"

	"guan/audit"
	"guan/policy"
)

// walkChunk is how many leaves are read in one snapshot.
const walkChunk = 500

// keptHead is a head as its row holds it.
type keptHead struct {
	size, at int64
	signed   string
}

// walkLog reads the log from a leaf on, up to one, 0 for its end, in chunks, each with the heads that speak of its leaves. Each chunk is a
// snapshot of its own, so that a long walk keeps nobody from cleaning up; last runs in the one in which
// nothing more came.
func (db *DB) walkLog(ctx context.Context, tenant policy.ID, from, end int64, visit func(t *rtx, heads []keptHead, leaves []audit.Leaf) error, last func(*rtx) error) error {
	if end == 0 {
		end = math.MaxInt64
	}
	next, said := from, from
	for more := true; more; {
		err := db.read(ctx, func(t *rtx) error {
			leaves, err := t.leaves(ctx, tenant, "l.leaf >= $2 AND l.leaf < $3 ORDER BY l.leaf LIMIT $4", next, end, walkChunk)
			if err != nil {
				return err
			}
			more = len(leaves) == walkChunk
			until := end
			if more {
				until = leaves[len(leaves)-1].Index + 1
			}
			var heads []keptHead
			err = t.each(ctx, func(rows *sql.Rows) error {
				var h keptHead
				err := rows.Scan(&h.size, &h.at, &h.signed)
				heads = append(heads, h)
				return err
			}, "SELECT size, at, note FROM audit_head WHERE tenant_id = $1 AND size > $2 AND size <= $3 ORDER BY size", tenant, said, until)
			if err == nil {
				err = visit(t, heads, leaves)
			}
			if err == nil && !more {
				err = last(t)
			}
			next, said = until, until
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// VerifyAudit recomputes the sealed log of a tenant from its entries and compares it with the signed
// heads and with those published elsewhere; entries that lie in archives are verified there, where open is not
// nil. progress is told how many leaves were looked at. Only the job setup may: whoever runs it holds the database.
func (s *System) VerifyAudit(ctx context.Context, keys audit.PublicKeys, published audit.Published, open OpenArchive, progress func(int64)) (*audit.Report, error) {
	if err := s.may(JobSetup); err != nil {
		return nil, err
	}
	report, err := s.db.verifyAudit(ctx, s.actor.Tenant, keys, published, progress)
	if err == nil {
		err = s.db.checkArchives(ctx, s.actor.Tenant, keys, open, true, report)
	}
	return report, err
}

func (db *DB) verifyAudit(ctx context.Context, tenant policy.ID, keys audit.PublicKeys, published audit.Published, progress func(int64)) (*audit.Report, error) {
	log, err := db.single().sealedLog(ctx, tenant)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, db.fault(err)
	}
	c := audit.NewChecker(log.origin, keys)
	if err := c.Published(published); err != nil {
		return nil, err
	}
	var records, before int64 // rows that the index should have of sealed entries; the size of the last head
	err = db.walkLog(ctx, tenant, 0, 0, func(t *rtx, heads []keptHead, leaves []audit.Leaf) error {
		for _, head := range heads {
			c.Head(head.signed, "in the database")
			said, err := audit.Unverified(head.signed)
			if err == nil && (said.Size != head.size || said.At.UnixMicro() != head.at) {
				c.Found(audit.Finding{Flaw: audit.BadHead, Leaf: head.size - 1, Text: "the row of the head says another size or time than the head"})
			}
			if err == nil && said.After > before {
				c.Found(audit.Finding{Flaw: audit.Dropped, Leaf: said.After - 1, Text: fmt.Sprintf("the head of %d entries is gone, after which that of %d was signed", said.After, said.Size)})
			}
			before = head.size
		}
		n, err := t.checkIndex(ctx, tenant, c, leaves)
		if err != nil {
			return err
		}
		records += n
		if err := t.checkCodes(ctx, tenant, c, leaves); err != nil {
			return err
		}
		for _, leaf := range leaves {
			c.Leaf(leaf)
		}
		progress(c.Size)
		return nil
	}, func(t *rtx) error { return t.checkRest(ctx, tenant, c, records) })
	if err != nil {
		return nil, err
	}
	return c.Finish(), nil
}

// indexed is one row that audit_record should have.
type indexed struct {
	Kind   string  `json:"k"`
	Record int64   `json:"r"`
	Seq    int64   `json:"s"`
	Leaf   int64   `json:"l"`
	Act    *string `json:"a,omitempty"`
}

// checkIndex finds what audit_record lacks of these leaves, and returns how many rows it has of them.
func (t *rtx) checkIndex(ctx context.Context, tenant policy.ID, c *audit.Checker, leaves []audit.Leaf) (int64, error) {
	var want []indexed
	for _, l := range leaves {
		if l.Entry == nil || l.Entry.Kind == nil {
			continue
		}
		for _, id := range l.Entry.Records {
			want = append(want, indexed{*l.Entry.Kind, id, l.Seq, l.Index, seldom(l.Entry.Action)})
		}
	}
	if len(want) == 0 {
		return 0, nil
	}
	list, err := jsonText(want)
	if err != nil {
		return 0, err
	}
	n := int64(len(want))
	err = t.each(ctx, func(rows *sql.Rows) error {
		var x indexed
		if err := rows.Scan(&x.Kind, &x.Record, &x.Seq, &x.Leaf); err != nil {
			return err
		}
		n--
		c.Found(audit.Finding{Flaw: audit.Misindexed, Leaf: x.Leaf, Seq: x.Seq, Text: fmt.Sprintf("it touches %s %d, which the index of records does not say", x.Kind, x.Record)})
		return nil
	}, "SELECT w.k, w.r, w.s, w.l FROM "+t.pick(
		"(SELECT json_extract(value, '$.k') AS k, json_extract(value, '$.r') AS r, json_extract(value, '$.s') AS s, json_extract(value, '$.l') AS l, json_extract(value, '$.a') AS a FROM json_each($2)) w",
		"jsonb_to_recordset($2::jsonb) AS w (k text, r bigint, s bigint, l bigint, a text)")+`
		WHERE NOT EXISTS (SELECT 1 FROM audit_record a WHERE a.tenant_id = $1 AND a.kind = w.k AND a.record_id = w.r AND a.seq = w.s AND a.act IS NOT DISTINCT FROM w.a)`, tenant, list)
	return n, err
}

// checkRest looks at what stands in no leaf.
func (t *rtx) checkRest(ctx context.Context, tenant policy.ID, c *audit.Checker, records int64) error {
	found := func(flaw audit.Flaw, text string) func(*sql.Rows) error {
		return func(rows *sql.Rows) error {
			f := audit.Finding{Flaw: flaw, Leaf: -1, Text: text}
			err := rows.Scan(&f.Seq)
			c.Found(f)
			return err
		}
	}
	const sealed = "EXISTS (SELECT 1 FROM audit_leaf l WHERE l.tenant_id = $1 AND l.seq = e.seq)"
	const waits = "EXISTS (SELECT 1 FROM audit_pending p WHERE p.tenant_id = $1 AND p.seq = e.seq)"
	if err := t.row(ctx, "SELECT count(*) FROM audit_pending WHERE tenant_id = $1", tenant).Scan(&c.Unsealed); err != nil {
		return err
	}
	log, err := t.sealedLog(ctx, tenant)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if log.size != c.Size {
		c.Found(audit.Finding{Flaw: audit.BadHead, Leaf: -1, Text: fmt.Sprintf("the row of the log speaks of %d leaves, and there are %d", log.size, c.Size)})
	}
	if err := t.each(ctx, found(audit.Inserted, "it stands in no leaf and does not wait for one"),
		"SELECT e.seq FROM audit_entry e WHERE e.tenant_id = $1 AND NOT "+sealed+" AND NOT "+waits+" ORDER BY e.seq", tenant); err != nil {
		return err
	}
	if err := t.each(ctx, found(audit.Dropped, "it waits for its leaf and is gone"),
		"SELECT p.seq FROM audit_pending p WHERE p.tenant_id = $1 AND NOT EXISTS (SELECT 1 FROM audit_entry e WHERE e.tenant_id = $1 AND e.seq = p.seq) ORDER BY p.seq", tenant); err != nil {
		return err
	}
	if err := t.each(ctx, found(audit.Inserted, "it waits for a leaf and has one"),
		"SELECT e.seq FROM audit_pending e WHERE e.tenant_id = $1 AND "+sealed+" ORDER BY e.seq", tenant); err != nil {
		return err
	}
	// What an erasure, or an archiving, says that has no leaf yet.
	err = t.each(ctx, func(rows *sql.Rows) error {
		var pending []byte
		var row storedRow
		if err := rows.Scan(append([]any{&pending}, row.targets()...)...); err != nil {
			return err
		}
		ids, err := pendingRecords(pending)
		c.Excuse(row.stored(ids))
		return err
	}, "SELECT p.records, "+storedColumns+" FROM "+t.db.pending()+" WHERE p.tenant_id = $1 AND e.action IN ($2, $3)", tenant, string(audit.PartsErased), string(audit.Moved))
	if err != nil {
		return err
	}
	return t.checkExtra(ctx, tenant, c, records)
}

// checkExtra finds what audit_record says beyond the entries. It counts first, and looks at each row
// only when there are too many.
func (t *rtx) checkExtra(ctx context.Context, tenant policy.ID, c *audit.Checker, records int64) error {
	var n int64
	const unsealed = " AND NOT EXISTS (SELECT 1 FROM audit_pending p WHERE p.tenant_id = a.tenant_id AND p.seq = a.seq)"
	if err := t.row(ctx, "SELECT count(*) FROM audit_record a WHERE a.tenant_id = $1"+unsealed, tenant).Scan(&n); err != nil || n == records {
		return err
	}
	return t.each(ctx, func(rows *sql.Rows) error {
		f := audit.Finding{Flaw: audit.Misindexed, Leaf: -1}
		var kind string
		var record int64
		var leaf *int64
		var list []byte
		var of *string
		if err := rows.Scan(&kind, &record, &f.Seq, &leaf, &list, &of); err != nil {
			return err
		}
		if ids, err := audit.ParseRecordList(list); err == nil && of != nil && *of == kind && slices.Contains(ids, record) {
			return nil
		}
		if leaf != nil {
			f.Leaf = *leaf
		}
		f.Text = fmt.Sprintf("the index of records says that it touches %s %d, which it does not", kind, record)
		c.Found(f)
		return nil
	}, `SELECT a.kind, a.record_id, a.seq, l.leaf, l.records, e.kind FROM audit_record a
		LEFT JOIN audit_leaf l ON l.tenant_id = a.tenant_id AND l.seq = a.seq LEFT JOIN audit_entry e ON e.tenant_id = a.tenant_id AND e.seq = a.seq
		WHERE a.tenant_id = $1`+unsealed, tenant)
}
