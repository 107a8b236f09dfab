package store

import (
	"context"
	"slices"
	"testing"
	"time"

	"guan/access"
	"guan/internal/testdb"
	"guan/org"
	"guan/policy"
)

// A read that starts after a revocation was acknowledged returns nothing that it took away, in
// another process too, whichever way the access had come.
func TestRevocationHoldsInEveryProcess(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		f := newFirm(t, at)
		ctx := context.Background()
		other := openWith(t, Options{DataDir: at.DataDir, URL: at.URL, Clock: f.clock.Now})
		f.customer("lin", "东方", "")
		reader := other.As(f.as("wang").actor)
		sees := func() bool {
			page, err := reader.List(ctx, ListQuery{Kind: "customer", Count: true})
			f.must(err)
			_, err = reader.Get(ctx, "customer", f.id("东方"))
			if (err == nil) != (len(page.Items) == 1) || page.Total.Count != len(page.Items) {
				t.Errorf("list, count and get disagree: %+v, %v", page, err)
			}
			return len(page.Items) == 1
		}
		admin, boss := f.as("admin"), f.as("boss")
		_, err := admin.PutRule(ctx, policy.Rule{ID: "glass", Effect: policy.Permit, Who: policy.Who{Any: []policy.Clause{{Person: f.id("wang")}}}, Kind: access.System,
			Actions: []policy.Action{"break_glass"}, Where: everything, Scene: "值班"})
		f.must(err)
		var open *Emergency
		ways := map[string]struct{ give, take func() error }{
			"emergency that runs out": {
				func() (err error) {
					f.clock.advance(24 * time.Hour) // so that it is none too many of a day
					open, err = f.breakGlass("wang", "东方")
					return err
				},
				func() error {
					f.clock.advance(open.Until.Sub(f.clock.Now()) - time.Microsecond)
					if !sees() {
						t.Error("it ran out early")
					}
					f.clock.advance(time.Microsecond)
					if sees() {
						t.Error("it is open beyond its end")
					}
					_, err := f.as("chief").ReviewEmergency(ctx, open.ID, Justified, "确有必要")
					return err
				},
			},
			"rule": {
				func() error {
					_, err := admin.PutRule(ctx, sharing("r", everything, policy.Clause{Person: f.id("wang")}))
					return err
				},
				func() error { return admin.DeleteRule(ctx, "r") },
			},
			"pack": {
				func() error {
					f.enacts("boss", assigning(access.Assignment{Pack: "auditor", Who: policy.Clause{Person: f.id("wang")}}))
					return nil
				},
				func() error {
					list, err := boss.Assignments(ctx)
					f.must(err)
					i := slices.IndexFunc(list, func(a access.Assignment) bool { return a.Who.Person == f.id("wang") })
					f.enacts("boss", unassigning(list[i]))
					return nil
				},
			},
			"appointment": {
				func() error {
					_, err := admin.Appoint(ctx, NewAppointment{Person: f.id("wang"), Unit: f.id("华南"), Position: "lead"})
					f.must(err)
					_, err = admin.UpdateUnit(ctx, f.id("华东"), f.unit("华东").Version, UnitFields{Heads: ptr([]policy.ID{f.id("wang")})})
					return err
				},
				func() error {
					list, err := admin.Appointments(ctx, AppointmentQuery{Person: f.id("wang")})
					f.must(err)
					i := slices.IndexFunc(list, func(a Appointment) bool { return a.State == org.Active && a.Position.Code == "lead" })
					return admin.EndAppointment(ctx, list[i].ID, list[i].Version)
				},
			},
			"grant": {
				func() error { _, err := f.as("lin").Grant(ctx, f.lend("wang", 100, "东方")); return err },
				func() error {
					list, err := f.as("lin").Grants(ctx, false)
					f.must(err)
					_, err = f.as("lin").RevokeGrant(ctx, list[0].ID)
					return err
				},
			},
			"emergency": {
				func() error { _, err := f.breakGlass("wang", "东方"); return err },
				func() error {
					page, err := f.as("chief").Emergencies(ctx, EmergencyQuery{Scope: "all", State: "open"})
					f.must(err)
					_, err = f.as("chief").EndEmergency(ctx, page.Items[0].ID)
					return err
				},
			},
			"collaborator": {
				func() error {
					return f.as("lin").AddCollaborator(ctx, "customer", f.id("东方"), NewCollaborator{Person: f.id("wang")})
				},
				func() error { return f.as("lin").RemoveCollaborator(ctx, "customer", f.id("东方"), f.id("wang")) },
			},
		}
		for name, way := range ways {
			for round := range 3 {
				f.must(way.give())
				if !sees() {
					t.Errorf("%s, round %d: not in force with its commit", name, round)
				}
				f.clock.advance(time.Minute)
				f.must(way.take())
				if sees() {
					t.Errorf("%s, round %d: seen after it was taken away", name, round)
				}
			}
		}
	})
}
