package leak_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"guan/policy"
	"guan/records"
	"guan/store"
)

// kinds are all kinds, and one that nobody has.
func kinds() []policy.Kind {
	all := []policy.Kind{"unicorn"}
	for _, k := range records.Builtin().Kinds() {
		all = append(all, k.Name)
	}
	return all
}

// lists asks for lists of every kind by every parameter. Of what could be asked about single
// fields each person takes a share, another one each, so that together they ask it all.
func lists(c *prober) {
	for _, kind := range kinds() {
		path := "/api/v1/records/" + string(kind)
		k := records.Builtin().Kind(kind)
		if c.get(path+"?limit=200&count=capped").status != 200 || k == nil {
			for _, query := range share(c, path, []string{"?sort=id", "?filter=r.id!=''", "?q=x&count=capped", "?sum=amount", "?fields=nonsense", "?cursor=AAAA"}, 2) {
				c.get(path + query)
			}
			continue
		}
		odd := []string{
			"?limit=1&count=capped", "?fields=id", "?limit=0", "?filter=r.nonsense==1", "?filter=r.id%3D%3D", "?sort=nonsense", "?sum=nonsense", "?fields=nonsense",
			"?cursor=eyJzIjoiLXVwZGF0ZWRfYXQiLCJpIjoiMSIsInYiOjF9",
		}
		for _, query := range share(c, "odd "+path, odd, 2) {
			c.get(path + query)
		}
		c.walk(path, url.Values{"limit": {"2"}})
		for _, q := range share(c, path, c.questions(k), 7) {
			c.walk(path, q)
		}
	}
}

// walk follows a list over two pages.
func (c *prober) walk(path string, q url.Values) {
	c.t.Helper()
	for range 2 {
		answer := c.get(path + "?" + q.Encode())
		if answer.status != 200 {
			return
		}
		if q.Set("cursor", into[page](answer).Next); q.Get("cursor") == "" {
			return
		}
	}
}

// share takes the few of all that fall to the person; another few to each person and database.
func share[T any](c *prober, what string, all []T, n int) []T {
	if askAll {
		return all
	}
	if c.pair.a.db.Dialect() == store.Postgres {
		n = (n + 1) / 2 // most of what is asked does not get as far as the database
	}
	dice := diceOf(c.who, what, string(c.pair.a.db.Dialect()))
	dice.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:min(len(all), n)]
}

// questions are all that can be asked about the fields of a kind: sorts, sums, and guesses at
// the hidden values of both worlds by equality, order, prefix, part, membership and search.
func (c *prober) questions(k *records.Kind) []url.Values {
	var all []url.Values
	ask := func(filter, sort string) {
		q := url.Values{"limit": {"3"}, "count": {"capped"}}
		if filter != "" {
			q.Set("filter", filter)
		}
		if sort != "" {
			q.Set("sort", sort)
		}
		if sums := sumsOf(k); sums != "" {
			q.Set("sum", sums)
		}
		all = append(all, q)
	}
	for _, f := range k.Fields {
		ask("", f.Name)
		ask("", "-"+f.Name)
		ask("has(r."+f.Name+")", "")
		ask("!has(r."+f.Name+")", f.Name)
		for _, v := range c.hiddenValues(k.Name, f) {
			for _, filter := range guesses(f, v) {
				ask(filter, "")
			}
			if text, ok := v.(string); ok && f.Search {
				all = append(all, url.Values{"q": {text}, "count": {"capped"}}, url.Values{"q": {text[:4]}, "count": {"capped"}})
			}
		}
	}
	return all
}

func sumsOf(k *records.Kind) string {
	var names []string
	for _, f := range k.Fields {
		if f.Type == records.Money || f.Type == records.Number || f.Type == records.Int {
			names = append(names, f.Name)
		}
	}
	return strings.Join(names, ",")
}

// hiddenValues are values of the field that differ between the worlds, one of each.
func (c *prober) hiddenValues(kind policy.Kind, f *records.Field) []any {
	var found []any
	for _, p := range []*program{c.pair.a, c.pair.b} {
		rows := slices.Clone(p.rows)
		slices.Reverse(rows) // what one world has alone stands last
		for _, r := range rows {
			if v, ok := p.values[r.key][f.Name]; ok && r.kind == kind && c.group.hides(r, f.Class) {
				found = append(found, v)
				break
			}
		}
	}
	return found
}

// guesses are filters that would tell a value if they touched it.
func guesses(f *records.Field, v any) []string {
	field := "r." + f.Name
	switch f.Type {
	case records.Text:
		if f.Encrypted { // nothing more can be asked of it
			return []string{fmt.Sprintf("%s == %q", field, v), fmt.Sprintf("%s != %q", field, v), fmt.Sprintf("!(%s == %q)", field, v), fmt.Sprintf("%s in [%q, 'x']", field, v)}
		}
		text := v.(string)
		return []string{
			fmt.Sprintf("%s == %q", field, text), fmt.Sprintf("%s != %q", field, text), fmt.Sprintf("%s < %q", field, text), fmt.Sprintf("!(%s == %q)", field, text),
			fmt.Sprintf("%s.startsWith(%q)", field, text[:3]), fmt.Sprintf("%s.contains(%q)", field, text[2:6]), fmt.Sprintf("%s.endsWith(%q)", field, text[len(text)-4:]), fmt.Sprintf("%s in [%q, 'x']", field, text),
		}
	case records.OneOf, records.Ref:
		return []string{fmt.Sprintf("%s == %q", field, v), fmt.Sprintf("%s != %q || %s == %q", field, v, field, v)}
	case records.Int, records.Number:
		return []string{fmt.Sprintf("%s == %v", field, v), fmt.Sprintf("%s >= %v", field, v), fmt.Sprintf("%s < %v", field, v)}
	case records.Money:
		return []string{fmt.Sprintf("%s == %v", field, v), fmt.Sprintf("%s > %v", field, v), fmt.Sprintf("%s <= %v", field, v)}
	case records.Date, records.Time:
		text := v.(string)
		if f.Type == records.Date {
			text += "T00:00:00Z"
		}
		return []string{fmt.Sprintf("%s == timestamp(%q)", field, text), fmt.Sprintf("%s >= timestamp(%q)", field, text)}
	case records.Bool:
		return []string{fmt.Sprintf("%s == %v", field, v), "!" + field}
	case records.ManyOf:
		return []string{fmt.Sprintf("%q in %s", v.([]string)[0], field), fmt.Sprintf("!(%q in %s)", v.([]string)[0], field)}
	case records.Place:
		at := v.(map[string]float64)
		return []string{fmt.Sprintf("distance(%s, point(%v, %v)) <= 5000.0", field, at["lat"], at["lng"])}
	}
	return nil
}
