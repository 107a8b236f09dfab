package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/fault"
	"guan/internal/plaintext"
	"guan/internal/testdb"
	"guan/policy"
	"guan/records"
	"guan/vault"
)

func quoted(text string) string { return `"` + text + `"` }

// idNumber gives a citizen's number with the right check digit.
func idNumber(first17 string) string {
	sum, weight := 0, 1
	for i := len(first17) - 1; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += int(first17[i]-'0') * weight
	}
	return first17 + string("10X98765432"[sum%11])
}

// everything reads all that is stored: each file of the data folder, or each row of each table of PostgreSQL with
// the expressions of its indexes.
func (f *firm) everything() map[string][]byte {
	f.t.Helper()
	out := map[string][]byte{}
	if f.db.dialect == SQLite {
		f.must(filepath.Walk(f.db.dataDir, func(path string, info os.FileInfo, err error) error {
			if err == nil && !info.IsDir() {
				out[path], err = os.ReadFile(path)
			}
			return err
		}))
		return out
	}
	var tables []string
	f.must(f.db.single().each(context.Background(), func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		tables = append(tables, name)
		return err
	}, "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') UNION ALL SELECT 'pg_catalog.pg_statistic'"))
	for _, table := range tables {
		f.must(f.db.single().each(context.Background(), func(rows *sql.Rows) error {
			var text string
			err := rows.Scan(&text)
			out[table] = append(out[table], text...)
			return err
		}, "SELECT row_to_json(x)::text FROM "+table+" x"))
	}
	return out
}

// plainNowhere looks for texts in everything.
func (f *firm) plainNowhere(texts ...string) {
	f.t.Helper()
	all := f.everything()
	if len(all) < 3 {
		f.t.Fatalf("looked at %d places only", len(all))
	}
	for where, data := range all {
		for _, text := range texts {
			if form := plaintext.In(data, text); form != "" {
				f.t.Errorf("%s holds %s as %s", filepath.Base(where), text, form)
			}
		}
	}
}

