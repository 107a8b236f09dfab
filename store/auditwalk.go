package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"time"

	"guan/audit"
	"guan/policy"
	"guan/policy/sqlgen"
)

// What the log is asked goes along indexes that have the number of the entry last, so that a page costs the same
// wherever it stands and however long the log is. A way is one of them: of a record, or of a person, by the act
// where the log has it seldom. Where there are two ways, or something that no index knows, stretches of the
// sparser way are looked at, the newest first and each longer than the one before, until the page is full or
// auditLooks are spent.

// auditWalk is a question on its way.
type auditWalk struct {
	t      *rtx
	tenant policy.ID
	q      AuditQuery
	args   []any
	ways   []auditWay
	narrow string // what is asked of an entry beside the ways
}

// between are the ends of a stretch as arguments: the first two.
func (w *auditWalk) between(low, high int64, looks int) (string, string, int) {
	w.args[0], w.args[1] = low, high
	return "$1", "$2", looks
}

// each runs a statement with those of the arguments that it names.
func (w *auditWalk) each(ctx context.Context, row func(*sql.Rows) error, text string) error {
	s := sqlgen.Numbered(text, w.args)
	return w.t.each(ctx, row, s.SQL, s.Args...)
}

// auditWay finds numbers of entries along an index: of each of several, the union.
type auditWay struct {
	parts []string // each a table x and what is asked of its rows
	test  string   // that the entry w.seq lies on this way
}

// along are parts of a way in one table.
func along(table string, conditions []string) []string {
	parts := make([]string, len(conditions))
	for i, condition := range conditions {
		parts[i] = table + " x WHERE " + condition
	}
	return parts
}

func (w *auditWalk) arg(x any) string {
	w.args = append(w.args, x)
	return "$" + strconv.Itoa(len(w.args))
}

// numbers is the statement for the newest numbers of a way between two.
func (a auditWay) numbers(low, high string, limit int) string {
	some := " LIMIT " + strconv.Itoa(limit)
	each := make([]string, len(a.parts))
	for i, part := range a.parts {
		each[i] = "SELECT x.seq FROM " + part + " AND x.seq > " + low + " AND x.seq < " + high + " ORDER BY x.seq DESC" + some
	}
	if len(each) == 1 {
		return each[0]
	}
	for i := range each { // an index that holds two has neither in the order of the numbers
		each[i] = "SELECT * FROM (" + each[i] + ") y" + strconv.Itoa(i)
	}
	return "SELECT seq FROM (" + strings.Join(each, " UNION ") + ") z ORDER BY seq DESC" + some
}

// acts are the seldom acts of a group, as the condition of each in the columns of an index; none where its acts are not
// seldom. Of a group without some they are those that the index has at all, each found by one step along it.
func (w *auditWalk) acts(ctx context.Context, table, column, where string) ([]string, error) {
	if w.q.Group == "" || w.q.Group == audit.Reads {
		return []string{where}, nil
	}
	acts, without := audit.In(w.q.Group)
	in := "x.action <> 'read' AND x.action <> 'list' AND x.action <> 'count'"
	if table == "audit_record" {
		in = "x.act IS NOT NULL"
	}
	where += " AND " + in
	if without {
		beside := acts
		acts = nil
		from := " FROM " + table + " x WHERE " + where
		err := w.each(ctx, func(rows *sql.Rows) error {
			var act audit.Action
			err := rows.Scan(&act)
			if !slices.Contains(beside, act) {
				acts = append(acts, act)
			}
			return err
		}, "WITH RECURSIVE a (act) AS (SELECT min("+column+")"+from+" UNION ALL SELECT (SELECT min("+column+")"+from+" AND "+column+" > a.act) FROM a WHERE a.act IS NOT NULL) SELECT act FROM a WHERE act IS NOT NULL")
		if err != nil {
			return nil, err
		}
	}
	parts := []string{where + " AND FALSE"}
	for _, act := range acts {
		parts = append(parts, where+" AND "+column+" = '"+string(act)+"'")
	}
	return parts, nil
}

