package store

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/mark"
	"guan/policy"
	"guan/records"
	"guan/sheet"
)

// A canary is an invented row that stands in one copy alone. It looks like those beside it: what it is sorted
// by it has from the row behind it, choices, dates and numbers from another of the same part, which the reader
// sees anyway. Its name, telephone number and code are invented; whatever else names somebody is empty. No
// count, limit, hash or entry of the audit log knows of it.

// canaryKinds are the kinds of which rows can be invented.
var canaryKinds = []policy.Kind{"customer", "contact"}

const (
	canaryRows  = 20 // rows of a part from which on it has one
	canaryTries = 20
)

// canaryKept are the texts that many records have in common.
var canaryKept = map[string]bool{"country": true, "role": true, "province": true, "city": true, "district": true, "region": true, "territory": true,
	"business_type": true, "specialty": true, "department": true, "title": true}

// canaryRow is one that is to be invented when the part is kept, and then stands before the row at.
type canaryRow struct {
	at      int
	beside  string // a name that the reader sees, or none
	company bool
	code    string // likewise
	cells   []sheet.Cell
	invent  []canaryCell
}

type canaryCell struct {
	column int
	field  *records.Field
	level  policy.Level
}

// canary prepares the invented row of a part; nil where it has none.
func (x *exporting) canary(l *listing, columns []*records.Field, rows []fetched, levels []map[string]policy.Level, cells [][]sheet.Cell) *canaryRow {
	if x.copy.canaries == "" || len(rows) < canaryRows {
		return nil
	}
	at, like := 1+rand.IntN(len(rows)-1), rand.IntN(len(rows))
	c := &canaryRow{at: at, cells: make([]sheet.Cell, len(columns)), company: l.kind.Name == "customer"}
	numbered := false
	for i, f := range columns {
		level, value := levels[like][f.Name], rows[like].shown(f.Name)
		named := f.Name == l.kind.Title || f.Name == "code" || f.Format == records.Phone || f.Name == "id"
		if f.Name == l.sort.Name {
			if named || f.Type == records.Text {
				return nil // it would not stand where the list is sorted to
			}
			c.cells[i] = cells[at][i]
			continue
		}
		switch {
		case named:
			if f.Format == records.Phone {
				if numbered {
					continue
				}
				if level != policy.Plain {
					return nil // nothing would tell it for sure
				}
				numbered = true
			}
			if level == policy.Plain && f.Name == l.kind.Title {
				c.beside = value.Text()
			}
			if level == policy.Plain && f.Name == "code" && !value.Missing() {
				c.code = value.Text()
			}
			if level > policy.Hidden {
				c.invent = append(c.invent, canaryCell{i, f, level})
			}
		case f.Name == "type" && level == policy.Plain && value.Text() == "individual":
			c.company = false
			c.cells[i] = cells[like][i]
		case f.Type != records.Text || canaryKept[f.Name] && !f.Custom:
			c.cells[i] = cells[like][i]
		}
	}
	if !numbered {
		return nil
	}
	return c
}

// invent makes the canary of a part and writes down whose it is, in the transaction that keeps the part.
func (x *exporting) invent(ctx context.Context, t *tx, p *part) error {
	c := p.canary
	if c == nil {
		return nil
	}
	kind := x.Query.Kind
	id, err := t.newID(ctx)
	if err != nil {
		return err
	}
	var name, phone, code string
	for try := 0; ; try++ {
		if try == canaryTries {
			p.canary = nil // the range is used up: an export without one is better than none
			return nil
		}
		name, phone = mark.CanaryName(c.beside, c.company), mark.CanaryPhone(x.copy.canaries)
		if code = mark.CanaryCode(c.code); code == c.code {
			code = "" // it has no digits
		}
		free, err := t.canaryFree(ctx, x.actor.Tenant, kind, name, phone, code)
		if err != nil {
			return err
		}
		if free {
			break
		}
	}
	for _, i := range c.invent {
		value := policy.TextOf(name)
		switch {
		case i.field.Name == "id":
			value = policy.RefOf(id)
		case i.field.Format == records.Phone:
			value = policy.TextOf(phone)
		case i.field.Name == "code" && code == "":
			continue
		case i.field.Name == "code":
			value = policy.TextOf(code)
		}
		if c.cells[i.column] = x.cells.cell(id, i.field, value, ""); i.level != policy.Plain {
			c.cells[i.column] = sheet.Loose(records.Preview(i.field, value, i.level))
		}
	}
	_, err = t.exec(ctx, "INSERT INTO export_canary (tenant_id, copy_id, id, name, phone) VALUES ($1, $2, $3, $4, $5)", x.actor.Tenant, x.copy.id, id, name, phone)
	return err
}

