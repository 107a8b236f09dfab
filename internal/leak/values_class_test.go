package leak_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"guan/policy"
	"guan/records"
)

// list asks for customers by a filter, counted.
func (c *client) list(kind policy.Kind, query ...string) *reply {
	c.p.t.Helper()
	q := url.Values{"count": {"capped"}, "limit": {"200"}}
	for i := 0; i+1 < len(query); i += 2 {
		q.Set(query[i], query[i+1])
	}
	return c.get("/api/v1/records/" + string(kind) + "?" + q.Encode())
}

// hits is how many records a list has; a question that is refused finds none.
func hits(r *reply) int {
	r.c.p.t.Helper()
	if r.status == 400 {
		return 0
	}
	return into[page](r.must(200)).Total.Count
}

// hiddenCases are people, a field that they do not see plain on a customer that they see, and
// that customer.
var hiddenCases = []struct{ who, field, row string }{
	{"marketing", "phone", "seller1"}, {"marketing", "email", "seller1"}, {"marketing", "annual_revenue", "seller1"}, {"marketing", "currency", "seller1"},
	{"seller", "id_number", "seller1"}, {"seller", "bank_account", "seller1"}, {"finance", "phone", "seller1"}, {"finance", "remark", "seller1"}, {"finance", "level", "seller1"},
	{"auditor", "birthday", "seller1"}, {"auditor", "credit_limit", "seller1"}, {"trainee", "phone", "trainee1"}, {"pooler", "phone", "pool1"}, {"pooler", "assessment", "pool1"},
}

// filterOnHidden: a right guess is answered like a wrong one, whatever the operator.
func filterOnHidden(t *testing.T, p *program) {
	for _, c := range hiddenCases {
		who := p.as(c.who)
		f := records.Builtin().Kind("customer").Field(c.field)
		right, wrong := guesses(f, p.values[c.row][c.field]), guesses(f, makerOf("nobody", c.field, "").value(f))
		for i := range right {
			same(t, who.list("customer", "filter", right[i]), who.list("customer", "filter", wrong[i]))
			here := fmt.Sprintf("r.id == '%s' && ", p.ids[c.row])
			if n := hits(who.list("customer", "filter", here+"("+right[i]+")")); n != 0 {
				t.Errorf("%s: %s finds %d", c.who, right[i], n)
			}
		}
		for _, filter := range []string{"has(r.%s)", "r.%s == r.%s"} {
			if f.Encrypted && filter != "has(r.%s)" {
				continue // refused of every encrypted field, whatever it holds
			}
			q := strings.ReplaceAll(filter, "%s", c.field)
			if n := hits(who.list("customer", "filter", fmt.Sprintf("r.id == '%s' && %s", p.ids[c.row], q))); n != 0 {
				t.Errorf("%s: %s finds %d", c.who, q, n)
			}
		}
	}
}

// guessByProbes: neither comparing, nor writing the guess, nor making a double tells a value.
func guessByProbes(t *testing.T, p *program) {
	for _, c := range hiddenCases {
		who := p.as(c.who)
		f := records.Builtin().Kind("customer").Field(c.field)
		path := recordPath("customer", p.ids[c.row])
		version := into[item](who.get(path).must(200)).Version.String()
		guess := func(value any) (refusal *reply) {
			p.refused("customer", p.ids[c.row], 403, "", func() *reply {
				refusal = who.patch(path, version, map[string]any{c.field: value})
				return refusal
			})
			return refusal
		}
		same(t, guess(p.values[c.row][c.field]), guess(makerOf("nobody", c.field, "").value(f)))
		guess(nil)
	}
	marketing := p.as("marketing")
	double := func(phone any) *reply {
		return marketing.post("/api/v1/records/customer", fieldsOf(map[string]any{"name": "double", "phone": phone}))
	}
	if a, b := double(p.values["seller1"]["phone"]), double("13912341234"); a.status != b.status {
		t.Errorf("a double is answered %d, something new %d", a.status, b.status)
	}
}

// sortByHidden: the order is the same whatever the hidden values are, and no cursor holds one.
func sortByHidden(t *testing.T, p *program) {
	boss := p.as("boss")
	for _, c := range []struct {
		who, field string
		low, high  string
	}{{"marketing", "birthday", "1990-01-01", "2001-02-03"}, {"auditor", "annual_revenue", "1.00", "987654321.00"}, {"auditor", "birthday", "1990-01-01", "2001-02-03"}, {"trainee", "annual_sales", "2.00", "876543219.00"}} {
		who, owner := p.as(c.who), "rival"
		if c.who == "trainee" {
			owner = "trainee"
		}
		first, second := p.customer(owner, map[string]any{c.field: c.low}), p.customer(owner, map[string]any{c.field: c.high})
		pair := fmt.Sprintf("r.id in ['%s', '%s']", first, second)
		for _, sort := range []string{c.field, "-" + c.field} {
			ask := func() string {
				return into[page](who.list("customer", "filter", pair, "sort", sort, "fields", "name").must(200)).ids()
			}
			before := ask()
			for id, value := range map[policy.ID]string{first: c.high, second: c.low} {
				version := into[item](boss.get(recordPath("customer", id))).Version.String()
				boss.patch(recordPath("customer", id), version, map[string]any{c.field: value}).must(200)
			}
			if after := ask(); after != before || len(after) == 0 {
				t.Errorf("%s sorted by %s: %s, with other values %s", c.who, sort, before, after)
			}
			one := who.list("customer", "filter", pair, "sort", sort, "limit", "1").must(200).lacks(c.low, c.high)
			if value := cursorValue(into[page](one).Next); value != "" {
				t.Errorf("the cursor by %s holds %s", sort, value)
			}
		}
	}
	same(t, p.as("marketing").list("customer", "sort", "annual_revenue"), p.as("marketing").list("customer", "sort", "no_such_field"))
}

