package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"guan/access"
	"guan/fault"
	"guan/policy"
)

func (f *firm) owns(who, kind string) int64 {
	f.t.Helper()
	return count(f.t, f.db, "SELECT count(*) FROM "+kind+" WHERE owner_id = $1", int64(f.id(who)))
}

// What a leaver has is spread, its children follow, and everything ends with the commit.
func TestHandoverSpread(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		for i := range 9 {
			name := fmt.Sprintf("客%d", i)
			city := []string{"广州", "深圳", "深圳", "深圳", "珠海"}[i%5]
			f.customer("wang", name, `city="`+city+`"`)
			f.made("contact", name+"联系人", Fields{"customer": f.ref(name), "owner": f.ref("wang"), "name": raw(name)})
		}
		f.must(f.as("boss").AddCollaborator(ctx, "customer", f.id("客0"), NewCollaborator{Person: f.id("zhao")}))

		// What is open is told as far as who looks sees it.
		list, err := f.as("admin").Leaves(ctx, f.id("wang"))
		f.must(err)
		if len(list) != 2 || list[0].Open != 9 || list[0].Seen != nil && list[0].Seen.Count > 0 || len(list[0].Items) != 0 {
			t.Errorf("%+v", list)
		}
		list, err = f.as("boss").Leaves(ctx, f.id("wang"))
		f.must(err)
		if len(list) != 2 || list[0].Seen == nil || list[0].Seen.Count != 9 || len(list[0].Items) != 5 || list[0].Items[0].Title == "" {
			t.Errorf("%+v", list)
		}

		spread := func(by string, to ...string) *Spread {
			s := &Spread{By: by}
			for _, who := range to {
				s.To = append(s.To, f.id(who))
			}
			return s
		}
		leave := func(hand ...Handover) (*Reorganised, error) {
			return f.as("admin").Reorganise(ctx, Reorganisation{Leave: []Leaving{{Person: f.id("wang"), Note: "都是老客户", Hand: hand}}})
		}
		_, err = leave(Handover{Kind: "customer", Spread: spread("luck", "lin")})
		f.refused(err, fault.Invalid, "spread")
		_, err = leave(Handover{Kind: "customer", Spread: spread("even", "lin", "lin")})
		f.refused(err, fault.Invalid, "person")
		_, err = leave(Handover{Kind: "customer", Spread: spread("even", "lin", "admin")})
		f.refused(err, fault.Denied, "self_gain")
		_, err = leave(Handover{Kind: "contact", Pool: f.id("公海")})
		f.refused(err, fault.Invalid, "ref_missing")
		if f.owns("wang", "customer") != 9 {
			t.Error("a refused handover did something")
		}
		done, err := leave(Handover{Kind: "contact", Spread: spread("city", "lin", "zhao"), Unit: true}, Handover{Kind: "customer", Spread: spread("city", "lin", "zhao"), Unit: true})
		f.must(err)
		if done.Handed != 18 || done.Kept != 0 {
			t.Errorf("%+v", done)
		}
		for text, want := range map[string]int64{
			"SELECT count(*) FROM customer WHERE owner_id IS NULL":                                                                                                        0,
			"SELECT count(*) FROM (SELECT city FROM customer GROUP BY city HAVING count(DISTINCT owner_id) > 1) x":                                                        0,
			"SELECT count(*) FROM contact k JOIN customer c ON c.tenant_id = k.tenant_id AND c.id = k.customer_id WHERE c.owner_id <> k.owner_id":                         0,
			"SELECT count(*) FROM customer c JOIN person p ON p.tenant_id = c.tenant_id AND p.id = c.owner_id WHERE c.unit_id <> p.unit_id":                               0,
			"SELECT count(*) FROM team m JOIN customer c ON c.tenant_id = m.tenant_id AND c.id = m.record_id WHERE m.person_id = c.owner_id":                              0,
			"SELECT count(*) FROM handover_record r JOIN handover h ON h.tenant_id = r.tenant_id AND h.id = r.handover_id WHERE h.note = '都是老客户' AND h.to_id IS NOT NULL": 18,
			"SELECT count(*) FROM notice WHERE what = 'handed'":                                                                                                           2,
		} {
			if got := count(t, f.db, text); got != want {
				t.Errorf("%d, not %d: %s", got, want, text)
			}
		}
		if lin, zhao := f.owns("lin", "customer"), f.owns("zhao", "customer"); lin+zhao != 9 || lin < 3 || zhao < 3 {
			t.Errorf("%d and %d", lin, zhao)
		}
		_, err = f.as("wang").Get(ctx, "customer", f.id("客1"))
		if err == nil {
			t.Error("a leaver reads on")
		}
		f.whole()
	})
}

