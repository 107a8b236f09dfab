package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"guan/exchange"
	"guan/fault"
	"guan/internal/testdb"
	"guan/policy"
	"guan/records"
	"guan/sheet"
)

// lines is a table in memory.
type lines struct {
	rows [][]string
	next int
}

func (l *lines) Header() []string { return l.rows[0] }
func (l *lines) Close() error     { return nil }
func (l *lines) Next() (sheet.Row, error) {
	l.next++
	if l.next >= len(l.rows) {
		return sheet.Row{}, io.EOF
	}
	return sheet.Row{Number: l.next + 1, Cells: l.rows[l.next]}, nil
}

// tableOf reads "a,b|1,2".
func tableOf(text string) func() (Table, error) {
	return func() (Table, error) {
		l := &lines{}
		for _, line := range strings.Split(text, "|") {
			l.rows = append(l.rows, strings.Split(line, ","))
		}
		return l, nil
	}
}

// brought is what came of an import.
type brought struct {
	Tally
	problems string // "2 phone phone; 3 . action"
	err      error
}

func (c *company) bring(person policy.ID, kind, key, table string, change func(*Import)) brought {
	c.t.Helper()
	ctx := context.Background()
	s := c.as(person)
	open := tableOf(table)
	first, _ := open()
	m, err := s.MatchColumns(ctx, policy.Kind(kind), key, first.Header())
	if err != nil {
		return brought{err: err}
	}
	var problems []string
	im := Import{Mapping: m, Open: open, Cells: records.Cells{Lang: "en"},
		Began: func() error { problems = nil; return nil },
		Problem: func(p RowProblem) error {
			column := p.Column
			if column == "" {
				column = "."
			}
			problems = append(problems, fmt.Sprintf("%d %s %s", p.Row, column, p.Code))
			return nil
		}}
	if change != nil {
		change(&im)
	}
	tally, err := s.Import(ctx, im)
	return brought{tally, strings.Join(problems, "; "), err}
}

func dry(im *Import)    { im.Dry = true }
func perRow(im *Import) { im.PerRow = true }
func dryPerRow(im *Import) {
	im.Dry, im.PerRow = true, true
}

// mayImport gives sellers and heads the right to import.
func (c *company) mayImport() *company {
	c.sql(`INSERT INTO rule (tenant_id, id, seq, document, created_at, updated_at) VALUES (1, 'import', 1,
		'{"id":"import","effect":"permit","who":{"any":[{"everyone":true}]},"kind":"system","actions":["import"],"where":{"path":"all"},"scene":"test"}', 0, 0)`)
	c.sql("UPDATE policy_state SET epoch = epoch + 1")
	return c
}

// everything tells what stands in the tables that an import writes.
func (c *company) everything() string {
	c.t.Helper()
	var all []string
	for _, kind := range []string{"customer", "contact", "person"} {
		rows, err := c.db.reader.Query("SELECT id, version, updated_at, name FROM " + kind + " ORDER BY id")
		if err != nil {
			c.t.Fatal(err)
		}
		for rows.Next() {
			var id, version, at int64
			var name string
			if err := rows.Scan(&id, &version, &at, &name); err != nil {
				c.t.Fatal(err)
			}
			all = append(all, fmt.Sprint(kind, id, version, at, name))
		}
		rows.Close()
	}
	return strings.Join(all, "\n")
}

func TestImportStory(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		c := newCompany(t, at).mayImport()
		two := "name,code,phone,owner|新甲,A1,13900139000,anna|新乙,A2,,bert"
		got := c.bring(head, "customer", "code", two, nil)
		if got.err != nil || got.Tally != (Tally{Rows: 2, Created: 2}) {
			t.Fatalf("%+v", got)
		}
		page, err := c.as(anna).List(context.Background(), ListQuery{Kind: "customer", Search: "新甲"})
		if err != nil || len(page.Items) != 1 || page.Items[0].Fields["phone"] != "13900139000" || page.Items[0].Refs["unit"].Title != "北店" {
			t.Fatalf("anna finds %+v %v", page, err)
		}
		if got := c.bring(head, "customer", "code", two, nil); got.err != nil || got.Tally != (Tally{Rows: 2, Unchanged: 2}) {
			t.Errorf("again: %+v", got)
		}
		if got := c.bring(head, "customer", "code", strings.Replace(two, "新乙", "新丁", 1), nil); got.err != nil || got.Tally != (Tally{Rows: 2, Updated: 1, Unchanged: 1}) {
			t.Errorf("one changed: %+v", got)
		}
		// References in one file to what stands before it.
		tree := "name,code,parent|母,P1,|子,P2,P1|孙,P3,P2|散,P4,P9"
		got = c.bring(head, "customer", "code", tree, perRow)
		if got.err != nil || got.Created != 3 || got.problems != "5 parent ref_missing" {
			t.Errorf("a tree: %+v", got)
		}
		// A column of an owner that is empty is an owner that is none.
		if got := c.bring(boss, "customer", "", "name,owner|无主,", nil); got.err != nil || got.Created != 1 {
			t.Errorf("%+v", got)
		}
		page, err = c.as(boss).List(context.Background(), ListQuery{Kind: "customer", Filter: "!has(r.owner)"})
		if err != nil || len(page.Items) != 1 || page.Items[0].Title != "无主" {
			t.Errorf("without owner: %+v %v", page, err)
		}
	})
}

