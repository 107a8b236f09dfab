package sqlgen

import (
	"strconv"

	"guan/policy"
)

// Cut says which records of a list are counted together.
type Cut struct {
	Field *policy.Field // a text, a reference or yes and no; nil: all together
	// Days cuts an instant by its day: the key is the number of days since 1970-01-01 after Shift,
	// in microseconds, was added. Months are put together from days by the caller, since the two
	// databases do not agree on calendars.
	Days  bool
	Shift int64
}

const dayMicros = "86400000000"

// Figures writes counts, and sums of a field where measure is not nil, over the records of the
// list, cut into groups. A record counts only where the field of the cut, the measured field and
// its currency are plain on it, and the measured field is there. A row returns epoch, the key of
// the group as a text (NULL: the field is missing), the currency, the two parts of the sum as Sum
// gives them, and how many records it is of.
func (d Dialect) Figures(q *List, by Cut, measure, currency *policy.Field) Statement {
	g := d.forList(q, by.Field, measure, currency)
	epoch := g.arg(q.Epoch)
	s := scope{alias: "r", kind: q.Read.Kind}
	key, unit, high, low := "''", "''", "'0'", "'0'"
	counted := []string{"r.tenant_id = " + g.tenant, g.shown(q, s)}
	if by.Field != nil {
		key = g.cut(by)
		counted = append(counted, g.plain(s, q.Read, by.Field, nil))
	}
	if measure != nil {
		var col string
		col, high, low = g.halves(measure)
		counted = append(counted, g.plain(s, q.Read, measure, nil), col+" IS NOT NULL")
	}
	if currency != nil {
		unit = g.column("r", currency)
		counted = append(counted, g.plain(s, q.Read, currency, nil))
	}
	inner := "SELECT " + key + " AS grp, " + unit + " AS currency, " + high + " AS high, " + low + " AS low, count(*) AS n FROM " + s.kind.Table + " r WHERE " +
		and(counted...) + " GROUP BY 1, 2"
	return g.finish("SELECT s.epoch, x.* FROM policy_state s LEFT JOIN (" + inner + ") x ON s.epoch = " + epoch + " WHERE s.tenant_id = " + g.tenant)
}

// shown says that the list shows the record. Who comes in by one way that is open on every record
// needs no second look at the table.
func (g *gen) shown(q *List, s scope) string {
	if ways := g.ways(q.Read); len(ways) == 1 && ways[0].Path.Path == policy.PathAll {
		k := &candidate{gen: g, q: q, scope: s}
		return and(g.visible(s, q.Read), g.bars(s, q.Read), k.filter(nil))
	}
	return "r.id IN (" + g.visibleIDs(q, "") + ")"
}

// cut writes the key of a record's group.
func (g *gen) cut(by Cut) string {
	col := g.column("r", by.Field)
	if g.jsonb(by.Field) {
		col = "(" + col + ")" + jsonCast(by.Field.Type)
	}
	switch {
	case by.Days:
		col = "(" + col + " + " + strconv.FormatInt(by.Shift, 10) + ")"
		// Rounded down also before 1970, where both databases round towards zero.
		col = "((" + col + " - ((" + col + " % " + dayMicros + " + " + dayMicros + ") % " + dayMicros + ")) / " + dayMicros + ")"
	case by.Field.Type == policy.Bool:
		return "CASE WHEN " + col + " THEN '1' WHEN NOT " + col + " THEN '0' END"
	case by.Field.Type == policy.Text:
		return col
	}
	if g.dialect == Postgres {
		return col + "::text"
	}
	return "CAST(" + col + " AS TEXT)"
}
