package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"guan/access"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
	"guan/sheet"
	"guan/signin"
	"guan/store"
	"guan/watch"
)

// The same people, through the store: what they do is done in sessions of theirs, with the clock at the
// instant at which they do it; the log is sealed and the job watches it, once a day. What the detectors are
// told in measure and what the job reads off the log must come to the same.

// through is what is compared.
type through struct {
	acts     int
	expected map[string]bool // findings of the pure measure: person, detector and day
	raised   map[string]bool // alerts
	caught   int             // insiders with an alert
	insiders int
	stopped  int // people whom the watcher froze, and who were let in no more
}

// by is which detectors raised something.
func (r *through) by() map[watch.Detector]int {
	out := map[watch.Detector]int{}
	for f := range r.raised {
		out[watch.Detector(strings.Fields(f)[1])]++
	}
	return out
}

// agreement is the part of all findings that both have.
func (r *through) agreement() float64 {
	both, all := 0, maps.Clone(r.expected)
	for f := range r.raised {
		if r.expected[f] {
			both++
		}
		all[f] = true
	}
	if len(all) == 0 {
		return 0
	}
	return float64(both) / float64(len(all))
}

func (r *through) String() string {
	var only []string
	for f := range r.expected {
		if !r.raised[f] {
			only = append(only, f+" (only measured)")
		}
	}
	for f := range r.raised {
		if !r.expected[f] {
			only = append(only, f+" (only raised)")
		}
	}
	slices.Sort(only)
	counts := r.by()
	var by []string
	for _, d := range watch.Detectors {
		by = append(by, fmt.Sprintf("%s %d", d, counts[d]))
	}
	return fmt.Sprintf("through the store: %d acts, %d findings measured, %d alerts raised (%s), agreement %.0f %%; %d of %d insiders have an alert, %d were frozen %s",
		r.acts, len(r.expected), len(r.raised), strings.Join(by, ", "), 100*r.agreement(), r.caught, r.insiders, r.stopped, strings.Join(only, ", "))
}

// sized is how large the company is: days of work, customers, and rows that may be exported in a day.
type sized struct {
	days, customers, limit int
	pace                   float64 // of what people do beside a script
	normal, each           int
}

// actor is somebody of the company, with what they do.
type actor struct {
	id      policy.ID
	login   string
	insider bool
	last    time.Time // of who leaves
	events  []watch.Event
	devices map[string]*store.Session
	baited  bool // they opened what freezes them
	stopped bool
}

const throughPassword = "long enough for everybody"