// A row that would be a second record of the same is refused: by name, number, address or code,
// among what the importer sees and the rows before it. What they do not see says nothing.
func TestImportDistinct(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		c := newCompany(t, at).mayImport()
		c.create(bert, "customer", `{"name":"南方电子","code":"S1","phone":"13900139000"}`)
		c.create(anna, "customer", `{"name":"深圳市星光有限公司","code":"N1","phone":"13800138000"}`)
		distinct := func(im *Import) { im.PerRow, im.Mapping.Distinct = true, true }
		rows := "name,code,phone|深圳市星光公司,A1,|新甲,A2,138-0013-8000|新乙,A3,13900139000|新 乙,A4,|新丙,A5,13900139000|新丁,A6,"
		try := c.bring(anna, "customer", "", rows, func(im *Import) { distinct(im); im.Dry = true })
		want := "2 name duplicate; 3 phone duplicate; 5 name duplicate_row; 6 phone duplicate_row"
		if try.err != nil || try.problems != want || try.Created != 2 {
			t.Errorf("tried: %+v", try)
		}
		got := c.bring(anna, "customer", "", rows, distinct)
		if got.err != nil || got.problems != want || got.Created != 2 || got.Failed != 4 {
			t.Errorf("%+v", got) // bert's number is nobody's to her
		}
		if got := c.bring(anna, "customer", "", rows, distinct); got.Created != 0 {
			t.Errorf("again: %+v", got)
		}
		// A row that finds its record by a key brings it up to date.
		again := c.bring(anna, "customer", "code", "name,code,phone|新丁,A6,13700137000", distinct)
		if again.err != nil || again.Updated != 1 {
			t.Errorf("%+v", again)
		}
		if got := c.bring(anna, "customer", "", "name,code|新丁,A7", nil); got.Created != 1 {
			t.Errorf("without asking: %+v", got)
		}
	})
}

// What the importer may not see or write stays as it is, and hidden is told like missing.
func TestImportStaysWithinTheRights(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		c := newCompany(t, at).mayImport()
		hidden := c.create(bert, "customer", `{"name":"南方电子","code":"S1","phone":"13900139000"}`)
		mine := c.create(anna, "customer", `{"name":"深圳星光","code":"N1","phone":"13800138000"}`)
		c.create(anna, "contact", `{"name":"王小明","customer":"`+mine.ID.String()+`"}`)
		before := c.everything()

		// A contact of a hidden customer, by code and by id, and of none.
		codes := c.bring(anna, "contact", "", "name,customer|x,S1|y,S9", nil)
		if !errors.Is(codes.err, RowsWrong) || codes.problems != "2 customer ref_missing; 3 customer ref_missing" {
			t.Errorf("hidden and missing: %+v", codes)
		}
		byID := func(im *Import) {
			im.Mapping = &exchange.Mapping{Kind: "contact", Columns: []exchange.Column{{Column: "name", Field: "name"}, {Column: "customer", Field: "customer"}}}
		}
		ids := c.bring(anna, "contact", "", "name,customer|x,"+hidden.ID.String()+"|y,999999", byID)
		if !errors.Is(ids.err, RowsWrong) || ids.problems != "2 customer ref_missing; 3 customer ref_missing" {
			t.Errorf("hidden and missing ids: %+v", ids)
		}
		// Updating a hidden record by id is updating none.
		rows := c.bring(anna, "customer", "id", "id,name|"+hidden.ID.String()+",x|999999,y", nil)
		if !errors.Is(rows.err, RowsWrong) || rows.problems != "2 id ref_missing; 3 id ref_missing" {
			t.Errorf("hidden rows: %+v", rows)
		}
		// Columns that a seller may not write: a credit limit, an identity number.
		for _, table := range []string{"code,name,credit_limit|N1,深圳星光,100", "code,name,id_number|N1,深圳星光,11010519491231002X"} {
			got := c.bring(anna, "customer", "code", table, nil)
			column := strings.Split(strings.Split(table, "|")[0], ",")[2]
			if !errors.Is(got.err, RowsWrong) || got.problems != "2 "+column+" field_locked" {
				t.Errorf("%s: %+v", table, got)
			}
		}
		if got := c.bring(anna, "customer", "", "name,owner|x,bert", nil); got.err == nil {
			t.Error("a customer was made for somebody else")
		}
		if after := c.everything(); after != before {
			t.Errorf("refused imports changed\n%s\nto\n%s", before, after)
		}
		// The code of a hidden customer finds nothing: the row is a new customer.
		if got := c.bring(anna, "customer", "code", "code,name|S1,我的", nil); got.err != nil || got.Created != 1 {
			t.Errorf("a hidden key: %+v", got)
		}
		if it, err := c.as(bert).Get(context.Background(), "customer", hidden.ID); err != nil || it.Title != "南方电子" || it.Version != hidden.Version {
			t.Errorf("bert's customer is now %+v %v", it, err)
		}
		// Without the right, and for kinds that one may not write.
		c.sql("DELETE FROM rule WHERE id = 'import'")
		c.sql("UPDATE policy_state SET epoch = epoch + 1")
		if got := c.bring(anna, "customer", "", "name|x", nil); !fault.Is(got.err, fault.Denied) {
			t.Errorf("without the right: %+v", got)
		}
		if got := c.bring(outside, "customer", "", "name|x", nil); !fault.Is(got.err, fault.NotFound) {
			t.Errorf("somebody without rights: %+v", got)
		}
	})
}