// By every way that a value comes in it lies nowhere in plain, and is read again by whom it is plain for.
func TestNothingLiesInPlain(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		ids := []string{idNumber("11010119900307775"), idNumber("11010519491231001"), idNumber("44052419880101001"), idNumber("31010419880808123")}
		words := []string{"BLUEHERON774411", "BLUEHERON998822", "BLUEHERON112233", "BLUEHERON445566", "BLUEHERON667788"}
		banks := []string{"6222020903001483077", "6222021001122334455"}
		secrets := append(append(append([]string{}, ids...), words...), banks...)

		_, err := f.as("boss").putField(ctx, records.CustomField{Kind: "customer", Key: "c_code", Type: "text", Class: policy.General, Encrypted: true, Label: records.Label{ZH: "暗号", EN: "Codeword"}})
		f.must(err)
		one := f.customer("lin", "加密一号", `id_number=`+quoted(ids[0])+`;bank_account=`+quoted(banks[0])+`;c_code=`+quoted(words[0]))
		if one.Fields["id_number"] != ids[0] || one.Fields["bank_account"] != banks[0] || one.Fields["c_code"] != words[0] {
			t.Fatalf("what was given comes back as %v", one.Fields)
		}
		// Edited, and set to what it is: the second is no change.
		edited, err := f.as("boss").Update(ctx, "customer", one.ID, one.Version, Fields{"id_number": []byte(quoted(ids[1])), "bank_account": []byte(quoted(banks[1]))})
		f.must(err)
		same, err := f.as("boss").Update(ctx, "customer", one.ID, edited.Version, Fields{"id_number": []byte(quoted(ids[1]))})
		f.must(err)
		if same.Version != edited.Version || same.Fields["id_number"] != ids[1] {
			t.Errorf("an edit to the same value made version %d of %d, %v", same.Version, edited.Version, same.Fields["id_number"])
		}
		// Changed in many records, and back.
		two := f.customer("lin", "加密二号", `id_number=`+quoted(ids[2])+`;c_code=`+quoted(words[1]))
		m, err := f.as("boss").RehearseMass(ctx, "customer", MassAsk{IDs: []policy.ID{one.ID, two.ID}, Change: MassChange{Fields: Fields{"c_code": []byte(quoted(words[2]))}}})
		f.must(err)
		_, err = f.as("boss").ChangeMass(ctx, "customer", m.ID)
		f.must(err)
		if got := f.reread("boss", "customer", two.ID).Fields["c_code"]; got != words[2] {
			t.Errorf("after a change of many it is %v", got)
		}
		_, err = f.as("boss").UndoMass(ctx, m.ID)
		f.must(err)
		if got := f.reread("boss", "customer", two.ID).Fields["c_code"]; got != words[1] {
			t.Errorf("taken back it is %v", got)
		}
		// Merged, and taken apart.
		one, two = f.reread("boss", "customer", one.ID), f.reread("boss", "customer", two.ID)
		merged, err := f.as("boss").Merge(ctx, "customer", Target{one.ID, one.Version}, Merging{With: two.ID, Version: two.Version, Take: []string{"id_number", "c_code"}})
		f.must(err)
		got := f.reread("boss", "customer", one.ID)
		if got.Fields["id_number"] != ids[2] || got.Fields["c_code"] != words[1] {
			t.Errorf("merged it is %v, %v", got.Fields["id_number"], got.Fields["c_code"])
		}
		_, err = f.as("boss").UndoMerge(ctx, merged.ID)
		f.must(err)
		if got := f.reread("boss", "customer", one.ID); got.Fields["id_number"] != ids[1] {
			t.Errorf("taken apart it is %v", got.Fields["id_number"])
		}
		// Imported: made anew, and found by the account that it has.
		bring := func(key, table string) Tally {
			open := tableOf(table)
			first, _ := open()
			mapping, err := f.as("boss").MatchColumns(ctx, "customer", key, first.Header())
			f.must(err)
			tally, err := f.as("boss").Import(ctx, Import{Mapping: mapping, Open: open, Cells: records.Cells{Lang: "en"}, Problem: func(p RowProblem) error { t.Errorf("%+v", p); return nil }})
			f.must(err)
			return tally
		}
		if got := bring("", "name,id_number,c_code|加密三号,"+ids[3]+","+words[3]); got.Created != 1 {
			t.Errorf("%+v", got)
		}
		if got := bring("id_number", "id_number,c_code|"+ids[3]+","+words[4]); got.Updated != 1 {
			t.Errorf("by its number one row changes a record: %+v", got)
		}
		if got := bring("id_number", "id_number,c_code|"+ids[3]+","+words[4]); got.Unchanged != 1 {
			t.Errorf("the same row once more: %+v", got)
		}
		// Asked for: an edit and a record that a rule holds.
		f.heldRule("held", "", []string{"@head"}, "c_code")
		it := f.customer("lin", "加密四号", `c_code=`+quoted(words[0]))
		asked, err := f.askChange("lin", "加密四号", it.Version, Fields{"c_code": []byte(quoted(words[2]))})
		f.must(err)
		f.plainNowhere(secrets...)
		if asked.Change.Fields[0].Before != words[0] || asked.Change.Fields[0].After != words[2] {
			t.Errorf("who asks sees %+v", asked.Change.Fields)
		}
		_, err = f.as("chief").Decide(ctx, asked.ID, true, "")
		f.must(err)
		if got := f.reread("lin", "customer", it.ID).Fields["c_code"]; got != words[2] {
			t.Errorf("approved it is %v", got)
		}
		f.plainNowhere(secrets...)

		lin := f.browser("lin").in("")
		secretText, _ := lin.enrol()
		f.plainNowhere(secretText)

		// Lists show the preview that was kept, and nothing more; the filter by a value finds it for whom it is plain.
		masked := policy.Rule{ID: "mask", Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Person: f.id("lin")}}}, Kind: "customer", Actions: []policy.Action{policy.Read}, Where: everything,
			Fields: []policy.FieldRule{{Field: "id_number", Level: policy.Masked}, {Field: "bank_account", Level: policy.MaskTail}}, Scene: "试用"}
		_, err = f.as("admin").PutRule(ctx, masked)
		f.must(err)
		for _, it := range f.list("lin", "customer") {
			if it.ID == one.ID && (it.Masked["id_number"] != ids[1][:1]+strings.Repeat("*", 16)+ids[1][17:] || it.Masked["bank_account"] != "****4455") {
				t.Errorf("masked it is %v", it.Masked)
			}
		}
		for who, want := range map[string]int{"boss": 1, "lin": 0} {
			page, err := f.as(who).List(ctx, ListQuery{Kind: "customer", Filter: "r.id_number == '" + ids[1] + "'"})
			if err == nil && len(page.Items) != want || err != nil && want > 0 {
				t.Errorf("%s finds %v by the number, %v", who, page, err)
			}
		}
		page, err := f.as("boss").List(ctx, ListQuery{Kind: "customer", Filter: "r.c_code in ['" + words[0] + "', 'nothing'] && r.id_number != '" + ids[2] + "'"})
		f.must(err)
		if len(page.Items) != 1 || page.Items[0].ID != one.ID {
			t.Errorf("by its codeword %d are found", len(page.Items))
		}
		for _, filter := range []string{`r.id_number.startsWith("11")`, `r.id_number > "1"`, `r.c_code.contains("HERON")`, `r.c_code == r.city`, `r.city == r.c_code`, `r.id_number == p.name`} {
			if _, err := f.as("boss").List(ctx, ListQuery{Kind: "customer", Filter: filter}); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s is asked: %v", filter, err)
			}
		}
		if _, err := f.as("boss").List(ctx, ListQuery{Kind: "customer", Sort: "id_number"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a list is sorted by it: %v", err)
		}
		if page, err := f.as("boss").List(ctx, ListQuery{Kind: "customer", Search: ids[1]}); err != nil || len(page.Items) != 0 {
			t.Errorf("a search finds it: %v", err)
		}
		// A rule may ask whether there is one, and does not hold one itself.
		masked.When = &policy.Cond{Op: policy.OpEq, Field: "id_number", Value: &policy.Operand{Text: &ids[0]}}
		_, err = f.as("admin").PutRule(ctx, masked)
		f.refused(err, fault.Invalid, "rule")
		masked.ID, masked.When = "has", &policy.Cond{Op: policy.OpHas, Field: "id_number"}
		_, err = f.as("admin").PutRule(ctx, masked)
		f.must(err)
		f.plainNowhere(secrets...)
	})
}

