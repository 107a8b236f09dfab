package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"

	"guan/audit"
	"guan/exchange"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// staffWriter writes the rows of a staff list: each is a person, found by login, with an appointment
// to a unit and whether they head it. It is an import of people and of appointments in one, always
// in one transaction, under the rights of both.
type staffWriter struct {
	*orgWriter
	people *recordWriter
	at     map[string]int // cells of what is not the person's own
	column map[string]exchange.Column
	makes  bool // units that are not there yet
	names  map[string][]policy.ID
}

// staffOwn are the fields of a staff list that stand in the person's record.
var staffOwn = []string{"name", "login", "code", "title", "phone", "email", "hire_date", "gender"}

// staffFields are all fields, in the order of templates.
var staffFields = []string{"name", "login", "unit", "position", "code", "title", "phone", "email", "hire_date", "gender", "head", "from", "until", "create_units"}

var staffLabels = map[string]records.Label{
	"unit": {ZH: "部门", EN: "Unit"}, "position": {ZH: "岗位", EN: "Position"}, "head": {ZH: "是否负责人", EN: "Head of the unit"},
	"from": {ZH: "任职开始", EN: "Appointed from"}, "until": {ZH: "任职结束", EN: "Appointed until"}, "create_units": {ZH: "自动新建部门", EN: "Make units that are missing"},
}

// staffField describes a field of a staff list.
func staffField(name string) *records.Field {
	if slices.Contains(staffOwn, name) {
		return records.Builtin().Kind(records.RefPerson).Field(name)
	}
	switch name {
	case "from", "until":
		return orgFields[name]
	case "head", "create_units":
		return &records.Field{Name: name, Type: records.Bool}
	case "position":
		return &records.Field{Name: name, Type: records.Text, Max: org.MaxName}
	}
	return &records.Field{Name: name, Type: records.Text, Max: org.MaxName * org.MaxDepth}
}

func staffLabel(name string) records.Label {
	if label, ok := staffLabels[name]; ok {
		return label
	}
	return staffField(name).Label
}

// staffImportFields are the fields of a staff list as a wizard shows them.
func staffImportFields() []ImportField {
	var out []ImportField
	for _, name := range staffFields {
		out = append(out, ImportField{Name: name, Label: staffLabel(name), Type: staffField(name).Type, Required: exchange.OrganisationFields[exchange.Staff][name], Key: name == "login"})
	}
	return out
}

func newStaffWriter(t *tx, v *view, run *importing) (*staffWriter, error) {
	for _, right := range []policy.Action{"people", "org"} {
		if !v.may(right) {
			return nil, noRight.With("action", string(right))
		}
	}
	if v.bound.Reduce(policy.Create, records.RefPerson).None() {
		return nil, noKind
	}
	t.by = v.rightBy("import", "people", "org")
	run.by = t.by
	places, err := run.Mapping.Bind(run.table.Header())
	if err != nil {
		return nil, err
	}
	w := &staffWriter{at: map[string]int{}, column: map[string]exchange.Column{}, orgWriter: &orgWriter{t: t, v: v, run: run, tree: v.tree,
		positions: slices.Clone(v.positions), appointments: maps.Clone(v.appointments), plan: &importPlan{cells: run.Cells}}}
	for u := range v.tree.Units() {
		w.units = append(w.units, u)
	}
	own := &exchange.Mapping{Kind: string(records.RefPerson), Key: "login", KeepEmpty: true, Constants: map[string]string{}, Ignore: slices.Clone(run.Mapping.Ignore)}
	for i, c := range run.Mapping.Columns {
		if slices.Contains(staffOwn, c.Field) {
			c.By = ""
			own.Columns = append(own.Columns, c)
			continue
		}
		w.at[c.Field], w.column[c.Field] = places[i], c
		own.Ignore = append(own.Ignore, c.Column)
		w.plan.columns = append(w.plan.columns, planColumn{Column: c, field: staffField(c.Field)})
	}
	for name, text := range run.Mapping.Constants {
		switch {
		case slices.Contains(staffOwn, name):
			own.Constants[name] = text
		case name == "create_units":
			made, err := run.Cells.Parse(staffField(name), text)
			if err != nil {
				return nil, fault.From(err).WithAt("constants.create_units")
			}
			w.makes = made.Bool()
		}
	}
	kind := v.catalog.Kind(records.RefPerson)
	w.people = &recordWriter{t: t, v: v, run: run, schema: v.catalog.Schema().Kind(kind.Name), create: v.bound.Reduce(policy.Create, kind.Name),
		found: lookup{}, also: []string{"unit"}, homes: map[policy.ID]policy.ID{}}
	w.people.plan, err = newPlan(own, kind, v.catalog, run.table.Header(), run.Cells, func(*records.Field) bool { return true })
	w.index()
	return w, err
}

