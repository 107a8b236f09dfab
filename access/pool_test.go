package access_test

import (
	"testing"
	"time"

	"guan/access"
	"guan/policy"
	"guan/records"
)

// days after the customer was touched last, on which it is asked what becomes of it.
func TestJudge(t *testing.T) {
	start := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	day := func(n int) time.Time { return start.AddDate(0, 0, n) }
	told := func(n int) *time.Time { at := day(n); return &at }
	both := access.Recycling{IdleDays: 30, DealDays: 90, Leavers: true, WarnDays: 7}
	plain := access.Recycling{IdleDays: 30}
	for _, c := range []struct {
		name string
		rule access.Recycling
		s    access.Standing
		on   int
		want access.Verdict
	}{
		{"young", both, access.Standing{}, 22, access.Stays},
		{"a week before", both, access.Standing{}, 23, access.Warned},
		{"told once", both, access.Standing{Warned: told(23)}, 24, access.Stays},
		{"the day before", both, access.Standing{Warned: told(23)}, 29, access.Stays},
		{"the day", both, access.Standing{Warned: told(23)}, 30, access.Idle},
		{"told late, a week from then", both, access.Standing{Warned: told(40)}, 46, access.Stays},
		{"told late, a week over", both, access.Standing{Warned: told(40)}, 47, access.Idle},
		{"never told", both, access.Standing{}, 300, access.Warned},
		{"told of another silence", both, access.Standing{Warned: told(-5)}, 31, access.Warned},
		{"a contract runs", both, access.Standing{Warned: told(23), Held: true}, 30, access.Protected},
		{"protected is not warned", both, access.Standing{Held: true}, 23, access.Protected},
		{"a leaver's", both, access.Standing{Left: true}, 0, access.Leaver},
		{"a leaver's with a ticket", both, access.Standing{Left: true, Held: true}, 0, access.Protected},
		{"leavers are not asked", plain, access.Standing{Left: true}, 0, access.Stays},
		{"without warning", plain, access.Standing{}, 30, access.Idle},
		{"an instant before", plain, access.Standing{Touched: start.Add(time.Microsecond)}, 30, access.Stays},
		{"talked to, never signed", both, access.Standing{Touched: day(89), Warned: told(83)}, 90, access.NoDeal},
	} {
		if c.s.Touched.IsZero() {
			c.s.Touched = start
		}
		c.s.Dealt = start
		if got := c.rule.Judge(c.s, day(c.on)); got != c.want {
			t.Errorf("%s: on day %d it is %q, not %q", c.name, c.on, got, c.want)
		}
	}
}

// What a pool hides is hidden in that pool alone, while nobody owns the record, and neither to whom it is
// shown all the same nor to the boss, who has that pack for good.
func TestHiddenUntilClaimed(t *testing.T) {
	pool := access.Pool{ID: 5, Name: "公海", Settings: access.PoolSettings{
		Hidden: []policy.FieldRule{{Class: policy.General, Level: policy.Hidden}}, ShownTo: []policy.Clause{{Person: 9}}}}
	soon := time.Now()
	pool.Settings.Hidden[0] = policy.FieldRule{Field: "city", Level: policy.Hidden}
	rules := access.Authored{Packs: access.Presets, Assignments: []access.Assignment{
		{Pack: "marketing", Who: policy.Clause{Everyone: true}}, {Pack: "boss", Who: policy.Clause{Person: 7}}, {Pack: "boss", Who: policy.Clause{Person: 8}, Until: &soon}}, Pools: []access.Pool{pool}}.Lower()
	set, broken := policy.Compile(records.Schema(), rules, func(id policy.ID) []policy.ID { return []policy.ID{id} })
	if len(broken) > 0 {
		t.Fatal(broken)
	}
	city := records.Schema().Kind("customer").Field("city")
	at := func(pool, owner policy.ID) *policy.Row {
		r := &policy.Row{Kind: "customer", ID: 2, Values: map[string]policy.Value{"city": policy.TextOf("深圳")}}
		if pool != 0 {
			r.Values["pool"] = policy.RefOf(pool)
		}
		if owner != 0 {
			r.Values["owner"] = policy.RefOf(owner)
		}
		return r
	}
	for _, c := range []struct {
		who  policy.ID
		row  *policy.Row
		want policy.Level
	}{
		{1, at(5, 0), policy.Hidden}, {9, at(5, 0), policy.Plain}, {7, at(5, 0), policy.Plain}, {8, at(5, 0), policy.Hidden}, {1, at(6, 0), policy.Plain}, {1, at(0, 0), policy.Plain}, {1, at(0, 1), policy.Plain}, {1, at(5, 1), policy.Plain},
	} {
		o := set.Bind(&policy.Subject{Person: c.who}, &policy.Context{}).Decide(c.row, policy.Read)
		if !o.Allowed || o.Level(city) != c.want {
			t.Errorf("%d sees the city of %v: %v", c.who, c.row.Values, o.Level(city))
		}
	}
}

func TestPoolSettingsCheck(t *testing.T) {
	good := access.PoolSettings{ClaimsPerDay: 5, Recycle: &access.Recycling{IdleDays: 30, WarnDays: 7}, Hidden: []policy.FieldRule{{Class: policy.Contact, Level: policy.Masked}}}
	if err := good.Check(records.Schema()); err != nil {
		t.Error(err)
	}
	for name, s := range map[string]access.PoolSettings{
		"negative":           {ClaimsPerDay: -1},
		"too many":           {ViewsPerDay: 100_001},
		"nothing to recycle": {Recycle: &access.Recycling{WarnDays: 1}},
		"warned too early":   {Recycle: &access.Recycling{IdleDays: 7, WarnDays: 7}},
		"empty condition":    {Takes: &policy.Cond{Op: policy.OpAll}},
		"no such field":      {Hidden: []policy.FieldRule{{Field: "unicorn", Level: policy.Hidden}}},
		"plain":              {Hidden: []policy.FieldRule{{Class: policy.Contact, Level: policy.Plain}}},
		"its own pool":       {Hidden: []policy.FieldRule{{Field: "pool", Level: policy.Hidden}}},
		"shown, not hidden":  {ShownTo: []policy.Clause{{Person: 3}}},
	} {
		if s.Check(records.Schema()) == nil {
			t.Errorf("%s passes", name)
		}
	}
}
