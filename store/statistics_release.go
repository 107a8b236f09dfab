package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
	"guan/statistics"
)

// keptRelease is a release as it is kept: with when and of what it was made.
type keptRelease struct {
	statistics.Release
	Day        string               `json:"day"`
	At         time.Time            `json:"at"`
	Epoch      int64                `json:"epoch"`
	Dimensions []string             `json:"dimensions"`
	Measures   []statistics.Measure `json:"measures"`
}

func (r *keptRelease) source() *statistics.Source {
	return &statistics.Source{Dimensions: r.Dimensions, Measures: r.Measures}
}

// released is the latest release of a kind; nil when there is none.
func (t *rtx) released(ctx context.Context, tenant policy.ID, kind policy.Kind) (*keptRelease, error) {
	var document []byte
	err := t.row(ctx, "SELECT document FROM statistics_release WHERE tenant_id = $1 AND kind = $2", tenant, string(kind)).Scan(&document)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r := &keptRelease{}
	return r, json.Unmarshal(document, r)
}

const (
	// populationsMax bounds how many different populations a release is cut into classes by.
	populationsMax = 64
	releaseRows    = 2000
)

var manyPopulations = fault.New(fault.Locked, "figures_populations", "the rules give figures of too many different sets of records").With("max", populationsMax)

// release puts together what is published of a kind: everybody's populations as the rules have them
// now, and the records of one snapshot. Where somebody else makes the release by now, nothing is kept. Two
// releases on one day are as two on two: no figure changes by few records between them.
func (db *DB) release(ctx context.Context, actor Actor, progress *releaseProgress) error {
	kind := progress.kind
	var made *keptRelease
	var before *keptRelease
	var total int
	secret, err := db.statisticsKey(ctx, actor)
	if err != nil {
		return err
	}
	err = db.lookAt(ctx, actor, func(t *rtx, v *view) (err error) {
		described := v.catalog.Kind(kind)
		if described == nil {
			return noKind
		}
		settings, _, err := t.statisticsSettings(ctx, v.tenant)
		if err != nil {
			return err
		}
		if before, err = t.released(ctx, v.tenant, kind); err != nil {
			return err
		}
		progress.epoch = v.epoch
		if progress.from, progress.to, err = t.idSpan(ctx, v.tenant, described); err != nil {
			return err
		}
		plan := planOf(described)
		made = &keptRelease{Day: statisticsDay(v.now), At: v.now.UTC(), Epoch: v.epoch, Measures: plan.measures}
		for _, d := range plan.dimensions {
			made.Dimensions = append(made.Dimensions, d.ask)
		}
		source, err := t.statisticsSource(ctx, v, described, plan, progress)
		if err != nil {
			return err
		}
		total = len(source.Records)
		guard := &statistics.Guard{Least: settings.Least, Key: secret}
		var old *statistics.Release
		if before != nil {
			old = &before.Release
		}
		made.Release = *guard.Publish(source, old)
		return nil
	})
	if err != nil {
		return err
	}
	return db.write(ctx, actor, op{name: "statistics_release"}, func(t *tx) error {
		if err := t.endRelease(ctx, actor, kind, progress.owner, "", made.Epoch); err != nil {
			return err
		}
		text, err := jsonText(made)
		if err != nil {
			return err
		}
		var was int64
		if before != nil {
			was = before.At.UnixMicro()
		}
		n, err := t.exec(ctx, `INSERT INTO statistics_release (tenant_id, kind, day, made_at, document) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (tenant_id, kind) DO UPDATE SET day = excluded.day, made_at = excluded.made_at, document = excluded.document
			WHERE statistics_release.made_at = $6`, actor.Tenant, string(kind), made.Day, made.At.UnixMicro(), text, was)
		if err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.Action(policy.Figures), Kind: kind, Epoch: made.Epoch,
			Detail: map[string]any{"release": made.At, "made": n == 1, "populations": len(made.Populations), "classes": len(made.Classes), "count": total}})
	})
}

// populationThen is the population of the actor as a release of that instant would have it, by the
// rules and the organisation of now; empty where other rules speak of them than did then.
func (v *view) populationThen(actor Actor, kind policy.Kind, at time.Time) string {
	then := *v.bound.Context()
	then.Now = at
	r := v.rules.Bind(v.bound.Subject(), &then).Reduce(policy.Figures, kind)
	now := v.rules.Bind(v.bound.Subject(), v.bound.Context()).Reduce(policy.Figures, kind)
	if !slices.Equal(rulesIn(r), rulesIn(now)) {
		return ""
	}
	return populationKey(r)
}

