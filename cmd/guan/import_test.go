package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"guan/internal/testdb"
)

// A table goes in and comes out by the command line, as a person.
func TestImportAndExportCommands(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.Database) {
		where := flags(t, db)
		if code, _, errs := output(t, append([]string{"demo", "world", "--password", demoPassword}, where...)...); code != done {
			t.Fatal(errs)
		}
		dir := t.TempDir()
		file := func(name, content string) string {
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			return path
		}
		good := file("good.csv", "客户名称,客户编码,电话,负责人\n=2+3,X1,13900139000,zhengxl\n新乙,X2,,zhengxl\n")
		wrong := file("wrong.csv", "客户名称,客户编码,负责人\n丙,X3,zhengxl\n丁,X4,nobody\n")
		run := func(args ...string) (int, string, string) {
			t.Helper()
			return output(t, append(args, where...)...)
		}
		for _, x := range []struct {
			args []string
			code int
			says string
		}{
			{[]string{"import", good, "--kind", "customer", "--as", "zhoumy", "--dry"}, done, "tried, nothing was changed: 2 rows, 2 created"},
			{[]string{"import", good, "--kind", "customer", "--as", "zhoumy", "--key", "code"}, done, "imported: 2 rows, 2 created"},
			{[]string{"import", good, "--kind", "customer", "--as", "zhoumy", "--key", "code"}, done, "0 created, 0 updated, 2 unchanged"},
			{[]string{"import", wrong, "--kind", "customer", "--as", "zhoumy"}, failed, "nothing was imported"},
			{[]string{"import", wrong, "--kind", "customer", "--as", "zhoumy", "--atomic", "row"}, failed, "1 rows are wrong"},
			{[]string{"import", good, "--kind", "customer", "--as", "zhengxl"}, failed, "right of administration"},
			{[]string{"import", good, "--kind", "customer", "--as", "nobody"}, failed, "no such person"},
			{[]string{"import", good, "--kind", "nothing", "--as", "zhoumy"}, failed, "no such kind"},
			{[]string{"import", good, "--kind", "customer"}, misuse, "--as"},
			{[]string{"import", good, "--kind", "customer", "--as", "zhoumy", "--atomic", "all"}, misuse, "atomic"},
			{[]string{"import", filepath.Join(dir, "none.csv"), "--kind", "customer", "--as", "zhoumy"}, misuse, "none.csv"},
			{[]string{"export", "--kind", "customer", "--as", "zhoumy", "--filter", "r.code == 'X1'", "--fields", "code,name,owner,phone", "--lang", "en", "--out", filepath.Join(dir, "out.csv")}, done, "1 rows"},
			{[]string{"export", "--kind", "customer", "--as", "zhoumy", "--filter", "r.code ==", "--out", filepath.Join(dir, "bad.csv")}, failed, "filter"},
			{[]string{"export", "--kind", "customer", "--as", "sunh", "--out", filepath.Join(dir, "bad.csv")}, failed, "may not export"},
			{[]string{"export", "--kind", "customer", "--as", "zhoumy", "--format", "docx", "--out", filepath.Join(dir, "bad.csv")}, misuse, "format"},
			{[]string{"export", "--kind", "customer", "--as", "zhoumy", "--format", "pdf", "--out", filepath.Join(dir, "bad.pdf")}, failed, "12 columns"},
			{[]string{"export", "--kind", "customer", "--as", "zhoumy", "--format", "pdf", "--fields", "code,name", "--out", filepath.Join(dir, "out.pdf")}, done, "rows"},
			{[]string{"export", "--kind", "customer", "--as", "zhoumy", "--format", "xlsx", "--out", filepath.Join(dir, "out.xlsx")}, done, "rows"},
		} {
			code, out, errs := run(x.args...)
			if code != x.code || !strings.Contains(out+errs, x.says) {
				t.Errorf("guan %v: exit %d, want %d: %s%s", x.args, code, x.code, out, errs)
			}
		}
		errs, err := os.ReadFile(wrong + ".errors.csv")
		if err != nil || !strings.Contains(string(errs), "3,负责人,ref_missing") {
			t.Errorf("the error file: %s %v", errs, err)
		}
		out, err := os.ReadFile(filepath.Join(dir, "out.csv"))
		// How a telephone number is grouped is the mark of the copy.
		phone := regexp.MustCompile("139[ -]?0013[ -]?9000")
		if want := "\ufeffCustomer code,Name,Owner,Phone\r\nX1,'=2+3,郑晓岚,13900139000\r\n"; err != nil || phone.ReplaceAllString(string(out), "13900139000") != want {
			t.Errorf("exported %q %v, want %q", out, err, want)
		}
		for _, name := range []string{"bad.csv", "bad.csv.part", "out.csv.part"} {
			if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
				t.Errorf("%s was left behind", name)
			}
		}
		// What is no table is told in one line, and nothing is left.
		for name, content := range map[string]string{
			"empty.csv": "", "binary.csv": "\x00\x01\x02\x03\x04\x05\x06", "old.xls": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "utf16.csv": "\xff\xfen\x00", "fake.xlsx": "name\nx\n", "broken.xlsx": "PK\x03\x04xx",
			"headless.csv": "\n\n", "ragged.csv": "客户名称\na,b\n",
		} {
			code, out, errs := run("import", file(name, content), "--kind", "customer", "--as", "zhoumy")
			if code != failed || strings.Count(errs, "\n") != 1 {
				t.Errorf("%s: exit %d: %s%s", name, code, out, errs)
			}
		}
	})
}
