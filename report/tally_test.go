package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/paper"
	"guan/policy"
)

var month = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

func named(id policy.ID) Somebody {
	return Somebody{ID: id, Name: fmt.Sprintf("人%d", id), Unit: "东区"}
}

func labelled(kind policy.Kind) Words { return Words{ZH: "客户", EN: "Customer"} }

// tallied counts a month of two people, in which an export came out in parts, and one was ordered and never taken.
func tallied() *Tally {
	t := NewTally()
	for i, e := range []Entry{
		{Person: 1, Act: Saw, Records: 50}, {Person: 1, Act: Saw, Records: 7}, {Person: 2, Act: Saw, Records: 3},
		{Person: 1, Act: Opened, Records: 1}, {Person: 1, Act: Opened}, {Person: 1, Act: Revealed}, {Person: 1, Act: Revealed}, {Person: 2, Act: Refused},
		{Person: 1, Act: Ordered, Export: 9, Kind: "customer", Purpose: "例会"}, {Person: 1, Act: TookOut, Export: 9, Records: 200}, {Person: 1, Act: TookOut, Export: 9, Records: 40},
		{Person: 2, Act: TookOut, Export: 10, Kind: "customer", Records: 5}, {Person: 2, Act: Ordered, Export: 10, Kind: "customer", Purpose: "先取后记"},
		{Person: 2, Act: Ordered, Export: 11, Kind: "customer", Purpose: "没有取"},
	} {
		e.At = month.Add(time.Duration(i) * time.Minute)
		t.Add(e)
	}
	return t
}

func TestTally(t *testing.T) {
	got := tallied()
	if f := *got.People[1]; f != (Deeds{Seen: 57, Opened: 2, Exports: 1, Rows: 240, Reveals: 2}) {
		t.Errorf("%+v", f)
	}
	if f := *got.People[2]; f != (Deeds{Seen: 3, Exports: 2, Rows: 5, Denials: 1}) {
		t.Errorf("%+v", f)
	}
	if x := *got.Exports[9]; x.By != 1 || x.Rows != 240 || x.Purpose != "例会" || x.Kind != "customer" || !x.At.Equal(month.Add(8*time.Minute)) {
		t.Errorf("%+v", x)
	}
	if x := *got.Exports[10]; x.Rows != 5 || x.Purpose != "先取后记" {
		t.Errorf("an export whose parts stand before its order: %+v", x)
	}
}

// A reader is told of the people whom they may know of and of nobody else, in the sums as in the lists; who did
// nothing in either month is not counted.
func TestFillKnowsWhomItMay(t *testing.T) {
	before := NewTally()
	before.Add(Entry{Person: 3, Act: Saw, Records: 8})
	before.Add(Entry{Person: 4, Act: Saw})
	before.Add(Entry{Person: 0, Act: Saw, Records: 99}) // the program itself
	for _, c := range []struct {
		known   []policy.ID
		looked  string
		total   Deeds
		exports string
	}{
		{[]policy.ID{1, 2, 3, 4}, "人1 人2 人3", Deeds{Seen: 60, Opened: 2, Exports: 3, Rows: 245, Reveals: 2, Denials: 1}, "例会 先取后记 没有取"},
		{[]policy.ID{2}, "人2", Deeds{Seen: 3, Exports: 2, Rows: 5, Denials: 1}, "先取后记 没有取"},
		{[]policy.ID{3}, "人3", Deeds{}, ""},
		{nil, "", Deeds{}, ""},
	} {
		var r Report
		r.Fill(tallied(), before, func(id policy.ID) bool { return slices.Contains(c.known, id) }, named, labelled)
		var names, purposes []string
		for _, l := range r.Looked {
			names = append(names, l.Name)
		}
		for _, x := range r.Exports {
			purposes = append(purposes, x.Purpose)
		}
		if strings.Join(names, " ") != c.looked || r.People != len(names) || r.Total != c.total || strings.Join(purposes, " ") != c.exports {
			t.Errorf("who knows of %v is told of %q, %d people, %+v, %q", c.known, names, r.People, r.Total, purposes)
		}
		if want := map[bool]int64{true: 8}[slices.Contains(c.known, 3)]; r.Before.Seen != want {
			t.Errorf("before: %+v", r.Before)
		}
	}
}