// plan finds the ways of a question.
func (w *auditWalk) plan(ctx context.Context, me policy.ID) error {
	q, t := w.q, w.t
	acts, without := audit.In(q.Group)
	if q.Record != 0 {
		kind, record := w.arg(string(q.Kind)), w.arg(q.Record)
		where := "x.tenant_id = $3 AND x.kind = " + kind + " AND x.record_id = " + record
		conditions, err := w.acts(ctx, "audit_record", "x.act", where)
		if err != nil {
			return err
		}
		tables := []string{"audit_record x WHERE " + where}
		way := auditWay{parts: along("audit_record", conditions)}
		if q.Group == "" || q.Group == audit.Reads {
			looked := "(SELECT p.seq FROM " + t.db.pending() + " WHERE p.tenant_id = $3 AND e.kind = " + kind + " AND " + auditOften + " AND " + t.db.pendingAbout(record) + ") x WHERE TRUE"
			way.parts = append(way.parts, looked)
			tables = append(tables, looked)
		}
		// Values, and not EXISTS, which PostgreSQL joins along all there is of the record.
		for i, table := range tables {
			tables[i] = "(SELECT 1 FROM " + table + " AND x.seq = w.seq LIMIT 1) IS NOT NULL"
		}
		way.test = "(" + strings.Join(tables, " OR ") + ")"
		w.ways = append(w.ways, way)
	}
	if q.Person != 0 {
		person := w.arg(q.Person)
		var all []string
		for _, column := range []string{"x.actor_id", "x.on_behalf"} {
			parts, err := w.acts(ctx, "audit_entry", "x.action", "x.tenant_id = $3 AND "+column+" = "+person)
			if err != nil {
				return err
			}
			all = append(all, parts...)
		}
		w.ways = append(w.ways, auditWay{parts: along("audit_entry", all)})
		w.narrow += " AND (e.actor_id = " + person + " OR e.on_behalf = " + person + ")"
	}
	switch {
	case q.Export != 0:
		export := " = " + w.arg(q.Export.String())
		w.ways = []auditWay{{parts: along("audit_entry", []string{
			"x.tenant_id = $3 AND x.action = 'export' AND " + strings.ReplaceAll(t.exportOf(), "e.", "x.") + export,
			"x.tenant_id = $3 AND x.action IN " + actList(workActs) + " AND " + t.pick("x.detail->>'$.work'", "x.detail->>'work'") + export})}}
	case len(w.ways) == 0:
		parts, err := w.acts(ctx, "audit_entry", "x.action", "x.tenant_id = $3")
		if err != nil {
			return err
		}
		w.ways = []auditWay{{parts: along("audit_entry", parts)}}
	}
	if q.Group != "" {
		w.narrow += " AND e.action" + map[bool]string{true: " NOT IN ", false: " IN "}[without] + actList(acts)
	}
	if !q.From.IsZero() {
		w.narrow += " AND e.at >= " + w.arg(q.From.UnixMicro())
	}
	if !q.Until.IsZero() {
		w.narrow += " AND e.at < " + w.arg(q.Until.UnixMicro())
	}
	// Who is watched does not learn of it where they may look at what all others did.
	w.narrow += " AND NOT (e.action IN ('" + string(audit.AlertRaised) + "', '" + string(audit.AlertJudged) + "', '" + string(audit.FactorAsked) + "') AND " +
		t.pick("e.detail->>'$.person'", "e.detail->>'person'") + " = " + w.arg(me.String()) + ")"
	return nil
}

// reach is how far down some numbers of a way go, and whether there are none below.
func (w *auditWalk) reach(ctx context.Context, way auditWay, low, high int64, looks int) (down int64, n int, err error) {
	var lowest sql.NullInt64
	err = w.each(ctx, func(rows *sql.Rows) error { return rows.Scan(&n, &lowest) }, "SELECT count(*), min(seq) FROM ("+way.numbers(w.between(low, high, looks))+") w")
	if n < looks {
		return low, n, err
	}
	return lowest.Int64 - 1, n, err
}

