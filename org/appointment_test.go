package org_test

import (
	"strings"
	"testing"
	"time"

	"guan/org"
	"guan/policy"
)

func appointment(id policy.ID, from, until string) org.Appointment {
	a := org.Appointment{ID: id, Person: 100, Unit: 5, Position: "sales"}
	if from != "" {
		a.From = at(from)
	}
	if until != "" {
		end := at(until)
		a.Until = &end
	}
	return a
}

func TestAppointmentWindowIsHalfOpen(t *testing.T) {
	a := appointment(1, "2026-01-01", "2026-02-01")
	tick := time.Microsecond
	for _, c := range []struct {
		now  time.Time
		want org.State
	}{
		{at("2026-01-01").Add(-tick), org.Planned},
		{at("2026-01-01"), org.Active},
		{at("2026-02-01").Add(-tick), org.Active},
		{at("2026-02-01"), org.Ended},
	} {
		if got := a.At(c.now); got != c.want {
			t.Errorf("at %v: %s, want %s", c.now, got, c.want)
		}
	}
	open := appointment(1, "2026-01-01", "")
	if open.At(at("2999-01-01")) != org.Active {
		t.Error("an open appointment ended")
	}
}

func TestNextBoundary(t *testing.T) {
	list := []org.Appointment{appointment(1, "2026-01-01", "2026-03-01"), appointment(2, "2026-02-01", ""), appointment(3, "2025-01-01", "2025-06-01")}
	for _, c := range []struct{ now, want string }{
		{"2024-01-01", "2025-01-01"},
		{"2025-06-01", "2026-01-01"},
		{"2026-01-01", "2026-02-01"},
		{"2026-02-01", "2026-03-01"},
		{"2026-03-01", ""},
	} {
		got, ok := org.NextBoundary(list, at(c.now))
		if ok != (c.want != "") || ok && !got.Equal(at(c.want)) {
			t.Errorf("after %s: %v %v, want %s", c.now, got, ok, c.want)
		}
	}
	active := org.ActiveOf(list, at("2026-02-15"))
	if len(active) != 2 || active[0].ID != 1 || active[1].ID != 2 {
		t.Errorf("active: %v", active)
	}
}

func TestCheckAppointments(t *testing.T) {
	tree := sample(t)
	positions := []org.Position{{Code: "sales"}, {Code: "keeper"}}
	elsewhere := appointment(2, "2026-01-01", "")
	elsewhere.Unit = 4
	keeper := appointment(2, "2026-01-01", "")
	keeper.Position = "keeper"
	lost := org.Appointment{ID: 2, Unit: 9, Position: "none"}
	for _, c := range []struct {
		what string
		list []org.Appointment
		want string
	}{
		{"one", []org.Appointment{appointment(1, "2026-01-01", "")}, ""},
		{"one after the other, without a gap", []org.Appointment{appointment(2, "2026-02-01", ""), appointment(1, "2026-01-01", "2026-02-01")}, ""},
		{"overlapping", []org.Appointment{appointment(1, "2026-01-01", "2026-02-02"), appointment(2, "2026-02-01", "")}, "appointment 2 from: appointment_overlap"},
		{"behind an open one", []org.Appointment{appointment(1, "2026-01-01", ""), appointment(2, "2030-01-01", "")}, "appointment 2 from: appointment_overlap"},
		{"two at once in two units", []org.Appointment{appointment(1, "2026-01-01", ""), elsewhere}, ""},
		{"two at once in two positions", []org.Appointment{appointment(1, "2026-01-01", ""), keeper}, ""},
		{"empty window", []org.Appointment{appointment(1, "2026-01-01", "2026-01-01")}, "appointment 1 until: appointment_until"},
		{"backward window", []org.Appointment{appointment(1, "2026-01-02", "2026-01-01")}, "appointment 1 until: appointment_until"},
		{"all wrong", []org.Appointment{lost}, "appointment 2 from: appointment_from appointment 2 person: appointment_person appointment 2 position: appointment_position appointment 2 unit: appointment_unit"},
	} {
		if got := strings.Join(codes(org.CheckAppointments(tree, positions, c.list)), " "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.what, got, c.want)
		}
	}
}

func TestCheckPosition(t *testing.T) {
	for _, c := range []struct {
		position org.Position
		want     string
	}{
		{org.Position{Code: "sales_2", Label: org.Label{ZH: "销售"}}, ""},
		{org.Position{Code: "Sales", Label: org.Label{ZH: "销售"}}, "position_code"},
		{org.Position{Code: "", Label: org.Label{ZH: "销售"}}, "position_code"},
		{org.Position{Code: "sales"}, "position_label"},
		{org.Position{Code: "sales", Label: org.Label{EN: "a\nb"}}, "position_label"},
	} {
		if got := strings.Join(codes(c.position.Check()), " "); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.position, got, c.want)
		}
	}
	both, one := org.Label{ZH: "销售", EN: "Sales"}, org.Label{ZH: "销售"}
	if both.In("en") != "Sales" || both.In("zh") != "销售" || one.In("en") != "销售" || (org.Label{EN: "x"}).In("zh") != "x" {
		t.Error("labels in the wrong language")
	}
}