// What somebody moves about in the database is refused by the name of its field, and shown to nobody.
func TestMovedCiphertextIsRefused(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		a := f.customer("lin", "甲", `id_number=`+quoted(idNumber("11010119900307775"))+`;bank_account="6222020903001483077"`)
		b := f.customer("lin", "乙", `id_number=`+quoted(idNumber("44052419880101001")))
		other, err := vault.New(2)
		f.must(err)
		foreign, err := other.Seal(vault.Place{Kind: "customer", Field: "id_number", Record: int64(a.ID)}, "x")
		f.must(err)
		v := f.db.values
		at := func(record policy.ID, field string) string {
			return fmt.Sprintf("kind = 'customer' AND record_id = %d AND field = '%s'", record, field)
		}
		read := func(where string) (sealed []byte) {
			f.must(v.writer.QueryRowContext(ctx, "SELECT sealed FROM "+v.table+" WHERE "+where).Scan(&sealed))
			return sealed
		}
		mine := at(a.ID, "id_number")
		whole := read(mine)
		flipped := bytes.Clone(whole)
		flipped[len(flipped)-1] ^= 1
		for what, sealed := range map[string][]byte{"another record's": read(at(b.ID, "id_number")), "another field's": read(at(a.ID, "bank_account")), "another company's": foreign, "a changed one": flipped} {
			_, err := v.writer.ExecContext(ctx, "UPDATE "+v.table+" SET sealed = $1 WHERE "+mine, sealed)
			f.must(err)
			_, err = f.as("boss").Get(ctx, "customer", a.ID)
			f.refused(err, fault.Internal, "sealed_broken")
			if got := fault.From(err); got.At != "id_number" || got.Params["record"] != int64(a.ID) {
				t.Errorf("%s: %v %v", what, got, got.Params)
			}
		}
		_, err = v.writer.ExecContext(ctx, "UPDATE "+v.table+" SET sealed = $1 WHERE "+mine, whole)
		f.must(err)
		// What stands for the other's value, put into this record: nothing lies under it here.
		f.must(f.db.maintain(ctx, func(t *tx) error {
			_, err := t.exec(ctx, "UPDATE customer SET id_number = (SELECT id_number FROM customer WHERE id = $1) WHERE id = $2", b.ID, a.ID)
			return err
		}))
		_, err = f.as("boss").List(ctx, ListQuery{Kind: "customer"})
		f.refused(err, fault.Internal, "sealed_broken")
		// It is mended by an edit.
		_, err = f.as("boss").Update(ctx, "customer", a.ID, 1, Fields{"id_number": []byte(quoted(idNumber("11010119900307775")))})
		f.must(err)
	})
}