// Who moves to other work hands on: by unit, and into a pool as far as that takes the customers.
func TestHandoverOfAMover(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		east, south := `unit="`+f.id("华东").String()+`"`, `unit="`+f.id("华南").String()+`"`
		for i := range 4 {
			f.customer("wang", fmt.Sprintf("东%d", i), east)
			f.customer("wang", fmt.Sprintf("南%d", i), south)
		}
		done, err := f.as("admin").Reorganise(ctx, Reorganisation{Hand: []HandingOver{{Person: f.id("wang"), Hand: []Handover{
			{Kind: "customer", Spread: &Spread{By: "unit", To: []policy.ID{f.id("lin"), f.id("zhao")}}}}}}})
		f.must(err)
		if done.Handed != 8 || f.owns("lin", "customer") != 4 || count(t, f.db, "SELECT count(*) FROM customer WHERE owner_id = $1 AND unit_id = $2", int64(f.id("zhao")), int64(f.id("华南"))) != 4 {
			t.Errorf("%+v", done)
		}

		// Into the pool goes what it takes and no ticket holds; the rest has another heir, or stays.
		f.settings(access.PoolSettings{Takes: &policy.Cond{Op: policy.OpHas, Field: "city"}})
		for i := range 3 {
			f.customer("wang", fmt.Sprintf("池%d", i), `city="深圳"`)
		}
		f.customer("wang", "不要", "")
		f.made("ticket", "工单", Fields{"customer": f.ref("池0"), "owner": f.ref("boss"), "subject": raw("坏了")})
		done, err = f.as("admin").Reorganise(ctx, Reorganisation{Hand: []HandingOver{{Person: f.id("wang"), Note: "放回去", Hand: []Handover{{Kind: "customer", Pool: f.id("公海")}}}}})
		f.must(err)
		if done.Handed != 2 || done.Kept != 2 || count(t, f.db, "SELECT count(*) FROM customer WHERE pool_id = $1 AND owner_id IS NULL", int64(f.id("公海"))) != 2 {
			t.Errorf("%+v", done)
		}
		done, err = f.as("admin").Reorganise(ctx, Reorganisation{Hand: []HandingOver{{Person: f.id("wang"), Hand: []Handover{{Kind: "customer", Pool: f.id("公海"), To: f.id("zhao")}}}}})
		f.must(err)
		if done.Handed != 2 || done.Kept != 0 || f.owns("wang", "customer") != 0 {
			t.Errorf("%+v", done)
		}
		f.whole()
	})
}

// Thousands of customers change hands in one transaction.
func TestHandoverOfMany(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		const many = 2_500
		f.filled(many, map[string]policy.Value{"owner": policy.RefOf(f.id("wang")), "unit": policy.RefOf(f.id("华南"))})
		began := time.Now()
		done, err := f.as("admin").Reorganise(context.Background(), Reorganisation{Leave: []Leaving{{Person: f.id("wang"), Hand: []Handover{
			{Kind: "customer", Spread: &Spread{By: "even", To: []policy.ID{f.id("lin"), f.id("zhao")}}, Unit: true}}}}})
		f.must(err)
		t.Logf("%d handed over in %s", done.Handed, time.Since(began))
		if done.Handed != many || f.owns("lin", "customer") != many/2 || count(t, f.db, "SELECT count(*) FROM handover_record") != many {
			t.Errorf("%+v", done)
		}
	})
}