// sumOfHidden: a sum adds only what is plain.
func sumOfHidden(t *testing.T, p *program) {
	for _, c := range []struct{ who, field string }{{"marketing", "annual_revenue"}, {"auditor", "credit_limit"}, {"auditor", "annual_revenue"}, {"trainee", "annual_sales"}, {"service", "annual_revenue"}} {
		r := p.as(c.who).list("customer", "sum", c.field)
		if r.status == 400 {
			same(t, r, p.as(c.who).list("customer", "sum", "no_such_field"))
			continue
		}
		for currency, sum := range into[page](r.must(200)).Sums[c.field] {
			t.Errorf("%s: the sum of %s is %s %s", c.who, c.field, sum, currency)
		}
	}
	// What is plain on one record and not on another is added on the one alone.
	if sum := into[page](p.as("westhead").list("customer", "sum", "annual_revenue", "filter", fmt.Sprintf("r.id in ['%s', '%s']", p.ids["rival1"], p.ids["pool1"])).must(200)).Sums["annual_revenue"]; len(sum) != 1 || sum[p.values["rival1"]["currency"].(string)] != p.values["rival1"]["annual_revenue"] {
		t.Errorf("the sum is %v, want %v", sum, p.values["rival1"]["annual_revenue"])
	}
}

// searchHidden: words of hidden fields find nothing, whole or in part.
func searchHidden(t *testing.T, p *program) {
	for _, c := range []struct{ who, field, row string }{{"marketing", "phone", "seller1"}, {"marketing", "email", "seller1"}, {"finance", "remark", "seller1"}, {"trainee", "wechat", "trainee1"}, {"pooler", "street", "pool1"}, {"rival", "name", "seller1"}} {
		text := p.values[c.row][c.field].(string)
		for _, q := range []string{text, text[:5], text[len(text)-4:]} {
			for _, it := range into[page](p.as(c.who).list("customer", "q", q).must(200)).Items {
				if it.ID == p.ids[c.row] {
					t.Errorf("%s finds %s by %s", c.who, c.row, c.field)
				}
			}
		}
	}
}

// searchHiddenInOpenClass: one field of a class is hidden, the others are plain; the search
// document of the class holds all of them.
func searchHiddenInOpenClass(t *testing.T, p *program) {
	boss := p.as("boss")
	rule := openRule(policy.Clause{Person: p.people["staff"]})
	rule["fields"] = []any{map[string]any{"class": "general", "level": "plain"}, map[string]any{"class": "contact", "level": "plain"}, map[string]any{"field": "phone", "level": "masked"}}
	boss.do("PUT", "/api/v1/policy/rules/search-class", rule).must(200)
	defer func() { boss.do("DELETE", "/api/v1/policy/rules/search-class", nil).must(204) }()
	staff := p.as("staff")
	phone := p.values["seller1"]["phone"].(string)
	for _, q := range []string{phone, phone[3:7], phone[:6]} {
		if n := into[page](staff.list("customer", "q", q).must(200)).Total.Count; n != 0 {
			t.Errorf("the hidden number finds %d", n)
		}
	}
	if got := into[item](staff.get(recordPath("customer", p.ids["seller1"])).must(200)); got.Fields["email"] != p.values["seller1"]["email"] || got.Fields["phone"] != nil {
		t.Errorf("the e-mail address is %v, the number %v", got.Fields["email"], got.Fields["phone"])
	}
}

// countBeforeFieldRules: what is counted is what a filter finds.
func countBeforeFieldRules(t *testing.T, p *program) {
	for _, c := range hiddenCases {
		f := records.Builtin().Kind("customer").Field(c.field)
		for _, filter := range append(guesses(f, p.values[c.row][c.field]), "has(r."+c.field+")", "!has(r."+c.field+")") {
			r := p.as(c.who).list("customer", "filter", filter)
			if r.status == 400 {
				continue
			}
			if got := into[page](r.must(200)); got.Total.Count != len(got.Items) {
				t.Errorf("%s: %s counts %d and shows %d", c.who, filter, got.Total.Count, len(got.Items))
			}
		}
	}
}

