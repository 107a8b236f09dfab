// Command make lets a running guan of part 1, which serves its demo company 'world', do a day's work, and prints
// what each person sees afterwards: the answers of the fixture. README.md says how it is used.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"sort"
	"time"
)

const password = "guan-part-1-upgrade"

// Answers are what the old program said.
type Answers struct {
	At     time.Time           `json:"at"`
	Plain  []string            `json:"plain"`  // values that are encrypted today
	People map[string]*Seen    `json:"people"` // by login
	Custom map[string][]string `json:"custom"` // ids of records by the codeword that was given to them
}

// Seen is what one person sees.
type Seen struct {
	ID    string                                `json:"id"`
	Kinds map[string][]string                   `json:"kinds"`           // ids of all records, by kind
	Items map[string]map[string]json.RawMessage `json:"items,omitempty"` // whole records, by kind and id
}

// whole is whose records are kept whole.
var whole = map[string]bool{"zhoumy": true, "liangwb": true, "litt": true, "chenr": true, "fengz": true}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type client struct{ base, cookie string }

func (c *client) send(method, path, typ, match string, body io.Reader) []byte {
	r, err := http.NewRequest(method, c.base+path, body)
	must(err)
	if typ != "" {
		r.Header.Set("Content-Type", typ)
	}
	if match != "" {
		r.Header.Set("If-Match", `"`+match+`"`)
	}
	if c.cookie != "" {
		r.Header.Set("Cookie", c.cookie)
	}
	a, err := http.DefaultClient.Do(r)
	must(err)
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	must(err)
	if a.StatusCode == http.StatusUnauthorized {
		return nil
	}
	if a.StatusCode >= 300 {
		must(fmt.Errorf("%s %s: %s %s", method, path, a.Status, text))
	}
	for _, k := range a.Cookies() {
		c.cookie = k.Name + "=" + k.Value
	}
	return text
}

func (c *client) json(method, path, match string, body any) (out map[string]any) {
	var sent io.Reader
	typ := ""
	if body != nil {
		text, err := json.Marshal(body)
		must(err)
		sent, typ = bytes.NewReader(text), "application/json"
	}
	if text := c.send(method, path, typ, match, sent); len(text) > 0 {
		must(json.Unmarshal(text, &out))
	}
	return out
}

func signIn(base, login string) *client {
	c := &client{base: base}
	c.json("POST", "/api/v1/session", "", map[string]string{"login": login, "password": password})
	return c
}

func (c *client) all(kind string) (items []map[string]any) {
	cursor := ""
	for {
		var page struct {
			Items []map[string]any `json:"items"`
			Next  string           `json:"next"`
		}
		must(json.Unmarshal(c.send("GET", "/api/v1/records/"+kind+"?limit=200&sort=-updated_at&cursor="+cursor, "", "", nil), &page))
		items = append(items, page.Items...)
		if cursor = page.Next; cursor == "" {
			return items
		}
	}
}

// number gives a citizen's number with the right check digit.
func number(first17 string) string {
	sum, weight := 0, 1
	for i := len(first17) - 1; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += int(first17[i]-'0') * weight
	}
	return first17 + string("10X98765432"[sum%11])
}

func (c *client) wait(path string) {
	for range 200 {
		job := c.json("GET", path, "", nil)
		if state := job["status"]; state != "queued" && state != "running" {
			if state != "done" {
				must(fmt.Errorf("%s: %v", path, job))
			}
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	must(fmt.Errorf("%s does not end", path))
}

func main() {
	base := os.Args[1]
	out := Answers{People: map[string]*Seen{}, Custom: map[string][]string{}}
	boss, admin := signIn(base, "zhoumy"), signIn(base, "sunh")
	admin.json("PUT", "/api/v1/policy/fields/customer/c_word", "", map[string]any{"type": "text", "class": "general", "label": map[string]string{"zh": "暗号", "en": "Codeword"}})

	// A day's work: made, edited, deleted, brought in, taken out, given.
	var ids []string
	for i := range 6 {
		id, account := number(fmt.Sprintf("44030119850101%03d", 100+i)), fmt.Sprintf("62258801234567%04d", 1000+i)
		it := boss.json("POST", "/api/v1/records/customer", "", map[string]any{"fields": map[string]any{
			"name": fmt.Sprintf("升级客户 %d", i), "type": "individual", "id_number": id, "bank_account": account, "passport_number": fmt.Sprintf("E7788%04d", i), "c_word": "heron"}})
		ids = append(ids, fmt.Sprint(it["id"]))
		out.Plain = append(out.Plain, id, account)
	}
	after := number("44030119850202555")
	boss.json("PATCH", "/api/v1/records/customer/"+ids[1], "1", map[string]any{"fields": map[string]any{"id_number": after}})
	out.Plain = append(out.Plain, after)
	boss.json("DELETE", "/api/v1/records/customer/"+ids[5], "1", nil)
	out.Custom["heron"] = ids[:5]

	var form bytes.Buffer
	parts := multipart.NewWriter(&form)
	for name, text := range map[string]string{"kind": "customer", "mode": "run", "key": "id_number"} {
		must(parts.WriteField(name, text))
	}
	file, err := parts.CreateFormFile("file", "customers.csv")
	must(err)
	brought := number("44030119850303777")
	fmt.Fprintf(file, "id_number,name,bank_account\n%s,升级导入 1,6225880999900001\n%s,升级导入 2,6225880999900002\n", brought, out.Plain[4])
	must(parts.Close())
	out.Plain = append(out.Plain, brought, "6225880999900001", "6225880999900002")
	var job map[string]any
	must(json.Unmarshal(boss.send("POST", "/api/v1/imports", parts.FormDataContentType(), "", &form), &job))
	boss.wait(fmt.Sprint("/api/v1/imports/", job["id"]))
	job = boss.json("POST", "/api/v1/exports", "", map[string]any{"kind": "customer", "format": "csv", "lang": "zh"})
	boss.wait(fmt.Sprint("/api/v1/exports/", job["id"]))

	for _, p := range boss.all("person") {
		fields, _ := p["fields"].(map[string]any)
		login, _ := fields["login"].(string)
		c := signIn(base, login)
		if c.cookie == "" { // an account that is closed, or has no password
			continue
		}
		seen := &Seen{ID: fmt.Sprint(p["id"]), Kinds: map[string][]string{}}
		if whole[login] {
			seen.Items = map[string]map[string]json.RawMessage{}
		}
		out.People[login] = seen
		var kinds struct {
			Items []struct {
				Name string `json:"name"`
			} `json:"items"`
		}
		must(json.Unmarshal(c.send("GET", "/api/v1/kinds", "", "", nil), &kinds))
		for _, k := range kinds.Items {
			seen.Kinds[k.Name] = []string{}
			for _, it := range c.all(k.Name) {
				id := fmt.Sprint(it["id"])
				seen.Kinds[k.Name] = append(seen.Kinds[k.Name], id)
				if whole[login] {
					if seen.Items[k.Name] == nil {
						seen.Items[k.Name] = map[string]json.RawMessage{}
					}
					fields, _ := it["fields"].(map[string]any)
					for name, v := range fields {
						if v == nil {
							delete(fields, name)
						}
					}
					text, err := json.Marshal(map[string]any{"version": it["version"], "fields": it["fields"], "masked": it["masked"], "hidden": it["hidden"]})
					must(err)
					seen.Items[k.Name][id] = text
				}
			}
			sort.Strings(seen.Kinds[k.Name])
		}
	}
	out.At = time.Now().UTC()
	must(json.NewEncoder(os.Stdout).Encode(out))
}
