package httpapi_test

import (
	"bytes"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"guan/internal/testdb"
)

// What is kept encrypted lies in plain in no file, no table, no dump and no line of the log, by whatever way it came
// over HTTP: made, edited, refused, changed in many, brought in, taken out, asked for and approved, looked for.
func TestSealedOverHTTP(t *testing.T) {
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		if at.DataDir == "" {
			at.DataDir = t.TempDir()
		}
		temporary := t.TempDir()
		t.Setenv("TMPDIR", temporary)
		p := start(t, at)
		boss, seller, head := p.as("boss"), p.as("seller"), p.as("head")
		numbers := []string{"110101199003077758", "440524198801010011", "310104198808081238"}
		wrong := "310104198808081239"
		words := []string{"BLUEHERON774411", "BLUEHERON998822", "BLUEHERON112233", "BLUEHERON445566", "BLUEHERON667788"}
		banks := []string{"6222020903001483077", "6222021001122334455"}
		boss.do("PUT", "/api/v1/policy/fields/customer/c_code", map[string]any{"type": "text", "class": "general", "encrypted": true, "label": map[string]string{"zh": "暗号", "en": "Codeword"}}, "If-Match", "0").must(200)

		it := into[item](boss.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "密一", "owner": p.people["seller"].String(), "id_number": numbers[0], "bank_account": banks[0], "c_code": words[0]}}).must(201))
		boss.do("PATCH", customers(it.ID), map[string]any{"fields": map[string]any{"bank_account": banks[1], "c_code": words[1]}}, "If-Match", `"1"`).must(200)
		boss.do("PATCH", customers(it.ID), map[string]any{"fields": map[string]any{"id_number": wrong}}, "If-Match", `"2"`).must(400)
		for _, filter := range []string{"r.id_number == '" + numbers[0] + "'", "r.c_code == '" + words[1] + "'"} {
			if page := into[ofItems[item]](boss.get("/api/v1/records/customer?filter=" + url.QueryEscape(filter)).must(200)); len(page.Items) != 1 || page.Items[0].Fields["id_number"] != numbers[0] {
				t.Errorf("%s finds %+v", filter, page.Items)
			}
		}
		boss.get("/api/v1/records/customer?filter=" + url.QueryEscape("r.id_number.startsWith('"+numbers[1]+"')")).must(400)
		boss.get("/api/v1/records/customer?q=" + numbers[1]).must(200)
		boss.post("/api/v1/views", map[string]any{"kind": "customer", "name": "按证件", "search": map[string]any{"f": [][]string{{"id_number", "eq", numbers[0]}}}}).must(400)

		looked := into[massResult](boss.post("/api/v1/records/customer/bulk/preview", map[string]any{"ids": []string{it.ID.String()}, "change": map[string]any{"fields": map[string]any{"c_code": words[2]}}}).must(200))
		boss.post("/api/v1/records/customer/bulk", map[string]any{"preview": looked.ID.String()}).must(200)
		boss.do("POST", "/api/v1/bulk/"+looked.ID.String()+"/undo", nil).must(200)

		brought := boss.ordered("imports", boss.upload("customers.csv", "id_number,name,c_code\n"+numbers[1]+",密二,"+words[3]+"\n"+numbers[0]+",密一,"+words[3]+"\n"+wrong+",密三,"+words[4]+"\n",
			"kind", "customer", "key", "id_number", "mode", "run", "atomic", "row"))
		if brought.Created != 1 || brought.Updated != 1 || brought.Failed != 1 {
			t.Errorf("%+v", brought)
		}
		if errors := boss.get(brought.ErrorsURL).must(200); !strings.Contains(string(errors.body), "id_number") {
			t.Errorf("%s", errors.body)
		}
		taken := boss.ordered("exports", boss.post("/api/v1/exports", map[string]any{"kind": "customer", "format": "csv", "lang": "en", "purpose": "对账"}))
		if file := boss.get(taken.FileURL).must(200); !bytes.Contains(file.body, []byte(numbers[1])) || !bytes.Contains(file.body, []byte(words[3])) {
			t.Errorf("the export lacks what its reader sees: %s", file.body)
		}

		// Asked for by who may not change it alone: the values wait in the request.
		boss.do("PUT", "/api/v1/policy/rules/held", map[string]any{"effect": "forbid", "kind": "customer", "actions": []string{"edit"}, "where": map[string]any{"path": "all"}, "scene": "须复核",
			"who":  map[string]any{"any": []any{map[string]any{"everyone": true}}, "except": []any{map[string]any{"person": p.people["boss"].String()}}},
			"duty": map[string]any{"approval": []string{"@head"}}, "fields": []any{map[string]any{"field": "c_code", "level": "plain"}}}).must(200)
		now := into[item](seller.get(customers(it.ID)).must(200))
		request := "/api/v1/requests/" + into[made](seller.post("/api/v1/requests", map[string]any{"type": "change", "purpose": "业务需要",
			"change": map[string]any{"kind": "customer", "record": it.ID.String(), "version": now.Version, "fields": map[string]any{"c_code": words[4]}}}).must(201)).ID.String()
		head.get("/api/v1/notices").must(200)
		p.plainNowhere(at, temporary, append(append(append(numbers[:2:2], words...), banks...), wrong)...)
		if body := head.get(request).must(200).body; !bytes.Contains(body, []byte(words[4])) {
			t.Errorf("who decides does not see what is asked: %s", body)
		}
		head.post(request+"/approve", map[string]any{}).must(200)
		if got := into[item](seller.get(customers(it.ID)).must(200)).Fields["c_code"]; got != words[4] {
			t.Errorf("approved it is %v", got)
		}
		seller.get("/api/v1/notices").must(200)
		p.plainNowhere(at, temporary, append(append(append(numbers[:2:2], words...), banks...), wrong)...)
	})
}

// plainNowhere looks for texts in all that the program has written: its files, what it left among the system's
// temporary ones, its log, and on PostgreSQL a dump, which is the backup.
func (p *program) plainNowhere(at testdb.Database, temporary string, texts ...string) {
	p.t.Helper()
	all := map[string][]byte{"the log": []byte(p.log.String())}
	for _, folder := range []string{at.DataDir, temporary} {
		err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
			if err == nil && e.Type().IsRegular() {
				all[path], err = os.ReadFile(path)
			}
			return err
		})
		if err != nil {
			p.t.Fatal(err)
		}
	}
	if at.URL != "" {
		dump, err := exec.CommandContext(p.t.Context(), "pg_dump", at.URL).Output()
		if err != nil {
			p.t.Fatal(err)
		}
		all["the dump"] = dump
	}
	files := 0
	for where, text := range all {
		if strings.Contains(where, string(filepath.Separator)+"jobs"+string(filepath.Separator)) {
			files++
		}
		for _, plain := range texts {
			if bytes.Contains(text, []byte(plain)) {
				p.t.Errorf("%s holds %s", where, plain)
			}
		}
	}
	if files < 2 {
		p.t.Errorf("looked at %d files of jobs only", files)
	}
}
