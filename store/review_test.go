package store

import (
	"context"
	"encoding/base64"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/fault"
	"guan/internal/testdb"
	"guan/org"
	"guan/policy"
	"guan/records"
)

func kindOf(err error) string {
	if err == nil {
		return "none"
	}
	e := fault.From(err)
	return string(e.Kind.String()) + "/" + e.Code + "@" + e.At + " " + e.Detail
}

func TestReviewCursorNUL(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.customer("lin", "东方", "")
		text := base64.RawURLEncoding.EncodeToString([]byte(`{"s":"name","i":"5","v":"\u0000"}`))
		_, err := f.as("boss").List(context.Background(), ListQuery{Kind: "customer", Sort: "name", Cursor: text})
		t.Log(kindOf(err))
		if fault.Is(err, fault.Internal) {
			t.Error("500")
		}
	})
}

func TestReviewSums(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.customer("lin", "东方", "")
		begin := time.Now()
		_, err := f.as("boss").List(context.Background(), ListQuery{Kind: "customer", Sums: strings.Split(strings.Repeat("annual_sales,", 2000)+"annual_sales", ",")})
		t.Log(kindOf(err), time.Since(begin))
	})
}

func TestReviewHiddenCustom(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		_, err := f.as("boss").PutCustomField(ctx, records.CustomField{Kind: "customer", Key: "c_secret", Type: "number", Label: records.Label{ZH: "秘密", EN: "Secret"}, Class: policy.Internal})
		t.Log(kindOf(err))
		it := f.customer("lin", "东方", "")
		s := f.as("lin")
		got, err := s.Get(ctx, "customer", it.ID)
		f.must(err)
		t.Log(got.Hidden, got.Fields["c_secret"])
		for _, name := range []string{"c_secret", "c_nothing"} {
			_, err := s.Update(ctx, "customer", it.ID, it.Version, Fields{name: []byte(`"x"`)})
			t.Log("update", name, kindOf(err))
			_, err = s.Update(ctx, "customer", it.ID, it.Version, Fields{name: []byte(`1`)})
			t.Log("update", name, kindOf(err))
			_, err = s.Create(ctx, "customer", Fields{"name": []byte(`"x"`), name: []byte(`1`)})
			t.Log("create", name, kindOf(err))
			_, err = s.Explain(ctx, ExplainQuery{Kind: "customer", ID: it.ID, Field: name})
			t.Log("explain", name, kindOf(err))
			_, err = s.List(ctx, ListQuery{Kind: "customer", Filter: "r." + name + " == 'x'"})
			t.Log("filter", name, kindOf(err))
			_, err = s.List(ctx, ListQuery{Kind: "customer", Filter: "r." + name + " == 1.0"})
			t.Log("filter", name, kindOf(err))
			_, err = s.List(ctx, ListQuery{Kind: "customer", Filter: "r." + name + " in [r.name]"})
			t.Log("filter", name, kindOf(err))
		}
	})
}

func TestReviewSelfLeaveWithReadToken(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		it := f.customer("lin", "东方", "")
		f.must(f.as("lin").AddCollaborator(ctx, "customer", it.ID, NewCollaborator{Person: f.id("wang")}))
		a := f.as("wang").actor
		a.Session, a.Token, a.Scope = 0, 5, &Scope{Actions: []policy.Action{policy.Read}}
		err := f.db.As(a).RemoveCollaborator(ctx, "customer", it.ID, f.id("wang"))
		t.Log(kindOf(err))
		if err == nil {
			t.Error("a token for reading changed the team")
		}
	})
}

func TestReviewClockSkew(t *testing.T) {
	eachFirm2(t, func(t *testing.T, f *firm, other *DB) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		reader := other.As(f.as("wang").actor)
		_, err := f.as("lin").Grant(ctx, f.lend("wang", 100, "东方"))
		f.must(err)
		f.clock.advance(time.Minute)
		page, err := reader.List(ctx, ListQuery{Kind: "customer"})
		f.must(err)
		if len(page.Items) != 1 {
			t.Error("not seen", len(page.Items))
		}
		list, err := f.as("lin").Grants(ctx, false)
		f.must(err)
		_, err = f.as("lin").RevokeGrant(ctx, list[0].ID)
		f.must(err)
		page, err = reader.List(ctx, ListQuery{Kind: "customer"})
		f.must(err)
		if len(page.Items) != 0 {
			t.Error("grant: seen after revocation")
		}
		lin := other.As(f.as("lin").actor)
		page, err = lin.List(ctx, ListQuery{Kind: "customer"})
		f.must(err)
		t.Log(len(page.Items))
		as, err := f.as("admin").Appointments(ctx, AppointmentQuery{Person: f.id("lin")})
		f.must(err)
		for _, a := range as {
			if a.State == org.Active {
				f.must(f.as("admin").EndAppointment(ctx, a.ID, a.Version))
			}
		}
		page, err = lin.List(ctx, ListQuery{Kind: "customer"})
		f.must(err)
		if len(page.Items) != 0 {
			t.Error("appointment: seen after its end")
		}
	})
}