// index finds units by their bare names, as far as these tell them apart.
func (w *staffWriter) index() {
	w.names = map[string][]policy.ID{}
	for u := range w.tree.Units() {
		key := strings.ToLower(u.Name)
		w.names[key] = append(w.names[key], u.ID)
	}
}

// staffRow is a row with what stands beside the person's own fields.
type staffRow struct {
	*importRow
	unit, position string
	from, until    policy.Value
	head           bool
	home           policy.ID
}

func (w *staffWriter) rows(ctx context.Context, list []sourceRow) error {
	var rows []*staffRow
	units := len(w.units)
	for _, source := range list {
		r := &staffRow{importRow: w.people.plan.read(source)}
		if r.skip {
			continue
		}
		w.run.tally.Rows++
		rows = append(rows, r)
		if source.broken == nil {
			if err := w.read(ctx, r, source.Cells); err != nil {
				return err
			}
		}
	}
	if len(w.units) > units {
		v, err := w.t.again(ctx, w.v)
		if err != nil {
			return err
		}
		w.people.v = v
	}
	people := make([]*importRow, len(rows))
	for i, r := range rows {
		people[i] = r.importRow
	}
	if err := w.people.group(ctx, people); err != nil {
		return err
	}
	w.run.journal = nil // an import of the organisation is not taken back
	rows = slices.DeleteFunc(rows, func(r *staffRow) bool { return len(r.problems) > 0 })
	return w.appointAll(ctx, rows)
}

// read reads what is not the person's own, and finds the unit and the position.
func (w *staffWriter) read(ctx context.Context, r *staffRow, cells []string) error {
	text := func(field string) string {
		i, ok := w.at[field]
		if !ok {
			return strings.TrimSpace(w.run.Mapping.Constants[field])
		}
		cell, ok := w.column[field].Translate(cells[i])
		if !ok {
			r.wrong(w.heading(field), fault.New(fault.Invalid, "mapping_values", "the cell is none of the values that the mapping lists"))
		}
		return strings.TrimSpace(cell)
	}
	value := func(field string) policy.Value {
		v, err := w.run.Cells.Parse(staffField(field), text(field))
		if err != nil {
			r.wrong(w.heading(field), err)
		}
		return v
	}
	r.from, r.until = value("from"), value("until")
	if head := value("head"); !head.Missing() {
		r.head = head.Bool()
	}
	if !r.from.Missing() && !r.until.Missing() && r.until.Time().Compare(r.from.Time()) <= 0 {
		r.wrong(w.heading("until"), fault.New(fault.Invalid, "appointment_until", "an appointment ends after it begins"))
	}
	if code, ok := w.findPosition(text("position")); ok {
		r.position = code
	} else {
		r.wrong(w.heading("position"), fault.New(fault.Invalid, "appointment_position", "there is no such position").With("position", audit.Clean(text("position"))))
	}
	home, err := w.findUnit(ctx, r, text("unit"))
	if err != nil {
		return err
	}
	if r.home = home; home != 0 {
		r.given["unit"] = policy.RefOf(home)
	}
	return nil
}

func (w *staffWriter) heading(field string) string {
	if c, ok := w.column[field]; ok {
		return c.Column
	}
	return field
}

// findPosition finds a position by its code or a label.
func (w *staffWriter) findPosition(text string) (string, bool) {
	for _, p := range w.positions {
		if text != "" && (strings.EqualFold(p.Code, text) || strings.EqualFold(p.Label.ZH, text) || strings.EqualFold(p.Label.EN, text)) {
			return p.Code, true
		}
	}
	return "", false
}

// findUnit finds a unit by its path, with or without the root, or by a name that only one unit has;
// and makes what is missing of a path when that is asked for.
func (w *staffWriter) findUnit(ctx context.Context, r *staffRow, text string) (policy.ID, error) {
	var path []string
	for name := range strings.SplitSeq(text, org.Separator) {
		if name = strings.TrimSpace(name); name != "" {
			path = append(path, name)
		}
	}
	whole := strings.Join(path, org.Separator)
	if id, ok := w.tree.Find(whole); ok {
		return id, nil
	}
	root, _ := w.tree.Unit(w.tree.Root())
	if id, ok := w.tree.Find(root.Name + org.Separator + whole); ok && whole != "" {
		return id, nil
	}
	if len(path) == 1 {
		switch found := w.names[strings.ToLower(path[0])]; {
		case len(found) == 1:
			return found[0], nil
		case len(found) > 1:
			r.wrong(w.heading("unit"), refSeveral)
			return 0, nil
		}
	}
	if whole == "" || !w.makes || root.ID == 0 {
		r.wrong(w.heading("unit"), fault.New(fault.Invalid, "staff_unit", "there is no such unit").With("unit", audit.Clean(whole)))
		return 0, nil
	}
	if strings.EqualFold(path[0], root.Name) {
		path = path[1:]
	}
	above := root
	for _, name := range path {
		if id, ok := w.tree.Find(w.tree.Path(above.ID) + org.Separator + name); ok {
			above, _ = w.tree.Unit(id)
			continue
		}
		u := org.Unit{Parent: above.ID, Name: name, Type: "department"}
		var err error
		if u.ID, err = w.t.newID(ctx); err != nil {
			return 0, err
		}
		if err := w.tree.CheckAdd(u); err != nil {
			r.wrong(w.heading("unit"), err)
			return 0, nil
		}
		if err := w.putUnit(ctx, u, map[string]any{"created": unitDetail(u)}); err != nil {
			return 0, err
		}
		above = u
	}
	w.index()
	return above.ID, nil
}

