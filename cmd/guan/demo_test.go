package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/demo/adventureworks"
	"guan/internal/testdb"
	"guan/org"
	"guan/policy"
	"guan/store"
)

const demoPassword = "bicycle-2026"

// flags says where the data stands, as the commands want it.
func flags(t *testing.T, at testdb.Database) []string {
	if at.URL != "" {
		return []string{"--data", t.TempDir(), "--db", at.URL}
	}
	return []string{"--data", at.DataDir}
}

// served is 'guan serve' under way, and what it logged.
type served struct {
	at   string
	stop func()

	mu  sync.Mutex
	log strings.Builder
}

// Write takes what the program logs.
func (s *served) Write(line []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.Write(line)
}

func (s *served) logged() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.String()
}

// serving runs 'guan serve' until the test ends, or stops it.
func serving(t *testing.T, flags ...string) *served {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	reader, writer := io.Pipe()
	ended := make(chan int, 1)
	s := &served{}
	go func() {
		ended <- run(ctx, append([]string{"serve", "--quiet", "--rate", "0", "--listen", "127.0.0.1:0"}, flags...), writer, s)
		writer.Close()
	}()
	s.stop = sync.OnceFunc(func() {
		stop()
		if code := <-ended; code != done {
			t.Errorf("serve ended with %d: %s", code, s.logged())
		}
	})
	t.Cleanup(s.stop)
	lines := bufio.NewScanner(reader)
	if !lines.Scan() {
		t.Fatalf("serve printed nothing: %s", s.logged())
	}
	at, ok := strings.CutPrefix(lines.Text(), "listening on ")
	if !ok {
		t.Fatalf("serve printed %q", lines.Text())
	}
	s.at = at
	go io.Copy(io.Discard, reader)
	return s
}

// browser is somebody signed in.
type browser struct {
	t    *testing.T
	at   string
	http *http.Client
}

func signIn(t *testing.T, at, login, password string) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{t, at, &http.Client{Jar: jar, Timeout: patience}}
	body := fmt.Sprintf(`{"login":%q,"password":%q}`, login, password)
	a, err := b.http.Post(at+"/api/v1/session", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	if a.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(a.Body)
		t.Fatalf("%s cannot sign in: %d %s", login, a.StatusCode, text)
	}
	return b
}

// list is a page on the wire, as far as the test reads it.
type list struct {
	Items []struct {
		ID     string         `json:"id"`
		Fields map[string]any `json:"fields"`
	} `json:"items"`
	Next  string `json:"next"`
	Total struct {
		Count  int  `json:"count"`
		Capped bool `json:"capped"`
	} `json:"total"`
	Sums map[string]map[string]string `json:"sums"`
}

// list asks for a page; of a kind that one may not read it is empty.
func (b *browser) list(kind, filter string, more ...string) list {
	b.t.Helper()
	q := url.Values{}
	if filter != "" {
		q.Set("filter", filter)
	}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	a, err := b.http.Get(b.at + "/api/v1/records/" + kind + "?" + q.Encode())
	if err != nil {
		b.t.Fatal(err)
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	var l list
	if a.StatusCode == http.StatusNotFound {
		return l
	}
	if a.StatusCode != http.StatusOK || json.Unmarshal(text, &l) != nil {
		b.t.Fatalf("%s %s: %d %s", kind, filter, a.StatusCode, text)
	}
	return l
}

// ids pages through a list.
func (b *browser) ids(kind, filter string) []string {
	b.t.Helper()
	var ids []string
	for cursor := ""; ; {
		page := b.list(kind, filter, "fields", "name", "limit", "200", "cursor", cursor)
		for _, it := range page.Items {
			ids = append(ids, it.ID)
		}
		if cursor = page.Next; cursor == "" {
			return ids
		}
	}
}

func (b *browser) count(kind, filter string) int {
	b.t.Helper()
	total := b.list(kind, filter, "limit", "1", "count", "capped").Total
	if total.Capped {
		return len(b.ids(kind, filter))
	}
	return total.Count
}

// sees is what the person counts, as the table has it.
func (b *browser) sees(login string) adventureworks.Seen {
	b.t.Helper()
	orders := b.list("contract", "", "limit", "1", "count", "capped", "sum", "subtotal")
	return adventureworks.Seen{
		Login:    login,
		People:   b.count("person", ""),
		Stores:   b.count("customer", "r.type == 'company'"),
		Contacts: b.count("contact", ""),
		Orders:   orders.Total.Count,
		Subtotal: cents(b.t, orders.Sums["subtotal"]["USD"]),

		Individuals: b.count("customer", "r.type == 'individual'"),
	}
}

// cents rounds an amount; the empty text is nothing.
func cents(t *testing.T, amount string) string {
	t.Helper()
	if amount == "" {
		amount = "0"
	}
	x, ok := new(big.Rat).SetString(amount)
	if !ok {
		t.Fatalf("no amount: %q", amount)
	}
	return x.FloatString(2)
}

// The whole company through the product's own importer, served by the real program: everybody sees
// what the table in demo/adventureworks/README.md says, to the last figure.
func TestAdventureWorks(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.Database) {
		where := flags(t, db)
		fill := append([]string{"demo", "adventureworks", "--password", demoPassword}, where...)
		if code, out, errs := output(t, fill...); code != done || !strings.Contains(out, "ken0") {
			t.Fatalf("exit %d: %s", code, errs)
		}
		if code, _, errs := output(t, fill...); code != failed || !strings.Contains(errs, "people in this installation already") {
			t.Errorf("a second demo on top: exit %d: %s", code, errs)
		}
		at := serving(t, where...).at
		for _, want := range adventureworks.Expected {
			got := signIn(t, at, want.Login, demoPassword).sees(want.Login)
			got.Why = want.Why
			if got != want {
				t.Errorf("%s\n sees    %+v\n should  %+v", want.Login, got, want)
			}
		}
		keeper := signIn(t, at, "jae0", demoPassword).sees("jae0")
		if keeper.Individuals != 101 || keeper.People != 1 {
			t.Errorf("jae0, who keeps the store 1272, sees %+v", keeper)
		}
		admin := signIn(t, at, "stephanie0", demoPassword).sees("stephanie0")
		if admin.Stores+admin.Individuals+admin.Contacts+admin.Orders != 0 {
			t.Errorf("the administrator sees %+v", admin)
		}
		near(t, at, where)
	})
}

