package store

import (
	"context"
	"slices"
	"time"

	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// Me is what a person is told of themselves: who they are, where they are appointed, which packs
// reach them, and what they may look at and administer.
type Me struct {
	Person       Name            `json:"person"`
	Appointments []MyAppointment `json:"appointments"`
	Packs        []MyPack        `json:"packs"`
	Kinds        []policy.Kind   `json:"kinds"`   // of which something may be read
	Can          []policy.Action `json:"can"`     // actions of administration
	Pools        int             `json:"pools"`   // of which records may be claimed or assigned, at once or with approval
	Figures      int             `json:"figures"` // kinds of which there are statistics, see StatisticsOffer
	Epoch        int64           `json:"epoch"`
	Tenant       TenantName      `json:"tenant"`
	Viewer       *Name           `json:"viewer,omitempty"` // who looks, when they look as the person
	Watermark    *Watermark      `json:"watermark,omitempty"`
}

// Name is a person or unit by id and name.
type Name struct {
	ID    policy.ID `json:"id"`
	Name  string    `json:"name"`
	Login string    `json:"login,omitempty"`
}

// TenantName is the company.
type TenantName struct {
	Name string `json:"name"`
}

// MyAppointment is one active appointment.
type MyAppointment struct {
	Unit     Name        `json:"unit"`
	Position PositionTag `json:"position"`
	Head     bool        `json:"head"`
	Until    *time.Time  `json:"until,omitempty"`
}

// PositionTag is a position by code and label.
type PositionTag struct {
	Code  string    `json:"code"`
	Label org.Label `json:"label"`
}

// MyPack is a pack that reaches the person now.
type MyPack struct {
	ID    string    `json:"id"`
	Label org.Label `json:"label"`
}

// Me tells the actor who they are under the current policy.
func (s *Session) Me(ctx context.Context) (*Me, error) {
	var me *Me
	marked := false
	err := s.db.lookNowAs(ctx, s.actor, func(v *view) error {
		subject := v.bound.Subject()
		me = &Me{Appointments: []MyAppointment{}, Packs: v.packs(), Kinds: []policy.Kind{}, Can: []policy.Action{}, Epoch: v.epoch}
		err := s.db.through(v).row(ctx, "SELECT p.id, p.name, p.login, t.name FROM person p JOIN tenant t ON t.tenant_id = p.tenant_id WHERE p.tenant_id = $1 AND p.id = $2",
			v.tenant, subject.Person).Scan(&me.Person.ID, &me.Person.Name, &me.Person.Login, &me.Tenant.Name)
		if err != nil {
			return fault.Wrap(err, fault.Denied, "signin", "sign in first")
		}
		if v.viewer != nil {
			me.Viewer = &Name{ID: s.actor.Person, Name: s.actor.Name}
		}
		for _, post := range subject.Posts {
			u, _ := v.tree.Unit(post.Unit)
			me.Appointments = append(me.Appointments, MyAppointment{
				Unit: Name{ID: u.ID, Name: u.Name}, Position: v.position(post.Position), Head: slices.Contains(u.Heads, subject.Person),
				Until: v.until(subject.Person, post),
			})
		}
		for _, k := range v.catalog.Kinds() {
			if !v.bound.Reduce(policy.Read, k.Name).None() {
				me.Kinds = append(me.Kinds, k.Name)
			}
			if v.viewer == nil && !v.bound.Reduce(policy.Figures, k.Name).None() {
				me.Figures++
			}
		}
		for i := range v.pools {
			if _, _, any := v.worksWith(v.pools[i].ID); any {
				me.Pools++
			}
		}
		settings, err := s.db.through(v).watermarkSettings(ctx, v.tenant)
		if err != nil {
			return err
		}
		marked = settings.Everyone || v.bound.Watermarked() || v.viewer != nil && v.viewer.Watermarked()
		for _, action := range records.SystemActions {
			if v.may(action) && (v.viewer == nil || v.eyes().may(action)) {
				me.Can = append(me.Can, action)
			}
		}
		return nil
	})
	if err == nil {
		me.Watermark, err = s.watermark(ctx)
	}
	if err != nil {
		return nil, err
	}
	if me.Watermark != nil {
		me.Watermark.Screen = marked
	}
	return me, nil
}

// until is when somebody's post ends, nil for one without an end. No two appointments to the same
// one overlap, so that it is the end of the one that is active.
func (v *view) until(person policy.ID, post policy.Post) *time.Time {
	for _, a := range org.ActiveOf(v.appointments[person], v.now) {
		if a.Position == post.Position && a.Unit == post.Unit {
			return a.Until
		}
	}
	return nil
}

func (v *view) position(code string) PositionTag {
	for _, p := range v.positions {
		if p.Code == code {
			return PositionTag{p.Code, p.Label}
		}
	}
	return PositionTag{Code: code}
}

// packs are those from which a rule reaches the subject now.
func (v *view) packs() []MyPack {
	out := []MyPack{}
	reach := v.bound.Origins("pack")
	for _, p := range v.authored.Packs {
		if slices.Contains(reach, p.ID) {
			out = append(out, MyPack{p.ID, p.Label})
		}
	}
	return out
}
