package trial

import (
	"context"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"guan/internal/plaintext"
)

// Thefts is a trial of data that are carried away without their key: the folder of the data, and on PostgreSQL all
// that its tables hold. Before it people have made, changed, found and exported what is kept encrypted.
type Thefts struct {
	Bin    string
	Where  Where
	Values int // account numbers that are made in the trial, each changed once
}

// Theft is what came of it.
type Theft struct {
	Places int   // files and tables that were looked at
	Bytes  int64 // in them
	Values int   // that are kept encrypted, those of before a change as well
	Plain  []string
	Names  int // that are not kept encrypted, and have to be found by the same search
	Unseen []string
	Opened []string // what the program did without the key, or with another
}

// String returns the counts as one line.
func (t *Theft) String() string {
	return fmt.Sprintf("%d places, %.1f MB: of %d values that are kept encrypted %d lie in plain, of %d names %d are found; opened without the key: %d",
		t.Places, float64(t.Bytes)/1e6, t.Values, len(t.Plain), t.Names, t.Names-len(t.Unseen), len(t.Opened))
}

// Safe reports whether nothing was read that is kept encrypted, by a search that finds what is not.
func (t *Theft) Safe() bool {
	return len(t.Plain)+len(t.Unseen)+len(t.Opened) == 0 && t.Values > 0 && t.Names > 0
}

// treasure is what a thief is after, and what shows that they would find it.
type treasure struct{ values, names []string }

// Run does the trial.
func (x Thefts) Run(ctx context.Context) (*Theft, error) {
	at, err := x.live(ctx)
	if err != nil {
		return nil, err
	}
	// An archive of the audit log tells of the same changes; it lies in the folder as one that a job wrote would.
	if said, err := run(x.Bin, append([]string{"audit", "export", filepath.Join(x.Where.DataDir, "log.jsonl")}, x.Where.Args()...)...); err != nil {
		return nil, fmt.Errorf("the archive: %s: %w", said, err)
	}
	out := &Theft{Values: len(at.values), Names: len(at.names)}
	unseen := slices.Clone(at.names)
	err = x.carried(ctx, func(place string, data []byte) {
		out.Places++
		out.Bytes += int64(len(data))
		for _, value := range at.values {
			if form := plaintext.In(data, value); form != "" {
				out.Plain = append(out.Plain, fmt.Sprintf("%s holds %s as %s", place, value, form))
			}
		}
		unseen = slices.DeleteFunc(unseen, func(name string) bool { return plaintext.In(data, name) != "" })
	})
	if err != nil {
		return nil, err
	}
	out.Unseen = unseen
	return out, x.locked(out)
}

// live has people work with what is kept encrypted, and gives all of it.
func (x Thefts) live(ctx context.Context) (*treasure, error) {
	server, err := Start(x.Bin, x.Where)
	if err != nil {
		return nil, err
	}
	defer server.Kill()
	p, err := SignIn(ctx, server.URL, Boss)
	if err != nil {
		return nil, err
	}
	boss := staff{p, server.URL}
	out := &treasure{}
	for i := range x.Values {
		name := fmt.Sprintf("保险柜 %d", i)
		accounts := []string{fmt.Sprintf("62220209030%08d", 2*i), fmt.Sprintf("62170000100%08d", 2*i+1)}
		var item Item
		if err := boss.put(ctx, "POST", "/records/customer", 0, map[string]any{"fields": map[string]any{"name": name, "bank_account": accounts[0]}}, &item); err != nil {
			return nil, err
		}
		if err := boss.put(ctx, "PATCH", "/records/customer/"+item.ID, 1, map[string]any{"fields": map[string]any{"bank_account": accounts[1]}}, &item); err != nil {
			return nil, err
		}
		var found Page
		if err := boss.get(ctx, "/records/customer?"+url.Values{"filter": {"r.bank_account == " + strconv.Quote(accounts[1])}}.Encode(), &found); err != nil {
			return nil, err
		}
		if len(found.Items) != 1 || found.Items[0].Fields["bank_account"] != accounts[1] {
			return nil, fmt.Errorf("%s is not found by its account", name)
		}
		out.values, out.names = append(out.values, accounts...), append(out.names, name)
	}
	// What the sample company has of them came in by another way.
	for kind, fields := range map[string][]string{"customer": {"id_number", "bank_account"}, "person": {"id_number"}} {
		var page Page
		for more := true; more; more = page.Next != "" {
			query := url.Values{"limit": {"200"}, "cursor": {page.Next}}
			page = Page{}
			if err := boss.get(ctx, "/records/"+kind+"?"+query.Encode(), &page); err != nil {
				return nil, err
			}
			for _, it := range page.Items {
				for _, field := range fields {
					if text, _ := it.Fields[field].(string); text != "" && !slices.Contains(out.values, text) {
						out.values = append(out.values, text)
					}
				}
			}
		}
	}
	for _, format := range []string{"csv", "xlsx", "pdf"} {
		if err := boss.export(ctx, format); err != nil {
			return nil, err
		}
	}
	return out, server.Stop()
}