// canaryFree reports whether no record and no other canary has what was invented.
func (t *rtx) canaryFree(ctx context.Context, tenant policy.ID, kind policy.Kind, name, phone, code string) (bool, error) {
	var n int
	err := t.row(ctx, "SELECT (SELECT count(*) FROM "+records.Builtin().Kind(kind).Table+` r WHERE r.tenant_id = $1 AND (r.name = $2 OR r.phone = $3 OR r.code = $4 AND $4 <> ''))
		+ (SELECT count(*) FROM export_canary e WHERE e.tenant_id = $1 AND e.phone = $3)`, tenant, name, phone, code).Scan(&n)
	return n == 0, err
}

// InventedRow is a canary in a leak.
type InventedRow struct {
	Row   int    `json:"row"`
	Name  string `json:"name"`
	Phone string `json:"phone"`
}

// invented finds the copies of whose canaries a table has some. A number was given out once, from a range that
// is nobody's, so it names its copy for certain.
func (t *rtx) invented(ctx context.Context, tenant policy.ID, l *Leak, out *Tracing) error {
	rows := map[string]int{}
	for _, line := range l.Lines {
		for _, c := range line.Cells {
			if phone, is := strings.CutPrefix(c.Means, "phone "); is && len(phone) == len("13800138000") && rows[phone] == 0 {
				rows[phone] = line.Number
			}
		}
	}
	found, of := map[policy.ID][]InventedRow{}, []policy.ID{}
	err := t.canariesOf(ctx, tenant, rows, func(copy policy.ID, name, phone string) {
		if found[copy] == nil {
			of = append(of, copy)
		}
		found[copy] = append(found[copy], InventedRow{rows[phone], name, phone})
	})
	if err != nil {
		return err
	}
	slices.Sort(of)
	for _, id := range of[:min(len(of), namedMost)] {
		c, err := t.tracedCopy(ctx, tenant, "c.id = $2", id)
		if err != nil {
			return err
		}
		c.Canaries = found[id]
		out.Invented = append(out.Invented, *c)
	}
	return nil
}

// canariesOf tells which of some telephone numbers are those of canaries.
func (t *rtx) canariesOf(ctx context.Context, tenant policy.ID, phones map[string]int, at func(copy policy.ID, name, phone string)) error {
	asked := make([]string, 0, len(phones))
	for phone := range phones {
		asked = append(asked, phone)
	}
	slices.Sort(asked)
	for chunk := range slices.Chunk(asked, 5000) {
		list, err := jsonText(chunk)
		if err != nil {
			return err
		}
		err = t.each(ctx, func(rows *sql.Rows) error {
			var copy policy.ID
			var name, phone string
			err := rows.Scan(&copy, &name, &phone)
			at(copy, name, phone)
			return err
		}, "SELECT copy_id, name, phone FROM export_canary WHERE tenant_id = $1 AND phone IN ("+t.pick(
			"SELECT value FROM json_each($2)", "SELECT json_array_elements_text($2::json)")+") ORDER BY id", tenant, list)
		if err != nil {
			return err
		}
	}
	return nil
}

