package laws

import (
	"math/rand/v2"
	"slices"

	"guan/policy"
)

// Generate makes the world of a seed.
func Generate(seed uint64) *World {
	s := &source{Rand: rand.New(rand.NewPCG(seed, 0x67756e)), w: &World{Seed: seed}}
	w := s.w
	s.main, s.big = one(s, client, client, deal, visit), s.in(60)
	w.Now = 1_790_000_000_000_000 + int64(s.IntN(1_000_000))
	w.Request = Request{Channel: one(s, "web", "api", ""), Device: one(s, "phone", "desktop", ""), Network: one(s, "office", ""), Proved: s.in(2)}
	w.Reindexing = s.in(3)
	s.units()
	s.people()
	s.records()
	n := 2 + s.IntN(9)
	if s.big {
		n = 40 + s.IntN(60) // more answers than one word of bits holds
	}
	if s.in(15) {
		n = s.IntN(3)
		w.Rules = append(w.Rules, s.lone()...) // many a statement is written otherwise for one way in
	}
	for range n {
		w.Rules = append(w.Rules, s.rule(""))
	}
	if s.in(3) {
		w.Rules = append(w.Rules, s.grants()...)
	}
	if s.in(5) {
		w.Rules = append(w.Rules, s.named()...)
	}
	if s.in(5) {
		w.Rules = append(w.Rules, s.alike()...)
	}
	if s.in(4) {
		w.Rules = append(w.Rules, s.sandbox()...)
	}
	if s.in(4) {
		w.Rules = append(w.Rules, s.emergency()...)
	}
	s.change()
	for range 2 {
		w.Asks = append(w.Asks, s.ask())
	}
	for range 4 {
		w.Splits = append(w.Splits, s.split())
	}
	return w
}

func (s *source) units() {
	w := s.w
	n := 1 + s.IntN(7)
	if s.big || s.in(60) {
		n = 40 + s.IntN(60) // more units than a statement lists one by one
	}
	for i := range n {
		u := Unit{ID: policy.ID(100 + i)}
		if i > 0 && !s.in(8) {
			u.Parent = w.Units[s.IntN(i)].ID
		}
		if !s.in(3) {
			place := one(s, places...)
			if s.in(6) {
				place = policy.LatLng{} // unknown
			}
			u.Place = &place
		}
		w.Units = append(w.Units, u)
	}
	for range s.IntN(3) { // moves
		u, to := &w.Units[s.IntN(len(w.Units))], one(s, w.Units...).ID
		if u.ID != to && !slices.Contains(w.above(to), u.ID) {
			u.Parent = to
		}
	}
	for i := range s.IntN(3) {
		p := Pool{ID: policy.ID(250 + i)}
		for _, u := range some(s, 0, 2, w.Units) {
			p.Units = append(p.Units, u.ID)
		}
		w.Pools = append(w.Pools, p)
	}
}

var positions = []string{"sales", "service", "boss"}

func (s *source) people() {
	w := s.w
	for i := range 2 + s.IntN(4) {
		p := Person{ID: policy.ID(300 + i), Attrs: map[string]Datum{}}
		for range s.IntN(4) {
			post := Post{Position: one(s, positions...), Unit: one(s, w.Units...).ID}
			if s.in(4) {
				post.From, post.Until = s.window()
			}
			p.Posts = append(p.Posts, post)
		}
		if s.in(2) {
			p.Attrs["region"] = datumOf(policy.TextOf(one(s, texts...)))
		}
		if s.in(2) {
			p.Attrs["level"] = datumOf(policy.IntOf(one(s, integers...)))
		}
		if s.in(2) {
			p.Attrs["limit"] = datumOf(policy.MoneyOf(one(s, amounts...)))
		}
		w.People = append(w.People, p)
		if s.in(3) {
			u := &w.Units[s.IntN(len(w.Units))]
			u.Heads = append(u.Heads, p.ID)
		}
	}
}

func (s *source) records() {
	w := s.w
	next := policy.ID(1000)
	for _, k := range kinds {
		first := len(w.Records)
		for range s.IntN(13) {
			next += policy.ID(1 + s.IntN(3))
			w.Records = append(w.Records, Record{Kind: k.Name, ID: next, Values: map[string]Datum{}})
		}
		// Their ids stand before their values are drawn, so that they may point at each other.
		for i := first; i < len(w.Records); i++ {
			s.fill(&w.Records[i], k)
		}
	}
	// Visits of deals were drawn when the deals stood; what points forward is drawn again.
	for i := range w.Records {
		r := &w.Records[i]
		for _, f := range schema.Kind(r.Kind).Fields {
			if f.Type == policy.Ref && f.Name != "id" && s.in(8) {
				r.Values[f.Name] = s.value(f)
			}
		}
	}
}

func (s *source) fill(r *Record, k *policy.KindSchema) {
	for _, f := range k.Fields {
		if f.Name != "id" && (f.NotNull || !s.in(3)) {
			r.Values[f.Name] = s.value(f)
		}
	}
	if k.Team && s.in(2) {
		for _, p := range some(s, 1, 2, s.w.People) {
			m := Member{Person: p.ID}
			m.From, m.Until = s.window()
			r.Team = append(r.Team, m)
		}
	}
	for _, class := range searchClasses(k) {
		if !s.in(4) {
			if r.Search == nil {
				r.Search = map[policy.Class][]string{}
			}
			r.Search[class] = some(s, 0, 5, terms)
		}
	}
}