// A dry run says what a run does, and leaves nothing; a run that fails leaves nothing either.
func TestImportDryIsRun(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		c := newCompany(t, at).mayImport()
		c.create(anna, "customer", `{"name":"旧","code":"K1"}`)
		c.create(anna, "customer", `{"name":"同","code":"K2"}`)
		table := "code,name,phone,currency|K1,新,,CNY|K2,同,,CNY|K3,三,13900139000,CNY|K4,四,abc,CNY|K5,,,CNY|K3,又三,,CNY|,无码,,CNY|K7,七,,ZZZ"
		before := c.everything()
		for _, x := range []struct {
			what     string
			dry, run func(*Import)
		}{{"all or nothing", dry, nil}, {"per row", dryPerRow, perRow}} {
			tried, done := c.bring(head, "customer", "code", table, x.dry), brought{}
			if c.everything() != before {
				t.Errorf("%s: a dry run left something", x.what)
			}
			done = c.bring(head, "customer", "code", table, x.run)
			if tried.Tally != done.Tally || tried.problems != done.problems || tried.err != nil {
				t.Errorf("%s: dry %+v, run %+v", x.what, tried, done)
			}
			if want := "5 phone phone; 6 name required; 7 code key_double; 8 code key_empty; 9 currency choice"; done.problems != want {
				t.Errorf("%s: %s\nwant %s", x.what, done.problems, want)
			}
			if x.run == nil && (c.everything() != before || !errors.Is(done.err, RowsWrong) || done.Tally != (Tally{Rows: 8, Failed: 5})) {
				t.Errorf("a failed run left something: %+v", done)
			}
			if x.run != nil && (done.err != nil || done.Tally != (Tally{Rows: 8, Created: 1, Updated: 1, Unchanged: 1, Failed: 5})) {
				t.Errorf("per row: %+v", done)
			}
		}
	})
}

// Rows that only the database can refuse are told one by one.
func TestImportFindsTheRowThatTheDatabaseRefuses(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		c := newCompany(t, at)
		table := "name,login|甲,jia|乙,yi|丙,anna|丁,ding|戊,jia"
		got := c.bring(boss, "person", "", table, perRow)
		if got.err != nil || got.Created != 3 || got.problems != "4 login login_taken; 6 login login_taken" {
			t.Errorf("%+v", got)
		}
	})
}