// While keys are rotated everything is read and written; afterwards nothing is sealed with an old key.
func TestRotationWhileRunning(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		numbers := []string{idNumber("11010119900307775"), idNumber("44052419880101001")}
		var all []*Item
		for i := range 8 {
			all = append(all, f.customer("lin", fmt.Sprintf("轮换 %d", i), `id_number=`+quoted(numbers[0])))
		}
		setup := f.db.System(JobSetup, DefaultTenant)
		before, err := setup.KeyStatus(ctx)
		f.must(err)
		stop := make(chan bool)
		var busy sync.WaitGroup
		for i := range 4 {
			busy.Go(func() {
				for n := i; ; n++ {
					select {
					case <-stop:
						return
					default:
					}
					it, err := f.as("boss").Get(ctx, "customer", all[n%8].ID)
					if err != nil || it.Fields["id_number"] != numbers[0] && it.Fields["id_number"] != numbers[1] {
						t.Errorf("while keys are rotated: %v", err)
						return
					}
					_, err = f.as("boss").Update(ctx, "customer", it.ID, it.Version, Fields{"id_number": []byte(quoted(numbers[n/8%2]))})
					if err != nil && !fault.Is(err, fault.Stale) {
						t.Errorf("while keys are rotated: %v", err)
						return
					}
				}
			})
		}
		for range 3 {
			f.must(setup.RotateKeys(ctx, Rotation{Index: true}, nil))
		}
		close(stop)
		busy.Wait()
		f.must(setup.RotateKeys(ctx, Rotation{Index: true}, nil))
		after, err := setup.KeyStatus(ctx)
		f.must(err)
		if len(after.Keys) != 1 || after.Keys[0].Number == before.Keys[0].Number || after.Keys[0].Values != after.Values || after.Values < 8 {
			t.Errorf("%+v became %+v", before, after)
		}
		for _, it := range f.list("boss", "customer") {
			if it.Fields["id_number"] != numbers[0] && it.Fields["id_number"] != numbers[1] {
				t.Errorf("%v", it.Fields["id_number"])
			}
		}
	})
}

// Without its key the data does not open, and it is said which key that is. With a new key before the old one it
// is wrapped anew, and then the old one is not needed.
func TestTheKeyIsWanted(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		number := idNumber("11010119900307775")
		a := f.customer("lin", "甲", `id_number=`+quoted(number))
		f.must(f.db.Close())
		o := Options{DataDir: f.options.DataDir, URL: f.options.URL, Clock: f.clock.Now}
		status := func(keys string) (*KeyStatus, error) {
			t.Helper()
			var err error
			if o.Keys, err = vault.Secrets(keys, "a test"); err != nil {
				return nil, err
			}
			db, err := Open(ctx, o)
			if err != nil {
				return nil, err
			}
			f.db = db
			t.Cleanup(func() { db.Close() })
			return db.System(JobSetup, DefaultTenant).KeyStatus(ctx)
		}
		first, err := status(testdb.Key)
		f.must(err)
		f.must(f.db.Close())
		fresh := vault.NewSecret()
		_, err = status(fresh)
		f.refused(err, fault.NotFound, "key_missing")
		if fault.From(err).Params["key"] != first.Wrapped {
			t.Errorf("it does not say that %s is wanted: %v", first.Wrapped, err)
		}
		_, err = status("guan-key-1.short")
		f.refused(err, fault.Invalid, "key_form")

		_, err = status(fresh + "\n" + testdb.Key)
		f.must(err)
		f.must(f.db.System(JobSetup, DefaultTenant).RewrapKeys(ctx))
		f.must(f.db.Close())
		last, err := status(fresh)
		f.must(err)
		if last.Wrapped != last.Wrapping || last.Wrapped == first.Wrapped {
			t.Errorf("%+v", last)
		}
		if got := f.reread("boss", "customer", a.ID).Fields["id_number"]; got != number {
			t.Errorf("it is %v", got)
		}
		f.must(f.db.Close())

		// The key beside the data folder, made where nothing is encrypted yet, and missed where something is.
		t.Setenv(keyEnvironment, "")
		o.Keys, o.KeyFile = nil, filepath.Join(t.TempDir(), "key")
		_, err = Open(ctx, o)
		f.refused(err, fault.NotFound, "key_missing")
		var told []string
		db, err := Open(ctx, Options{DataDir: filepath.Join(t.TempDir(), "data"), Tell: func(line string) { told = append(told, line) }})
		f.must(err)
		beside := db.DataDir() + ".key"
		f.must(db.Close())
		if info, err := os.Stat(beside); err != nil || info.Mode().Perm() != 0o600 || len(told) != 1 || !strings.Contains(told[0], beside) {
			t.Errorf("%v %v", err, told)
		}
	})
}