// filterThroughRelation: a filter does not reach into another record, right or wrong.
func filterThroughRelation(t *testing.T, p *program) {
	rival := p.as("rival")
	for _, filter := range []string{`r.customer.phone == %q`, `r.customer.name == %q`, `r.customer.name.startsWith(%q)`, `!(r.customer.name == %q)`, `r.contact.name == %q`} {
		right := rival.list("ticket", "filter", fmt.Sprintf(filter, p.values["seller1"]["name"]))
		same(t, right.is(400, ""), rival.list("ticket", "filter", fmt.Sprintf(filter, "wrong")))
	}
	for _, filter := range []string{"r.contacts.exists(c, c.name == 'x')", "r.parent.name == 'x'", "r.owner.name == 'x'", "r.tickets.exists(t, true)"} {
		rival.list("customer", "filter", filter).is(400, "")
	}
	rival.list("ticket", "sort", "customer.name").is(400, "")
	rival.list("ticket", "fields", "customer.name").is(400, "")
	rival.list("ticket", "sum", "contract.total").is(400, "")
}

// expandRelation: the title of what one cannot read is not told, in no list and no answer.
func expandRelation(t *testing.T, p *program) {
	rival := p.as("rival")
	title, contact := p.values["seller1"]["name"].(string), p.values["contact/seller1"]["name"].(string)
	for _, r := range []*reply{
		rival.get(recordPath("customer", p.ids["rival1"])), rival.get(recordPath("ticket", p.ids["call2"])), rival.list("customer"), rival.list("ticket"), rival.list("customer", "fields", "parent"),
		rival.patch(recordPath("customer", p.ids["rival1"]), "1", map[string]any{}),
	} {
		r.must(200).lacks(title, contact)
	}
	if got := into[item](rival.get(recordPath("customer", p.ids["rival1"]))); got.Refs["parent"].Title != "" || got.Refs["owner"].Title == "" {
		t.Errorf("refs %+v", got.Refs)
	}
}

// oneRecordEverywhere: list, single record and the answer to a write show one and the same. Only the record alone says
// whether something may be written about it.
func oneRecordEverywhere(t *testing.T, p *program) {
	for _, c := range []struct{ who, row string }{{"trainee", "trainee1"}, {"marketing", "seller1"}, {"auditor", "seller1"}, {"finance", "seller1"}, {"seller", "seller1"}, {"pooler", "pool1"}, {"service", "seller1"}, {"head", "rival2"}} {
		who := p.as(c.who)
		one := strings.TrimSpace(strings.Replace(string(who.get(recordPath("customer", p.ids[c.row])).must(200).body), `"follow":true,`, "", 1))
		if listed := string(who.list("customer", "filter", fmt.Sprintf("r.id == '%s'", p.ids[c.row])).must(200).body); !strings.Contains(listed, one) {
			t.Errorf("%s: the list does not hold the record as it is read alone:\n%s\n%s", c.who, one, listed)
		}
		alone := into[item](who.get(recordPath("customer", p.ids[c.row])))
		for _, name := range []string{"phone", "email", "id_number", "annual_revenue", "remark", "assessment"} {
			r := who.list("customer", "filter", fmt.Sprintf("r.id == '%s'", p.ids[c.row]), "fields", name)
			if r.status == 400 {
				continue
			}
			if _, plain := alone.Fields[name]; !plain && into[page](r.must(200)).Items[0].Fields[name] != nil {
				t.Errorf("%s: %s is plain when asked for by name", c.who, name)
			}
		}
	}
}

// echoes: the answer to a write is what a read gives, and a record made out of one's own sight
// comes back as its id.
func echoes(t *testing.T, p *program) {
	trainee := p.as("trainee")
	id := p.customer("trainee", map[string]any{"phone": "13712345678", "id_number": p.values["seller1"]["id_number"], "annual_revenue": "123456789.25", "assessment": "wordnobodyknows"})
	answer := trainee.patch(recordPath("customer", id), "1", map[string]any{"remark": "changed"}).must(200).lacks("13712345678", "123456789.25", "wordnobodyknows", p.values["seller1"]["id_number"].(string))
	if read := trainee.get(recordPath("customer", id)); string(read.body) != string(answer.body) {
		t.Errorf("the answer to a change is not what is read:\n%s\n%s", answer.body, read.body)
	}
	batch := trainee.post("/api/v1/records/customer/batch", map[string]any{"ids": []any{map[string]any{"id": id.String(), "version": 2}}, "fields": map[string]any{"remark": "again"}})
	batch.must(200).lacks("13712345678", "123456789.25", "wordnobodyknows")
	// Observers may record a follow-up on a customer of theirs; what they see of it is what they see.
	made := trainee.post("/api/v1/records/activity", fieldsOf(map[string]any{"subject": "call", "customer": id.String(), "happened_at": "2026-11-02T01:00:00Z"})).must(201)
	if it := into[item](made); it.Fields["assessment"] != nil {
		t.Errorf("made %s", made.body)
	}
}