// appointAll appoints the people of rows that were written, where they are not yet.
func (w *staffWriter) appointAll(ctx context.Context, rows []*staffRow) error {
	ids, err := w.byLogin(ctx, rows)
	if err != nil {
		return err
	}
	var appointed [][]assignment
	var entries []audit.Entry
	heads := map[policy.ID][]policy.ID{}
	for _, r := range rows {
		person := ids[r.key.Text()]
		if r.head {
			heads[r.home] = append(heads[r.home], person)
		}
		a := org.Appointment{Person: person, Unit: r.home, Position: r.position, From: w.t.now}
		if !r.from.Missing() {
			a.From = r.from.Time()
		}
		if !r.until.Missing() {
			end := r.until.Time()
			a.Until = &end
		}
		if person == w.v.bound.Subject().Person || slices.ContainsFunc(w.appointments[person], func(o org.Appointment) bool {
			return o.Unit == a.Unit && o.Position == a.Position && o.At(w.t.now) != org.Ended
		}) {
			continue
		}
		if a.ID, err = w.t.newID(ctx); err != nil {
			return err
		}
		w.appointments[person] = append(slices.Clone(w.appointments[person]), a)
		appointed = append(appointed, []assignment{{column: "tenant_id", value: w.t.actor.Tenant}, {column: "id", value: a.ID}, {column: "person_id", value: a.Person},
			{column: "unit_id", value: a.Unit}, {column: "position_code", value: a.Position}, {column: "from_at", value: a.From.UnixMicro()}, {column: "until_at", value: micros(a.Until)}})
		entries = append(entries, audit.Entry{Action: audit.OrgChanged, Kind: records.RefPerson, Record: person, Detail: map[string]any{"created": appointmentDetail(a)}})
	}
	for some := range slices.Chunk(appointed, bulkRows) {
		if err := w.t.insertRows(ctx, "appointment", some); err != nil {
			return err
		}
	}
	if err := w.t.auditAll(ctx, entries); err != nil {
		return err
	}
	return w.headAll(ctx, heads)
}

// headAll makes people heads of their units beside those who are.
func (w *staffWriter) headAll(ctx context.Context, heads map[policy.ID][]policy.ID) error {
	for _, unit := range slices.Sorted(maps.Keys(heads)) {
		before, _ := w.tree.Unit(unit)
		after := before
		after.Heads = slices.Clone(before.Heads)
		for _, person := range heads[unit] {
			if !slices.Contains(after.Heads, person) {
				after.Heads = append(after.Heads, person)
			}
		}
		if len(after.Heads) == len(before.Heads) {
			continue
		}
		if err := w.t.checkHeads(ctx, w.v, before.Heads, after.Heads); err != nil {
			return err
		}
		if err := w.putUnit(ctx, after, map[string]any{"before": unitDetail(before), "after": unitDetail(after)}); err != nil {
			return err
		}
	}
	return nil
}

// byLogin gives the ids of people whom this import has just written or found through the gate.
func (w *staffWriter) byLogin(ctx context.Context, rows []*staffRow) (map[string]policy.ID, error) {
	ids := map[string]policy.ID{}
	logins := make([]string, len(rows))
	for i, r := range rows {
		logins[i] = r.key.Text()
	}
	list, err := jsonText(logins)
	if err != nil {
		return nil, err
	}
	return ids, w.t.each(ctx, func(found *sql.Rows) error {
		var id policy.ID
		var login string
		err := found.Scan(&id, &login)
		ids[login] = id
		return err
	}, "SELECT id, login FROM person WHERE tenant_id = $1 AND login IN ("+w.t.pick("SELECT value FROM json_each($2)", "SELECT json_array_elements_text($2::json)")+")", w.t.actor.Tenant, list)
}