// some finds the entries of a stretch of a way, at most so many.
func (w *auditWalk) some(ctx context.Context, way int, low, high int64, looks, limit int) (out []foundEntry, err error) {
	where := "TRUE"
	for i, other := range w.ways {
		if i != way && other.test != "" {
			where += " AND " + other.test
		}
	}
	text := w.ways[way].numbers(w.between(low, high, looks))
	// Each step is done by itself, and entries are looked up by their numbers: guesses of how much a step gives
	// would turn the order round, and what is asked of an entry beside would have PostgreSQL go along another index,
	// over all there is of a person, unless it is asked of those that were found.
	found := w.t.pick(" CROSS JOIN audit_entry e ON e.tenant_id = $3 AND e.seq = w1.seq", " JOIN LATERAL (SELECT * FROM audit_entry x WHERE x.tenant_id = $3 AND x.seq = w1.seq OFFSET 0) e ON TRUE")
	lookUp := w.t.pick(" CROSS JOIN", " JOIN") + " audit_entry e ON e.tenant_id = $3 AND e.seq = "
	err = w.each(ctx, func(rows *sql.Rows) error {
		var r foundEntry
		var records []byte
		if err := rows.Scan(append(r.targets(), &records)...); err != nil {
			return err
		}
		var err error
		r.records, err = audit.ParseRecordList(records)
		out = append(out, r)
		return err
	}, "WITH w AS MATERIALIZED ("+text+"), w1 AS MATERIALIZED (SELECT w.seq FROM w WHERE "+where+"), f AS MATERIALIZED (SELECT e.seq FROM w1"+found+" WHERE TRUE"+w.narrow+" ORDER BY e.seq DESC LIMIT "+strconv.Itoa(limit)+
		") SELECT "+storedColumns+", coalesce(l.records, "+w.t.pick("''", "''::bytea")+") FROM f"+lookUp+"f.seq LEFT JOIN audit_leaf l ON l.tenant_id = $3 AND l.seq = f.seq ORDER BY e.seq DESC")
	return out, err
}

// auditSearch finds a page, and where the next begins: 0 where there is none.
func (t *rtx) auditSearch(ctx context.Context, tenant, me policy.ID, q AuditQuery, before int64) (out []foundEntry, next int64, err error) {
	after := int64(0)
	if !q.From.IsZero() {
		seq, err := t.seqAt(ctx, tenant, q.From.Add(-auditSlack))
		if err != nil {
			return nil, 0, err
		}
		after = seq - 1
	}
	if !q.Until.IsZero() {
		seq, err := t.seqAt(ctx, tenant, q.Until.Add(auditSlack))
		if err != nil {
			return nil, 0, err
		}
		before = min(before, seq)
	}
	w := &auditWalk{t: t, tenant: tenant, q: q, args: []any{int64(0), int64(0), tenant}}
	if err := w.plan(ctx, me); err != nil {
		return nil, 0, err
	}
	for looked, looks := 0, max(auditFirstLook, 2*q.Limit); ; looks *= 4 {
		looks = min(looks, auditLooks-looked)
		way, down, n := -1, int64(0), 0
		for i := range w.ways {
			to, seen, err := w.reach(ctx, w.ways[i], after, before, looks)
			if err != nil {
				return nil, 0, err
			}
			if way < 0 || to < down {
				way, down, n = i, to, seen
			}
		}
		if n > 0 {
			some, err := w.some(ctx, way, down, before, looks, q.Limit+1-len(out))
			if err != nil {
				return nil, 0, err
			}
			out = append(out, some...)
		}
		looked += n
		switch {
		case len(out) > q.Limit:
			return out[:q.Limit], out[q.Limit-1].seq.Int64, nil
		case down <= after:
			return out, 0, nil
		case looked >= auditLooks:
			return out, down + 1, nil
		}
		before = down + 1
	}
}

// seqAt is the number of the first entry that is not of before an instant, by halving: numbers and instants
// rise together, but for auditSlack.
func (t *rtx) seqAt(ctx context.Context, tenant policy.ID, at time.Time) (int64, error) {
	var first, last int64
	if err := t.row(ctx, "SELECT coalesce((SELECT seq FROM audit_entry WHERE tenant_id = $1 ORDER BY seq LIMIT 1), 1), coalesce((SELECT seq FROM audit_entry WHERE tenant_id = $1 ORDER BY seq DESC LIMIT 1), 0)", tenant).Scan(&first, &last); err != nil {
		return 0, err
	}
	low, high := first, last+1 // the number sought is in [low, high]
	for low < high {
		middle := low + (high-low)/2
		var seq, then int64
		err := t.row(ctx, "SELECT seq, at FROM audit_entry WHERE tenant_id = $1 AND seq >= $2 ORDER BY seq LIMIT 1", tenant, middle).Scan(&seq, &then)
		switch {
		case err != nil:
			return 0, err
		case then < at.UnixMicro():
			low = seq + 1
		default:
			high = middle
		}
	}
	return low, nil
}