// What an older version left in plain is encrypted by the first start, also when it is killed in the middle.
func TestOlderDataIsEncrypted(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		numbers := []string{idNumber("11010119900307775"), idNumber("44052419880101001"), idNumber("31010419880808123")}
		ids := make([]policy.ID, 3)
		for i := range ids {
			ids[i] = f.customer("lin", fmt.Sprintf("旧 %d", i), "").ID
		}
		was, err := jsonText(map[string]any{"before": map[string]string{"id_number": numbers[2]}})
		f.must(err)
		f.must(f.db.maintain(ctx, func(t *tx) error {
			for i, id := range ids {
				if _, err := t.exec(ctx, "UPDATE customer SET id_number = $1 WHERE id = $2", numbers[i], id); err != nil {
					return err
				}
			}
			_, err := t.exec(ctx, "INSERT INTO record_merge (tenant_id, id, kind, winner_id, loser_id, winner_version, document, at) VALUES (1, $1, 'customer', $2, $3, 1, "+t.pick("$4", "$4::jsonb")+", 1)", ids[2], ids[0], ids[1], was)
			if err == nil {
				_, err = t.exec(ctx, "DELETE FROM encrypted_kind")
			}
			return err
		}))
		// Both are read: one record is encrypted, as if it had been killed then.
		f.must(f.db.maintain(ctx, func(t *tx) error {
			t.actor.Tenant = DefaultTenant
			k := records.Builtin().Kind("customer")
			values, err := t.sealed(ctx, k, ids[0], map[string]policy.Value{"id_number": policy.TextOf(numbers[0])})
			if err == nil {
				_, err = t.exec(ctx, "UPDATE customer SET id_number = $1 WHERE id = $2", values["id_number"].Text(), ids[0])
			}
			return err
		}))
		shown := func() {
			t.Helper()
			for i, id := range ids {
				if got := f.reread("boss", "customer", id).Fields["id_number"]; got != numbers[i] {
					t.Errorf("%v is read as %v", numbers[i], got)
				}
			}
		}
		shown()
		f.must(f.db.Close())
		f.options.Clock = f.clock.Now
		f.db, err = Open(ctx, f.options)
		f.must(err)
		defer f.db.Close()
		shown()
		f.plainNowhere(numbers...)
		page, err := f.as("boss").List(ctx, ListQuery{Kind: "customer", Filter: "r.id_number == '" + numbers[1] + "'"})
		f.must(err)
		if len(page.Items) != 1 || page.Items[0].ID != ids[1] {
			t.Errorf("found %d", len(page.Items))
		}
	})
}

// BenchmarkEncryptedColumn reads the first page of 50 without the column of an encrypted field, with it masked, and
// with it plain: ns/op of each, and both as a ratio to the first.
func BenchmarkEncryptedColumn(b *testing.B) {
	for dialect, fresh := range map[string]func(testing.TB) testdb.Database{"sqlite": testdb.SQLite, "postgres": testdb.Postgres} {
		b.Run(dialect, func(b *testing.B) {
			f := newFirm(b, fresh(b))
			ctx := context.Background()
			table := "name,owner,id_number,bank_account"
			for i := range 2000 {
				table += fmt.Sprintf("|客户 %d,lin,%s,62220209030%08d", i, idNumber(fmt.Sprintf("11010119900307%03d", i%1000)), i)
			}
			open := tableOf(table)
			first, _ := open()
			m, err := f.as("boss").MatchColumns(ctx, "customer", "", first.Header())
			f.must(err)
			_, err = f.as("boss").Import(ctx, Import{Mapping: m, Open: open, Cells: records.Cells{Lang: "en"}})
			f.must(err)
			page := func(who string, fields ...string) time.Duration {
				began := time.Now()
				for range b.N {
					page, err := f.as(who).List(ctx, ListQuery{Kind: "customer", Fields: fields, Limit: 50})
					f.must(err)
					if len(page.Items) != 50 {
						b.Fatal(len(page.Items))
					}
				}
				return time.Since(began)
			}
			page("boss", "name")
			page("lin", "name")
			b.ResetTimer()
			without, masked, plain := page("lin", "name", "city"), page("lin", "name", "id_number", "bank_account"), page("boss", "name", "id_number", "bank_account")
			boss := page("boss", "name", "city")
			b.ReportMetric(masked.Seconds()/without.Seconds(), "masked/without")
			b.ReportMetric(plain.Seconds()/boss.Seconds(), "plain/without")
		})
	}
}