// runThrough lives the company in a database.
func runThrough(ctx context.Context, at store.Options, size sized, seed uint64) (*through, error) {
	now := start.Add(-48 * time.Hour)
	at.Clock = func() time.Time { return now }
	db, err := store.Open(ctx, at)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	people := size.people(seed)
	ids, auditor, err := install(ctx, db, people, size)
	if err != nil {
		return nil, err
	}
	watched := func() error {
		if _, err := db.System(store.JobSeal, store.DefaultTenant).Seal(ctx); err != nil {
			return err
		}
		for {
			more, err := db.System(store.JobWatch, store.DefaultTenant).Watch(ctx)
			if err != nil || !more {
				return err
			}
		}
	}
	now = now.Add(time.Minute)
	if err := watched(); err != nil { // the first look only teaches
		return nil, err
	}
	out := &through{expected: map[string]bool{}, raised: map[string]bool{}}
	settings, err := auditor.WatchSettings(ctx)
	if err != nil {
		return nil, err
	}
	honey := settings.Detectors[watch.Honey]
	honey.Act = watch.Freeze
	settings.Detectors[watch.Honey] = honey
	if _, err := auditor.SetWatchSettings(ctx, settings.Version, settings.Detectors); err != nil {
		return nil, err
	}
	states := map[policy.ID]*watch.State{}
	versions := map[policy.ID]int64{}
	name := func(person policy.ID, d watch.Detector, at time.Time) string {
		i := slices.IndexFunc(people, func(p *actor) bool { return p.id == person })
		return fmt.Sprintf("%s %s %s", people[i].login, d, at.In(zone).Format("01-02"))
	}
	expect := func(p *actor, e watch.Event) {
		if states[p.id] == nil {
			states[p.id] = &watch.State{}
		}
		out.acts++
		e.Entry, e.Person, e.Limit, e.LastDay = int64(out.acts), p.id, int64(size.limit), p.last
		for _, f := range states[p.id].Observe(e, settings.Detectors) {
			out.expected[name(p.id, f.Detector, f.At)] = true
			p.baited = p.baited || f.Detector == watch.Honey
		}
	}
	type one struct {
		p *actor
		e watch.Event
	}
	var all []one
	for _, p := range people {
		for _, e := range p.events {
			all = append(all, one{p, e})
		}
	}
	slices.SortStableFunc(all, func(a, b one) int { return a.e.At.Compare(b.e.At) })
	day := ""
	for _, o := range all {
		if d := o.e.At.In(zone).Format("01-02"); d != day {
			if err := watched(); err != nil {
				return nil, err
			}
			for _, p := range people {
				if p.baited && !p.stopped {
					if _, _, err := db.SignIn(ctx, p.attempt("10.0.0.7")); !fault.Is(err, fault.Denied) {
						return nil, fmt.Errorf("who is frozen is let in: %w", err)
					}
					p.stopped = true
					out.stopped++
				}
			}
			day = d
		}
		if o.p.stopped {
			continue
		}
		now = o.e.At
		e, err := o.p.do(ctx, db, o.e, ids, versions, func(e watch.Event) { expect(o.p, e) })
		if err != nil {
			return nil, fmt.Errorf("%s at %s: %w", e.Act, e.At, err)
		}
		expect(o.p, e)
	}
	if err := watched(); err != nil {
		return nil, err
	}
	for ask := (store.AlertQuery{}); ; {
		page, err := auditor.Alerts(ctx, ask)
		if err != nil {
			return nil, err
		}
		for _, a := range page.Items {
			out.raised[name(a.Person.ID, a.Detector, a.At)] = true
		}
		if page.Next == 0 {
			break
		}
		ask.Before = page.Next
	}
	for _, p := range people {
		if p.insider {
			out.insiders++
			for f := range out.raised {
				if strings.HasPrefix(f, p.login+" ") {
					out.caught++
					break
				}
			}
		}
	}
	return out, nil
}

// people are who lives there: the days of company.go, cut to the size of the company.
func (size sized) people(seed uint64) (out []*actor) {
	add := func(id policy.ID, kind *insider) {
		w := newWorker(id, seed)
		w.hired, w.last, w.known, w.limit = -1000, days, false, int64(size.limit)
		w.pace, w.shifts = size.pace, false
		p := &actor{login: fmt.Sprintf("p%d", len(out)), insider: kind != nil, devices: map[string]*store.Session{}}
		w.emit = func(e watch.Event) {
			if e.At.Before(start.AddDate(0, 0, size.days)) && e.Kind != "contact" {
				p.events = append(p.events, e)
			}
		}
		var script func(int) []watch.Event
		if kind != nil {
			script = kind.script(w, size.days-12)
		}
		w.live(script)
		if w.known {
			p.last = w.lastDay()
		}
		out = append(out, p)
	}
	for i := range size.normal {
		add(policy.ID(5000+i), nil)
	}
	for range size.each {
		for k := range everybody {
			add(policy.ID(9000+len(out)), &everybody[k])
		}
	}
	return out
}

// rows is a table for an import.
type rows struct {
	all  [][]string
	next int
}

func (r *rows) Header() []string { return r.all[0] }
func (r *rows) Close() error     { return nil }
func (r *rows) Next() (sheet.Row, error) {
	if r.next++; r.next >= len(r.all) {
		return sheet.Row{}, io.EOF
	}
	return sheet.Row{Number: r.next + 1, Cells: r.all[r.next]}, nil
}