// near counts the individuals around stores by filters, and by the access path of somebody who
// keeps them all.
func near(t *testing.T, at string, where []string) {
	ken := signIn(t, at, "ken0", demoPassword)
	around := func(lat, lng, meters float64) string {
		return fmt.Sprintf("r.type == 'individual' && distance(r.place, point(%v, %v)) <= %.1f", lat, lng, meters)
	}
	stores := map[string]policy.LatLng{}
	for cursor := ""; ; {
		page := ken.list("customer", "r.type == 'company' && has(r.place)", "fields", "code,place", "limit", "200", "cursor", cursor)
		for _, it := range page.Items {
			place := it.Fields["place"].(map[string]any)
			stores[it.Fields["code"].(string)] = policy.LatLng{Lat: place["lat"].(float64), Lng: place["lng"].(float64)}
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	if len(stores) != 671 {
		t.Errorf("%d stores have a place, not 701 - 30", len(stores))
	}
	london := stores["1272"]
	for meters, want := range map[float64]int{1_000: 20, 3_000: 101, 5_000: 178, 10_000: 358} {
		if got := ken.count("customer", around(london.Lat, london.Lng, meters)); got != want {
			t.Errorf("%d individuals within %.0f m of the store 1272, not %d", got, meters, want)
		}
	}
	if got := ken.count("customer", around(0.0001, 0.0001, 1_000)); got != 0 {
		t.Errorf("%d individuals stand near (0, 0), where nobody is known to be", got)
	}
	if got := ken.count("customer", "r.type == 'individual' && !has(r.place)"); got != 888 {
		t.Errorf("%d individuals without a place, not 888", got)
	}
	everybody, near := map[string]bool{}, 0
	for _, place := range stores {
		ids := ken.ids("customer", around(place.Lat, place.Lng, 3_000))
		if len(ids) > 0 {
			near++
		}
		for _, id := range ids {
			everybody[id] = true
		}
	}
	if len(everybody) != 3_148 || near != 241 {
		t.Errorf("%d individuals near %d stores, not 3,148 near 241", len(everybody), near)
	}

	keepAll(t, where, stores)
	// The first pages one by one, the rest by number: the way to them goes past 671 places.
	guy := signIn(t, at, "guy1", demoPassword)
	seen := 0
	for cursor := ""; seen < 600; {
		page := guy.list("customer", "", "fields", "name", "limit", "200", "cursor", cursor)
		for _, it := range page.Items {
			if !everybody[it.ID] {
				t.Errorf("whoever keeps all stores sees %s, which is near none", it.ID)
			}
			seen++
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	if got := guy.list("customer", "", "limit", "1", "count", "capped").Total.Count; got != len(everybody) || seen != 600 {
		t.Errorf("whoever keeps all stores sees %d individuals, not %d", got, len(everybody))
	}
}

// keepAll appoints guy1 as keeper of a unit at each place, while the program serves.
func keepAll(t *testing.T, where []string, stores map[string]policy.LatLng) {
	t.Helper()
	o := store.Options{DataDir: where[1]}
	if len(where) > 2 {
		o.URL = where[3]
	}
	db, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	setup := db.System(store.JobSetup, store.DefaultTenant)
	session, err := setup.Records()
	if err != nil {
		t.Fatal(err)
	}
	guy, err := session.List(t.Context(), store.ListQuery{Kind: "person", Filter: "r.login == 'guy1'"})
	if err != nil || len(guy.Items) != 1 {
		t.Fatal(err)
	}
	units, err := session.Units(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ids, err := setup.NewIDs(t.Context(), 2*len(stores))
	if err != nil {
		t.Fatal(err)
	}
	var c store.Company
	for code, place := range stores {
		u := org.Unit{ID: ids[0], Parent: units[0].ID, Name: "Keeper of " + code, Type: "store", Place: &place}
		c.Units = append(c.Units, u)
		c.Appointments = append(c.Appointments, org.Appointment{ID: ids[1], Person: guy.Items[0].ID, Unit: u.ID, Position: "store_keeper", From: time.Now().Add(-time.Hour)})
		ids = ids[2:]
	}
	if err := setup.Install(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}
