package leak_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/internal/testdb"
	"guan/mark"
	"guan/policy"
	"guan/records"
	"guan/store"
)

// pair is the two worlds of a group.
type pair struct {
	t     *testing.T
	group *group
	a, b  *program
}

// startPair runs both worlds on databases of one sort.
func startPair(t *testing.T, g *group, fresh func(testing.TB) testdb.Database) *pair {
	t.Helper()
	x := &pair{t: t, group: g}
	x.a = start(t, fresh(t), variant{"A", g})
	x.b = start(t, fresh(t), variant{"B", g})
	calm(x.a)
	calm(x.b)
	for key, id := range x.a.ids {
		if other, both := x.b.ids[key]; both && other != id {
			t.Fatalf("%s is %s in one world and %s in the other", key, id, other)
		}
	}
	return x
}

// calm switches the detectors off: whoever asks a thousand questions raises alarms, and these come in
// each world when they come.
func calm(p *program) {
	p.t.Helper()
	boss := p.as("boss")
	in := into[store.WrittenWatchSettings](boss.get("/api/v1/alerts/settings").must(200))
	for name, detector := range in.Detectors {
		detector.On = false
		in.Detectors[name] = detector
	}
	boss.do("PUT", "/api/v1/alerts/settings", map[string]any{"detectors": in.Detectors}, "If-Match", fmt.Sprint(in.Version)).must(200)
}

// prober is somebody who asks both worlds the same.
type prober struct {
	*pair
	who  string
	a, b *client
	asks int
	// before holds the fingerprints of the first world, until a write is let through.
	before map[policy.Kind]fingerprint
	seen   map[string]bool // rows that the person sees
	// oversees is set while routes are asked on which the person, by a right of administration, is
	// told of records that they cannot read: that they are there, and who can. The worlds differ
	// then, and only secrets are looked for.
	oversees bool
}

// caller signs somebody in in both worlds: a person by login; with a token that is the boss's and
// narrowed to reading products; or nobody.
func (x *pair) caller(who string) *prober {
	x.t.Helper()
	c := &prober{pair: x, who: who, before: map[policy.Kind]fingerprint{}}
	for p, into := range map[*program]**client{x.a: &c.a, x.b: &c.b} {
		switch who {
		case "anonymous":
			*into = p.anonymous()
		case "disabled":
			*into = p.anonymous()
			(*into).post("/api/v1/session", map[string]string{"login": who, "password": password}).must(401)
		case "token":
			secret, _ := p.newToken("boss", map[string]any{"name": "narrow", "kinds": []string{"product"}, "actions": []string{"read"}, "until": p.clock.Now().Add(time.Hour)})
			*into = p.withToken(secret)
		default:
			*into = p.as(who)
		}
	}
	return c
}

// ask puts one question to both worlds, compares the answers and looks for secrets in them. It
// returns the answer of the first world. After a refused write it looks whether anything changed.
func (c *prober) ask(method, path string, body any, headers ...string) *reply {
	c.t.Helper()
	c.asks++
	writes := method != http.MethodGet && method != http.MethodHead
	if writes {
		c.remember(path)
	}
	var replies [2]*reply
	var both sync.WaitGroup
	for i, who := range []*client{c.a, c.b} {
		both.Go(func() { replies[i] = who.do(method, path, body, headers...) })
	}
	both.Wait()
	a, b := replies[0], replies[1]
	one, other := plain(a), plain(b)
	if one != other && !c.oversees && !c.t.Failed() { // one difference draws others after it
		c.t.Errorf("%s: %s %s %v %v\ndiffers between the worlds:\n%s", c.who, method, path, body, headers, difference(one, other))
	}
	c.search(c.pair.a, a)
	c.search(c.pair.b, b)
	switch {
	case writes && a.status >= 400:
		c.unchanged(method, path)
	case writes:
		clear(c.before)
	}
	return a
}

func (c *prober) get(path string) *reply { c.t.Helper(); return c.ask("GET", path, nil) }

var (
	secrets   = regexp.MustCompile(`"(token|file_url|errors_url)":"[^"]*"`)
	markCodes = regexp.MustCompile(`"code":"[0-9A-Z]{5}-[0-9A-Z]{5}"`) // of watermarks: drawn by chance
	wallTimes = regexp.MustCompile(`"(started_at|finished_at)":"[^"]*"`)
)