// install puts the company in place: everybody heads the department to which all customers belong. It returns
// the ids of the customers in their order, the last of which is marked, and a session of the auditor.
func install(ctx context.Context, db *store.DB, people []*actor, size sized) ([]policy.ID, *store.Session, error) {
	setup := db.System(store.JobSetup, store.DefaultTenant)
	fresh, err := setup.NewIDs(ctx, 20+4*len(people))
	if err != nil {
		return nil, nil, err
	}
	take := func() policy.ID { id := fresh[0]; fresh = fresh[1:]; return id }
	top := org.Unit{ID: take(), Name: "公司", Type: "company"}
	sales := org.Unit{ID: take(), Name: "销售部", Type: "department", Parent: top.ID}
	c := store.Company{Name: "内部人"}
	c.Positions = []org.Position{{Code: "lead", Label: org.Label{ZH: "主管", EN: "Lead"}}, {Code: "ceo", Label: org.Label{ZH: "老板", EN: "Boss"}}, {Code: "it", Label: org.Label{ZH: "管理员", EN: "Administrator"}}, {Code: "audit", Label: org.Label{ZH: "审计", EN: "Auditor"}}}
	join := func(login string, unit policy.ID, position string, until *time.Time) policy.ID {
		id := take()
		c.People = append(c.People, store.NewPerson{ID: id, Password: throughPassword, Fields: map[string]policy.Value{"name": policy.TextOf(login), "login": policy.TextOf(login), "unit": policy.RefOf(unit)}})
		c.Appointments = append(c.Appointments, org.Appointment{ID: take(), Person: id, Unit: unit, Position: position, From: db.Now().AddDate(-1, 0, 0), Until: until})
		return id
	}
	boss, admin := join("boss", top.ID, "ceo", nil), join("admin", top.ID, "it", nil)
	join("auditor", top.ID, "audit", nil)
	for _, p := range people {
		var until *time.Time
		if !p.last.IsZero() {
			until = &p.last
		}
		p.id = join(p.login, sales.ID, "lead", until)
		sales.Heads = append(sales.Heads, p.id)
	}
	c.Units = []org.Unit{sales, top}
	for pack, position := range map[string]string{"boss": "ceo", "auditor": "audit", "head": "lead", "administrator": "it"} {
		c.Assignments = append(c.Assignments, access.Assignment{ID: take(), Pack: pack, Who: policy.Clause{Position: position}})
	}
	if err := setup.Install(ctx, c); err != nil {
		return nil, nil, err
	}
	as := func(id policy.ID) *store.Session {
		return db.As(store.Actor{Tenant: store.DefaultTenant, Person: id, Channel: "web", Device: "desktop", Network: "office"})
	}
	table := &rows{all: [][]string{{"name", "employees", "owner", "bank_account"}}}
	for i := range size.customers + 1 {
		table.all = append(table.all, []string{fmt.Sprintf("客户%05d", i), fmt.Sprint(i), people[0].login, fmt.Sprintf("62220202001%08d", i)})
	}
	m, err := as(boss).MatchColumns(ctx, "customer", "", table.all[0])
	if err != nil {
		return nil, nil, err
	}
	if _, err := as(boss).Import(ctx, store.Import{Mapping: m, Cells: records.Cells{Lang: "zh"}, Open: func() (store.Table, error) { table.next = 0; return table, nil }}); err != nil {
		return nil, nil, err
	}
	var ids []policy.ID
	for q := (store.ListQuery{Kind: "customer", Sort: "employees", Limit: 200, Fields: []string{"employees"}}); ; {
		page, err := as(boss).List(ctx, q)
		if err != nil {
			return nil, nil, err
		}
		for _, it := range page.Items {
			ids = append(ids, it.ID)
		}
		if q.Cursor = page.Next; page.Next == "" {
			break
		}
	}
	if len(ids) != size.customers+1 {
		return nil, nil, fmt.Errorf("%d customers of %d", len(ids), size.customers+1)
	}
	limit := int64(size.limit)
	if _, err = as(admin).SetExportLimits(ctx, 0, store.ExportLimits{Everyone: &limit}); err != nil {
		return nil, nil, err
	}
	// What is here takes no second factor to be revealed: nobody in this company has one.
	in := func(login string) (*store.Session, error) {
		_, who, err := db.SignIn(ctx, (&actor{login: login}).attempt("10.0.0.7"))
		return db.As(who), err
	}
	administers, err := in("admin")
	if err != nil {
		return nil, nil, err
	}
	reveals := access.UsualReveal
	reveals.Factor = nil
	if _, err := administers.SetRevealSettings(ctx, 0, reveals); err != nil {
		return nil, nil, err
	}
	watches, err := in("auditor")
	if err != nil {
		return nil, nil, err
	}
	return ids, watches, watches.MarkHoney(ctx, "customer", ids[size.customers], "nobody has anything to do with it")
}

