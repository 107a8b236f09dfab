package laws

import (
	"context"
	"fmt"
	"strings"

	"guan/policy"
	"guan/policy/sqlgen"
)

// loader writes the statements that load a world.
type loader struct {
	strings.Builder
	dialect sqlgen.Dialect
	args    []any
}

// load puts the world's records in place of the last one's.
func (d *Database) load(ctx context.Context, w *World, rows []*policy.Row) error {
	b := &loader{dialect: d.dialect}
	b.WriteString("BEGIN;\n")
	empty := "DELETE FROM "
	if d.loads++; d.dialect == sqlgen.Postgres && d.loads%50 == 0 {
		empty = "TRUNCATE " // deleted rows stay in the tables otherwise
	}
	b.WriteString(empty + "policy_state;\n" + empty + "team;\n")
	fmt.Fprintf(b, "INSERT INTO policy_state VALUES (%d, %d), (%d, %d);\n", tenant, epoch, stranger, epoch)
	for _, k := range kinds {
		b.WriteString(empty + k.Table + ";\n")
		if b.dialect == sqlgen.SQLite && len(searchClasses(k)) > 0 {
			b.WriteString(empty + sqlgen.SearchTable(k) + ";\n")
		}
		var mine []*policy.Row
		for _, row := range rows {
			if row.Kind == k.Name {
				mine = append(mine, row)
			}
		}
		for i, row := range mine {
			b.insert(k, tenant, row.ID, row)
			// The stranger has the same ids with other values, so that a forgotten tenant shows.
			b.insert(k, stranger, row.ID, mine[(i+1)%len(mine)])
		}
	}
	b.WriteString("COMMIT;\n")
	if told := tells(b.String()); told != "" {
		return fmt.Errorf("%q is written in plain", told)
	}
	_, err := d.db.ExecContext(ctx, b.String(), b.args...)
	return err
}

func (b *loader) insert(k *policy.KindSchema, tenant, id policy.ID, row *policy.Row) {
	names := []string{"tenant_id", "id", "version"}
	values := []string{tenant.String(), id.String(), "1"}
	custom := map[string]any{}
	for _, f := range k.Fields {
		v := row.Values[f.Name]
		switch {
		case v.Missing() || f.Name == "id":
		case f.Custom:
			custom[f.Column] = jsonOf(v)
		case f.Type == policy.Place:
			p := v.Point()
			for i, x := range []float64{p.Lat, p.Lng, p.X, p.Y, p.Z} {
				names, values = append(names, f.Column+placeColumns[i]), append(values, b.number(x))
			}
		default:
			names, values = append(names, f.Column), append(values, b.literal(v))
		}
	}
	names, values = append(names, "custom"), append(values, quote(jsonText(custom)))
	var classes, documents []string
	for _, class := range searchClasses(k) {
		found := make([]string, 0, len(row.Search[class]))
		for term := range row.Search[class] {
			found = append(found, term)
		}
		classes = append(classes, sqlgen.SearchColumn(class))
		documents = append(documents, quote(strings.Join(found, " ")))
		if b.dialect == sqlgen.Postgres {
			names = append(names, sqlgen.SearchColumn(class))
			values = append(values, "string_to_array("+quote(strings.Join(found, " "))+", ' ')")
		}
	}
	fmt.Fprintf(b, "INSERT INTO %s (%s) VALUES (%s);\n", k.Table, strings.Join(names, ", "), strings.Join(values, ", "))
	if b.dialect == sqlgen.SQLite && len(classes) > 0 && tenant != stranger {
		fmt.Fprintf(b, "INSERT INTO %s (rowid, %s) VALUES (%s, %s);\n", sqlgen.SearchTable(k), strings.Join(classes, ", "), id, strings.Join(documents, ", "))
	}
	seen := map[policy.ID]bool{}
	for _, m := range row.Team {
		if seen[m.Person] {
			continue
		}
		seen[m.Person] = true
		from, until := "NULL", "NULL"
		if m.From != nil {
			from = fmt.Sprint(m.From.UnixMicro())
		}
		if m.Until != nil {
			until = fmt.Sprint(m.Until.UnixMicro())
		}
		fmt.Fprintf(b, "INSERT INTO team VALUES (%s, %s, %s, %s, %s, %s, %d);\n", tenant, quote(string(k.Name)), id, m.Person, from, until, row.Values["updated_at"].Int())
	}
}

func (b *loader) literal(v policy.Value) string {
	switch v.Type() {
	case policy.Text:
		return quote(v.Text())
	case policy.Number:
		return b.number(v.Float())
	case policy.Bool:
		if b.dialect == sqlgen.Postgres {
			return fmt.Sprint(v.Bool())
		}
	case policy.Set:
		return quote(jsonText(jsonOf(v)))
	}
	return fmt.Sprint(v.Int())
}

func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// number writes a float so that the database reads the same bits.
func (b *loader) number(x float64) string {
	if b.dialect == sqlgen.Postgres {
		return fmt.Sprintf("'%.17e'::float8", x)
	}
	b.args = append(b.args, x) // SQLite does not round the digits of a literal as Go does
	return fmt.Sprintf("$%d", len(b.args))
}
