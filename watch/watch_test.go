package watch

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"guan/policy"
)

var monday = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC) // nine in the morning in the zone

// life is somebody's, for a test to go on with.
type life struct {
	State
	n     int64
	found []Finding
	set   Settings
}

func (l *life) does(at time.Time, act Act, kind policy.Kind, ids ...policy.ID) {
	l.n++
	e := Event{Entry: l.n, At: at, Act: act, Kind: kind, Records: ids, Network: "office", Device: "d1"}
	if act == Exported {
		e.Rows, e.Limit = int64(ids[0]), 1000
	}
	l.found = append(l.found, l.Observe(e, l.set)...)
}

// ordinary lives days of twenty records each, half of which are worked on.
func ordinary(days int) *life {
	l := &life{set: Usual()}
	for day := range days {
		for i := range 20 {
			at := monday.AddDate(0, 0, day).Add(time.Duration(i) * 20 * time.Minute)
			id := policy.ID(1000 + 37*(i*day%100))
			l.does(at, Opened, "customer", id)
			if i%2 == 0 {
				l.does(at.Add(time.Minute), Worked, "customer", id)
			}
		}
	}
	return l
}

func (l *life) told(t *testing.T, want ...Detector) {
	t.Helper()
	var got []Detector
	for _, f := range l.found {
		got = append(got, f.Detector)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("found other things than wanted (-) %s\n%+v", d, l.found)
	}
}

// Each detector finds its own and says from which number on; an ordinary life brings none of them about.
func TestDetectors(t *testing.T) {
	next := monday.AddDate(0, 0, 30)
	for name, c := range map[string]struct {
		does func(l *life)
		want []Detector
	}{
		"an ordinary day": {func(l *life) {}, nil},
		"reads in the order of a list": {func(l *life) {
			var ids []policy.ID
			for i := range 60 {
				ids = append(ids, policy.ID(90_000+101*((i*7)%60)))
			}
			l.does(next, Listed, "customer", ids...)
			for i, id := range ids {
				l.does(next.Add(time.Duration(i)*time.Minute), Opened, "customer", id)
			}
		}, []Detector{Row}},
		"the same with work in between": {func(l *life) {
			var ids []policy.ID
			for i := range 60 {
				ids = append(ids, policy.ID(90_000+101*i))
			}
			l.does(next, Listed, "customer", ids...)
			for i, id := range ids {
				l.does(next.Add(time.Duration(i)*time.Minute), Opened, "customer", id)
				l.does(next.Add(time.Duration(i)*time.Minute), Worked, "customer", id)
			}
		}, nil},
		"many records in an hour": {func(l *life) {
			for page := range 10 {
				var ids []policy.ID
				for i := range 50 {
					ids = append(ids, policy.ID(50_000+page*50+i))
				}
				l.does(next.Add(time.Duration(page)*time.Minute), Listed, "customer", ids...)
			}
		}, []Detector{Hour, Fresh}},
		"two nights": {func(l *life) {
			for night := range 2 {
				for i := range 40 { // the day's work
					l.does(next.AddDate(0, 0, 2*night).Add(time.Duration(i)*9*time.Minute), Worked, "customer", 1000)
				}
				for i := range 30 {
					at := next.AddDate(0, 0, 2*night).Add(14*time.Hour + time.Duration(i)*time.Minute) // eleven in the evening
					l.does(at, Opened, "customer", policy.ID(70_000+1000*night+29*(i*i%97)))
				}
			}
		}, []Detector{Night}},
		"exports close to the limit": {func(l *life) {
			for day := range 3 {
				l.does(next.AddDate(0, 0, day), Exported, "customer", 450)
				l.does(next.AddDate(0, 0, day).Add(time.Hour), Exported, "customer", 450)
			}
		}, []Detector{Chunks}},
		"one export close to the limit": {func(l *life) { l.does(next, Exported, "customer", 950) }, nil},
		"refusals": {func(l *life) {
			for i := range 30 {
				l.does(next.Add(time.Duration(i)*time.Minute), Refused, "")
			}
		}, []Detector{Denials}},
		"reveals": {func(l *life) {
			for i := range 25 {
				l.does(next.Add(time.Duration(i)*time.Minute), Revealed, "customer", policy.ID(1000+i))
			}
		}, []Detector{Reveals}},
		"a marked record": {func(l *life) {
			for i := range 3 { // a page is several acts
				l.n++
				l.found = append(l.found, l.Observe(Event{Entry: l.n, At: next.Add(time.Duration(i) * time.Second), Act: Opened, Kind: "customer", Records: []policy.ID{5}, Bait: true}, l.set)...)
			}
			l.n++
			l.found = append(l.found, l.Observe(Event{Entry: l.n, At: next.Add(time.Hour), Act: Listed, Kind: "customer", Records: []policy.ID{5}, Bait: true}, l.set)...)
		}, []Detector{Honey}},
		"much from a new network": {func(l *life) {
			for i := range 170 {
				l.n++
				at := next.Add(time.Duration(i) * 4 * time.Minute)
				id := policy.ID(1000 + 37*(i*13%100))
				if i >= 90 {
					id = policy.ID(80_000 + 41*(i*13%97))
				}
				l.found = append(l.found, l.Observe(Event{Entry: l.n, At: at.Add(-2 * time.Hour), Act: Opened, Kind: "customer", Records: []policy.ID{id}, Network: "hotel", Device: "d1"}, l.set)...)
				l.does(at.Add(-2*time.Hour), Worked, "customer", id)
			}
		}, []Detector{Place}},
	} {
		t.Run(name, func(t *testing.T) {
			l := ordinary(30)
			l.told(t)
			c.does(l)
			l.told(t, c.want...)
			for _, f := range l.found {
				if f.Bound == 0 || f.Seen == 0 || f.First == 0 || f.Last < f.First || f.Detector != Slow && f.Act != Alert {
					t.Errorf("it does not say what it saw: %+v", f)
				}
			}
		})
	}
}