// attempt is a sign-in from an address.
func (p *actor) attempt(address string) store.Attempt {
	return store.Attempt{Client: store.Client{Channel: "web", Device: "desktop", Network: "office", Family: "Chrome", Address: address}, Tenant: store.DefaultTenant, Login: p.login, Password: throughPassword}
}

// do does an act in a session of the person, and returns it as the log must tell it.
func (p *actor) do(ctx context.Context, db *store.DB, e watch.Event, ids []policy.ID, versions map[policy.ID]int64, also func(watch.Event)) (watch.Event, error) {
	address := addressOf(e.Network)
	e.Network = signin.NetworkOf(address)
	s := p.devices[e.Device]
	if s == nil {
		_, who, err := db.SignIn(ctx, p.attempt(address))
		if err != nil {
			return e, err
		}
		also(watch.Event{Act: watch.Arrived, At: e.At, Network: e.Network, Device: e.Device})
		s = db.As(who)
		p.devices[e.Device] = s
	}
	who := s.Actor()
	who.Address = address
	s = db.As(who)
	real := make([]policy.ID, len(e.Records))
	var places []string
	for i, id := range e.Records {
		at := int(id) % (len(ids) - 1)
		if id == bait {
			at = len(ids) - 1
		}
		real[i] = ids[at]
		places = append(places, fmt.Sprint(at))
	}
	slices.Sort(real)
	e.Records = slices.Compact(real)
	switch e.Act {
	case watch.Opened:
		it, err := s.Get(ctx, "customer", e.Records[0])
		if err == nil {
			versions[it.ID] = it.Version
		}
		return e, err
	case watch.Worked:
		it, err := s.Update(ctx, "customer", e.Records[0], versions[e.Records[0]], store.Fields{"remark": fmt.Appendf(nil, "%q", e.At.String())})
		if err == nil {
			versions[it.ID] = it.Version
		}
		return e, err
	case watch.Listed:
		_, err := s.List(ctx, store.ListQuery{Kind: "customer", Filter: "r.employees in [" + strings.Join(places, ", ") + "]", Limit: 200, Fields: []string{"name"}})
		return e, err
	case watch.Exported:
		e.Rows = min(e.Rows, int64(len(ids)-1))
		_, err := s.Export(ctx, store.Export{Query: store.ListQuery{Kind: "customer", Filter: fmt.Sprintf("r.employees < %d", e.Rows), Fields: []string{"name"}}, Lang: "zh", To: sheet.NewCSV(io.Discard), Format: "csv"})
		if fault.Is(err, fault.Locked) { // more than the day allows
			e.Act, err = watch.Refused, nil
		}
		return e, err
	case watch.Revealed:
		_, err := s.Reveal(ctx, "customer", e.Records[0], store.RevealAsk{Field: "bank_account", Reason: "checks the account"})
		if fault.Is(err, fault.Locked) { // more than a day allows
			e.Act, err = watch.Refused, nil
		}
		return e, err
	case watch.Refused:
		if _, err := s.AuditSeal(ctx); !fault.Is(err, fault.Denied) {
			return e, errors.Join(err, errors.New("nobody was refused"))
		}
	}
	return e, nil
}

// addressOf is an address in a network of the generated company.
func addressOf(network string) string {
	sum := 0
	for _, c := range network {
		sum = (sum*31 + int(c)) % 60_000
	}
	return fmt.Sprintf("10.%d.%d.7", sum/250, sum%250)
}
