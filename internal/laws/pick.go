package laws

import (
	"math/rand/v2"

	"guan/policy"
)

// source makes the choices of a world. Everything drawn comes from small sets, so that records,
// rules and questions meet.
type source struct {
	*rand.Rand
	w    *World
	main policy.Kind // what most rules and questions are about, so that they meet
	big  bool        // with many units and rules
	asks bool        // what is drawn is asked, and not kept: it may name values of encrypted fields
}

// kind draws the kind of a rule or a question.
func (s *source) kind() *policy.KindSchema {
	if s.in(4) {
		return one(s, kinds...)
	}
	return schema.Kind(s.main)
}

// one picks one of the items.
func one[T any](s *source, items ...T) T { return items[s.IntN(len(items))] }

// in is true once in n times.
func (s *source) in(n int) bool { return s.IntN(n) == 0 }

// some picks from low to high of the items, each at most once, in any order.
func some[T any](s *source, low, high int, items []T) []T {
	n := min(low+s.IntN(high-low+1), len(items))
	out := make([]T, 0, n)
	for _, i := range s.Perm(len(items))[:n] {
		out = append(out, items[i])
	}
	return out
}

// texts hold what means something to LIKE, GLOB, JSON, SQL or CEL, and scripts beside Latin.
var texts = []string{
	"", "a", "A", "ab", "abc", "b", "%", "_", `\`, "a%b", "a_b", `a\b`, "axb", "*", "?", "[", "]", "[a]", "[ab]", "[^a]", "a*b", "a?b",
	"深圳", "深圳市", "圳", "华东 深圳", "é", "e\u0301", "'", `"`, "a'b", `a"b`, "NULL", "null", "0", "1", "10", " a", "a ", "a\nb", "\t", "😀", "$1", "%s",
}

// accounts are values of encrypted fields: long enough to be recognised wherever they lie in plain, and some
// alike at both ends, as those of which only the ends are shown may be.
var accounts = []string{"6222020903001483077", "6222020903111483077", "acct-QX%_0001", "acct-qx%_0001", "帐号甲乙丙丁戊己庚辛", "account of 4711 €"}

var numbers = []float64{-1.5, 0, 0.25, 0.5, 1, 2.5, 0.1, 0.30000000000000004, 1e15, -1e15, 1e-7}

var integers = []int64{-2, -1, 0, 1, 2, 3, 10, 1<<53 - 1, -(1<<53 - 1), 1<<31 + 1}

var amounts = []int64{-10_000, 0, 1, 99, 10_000, 10_005_000, 125_000, 8_999_999_999_999_999, -8_999_999_999_999_999}

var tags = []string{"vip", "a", "A", "深圳", `a"b`, `a\b`, "%", "a b", "[1]", "null", "0"}

var terms = []string{"a", "ab", "b", "深", "深圳", "圳", "1", "13", "é", "null", "and"}

var currencies = []string{"CNY", "USD", "cny"}

var stages = []string{"new", "won", "lost", "New", ""}

// places stand around stores, poles, the date line and the equator, some a hair apart.
var places = []policy.LatLng{
	{Lat: 22.54, Lng: 114.05}, {Lat: 22.5401, Lng: 114.05}, {Lat: 22.54, Lng: 114.08}, {Lat: 22.6, Lng: 114.05}, {Lat: 22.54, Lng: 114.0500001},
	{Lat: 51.5, Lng: -0.1}, {Lat: 51.5, Lng: 0.1}, {Lat: 51.52, Lng: -0.1}, {Lat: 90, Lng: 0}, {Lat: 89.99, Lng: 100}, {Lat: -90, Lng: 12}, {Lat: -89.999, Lng: -170},
	{Lat: 10, Lng: 179.999}, {Lat: 10, Lng: -179.999}, {Lat: 10, Lng: 180}, {Lat: 10, Lng: -180}, {Lat: 0, Lng: 5}, {Lat: 5, Lng: 0}, {Lat: 0, Lng: 180},
	{Lat: 1e-200, Lng: 5}, {Lat: 0, Lng: 5.02}, {Lat: 0.02, Lng: 5}, {Lat: -0.02, Lng: 4.98},
}

var distances = []float64{0.5, 12, 2_500, 3_000, 3_100, 10_000, 500_000, 5_000_000, 11_000_000, 20_015_000, 20_100_000}

// units around now at which windows begin and end.
const micro, hour = int64(1), int64(3_600_000_000)

func (s *source) instant() int64 {
	return s.w.Now + one(s, -720*hour, -hour, -micro, 0, micro, hour, 24*hour)
}

// window gives a window that mostly holds at now, and often has an edge exactly there.
func (s *source) window() (from, until *int64) {
	now := s.w.Now
	point := func(d int64) *int64 { t := now + d; return &t }
	switch s.IntN(10) {
	case 0:
		return point(0), nil
	case 1:
		return nil, point(0)
	case 2:
		return point(-micro), point(micro)
	case 3:
		return point(micro), nil
	case 4:
		return point(-hour), point(0)
	case 5:
		return nil, point(micro)
	}
	return nil, nil
}

// value draws a value for the field.
func (s *source) value(f *policy.Field) Datum {
	switch f.Type {
	case policy.Text:
		if f.Encrypted {
			return datumOf(policy.TextOf(one(s, accounts...)))
		}
		switch f.Name {
		case "currency":
			return datumOf(policy.TextOf(one(s, currencies...)))
		case "stage":
			return datumOf(policy.TextOf(one(s, stages...)))
		}
		return datumOf(policy.TextOf(one(s, texts...)))
	case policy.Int:
		return datumOf(policy.IntOf(one(s, integers...)))
	case policy.Number:
		return datumOf(policy.NumberOf(one(s, numbers...)))
	case policy.Money:
		return datumOf(policy.MoneyOf(one(s, amounts...)))
	case policy.Time:
		return datumOf(policy.MicrosOf(s.instant()))
	case policy.Bool:
		return datumOf(policy.BoolOf(s.in(2)))
	case policy.Ref:
		return datumOf(policy.RefOf(s.target(f)))
	case policy.Set:
		return datumOf(policy.SetOf(some(s, 0, 3, tags)...))
	}
	place := one(s, places...)
	return Datum{Place: &place}
}

// target draws what a reference points at; now and then what was deleted.
func (s *source) target(f *policy.Field) policy.ID {
	var ids []policy.ID
	switch f.Refs {
	case person:
		for _, p := range s.w.People {
			ids = append(ids, p.ID)
		}
	case unit:
		for _, u := range s.w.Units {
			ids = append(ids, u.ID)
		}
	case pool:
		for _, p := range s.w.Pools {
			ids = append(ids, p.ID)
		}
	default:
		for _, r := range s.w.Records {
			if r.Kind == f.Refs {
				ids = append(ids, r.ID)
			}
		}
	}
	if len(ids) == 0 || s.in(15) {
		return gone
	}
	return one(s, ids...)
}

// gone is the id of nothing.
const gone policy.ID = 999_999
