package adventureworks

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"guan/access"
	"guan/exchange"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
	"guan/sheet"
	"guan/store"
)

// Install puts the company into an empty tenant: the files through the importer, in the order of
// Imports, then packs and sharings, and the password to everybody. say hears of every step.
// Faults: Conflict (demo_people) when there are people already.
func Install(ctx context.Context, db *store.DB, tenant policy.ID, password string, say func(step string)) error {
	setup := db.System(store.JobSetup, tenant)
	session, err := setup.Records()
	if err != nil {
		return err
	}
	if err := empty(ctx, session); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "guan-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, imp := range Imports {
		began := time.Now()
		tally, err := imp.run(ctx, session, dir)
		if err != nil {
			return fmt.Errorf("%s: %w", imp.File, err)
		}
		if tally.Created != int64(imp.Rows) {
			return fault.Newf(fault.Internal, "demo_rows", "%s gave %d rows, not %d", imp.File, tally.Created, imp.Rows)
		}
		say(fmt.Sprintf("%-18s %6d × %s (%.1f s)", imp.File, tally.Created, imp.kind(), time.Since(began).Seconds()))
	}
	people, err := permit(ctx, setup, session)
	if err != nil {
		return err
	}
	if err := setup.SetPasswords(ctx, password, people...); err != nil {
		return err
	}
	say(fmt.Sprintf("%d people can sign in", len(people)))
	return nil
}

func empty(ctx context.Context, session *store.Session) error {
	page, err := session.List(ctx, store.ListQuery{Kind: records.RefPerson, Limit: 1})
	if err == nil && len(page.Items) > 0 {
		err = fault.New(fault.Conflict, "demo_people", "there are people in this installation already: name an empty folder with --data or an empty database with --db")
	}
	return err
}

func (i Import) mapping() (*exchange.Mapping, error) {
	document, err := Files.ReadFile(i.Mapping)
	if err != nil {
		return nil, err
	}
	return exchange.Parse(document)
}

func (i Import) kind() string {
	m, err := i.mapping()
	if err != nil {
		return ""
	}
	return m.Kind
}

// run imports one file. It is written out, since a reader of tables wants to move in it.
func (i Import) run(ctx context.Context, session *store.Session, dir string) (store.Tally, error) {
	m, err := i.mapping()
	if err != nil {
		return store.Tally{}, err
	}
	content, err := Files.ReadFile(i.File)
	if err != nil {
		return store.Tally{}, err
	}
	path := filepath.Join(dir, i.File)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return store.Tally{}, err
	}
	var first error
	tally, err := session.Import(ctx, store.Import{
		Mapping: m, Cells: records.Cells{Lang: "en"},
		Open: func() (store.Table, error) { return sheet.Open(path, sheet.Options{Name: i.File}) },
		Problem: func(p store.RowProblem) error {
			if first == nil {
				first = fmt.Errorf("row %d, column %s: %s", p.Row, p.Column, p.Detail)
			}
			return nil
		},
	})
	if err != nil && first != nil {
		err = first
	}
	return tally, err
}

// permit lays the packs and sharings over the company and returns its people.
func permit(ctx context.Context, setup *store.System, session *store.Session) ([]policy.ID, error) {
	paths, err := unitPaths(ctx, session)
	if err != nil {
		return nil, err
	}
	ids, err := setup.NewIDs(ctx, len(Assignments))
	if err != nil {
		return nil, err
	}
	c := store.Company{Name: Name.EN, Rules: Sharings()}
	for i, a := range Assignments {
		who := policy.Clause{Everyone: a.Everyone, Position: a.Position}
		if a.Unit != "" {
			who.Unit, who.Below = paths[a.Unit], true
		}
		c.Assignments = append(c.Assignments, access.Assignment{ID: ids[i], Pack: a.Pack, Who: who})
	}
	if err := setup.Install(ctx, c); err != nil {
		return nil, err
	}
	var people []policy.ID
	for q := (store.ListQuery{Kind: records.RefPerson, Limit: 200, Fields: []string{"name"}}); ; {
		page, err := session.List(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, it := range page.Items {
			people = append(people, it.ID)
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return people, nil
		}
	}
}

// unitPaths leads from the path of a unit to its id.
func unitPaths(ctx context.Context, session *store.Session) (map[string]policy.ID, error) {
	units, err := session.Units(ctx)
	if err != nil {
		return nil, err
	}
	path := map[policy.ID]string{}
	ids := map[string]policy.ID{}
	for _, u := range units { // each after the one above it
		path[u.ID] = u.Name
		if above := path[u.Parent]; above != "" {
			path[u.ID] = above + org.Separator + u.Name
		}
		ids[path[u.ID]] = u.ID
	}
	return ids, nil
}