// export orders a file with what is kept encrypted in it, and waits for it.
func (s staff) export(ctx context.Context, format string) error {
	var job struct {
		ID     string `json:"id"`
		Status string `json:"status"`
	}
	order := map[string]any{"kind": "customer", "purpose": "保险柜试验", "format": format, "fields": []string{"name", "id_number", "bank_account"}, "sort": "name"}
	if err := s.put(ctx, "POST", "/exports", 0, order, &job); err != nil {
		return err
	}
	for began := time.Now(); job.Status != "done"; time.Sleep(50 * time.Millisecond) {
		if err := s.get(ctx, "/exports/"+job.ID, &job); err != nil {
			return err
		}
		if job.Status == "failed" || time.Since(began) > longest {
			return fmt.Errorf("the export as %s is %s", format, job.Status)
		}
	}
	return nil
}

// carried gives all that is stored but the key: each file of the data folder, and each table of PostgreSQL with
// its statistics.
func (x Thefts) carried(ctx context.Context, look func(place string, data []byte)) error {
	err := filepath.WalkDir(x.Where.DataDir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err == nil {
			look(filepath.Base(path), data)
		}
		return err
	})
	if err != nil || x.Where.URL == "" {
		return err
	}
	db, err := x.Where.open()
	if err != nil {
		return err
	}
	defer db.Close()
	list := func(text string) (out []string, err error) {
		rows, err := db.QueryContext(ctx, text)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var one string
			if err := rows.Scan(&one); err != nil {
				return nil, err
			}
			out = append(out, one)
		}
		return out, rows.Err()
	}
	tables, err := list("SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') UNION ALL SELECT 'pg_catalog.pg_statistic'")
	if err != nil {
		return err
	}
	for _, table := range tables {
		rows, err := list("SELECT row_to_json(x)::text FROM " + table + " x")
		if err != nil {
			return err
		}
		look(table, []byte(strings.Join(rows, "\n")))
	}
	return nil
}

// locked has the program opened without the key, and with another: neither is served, and with the key it is again.
func (x Thefts) locked(out *Theft) error {
	away := x.Where.key() + ".away"
	if err := os.Rename(x.Where.key(), away); err != nil {
		return err
	}
	try := func(with string) {
		if server, err := Start(x.Bin, x.Where); err == nil {
			server.Kill()
			out.Opened = append(out.Opened, "it is served "+with)
		}
		if said, err := run(x.Bin, append([]string{"keys", "status"}, x.Where.Args()...)...); err == nil {
			out.Opened = append(out.Opened, "its keys are shown "+with+": "+said)
		}
	}
	try("without a key")
	if said, err := run(x.Bin, "keys", "make", x.Where.key()); err != nil {
		return fmt.Errorf("another key: %s: %w", said, err)
	}
	try("with another key")
	if err := os.Rename(away, x.Where.key()); err != nil {
		return err
	}
	server, err := Start(x.Bin, x.Where)
	if err != nil {
		return fmt.Errorf("with its key: %w", err)
	}
	return server.Stop()
}