func eachFirm2(t *testing.T, story func(t *testing.T, f *firm, other *DB)) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		f := newFirm(t, at)
		other := openWith(t, Options{DataDir: at.DataDir, URL: at.URL, Clock: func() time.Time { return f.clock.Now().Add(-3 * time.Second) }})
		story(t, f, other)
	})
}

func TestReviewColdWrites(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		f := newFirm(t, at)
		cold := openWith(t, Options{DataDir: at.DataDir, URL: at.URL, Clock: f.clock.Now})
		ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
		defer cancel()
		var wg sync.WaitGroup
		start := make(chan struct{})
		for range 40 {
			wg.Go(func() {
				<-start
				_, err := cold.As(f.as("lin").actor).Create(ctx, "customer", Fields{"name": []byte(`"x"`)})
				if err != nil {
					t.Error(kindOf(err), err)
				}
			})
		}
		begin := time.Now()
		close(start)
		wg.Wait()
		t.Log(time.Since(begin))
	})
}

func TestReviewExplainCustomLink(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		_, err := f.as("boss").PutCustomField(ctx, records.CustomField{Kind: "ticket", Key: "c_about", Type: "link", Link: "customer", Label: records.Label{ZH: "关于", EN: "About"}, Class: policy.General})
		t.Log(kindOf(err))
		it := f.customer("lin", "东方", "")
		st, err := f.db.state(ctx, 1)
		f.must(err)
		_, err = f.as("boss").Kinds(ctx)
		f.must(err)
		st, _ = f.db.state(ctx, 1)
		for _, r := range st.catalog.Schema().Kind("customer").Relations {
			if r.Field == "c_about" {
				t.Log("relation", r.Name)
				ru := sharing("viac", policy.Path{Path: policy.PathLinked, Relation: r.Name, Via: &policy.Path{Path: policy.PathOwn}}, policy.Clause{Person: f.id("wang")})
				_, err := f.as("admin").PutRule(ctx, ru)
				t.Log(kindOf(err))
			}
		}
		_, err = f.as("lin").Explain(ctx, ExplainQuery{Kind: "customer", ID: it.ID})
		t.Log("explain", kindOf(err), err)
		if fault.Is(err, fault.Internal) {
			t.Error("500")
		}
		_, err = f.as("boss").Explain(ctx, ExplainQuery{Kind: "customer", ID: it.ID, Person: 99999999})
		t.Log("explain nobody", kindOf(err))
		if err == nil {
			t.Error("explained for nobody")
		}
	})
}

func TestReviewLockModes(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		if f.db.dialect == SQLite {
			return
		}
		it := f.customer("lin", "东方", "")
		ctx := context.Background()
		hold, done := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(done)
			_ = f.db.write(ctx, f.as("lin").actor, op{name: "edit"}, func(tx *tx) error {
				v, err := tx.view(ctx)
				if err != nil {
					return err
				}
				if _, _, err := tx.forWrite(ctx, v, v.catalog.Kind("customer"), Target{it.ID, it.Version}, policy.Edit); err != nil {
					return err
				}
				close(hold)
				time.Sleep(3 * time.Second)
				return context.Canceled
			})
		}()
		<-hold
		begin := time.Now()
		_, err := f.as("lin").Create(ctx, "contact", Fields{"name": []byte(`"x"`), "customer": []byte(`"` + it.ID.String() + `"`)})
		f.must(err)
		if time.Since(begin) > time.Second {
			t.Error("a contact waited for an edit of its customer:", time.Since(begin))
		}
		<-done
	})
}

func TestReviewGrantGuard(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		it := f.customer("lin", "东方", "phone=\"13800138000\"")
		guard := sharing("shy", policy.Path{Path: policy.PathTeam}, policy.Clause{Everyone: true})
		guard.Effect, guard.Fields = policy.Forbid, []policy.FieldRule{{Class: policy.Contact, Level: policy.Masked}}
		_, err := f.as("admin").PutRule(ctx, guard)
		f.must(err)
		f.must(f.as("boss").AddCollaborator(ctx, "customer", it.ID, NewCollaborator{Person: f.id("lin")}))
		got, err := f.as("lin").Get(ctx, "customer", it.ID)
		f.must(err)
		t.Log("lin", got.Fields["phone"], got.Masked["phone"])
		g := f.lend("wang", 100, "东方")
		g.Fields = []policy.FieldRule{{Class: policy.General, Level: policy.Plain}, {Class: policy.Contact, Level: policy.Plain}}
		_, err = f.as("lin").Grant(ctx, g)
		t.Log(kindOf(err))
		got, err = f.as("wang").Get(ctx, "customer", it.ID)
		if err == nil && got.Fields["phone"] != nil {
			t.Error("granted more than one has")
		}
	})
}