// dropCanaries takes the rows out of an import that were invented for an export, wherever the number stands in
// them: they are nobody, and would stay for ever.
func (run *importing) dropCanaries(ctx context.Context, t *tx, list []sourceRow) ([]sourceRow, error) {
	phones := map[string]int{}
	numbers := make([][]string, len(list))
	for i, row := range list {
		for _, cell := range row.Cells {
			if phone, is := strings.CutPrefix(mark.Read(cell).Means, "phone "); is {
				phones[phone], numbers[i] = i, append(numbers[i], phone)
			}
		}
	}
	invented := map[string]bool{}
	err := t.canariesOf(ctx, run.actor.Tenant, phones, func(_ policy.ID, _, phone string) { invented[phone] = true })
	if err != nil || len(invented) == 0 {
		return list, err
	}
	kept := make([]sourceRow, 0, len(list))
	for i, row := range list {
		if slices.ContainsFunc(numbers[i], func(phone string) bool { return invented[phone] }) {
			run.tally.Invented++
			continue
		}
		kept = append(kept, row)
	}
	return kept, nil
}

// Canary is an invented row, and whose copy has it.
type Canary struct {
	ID     policy.ID   `json:"id"`
	Name   string      `json:"name"`
	Phone  string      `json:"phone"`
	Code   string      `json:"code"` // of the copy
	Kind   policy.Kind `json:"kind"`
	Person *Name       `json:"person,omitempty"`
	Login  string      `json:"login,omitempty"`
	At     time.Time   `json:"at"`
}

// CanaryPage is some of them.
type CanaryPage struct {
	Items []Canary  `json:"items"`
	Next  policy.ID `json:"next,omitempty"` // the one before which the next page begins; none on the last
}

const canaryPage = 50

// Canaries lists the invented rows that were given out, the newest first, before one of them where that is
// said. It takes the right audit, and is in the audit log before its answer leaves. Faults: Denied.
func (s *Session) Canaries(ctx context.Context, before policy.ID) (*CanaryPage, error) {
	out := &CanaryPage{Items: []Canary{}}
	err := s.oversee(ctx, "canaries", func(t *rtx, v *view) error {
		out.Items, out.Next = out.Items[:0], 0
		if before == 0 {
			before = 1<<63 - 1
		}
		return t.each(ctx, func(rows *sql.Rows) error {
			var c Canary
			var at int64
			var person policy.ID
			var name, login sql.NullString
			if err := rows.Scan(&c.ID, &c.Name, &c.Phone, &c.Code, &c.Kind, &person, &name, &login, &at); err != nil {
				return err
			}
			if len(out.Items) == canaryPage {
				out.Next = out.Items[canaryPage-1].ID
				return nil
			}
			if person != 0 {
				c.Person = &Name{ID: person, Name: name.String}
			}
			c.Login, c.At = login.String, time.UnixMicro(at).UTC()
			out.Items = append(out.Items, c)
			return nil
		}, `SELECT e.id, e.name, e.phone, c.code, c.kind, c.person_id, p.name, p.login, c.at FROM export_canary e
			JOIN export_copy c ON c.tenant_id = e.tenant_id AND c.id = e.copy_id LEFT JOIN person p ON p.tenant_id = c.tenant_id AND p.id = c.person_id
			WHERE e.tenant_id = $1 AND e.id < $2 ORDER BY e.id DESC LIMIT $3`, v.tenant, before, canaryPage+1)
	}, "audit")
	if err != nil {
		return nil, err
	}
	return out, s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.Traced, Detail: map[string]any{"canaries": len(out.Items)}})
}

// checkCanaries checks what is set of them.
func checkCanaries(to *MarkSettings) error {
	var errs []error
	slices.Sort(to.Canaries)
	to.Canaries = slices.Compact(append([]policy.Kind{}, to.Canaries...))
	for _, kind := range to.Canaries {
		if !slices.Contains(canaryKinds, kind) {
			errs = append(errs, fault.New(fault.Invalid, "canary_kind", "rows can be invented of customers and contacts").WithAt("canaries"))
		}
	}
	if to.Range != "" && !mark.GoodCanaryRange(to.Range) {
		errs = append(errs, fault.New(fault.Invalid, "canary_range", "a range is the first 3 to 8 digits of mobile numbers").WithAt("range"))
	}
	return fault.Collect(fault.Invalid, "canaries", "what is set of invented rows is not well formed", errs...)
}