// Of who leaves soon less is enough.
func TestLeaver(t *testing.T) {
	for leaves, want := range map[bool]int{true: 1, false: 0} {
		l := ordinary(30)
		for day := range 2 {
			for i := range 90 {
				l.n++
				at := monday.AddDate(0, 0, 30+day).Add(time.Duration(i) * 5 * time.Minute)
				e := Event{Entry: l.n, At: at, Act: Opened, Kind: "customer", Records: []policy.ID{policy.ID(1000 + 37*(i*7%97))}, Network: "office"}
				if leaves {
					e.LastDay = monday.AddDate(0, 0, 40)
				}
				l.found = append(l.found, l.Observe(e, l.set)...)
			}
		}
		n := 0
		for _, f := range l.found {
			if f.Detector == Leaver {
				n++
				if f.Left != 9 {
					t.Errorf("%d days are left", f.Left)
				}
			}
		}
		if n != want {
			t.Errorf("leaves: %t, told %d times: %+v", leaves, n, l.found)
		}
	}
}

// What is remembered survives being written down: the same acts find the same afterwards.
func TestStateIsADocument(t *testing.T) {
	a := ordinary(20)
	text, err := json.Marshal(a.State)
	if err != nil {
		t.Fatal(err)
	}
	b := &life{set: Usual(), n: a.n}
	if err := json.Unmarshal(text, &b.State); err != nil {
		t.Fatal(err)
	}
	for _, l := range []*life{a, b} {
		for i := range 30 {
			l.does(monday.AddDate(0, 0, 21).Add(time.Duration(i)*time.Minute), Refused, "")
		}
	}
	if d := cmp.Diff(a.found, b.found); d != "" || len(a.found) == 0 {
		t.Errorf("%s", d)
	}
	if len(text) > 20_000 {
		t.Errorf("a state of %d bytes", len(text))
	}
}

// The sample is exact while it is small, close when it is not, and never larger than its limit.
func TestSample(t *testing.T) {
	var s sample
	var sum int64
	for i := range 20_000 {
		sum += s.add(hashOf("customer", policy.ID(i+1)), 512)
		if i < 512 && (s.count() != int64(i+1) || sum != int64(i+1)) {
			t.Fatalf("%d of %d", s.count(), i+1)
		}
	}
	if n := s.count(); n < 16_000 || n > 24_000 || len(s.Set) > 4*512 {
		t.Errorf("%d of 20000 in %d bytes", n, len(s.Set))
	}
	if s.add(hashOf("customer", 5), 512) != 0 {
		t.Error("a known record is new")
	}
}

// Settings that say nothing are refused, each at its place.
func TestSettings(t *testing.T) {
	if err := Usual().Check(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(Settings){
		"no detector":   func(s Settings) { s["gossip"] = Setting{Act: Alert, Floor: 1} },
		"none of one":   func(s Settings) { delete(s, Hour) },
		"no action":     func(s Settings) { s[Hour] = Setting{Act: "shout", Floor: 1, Times: 2} },
		"no floor":      func(s Settings) { s[Hour] = Setting{Act: Alert, Times: 2} },
		"no comparison": func(s Settings) { s[Hour] = Setting{Act: Alert, Floor: 5} },
		"times nothing": func(s Settings) { s[Row] = Setting{Act: Alert, Floor: 5, Times: 2} },
	} {
		s := Usual()
		change(s)
		if s.Check() == nil {
			t.Errorf("%s is let through", name)
		}
	}
}