// statisticsSource reads who has figures of which records, and the records.
func (t *rtx) statisticsSource(ctx context.Context, v *view, kind *records.Kind, plan statisticsPlan, progress *releaseProgress) (*statistics.Source, error) {
	reductions, err := t.populations(ctx, v, kind.Name)
	if err != nil {
		return nil, err
	}
	source := &statistics.Source{Measures: plan.measures, Populations: slices.Sorted(maps.Keys(reductions))}
	for _, d := range plan.dimensions {
		source.Dimensions = append(source.Dimensions, d.ask)
	}
	found := map[policy.ID]*statistics.Record{}
	progress.of = len(source.Populations)
	for p, key := range source.Populations {
		x := &sourcing{view: v, schema: v.catalog.Schema().Kind(kind.Name), plan: plan, read: reductions[key], number: p, of: len(source.Populations), found: found, progress: progress}
		if err := x.run(ctx, t); err != nil {
			return nil, err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(found)) {
		source.Records = append(source.Records, *found[id])
	}
	return source, nil
}

// populations are the reductions of all who have figures of a kind, each once, with and without the
// second factor proved.
func (t *rtx) populations(ctx context.Context, v *view, kind policy.Kind) (map[string]*policy.Reduction, error) {
	out := map[string]*policy.Reduction{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var person policy.ID
		if err := rows.Scan(&person); err != nil {
			return err
		}
		for _, proved := range []bool{false, true} {
			b := v.rules.Bind(v.subject(person, v.now), &policy.Context{Now: v.now, Channel: "web", Device: "desktop", Network: "office", Proved: proved})
			r := b.Reduce(policy.Figures, kind)
			if key := populationKey(r); key != "" {
				out[key] = r
			}
		}
		return nil
	}, "SELECT id FROM person WHERE tenant_id = $1", v.tenant)
	if err == nil && len(out) > populationsMax {
		err = manyPopulations
	}
	return out, err
}

// sourcing reads the records of one population.
type sourcing struct {
	view       *view
	schema     *policy.KindSchema
	plan       statisticsPlan
	read       *policy.Reduction
	number, of int
	found      map[policy.ID]*statistics.Record
	progress   *releaseProgress
}

func (x *sourcing) run(ctx context.Context, t *rtx) error {
	id := x.schema.Field("id")
	columns := []*policy.Field{id}
	add := func(name string) {
		if f := x.schema.Field(name); f != nil && !slices.Contains(columns, f) && x.read.Reach(f) == policy.Plain {
			columns = append(columns, f)
		}
	}
	for _, d := range x.plan.dimensions {
		add(d.field.Name)
	}
	for _, m := range x.plan.measures {
		add(m.Field)
		add(m.Unit)
	}
	for _, part := range []sqlgen.Part{sqlgen.Known, sqlgen.Rest} {
		var after *sqlgen.Cursor
		for {
			rows, err := t.fetch(ctx, &sqlgen.List{Tenant: x.view.tenant, Epoch: x.view.epoch, Read: x.read, Columns: columns,
				Sort: id, Part: part, After: after, Limit: releaseRows})
			if err != nil {
				return err
			}
			for _, row := range rows {
				x.take(row)
			}
			if len(rows) < releaseRows {
				break
			}
			if err := x.progress.at(ctx, x.number, rows[len(rows)-1].id); err != nil {
				return err
			}
			after = &sqlgen.Cursor{ID: rows[len(rows)-1].id}
			if part == sqlgen.Known {
				after.Value = policy.RefOf(after.ID)
			}
		}
	}
	return nil
}

// take notes that a record lies in the population, and what may be used of it.
func (x *sourcing) take(row fetched) {
	outcome := x.read.Outcome(row.answer)
	if !outcome.Allowed {
		return // cannot be: the statement gave only what is allowed
	}
	r := x.found[row.id]
	if r == nil {
		r = &statistics.Record{ID: int64(row.id), In: make([]string, x.of), Keys: make([]string, len(x.plan.dimensions)), Values: make([]statistics.Value, len(x.plan.measures))}
		x.found[row.id] = r
	}
	plain := func(name string) bool { return name == "" || outcome.Level(x.schema.Field(name)) == policy.Plain }
	dimensions, measures := make([]bool, len(x.plan.dimensions)), make([]bool, len(x.plan.measures))
	for i, d := range x.plan.dimensions {
		if dimensions[i] = plain(d.field.Name); dimensions[i] {
			r.Keys[i] = d.key(row.values[d.field.Name], x.view.now)
		}
	}
	for i, m := range x.plan.measures {
		if measures[i] = plain(m.Field) && plain(m.Unit); !measures[i] {
			continue
		}
		if value := row.values[m.Field]; !value.Missing() {
			r.Values[i] = statistics.Value{There: true, Number: numberOf(value), Unit: row.values[m.Unit].Text()}
		}
	}
	r.In[x.number] = statistics.Mask(dimensions, measures)
}

func numberOf(v policy.Value) float64 {
	switch v.Type() {
	case policy.Money:
		return float64(v.Int()) / 10_000
	case policy.Int:
		return float64(v.Int())
	}
	return v.Float()
}

// statisticsKey is the company's secret, made when it is first needed.
func (db *DB) statisticsKey(ctx context.Context, actor Actor) ([]byte, error) {
	var text string
	err := db.single().row(ctx, "SELECT secret FROM statistics_key WHERE tenant_id = $1", actor.Tenant).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		random := make([]byte, 32)
		rand.Read(random)
		err = db.write(ctx, actor, op{name: "statistics_key"}, func(t *tx) error {
			_, err := t.exec(ctx, "INSERT INTO statistics_key (tenant_id, secret) VALUES ($1, $2) ON CONFLICT (tenant_id) DO NOTHING",
				actor.Tenant, base64.StdEncoding.EncodeToString(random))
			if err != nil {
				return err
			}
			if err := t.row(ctx, "SELECT secret FROM statistics_key WHERE tenant_id = $1", actor.Tenant).Scan(&text); err != nil {
				return err
			}
			return t.audit(ctx, audit.Entry{Action: audit.Action(policy.Figures), Kind: records.System, Detail: map[string]any{"key": true}})
		})
	}
	if err != nil {
		return nil, db.fault(err)
	}
	return base64.StdEncoding.DecodeString(text)
}