// plain is an answer without what each world makes itself: request ids, secrets, and the server's
// own time.
func plain(r *reply) string {
	var all strings.Builder
	fmt.Fprintln(&all, r.status)
	for _, name := range slices.Sorted(maps.Keys(r.header)) {
		switch value := strings.Join(r.header[name], " | "); name {
		case "Date", "X-Request-Id":
		case "Content-Length":
			if len(r.body) == 0 && r.status != http.StatusNoContent && strings.HasPrefix(r.asked, "HEAD") {
				fmt.Fprintln(&all, name, value)
			}
		case "Set-Cookie":
			fmt.Fprintln(&all, name, regexp.MustCompile(`(guan_session|Expires)=[^;]*`).ReplaceAllString(value, "$1"))
		default:
			fmt.Fprintln(&all, name, value)
		}
	}
	all.Write(meant(r))
	text := all.String()
	if id := r.header.Get("X-Request-Id"); id != "" {
		text = strings.ReplaceAll(text, id, "REQUEST")
	}
	text = secrets.ReplaceAllString(text, `"$1":"SECRET"`)
	text = markCodes.ReplaceAllString(text, `"code":"CODE"`)
	text = wallTimes.ReplaceAllString(text, `"$1":"TIME"`)
	return text
}

// meant is the body, of a table what its cells mean, in an order of its rows that is none: in which of several
// ways cells are written, and how rows stand that sort alike, is chosen anew for each copy, by values that are
// plain in it. That lists come in the same order is asked of the lists.
func meant(r *reply) []byte {
	if !strings.HasPrefix(r.header.Get("Content-Type"), "text/csv") && !strings.HasSuffix(r.header.Get("Content-Disposition"), `.csv"`) {
		return r.body
	}
	var rows []string
	for _, row := range csvRows(r) {
		var out strings.Builder
		for _, cell := range row {
			_, means, _ := strings.Cut(mark.Read(cell).Means, " ")
			fmt.Fprintf(&out, "%s\n", means)
		}
		rows = append(rows, out.String())
	}
	slices.Sort(rows)
	return []byte(strings.Join(rows, ""))
}

// difference shows where two texts part.
func difference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	show := func(s string) string { return s[max(0, i-200):min(len(s), i+300)] }
	return "A: …" + show(a) + "\nB: …" + show(b)
}

// search looks for canaries in everything that an answer holds, cursors included.
func (c *prober) search(p *program, r *reply) {
	c.t.Helper()
	var all bytes.Buffer
	_ = r.header.Write(&all)
	all.Write(r.body)
	all.Write(meant(r))
	text := all.Bytes()
	if i := bytes.LastIndex(text, []byte(`"next":"`)); i >= 0 {
		cursor, _, _ := bytes.Cut(text[i+len(`"next":"`):], []byte(`"`))
		if inside, err := base64.RawURLEncoding.DecodeString(string(cursor)); err == nil {
			text = append(text, inside...)
		}
	}
	tokens(text, func(token string) {
		if where, found := p.secret[token]; found {
			c.t.Errorf("%s: %s of world %s gives away %s", c.who, r.asked, p.world, where)
		}
	})
}

// fingerprint is what stands in a kind, as the boss reads it: of each record the version and the
// time of the last change, and everything.
type fingerprint struct{ brief, whole string }

func (p *program) fingerprint(kind policy.Kind, fields ...string) string {
	p.t.Helper()
	page, err := p.session("boss").List(p.t.Context(), store.ListQuery{Kind: kind, Limit: 200, Sort: "created_at", Fields: fields})
	if err != nil {
		p.t.Fatal(err)
	}
	return string(raw(page.Items))
}

// remember takes the fingerprints of the kinds that a write could touch, before it is made.
func (c *prober) remember(path string) {
	for _, kind := range touchedBy(path) {
		if c.before[kind].brief == "" {
			c.before[kind] = fingerprint{c.pair.a.fingerprint(kind, "updated_at"), c.pair.a.fingerprint(kind)}
		}
	}
}

// unchanged compares after a write was refused: neither the target nor a neighbour has another
// version or time.
func (c *prober) unchanged(method, path string) {
	c.t.Helper()
	for _, kind := range touchedBy(path) {
		if after := c.pair.a.fingerprint(kind, "updated_at"); after != c.before[kind].brief {
			c.t.Errorf("%s: the refused %s %s changed something:\n%s", c.who, method, path, difference(c.before[kind].brief, after))
		}
	}
}

// untouched compares everything, when many writes were refused and none let through since.
func (c *prober) untouched() {
	c.t.Helper()
	for kind, before := range c.before {
		if after := c.pair.a.fingerprint(kind); after != before.whole {
			c.t.Errorf("%s: refused writes changed something:\n%s", c.who, difference(before.whole, after))
		}
	}
}

// touchedBy are the kinds that a write to the path could change.
func touchedBy(path string) []policy.Kind {
	if rest, ok := strings.CutPrefix(path, "/api/v1/records/"); ok {
		kind, _, _ := strings.Cut(rest, "/")
		if records.Builtin().Kind(policy.Kind(kind)) != nil {
			return []policy.Kind{policy.Kind(kind)}
		}
	}
	return []policy.Kind{"person", "customer"}
}