func TestImportOfTheOrganisation(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		c := newCompany(t, at)
		ctx := context.Background()
		setup, err := c.db.System(JobSetup, 1).Records()
		if err != nil {
			t.Fatal(err)
		}
		bring := func(kind, key, table string) brought {
			t.Helper()
			first, _ := tableOf(table)()
			m, err := setup.MatchColumns(ctx, policy.Kind(kind), key, first.Header())
			if err != nil {
				return brought{err: err}
			}
			var problems []string
			tally, err := setup.Import(ctx, Import{Mapping: m, Open: tableOf(table), Problem: func(p RowProblem) error {
				problems = append(problems, fmt.Sprintf("%d %s %s", p.Row, p.Column, p.Code))
				return nil
			}})
			return brought{tally, strings.Join(problems, "; "), err}
		}
		if got := bring("unit", "path", "path,type|总部,company|总部/北店,shop|总部/西店,store|总部/西店/库房,room"); got.err != nil || got.Tally != (Tally{Rows: 4, Created: 2, Updated: 1, Unchanged: 1}) {
			t.Errorf("units: %+v", got)
		}
		if got := bring("unit", "path", "path,type|别处/店,store|总部/又店,Store|第二总部,company"); got.problems != "2 path unit_parent; 3 type unit_type; 4 parent unit_root" {
			t.Errorf("wrong units: %+v", got)
		}
		if got := bring("position", "code", "code,zh|seller,销售|keeper,店长|Bad,x"); !errors.Is(got.err, RowsWrong) || got.problems != "4 code position_code" {
			t.Errorf("positions: %+v", got)
		}
		if got := bring("position", "code", "code,zh,en|seller,销售,Seller|keeper,店长,Keeper"); got.err != nil || got.Created != 1 || got.Unchanged != 1 {
			t.Errorf("positions: %+v", got)
		}
		appoint := "person,unit,position,from|outside,总部/西店,keeper,2024-01-01"
		if got := bring("appointment", "", appoint); got.err != nil || got.Created != 1 {
			t.Errorf("appointment: %+v", got)
		}
		if got := bring("appointment", "", appoint+"|outside,总部/西店,keeper,2025-01-01|nobody,总部,keeper,2025-01-01|anna,总部/无,keeper,2025-01-01"); got.problems != "3 from appointment_overlap; 4 person ref_missing; 5 unit ref_missing" {
			t.Errorf("appointments: %+v", got)
		}
		if got := bring("head", "", "unit,person|总部/西店,outside|总部,head"); got.err != nil || got.Created != 1 || got.Unchanged != 1 {
			t.Errorf("heads: %+v", got)
		}
		units, err := setup.Units(ctx)
		if err != nil || !slices.ContainsFunc(units, func(u Unit) bool { return u.Name == "西店" && len(u.Heads) == 1 && u.Heads[0].ID == outside }) {
			t.Errorf("the organisation is %+v %v", units, err)
		}
		// A seller cannot, and nobody makes themselves a head.
		c.mayImport()
		if got := c.bring(anna, "unit", "path", "path,type|总部/安店,store", nil); !fault.Is(got.err, fault.Denied) {
			t.Errorf("a seller's unit: %+v", got)
		}
		if got := c.bring(boss, "head", "", "unit,person|总部/西店,boss", nil); got.problems != "2 heads self" {
			t.Errorf("a head by their own hand: %+v", got)
		}
	})
}

// Two imports of the same rows at once: each row is somebody's, none is lost, none is half.
func TestTwoImportsAtOnce(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		c := newCompany(t, at).mayImport()
		var table strings.Builder
		table.WriteString("name,code")
		for i := range 700 {
			fmt.Fprintf(&table, "|客户%d,C%d", i, i)
		}
		var both sync.WaitGroup
		results := make([]brought, 2)
		for i, who := range []policy.ID{anna, bert} {
			both.Go(func() { results[i] = c.bring(who, "customer", "code", table.String(), nil) })
		}
		both.Wait()
		for i, got := range results {
			if got.err != nil || got.Created != 700 {
				t.Errorf("%d: %+v", i, got)
			}
		}
		page, err := c.as(boss).List(context.Background(), ListQuery{Kind: "customer", Count: true})
		if err != nil || page.Total.Count != 1400 {
			t.Errorf("%+v %v", page.Total, err)
		}
	})
}

// Cancelled in the middle, an import that is all or nothing leaves nothing.
func TestImportCancelled(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		c := newCompany(t, at).mayImport()
		before := c.everything()
		table := "name" + strings.Repeat("|客户", 1200)
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		s := c.as(anna)
		m := &exchange.Mapping{Kind: "customer", Columns: []exchange.Column{{Column: "name", Field: "name"}}}
		_, err := s.Import(ctx, Import{Mapping: m, Open: tableOf(table), Progress: func(Tally) { cancel() }})
		if err == nil || c.everything() != before {
			t.Errorf("cancelled: %v", err)
		}
	})
}