// What does not fit into the lists is counted, and said to be left out.
func TestListsAreCut(t *testing.T) {
	many := NewTally()
	for i := range Listed + 7 {
		many.Add(Entry{Person: policy.ID(i + 1), Act: Saw, Records: 1})
	}
	r := &Report{Month: "2026-03", MadeAt: month}
	r.Fill(many, NewTally(), func(policy.ID) bool { return true }, named, labelled)
	if len(r.Looked) != Listed || r.More.Looked != 7 || r.People != Listed+7 || r.Total.Seen != int64(Listed+7) {
		t.Errorf("%d listed, %+v, %d people, %+v", len(r.Looked), r.More, r.People, r.Total)
	}
	for english, want := range map[bool]string{false: "另有 7 条计入上面的数字，未逐条列出。", true: "7 more are counted above and not listed."} {
		if text := written(t, r, english); !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

func written(t *testing.T, r *Report, english bool) string {
	t.Helper()
	file, err := r.PDF(english, time.FixedZone("", 8*3600), "")
	if err != nil {
		t.Fatal(err)
	}
	lines, err := paper.Lines(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

// Every word is there in both languages; the paper has all
// that the report holds, and where there is nothing says so.
func TestPaperSaysWhatTheReportHolds(t *testing.T) {
	for key, w := range words {
		if strings.TrimSpace(w.ZH) == "" || strings.TrimSpace(w.EN) == "" || w.ZH == w.EN {
			t.Errorf("%s: %+v", key, w)
		}
	}
	r := &Report{Company: "关雎", Month: "2026-03", From: month, Until: month.AddDate(0, 1, 0), MadeAt: month.AddDate(0, 1, 0), Reader: named(1), Role: Boss,
		Emergencies: []BrokenGlass{{By: named(2), At: month, Label: Words{"客户", "Customer"}, Reason: "客户等着", Verdict: "unjustified"}, {By: named(2), At: month, Label: Words{"客户", "Customer"}, Reason: "还没看"}},
		Grants: []GrantTold{
			{From: named(1), To: named(2), Label: Words{"客户", "Customer"}, Since: month, Until: month, Given: true, Ended: true, Revoked: true},
			{From: named(1), To: named(3), Label: Words{"客户", "Customer"}, Since: month, Until: month, Ended: true},
			{From: named(1), To: named(4), Label: Words{"客户", "Customer"}, Since: month, Until: month, Given: true},
		},
		Unusual: []Unusual{{Somebody: named(2), Alerts: []AlertCount{{Detector: "denials", Count: 4, Confirmed: 3, Dismissed: 1}}}},
		Changes: []RuleChange{{Number: 12, At: month, By: &Somebody{Name: "人1"}, Note: "季度调整", Alone: true}, {Number: 11, At: month}},
	}
	r.Fill(tallied(), NewTally(), func(policy.ID) bool { return true }, named, labelled)
	for english, want := range map[bool][]string{
		false: {"数据访问月报 · 2026-03", "例会", "240", "客户等着", "不合理", "未复核", "本月授出, 本月撤销", "本月到期", "本月授出, 生效中", "大量被拒绝", "季度调整", "敏感变更，无人复核", "系统"},
		true:  {"Monthly report on access to data · 2026-03", "例会", "240", "客户等着", "Not justified", "None yet", "Revoked this month", "Ended this month", "Open", "Many denials", "季度调整", "sensitive, confirmed by", "Setup"},
	} {
		text := written(t, r, english)
		joined := strings.ReplaceAll(text, "\n", "")
		for _, word := range want {
			if !strings.Contains(text, word) && !strings.Contains(joined, strings.ReplaceAll(word, " ", "")) && !strings.Contains(joined, word) {
				t.Errorf("%t: %q is missing in\n%s", english, word, text)
			}
		}
	}
	none := &Report{Company: "关雎", Month: "2026-04", MadeAt: month, Role: Head, Units: []string{"东区"}}
	none.Fill(NewTally(), NewTally(), func(policy.ID) bool { return true }, named, labelled)
	if n := strings.Count(written(t, none, false), "没有。"); n != 6 {
		t.Errorf("an empty month says %d times that there is nothing", n)
	}
}
