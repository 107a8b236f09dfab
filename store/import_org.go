package store

import (
	"context"
	"slices"
	"strings"

	"guan/audit"
	"guan/exchange"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// orgWriter writes the rows of an import as units, positions, appointments or heads. They stand or
// fall by what stands before them, so they are written one by one, always in one transaction.
type orgWriter struct {
	t    *tx
	v    *view
	run  *importing
	plan *importPlan

	units        []org.Unit
	tree         *org.Tree
	positions    []org.Position
	appointments map[policy.ID][]org.Appointment
}

// orgRights says which right of administration each part of the organisation takes.
var orgRights = map[policy.Kind]policy.Action{
	exchange.Unit: "org", exchange.Position: "org", exchange.Head: "org", exchange.Appointment: "people",
}

// orgFields describes the parts of the organisation as if they were kinds.
var orgFields = map[string]*records.Field{
	"path":     {Name: "path", Type: records.Text, Max: org.MaxName * org.MaxDepth},
	"type":     {Name: "type", Type: records.Text, Max: 64},
	"place":    {Name: "place", Type: records.Place},
	"code":     {Name: "code", Type: records.Text, Max: 64},
	"zh":       {Name: "zh", Type: records.Text, Max: org.MaxName},
	"en":       {Name: "en", Type: records.Text, Max: org.MaxName},
	"person":   {Name: "person", Type: records.Ref, Ref: records.RefPerson},
	"unit":     {Name: "unit", Type: records.Ref, Ref: records.RefUnit},
	"position": {Name: "position", Type: records.Text, Max: 64},
	"from":     {Name: "from", Type: records.Time},
	"until":    {Name: "until", Type: records.Time},
}

func newOrgWriter(t *tx, v *view, run *importing) (*orgWriter, error) {
	if right := orgRights[run.kind]; !v.may(right) {
		return nil, noRight.With("action", string(right))
	}
	t.by = v.rightBy("import", orgRights[run.kind])
	run.by = t.by
	w := &orgWriter{t: t, v: v, run: run, tree: v.tree, positions: slices.Clone(v.positions), appointments: map[policy.ID][]org.Appointment{}}
	for u := range v.tree.Units() {
		w.units = append(w.units, u)
	}
	for person, list := range v.appointments {
		w.appointments[person] = slices.Clone(list)
	}
	return w, w.bind()
}

// bind fits the mapping to the table.
func (w *orgWriter) bind() error {
	m := w.run.Mapping
	places, err := m.Bind(w.run.table.Header())
	if err != nil {
		return err
	}
	w.plan = &importPlan{constants: map[string]policy.Value{}, cells: w.run.Cells}
	var errs []error
	for i, c := range m.Columns {
		if c.Part == exchange.Lng {
			continue
		}
		// What is wanted of a column's 'by' is plain: a person's login, a unit's path.
		pc := planColumn{Column: c, field: orgFields[c.Field], at: places[i], lng: -1}
		if c.Part == exchange.Lat {
			pc.lng = places[slices.IndexFunc(m.Columns, func(o exchange.Column) bool { return o.Field == c.Field && o.Part == exchange.Lng })]
		}
		if pc.field.Type != records.Ref {
			pc.By = ""
		}
		if problem := pc.resolve(w.v.catalog); problem != "" {
			errs = append(errs, fault.New(fault.Invalid, "mapping_by", problem).WithAt("column "+c.Column))
		}
		w.plan.columns = append(w.plan.columns, pc)
	}
	for name, text := range m.Constants {
		value, err := w.plan.cells.Parse(orgFields[name], text)
		if err != nil {
			errs = append(errs, fault.From(err).WithAt("constants."+name))
		}
		w.plan.constants[name] = value
	}
	return fault.Collect(fault.Invalid, "mapping", "the mapping does not fit", errs...)
}

func (w *orgWriter) rows(ctx context.Context, list []sourceRow) error {
	var rows []*importRow
	for _, source := range list {
		if r := w.plan.read(source); !r.skip {
			rows = append(rows, r)
		}
	}
	w.run.tally.Rows += int64(len(rows))
	// People are looked up together and through the gate, as for records.
	finder := &recordWriter{t: w.t, v: w.v, run: w.run, plan: &importPlan{kind: &records.Kind{}, columns: w.plan.columns}, found: lookup{}}
	people := map[*importRow]*importRow{}
	var asked []*importRow
	for _, r := range rows {
		only := &importRow{number: r.number, given: r.given}
		for _, ref := range r.refs {
			if ref.column.field.Ref == records.RefPerson {
				only.refs = append(only.refs, ref)
			}
		}
		people[r], asked = only, append(asked, only)
	}
	if err := finder.references(ctx, asked); err != nil {
		return err
	}
	for _, r := range rows {
		r.problems = append(r.problems, people[r].problems...)
		for _, ref := range r.refs {
			if ref.column.field.Ref != records.RefUnit {
				continue
			}
			if id, ok := w.tree.Find(ref.text); ok {
				r.given["unit"] = policy.RefOf(id)
			} else {
				r.wrong(ref.column.Column.Column, refMissing)
			}
		}
		if err := w.row(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// row writes one row and counts what became of it.
func (w *orgWriter) row(ctx context.Context, r *importRow) error {
	var count *int64
	if len(r.problems) == 0 {
		err := w.t.within(ctx, func() (err error) {
			switch w.run.kind {
			case exchange.Unit:
				count, err = w.unit(ctx, r)
			case exchange.Position:
				count, err = w.position(ctx, r)
			case exchange.Appointment:
				count, err = w.appointment(ctx, r)
			default:
				count, err = w.head(ctx, r)
			}
			return err
		})
		if err != nil {
			f, own := rowFault(w.t.db.fault(err))
			if !own {
				return err
			}
			for i := range f.Items { // "appointment 7 from": the id is of a row that is not written
				f.Items[i].At = f.Items[i].At[strings.LastIndexByte(f.Items[i].At, ' ')+1:]
			}
			w.plan.wrongAt(r, f)
		}
	}
	if len(r.problems) > 0 {
		w.run.wrong(r.problems...)
		return nil
	}
	*count++
	return nil
}

// end asks, once all rows are written, whether the actor has gained by it.
func (w *orgWriter) end(ctx context.Context) error {
	if w.t.actor.job != "" {
		return nil
	}
	return w.t.checkDelegation(ctx, w.v)
}

// replace puts a unit among the others; the tree must stay one.
func (w *orgWriter) replace(u org.Unit) error {
	units := append(slices.DeleteFunc(slices.Clone(w.units), func(o org.Unit) bool { return o.ID == u.ID }), u)
	tree, err := org.NewTree(units)
	if err == nil {
		w.units, w.tree = units, tree
	}
	return err
}

func (w *orgWriter) unit(ctx context.Context, r *importRow) (*int64, error) {
	path := r.given["path"].Text()
	u := org.Unit{Type: r.given["type"].Text()}
	id, there := w.tree.Find(path)
	if there {
		if w.run.Mapping.Key != "path" {
			return nil, fault.New(fault.Conflict, "unit_there", "there is a unit of this path").WithAt("path")
		}
		old, _ := w.tree.Unit(id)
		u = old
		u.Type = r.given["type"].Text()
	} else {
		u.Name = path
		if i := strings.LastIndex(path, org.Separator); i >= 0 {
			above, ok := w.tree.Find(path[:i])
			if !ok {
				return nil, fault.New(fault.Invalid, "unit_parent", "the unit above it does not exist").WithAt("path")
			}
			u.Parent, u.Name = above, path[i+1:]
		}
	}
	if place, given := r.given["place"]; given {
		u.Place = nil
		if !place.Missing() {
			u.Place = &policy.LatLng{Lat: place.Point().Lat, Lng: place.Point().Lng}
		}
	}
	if there {
		old, _ := w.tree.Unit(id)
		if samePlace(old.Place, u.Place) && old.Type == u.Type {
			return &w.run.tally.Unchanged, nil
		}
		if err := w.tree.CheckUpdate(u); err != nil {
			return nil, err
		}
		return &w.run.tally.Updated, w.putUnit(ctx, u, map[string]any{"before": unitDetail(old), "after": unitDetail(u)})
	}
	var err error
	if u.ID, err = w.t.newID(ctx); err != nil {
		return nil, err
	}
	if err := w.tree.CheckAdd(u); err != nil {
		return nil, err
	}
	return &w.run.tally.Created, w.putUnit(ctx, u, map[string]any{"created": unitDetail(u)})
}

func (w *orgWriter) putUnit(ctx context.Context, u org.Unit, detail map[string]any) error {
	if err := w.t.putUnit(ctx, u); err != nil {
		return err
	}
	if err := w.t.auditUnit(ctx, u.ID, detail); err != nil {
		return err
	}
	return w.replace(u)
}

func samePlace(a, b *policy.LatLng) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

func (w *orgWriter) position(ctx context.Context, r *importRow) (*int64, error) {
	p := org.Position{Code: r.given["code"].Text(), Label: org.Label{ZH: r.given["zh"].Text(), EN: r.given["en"].Text()}}
	if err := p.Check(); err != nil {
		return nil, err
	}
	count := &w.run.tally.Created
	if i := slices.IndexFunc(w.positions, func(o org.Position) bool { return o.Code == p.Code }); i >= 0 {
		switch {
		case w.run.Mapping.Key != "code":
			return nil, fault.New(fault.Conflict, "position_taken", "there is a position of this code").WithAt("code")
		case w.positions[i] == p:
			return &w.run.tally.Unchanged, nil
		}
		w.positions[i], count = p, &w.run.tally.Updated
	} else {
		w.positions = append(w.positions, p)
	}
	if err := w.t.putPosition(ctx, p); err != nil {
		return nil, err
	}
	return count, w.t.audit(ctx, audit.Entry{Action: audit.OrgChanged, Detail: map[string]any{"position": p}})
}

func (w *orgWriter) appointment(ctx context.Context, r *importRow) (*int64, error) {
	a := org.Appointment{Person: r.given["person"].ID(), Unit: r.given["unit"].ID(), Position: r.given["position"].Text(), From: w.t.now}
	if from := r.given["from"]; !from.Missing() {
		a.From = from.Time()
	}
	if until := r.given["until"]; !until.Missing() {
		end := until.Time()
		a.Until = &end
	}
	if a.Person == w.v.bound.Subject().Person {
		return nil, notSelf.WithAt("person")
	}
	var others []org.Appointment
	for _, o := range w.appointments[a.Person] {
		if o.Unit == a.Unit && o.Position == a.Position && o.From.Equal(a.From) && sameEnd(o, a) {
			return &w.run.tally.Unchanged, nil
		}
		if o.At(w.t.now) != org.Ended {
			others = append(others, o)
		}
	}
	var err error
	if a.ID, err = w.t.newID(ctx); err != nil {
		return nil, err
	}
	if err := org.CheckAppointments(w.tree, w.positions, append(others, a)); err != nil {
		return nil, err
	}
	w.appointments[a.Person] = append(w.appointments[a.Person], a)
	return &w.run.tally.Created, w.t.appoint(ctx, a)
}

func sameEnd(a, b org.Appointment) bool {
	if a.Until == nil || b.Until == nil {
		return a.Until == b.Until
	}
	return a.Until.Equal(*b.Until)
}

func (w *orgWriter) head(ctx context.Context, r *importRow) (*int64, error) {
	u, _ := w.tree.Unit(r.given["unit"].ID())
	person := r.given["person"].ID()
	if slices.Contains(u.Heads, person) {
		return &w.run.tally.Unchanged, nil
	}
	before := u
	u.Heads = append(slices.Clone(u.Heads), person)
	if err := w.t.checkHeads(ctx, w.v, before.Heads, u.Heads); err != nil {
		return nil, err
	}
	return &w.run.tally.Created, w.putUnit(ctx, u, map[string]any{"before": unitDetail(before), "after": unitDetail(u)})
}
