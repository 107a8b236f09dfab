package store

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"testing"

	"guan/fault"
	"guan/internal/testdb"
	"guan/policy"
	"guan/sheet"
)

// out exports a list and returns its rows.
func (c *company) out(person policy.ID, q ListQuery, change func(*Export)) ([][]string, error) {
	c.t.Helper()
	var file bytes.Buffer
	e := Export{Query: q, Lang: "en", To: sheet.NewCSV(&file)}
	if change != nil {
		change(&e)
	}
	n, err := c.as(person).Export(context.Background(), e)
	if err != nil {
		return nil, err
	}
	if err := e.To.Close(); err != nil {
		c.t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.String(), "\ufeff"))).ReadAll()
	if err != nil {
		c.t.Fatal(err)
	}
	if int(n) != len(rows)-1 {
		c.t.Errorf("%d rows are told, %d written", n, len(rows)-1)
	}
	return rows, nil
}

// rule writes a rule by hand.
func (c *company) rule(id, document string) {
	c.sql("INSERT INTO rule (tenant_id, id, seq, document, created_at, updated_at) VALUES (1, $1, 1, $2, 0, 0)", id, document)
	c.sql("UPDATE policy_state SET epoch = epoch + 1")
}

// An export is what the list shows, narrowed by what the rules say of exporting.
func TestExportThroughTheGate(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		c := newCompany(t, at)
		c.create(anna, "customer", `{"name":"甲","code":"1","phone":"13800138000"}`)
		c.sql("UPDATE customer SET id_number = '11010519491231002X' WHERE code = '1'")
		c.create(anna, "customer", `{"name":"乙","code":"2","phone":"13900139000","tags":["vip"]}`)
		c.create(bert, "customer", `{"name":"丙","code":"3","phone":"13700137000"}`)
		q := ListQuery{Kind: "customer", Fields: []string{"code", "name", "phone", "id_number", "owner"}, Sort: "code"}
		for person, want := range map[policy.ID]string{
			anna: "[[Customer code Name Phone ID card number Owner] [1 甲 13800138000 1****************X anna] [2 乙 13900139000 *** anna]]",
			bert: "[[Customer code Name Phone ID card number Owner] [3 丙 13700137000 *** bert]]",
		} {
			rows, err := c.out(person, q, nil)
			if err != nil || fmt.Sprint(rows) != want {
				t.Errorf("%d exports %v %v\nwant %s", person, rows, err, want)
			}
		}
		if _, err := c.out(outside, q, nil); err == nil {
			t.Error("somebody without rights exports")
		}
		// A field that is closed for exporting alone, then rows that are.
		c.rule("phones", `{"id":"phones","effect":"forbid","who":{"any":[{"everyone":true}]},"kind":"customer","actions":["export"],"where":{"path":"all"},"fields":[{"class":"contact","level":"hidden"}],"scene":"test"}`)
		if rows, err := c.out(anna, q, nil); err != nil || fmt.Sprint(rows[0]) != "[Customer code Name ID card number Owner]" {
			t.Errorf("a field closed for exporting: %v %v", rows, err)
		}
		c.rule("vip", `{"id":"vip","effect":"forbid","who":{"any":[{"everyone":true}]},"kind":"customer","actions":["export"],"where":{"path":"all"},"when":{"op":"tag","field":"tags","value":{"text":"vip"}},"scene":"test"}`)
		rows, err := c.out(anna, q, nil)
		if err != nil || len(rows) != 2 || rows[1][0] != "1" {
			t.Errorf("rows closed for exporting: %v %v", rows, err)
		}
		if page, err := c.as(anna).List(context.Background(), ListQuery{Kind: "customer"}); err != nil || len(page.Items) != 2 {
			t.Errorf("reading is closed too: %+v %v", page, err)
		}
	})
}

// A revocation on the way ends the export: no row is read under rights that are gone.
func TestExportEndsWithTheRight(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		c := newCompany(t, at)
		var table strings.Builder
		table.WriteString("name,code")
		for i := range 2*exportRows + 10 {
			fmt.Fprintf(&table, "|客户%d,%d", i, i)
		}
		c.mayImport()
		if got := c.bring(anna, "customer", "", table.String(), nil); got.err != nil {
			t.Fatal(got.err)
		}
		if rows, err := c.out(anna, ListQuery{Kind: "customer", Fields: []string{"code"}}, nil); err != nil || len(rows) != 2*exportRows+11 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		_, err := c.out(anna, ListQuery{Kind: "customer"}, func(e *Export) {
			e.Progress = func(rows int64) error {
				if rows == exportRows {
					c.sql("DELETE FROM pack_assignment WHERE id = 403")
					c.sql("UPDATE policy_state SET epoch = epoch + 1")
				}
				return nil
			}
		})
		if !fault.Is(err, fault.Denied) && !fault.Is(err, fault.Stale) {
			t.Errorf("after the revocation: %v", err)
		}
		stop := errors.New("enough")
		if _, err := c.out(boss, ListQuery{Kind: "customer"}, func(e *Export) { e.Progress = func(int64) error { return stop } }); !errors.Is(err, stop) {
			t.Errorf("%v", err)
		}
	})
}
