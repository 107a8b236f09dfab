package store

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"guan/fault"
	"guan/policy"
)

func raw(value any) json.RawMessage {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return text
}

func (f *firm) rehearse(who string, kind policy.Kind, ask MassAsk) *MassResult {
	f.t.Helper()
	m, err := f.as(who).RehearseMass(context.Background(), kind, ask)
	f.must(err)
	return m
}

func (f *firm) reread(who string, kind policy.Kind, id policy.ID) *Item {
	f.t.Helper()
	it, err := f.as(who).Get(context.Background(), kind, id)
	f.must(err)
	return it
}

func skippedFor(m *MassResult, code string) int {
	for _, s := range m.Skipped {
		if s.Code == code {
			return s.Count
		}
	}
	return 0
}

func TestMassChangeStory(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		var mine []policy.ID
		for i := range 6 {
			mine = append(mine, f.customer("lin", fmt.Sprintf("甲%d", i), `city="深圳"`).ID)
		}
		already := f.customer("lin", "已经", `city="广州"`).ID
		foreign := f.customer("wang", "别人的", `city="深圳"`).ID
		ask := MassAsk{IDs: append([]policy.ID{already, foreign, 999_999}, mine...), Change: MassChange{Fields: Fields{"city": raw("广州")}}}
		m := f.rehearse("lin", "customer", ask)
		if m.Will != 6 || m.Total != 9 || skippedFor(m, "record") != 2 || skippedFor(m, "unchanged") != 1 || len(m.Sample) != 5 || m.Status != Rehearsed || m.Until == nil {
			t.Errorf("%+v", m)
		}
		for _, s := range m.Skipped { // of what is out of sight nothing is told but that it is none of theirs
			if s.Code == "record" && len(s.Sample) != 0 {
				t.Errorf("%+v", s)
			}
		}
		// Nothing was done by looking.
		if it := f.reread("lin", "customer", mine[0]); it.Version != 1 || it.Fields["city"] != "深圳" {
			t.Errorf("%+v", it)
		}
		// Nobody else does it, and one record changes meanwhile.
		_, err := f.as("boss").ChangeMass(ctx, "customer", m.ID)
		f.refused(err, fault.NotFound, "bulk")
		_, err = f.as("lin").ChangeMass(ctx, "contact", m.ID)
		f.refused(err, fault.NotFound, "bulk")
		_, err = f.as("lin").Update(ctx, "customer", mine[5], 1, Fields{"city": raw("北京")})
		f.must(err)
		before := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'edit' AND record_id IS NOT NULL")
		done, err := f.as("lin").ChangeMass(ctx, "customer", m.ID)
		f.must(err)
		if done.Done != 5 || done.Status != Done || skippedFor(done, "version") != 1 || done.Until == nil {
			t.Errorf("%+v", done)
		}
		if after := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'edit' AND record_id IS NOT NULL"); after-before != 5 {
			t.Errorf("%d records were written, %d entries", 5, after-before)
		}
		_, err = f.as("lin").ChangeMass(ctx, "customer", m.ID)
		f.refused(err, fault.Conflict, "bulk_used")
		if it := f.reread("lin", "customer", mine[0]); it.Version != 2 || it.Fields["city"] != "广州" {
			t.Errorf("%+v", it)
		}

		// Undone where nobody has set the field since; another field that was set stays.
		_, err = f.as("lin").Update(ctx, "customer", mine[1], 2, Fields{"city": raw("上海")})
		f.must(err)
		_, err = f.as("lin").Update(ctx, "customer", mine[2], 2, Fields{"name": raw("新名")})
		f.must(err)
		_, err = f.as("wang").UndoMass(ctx, m.ID)
		f.refused(err, fault.NotFound, "bulk")
		back, err := f.as("lin").UndoMass(ctx, m.ID)
		f.must(err)
		if back.Undone != 4 || skippedFor(back, "changed_since") != 1 || back.Until != nil {
			t.Errorf("%+v", back)
		}
		for i, city := range []string{"深圳", "上海", "深圳"} {
			if it := f.reread("lin", "customer", mine[i]); it.Fields["city"] != city {
				t.Errorf("%d: %+v", i, it.Fields)
			}
		}
		if it := f.reread("lin", "customer", mine[2]); it.Fields["name"] != "新名" {
			t.Errorf("%+v", it.Fields)
		}
	})
}

func TestMassChangeThroughTheGate(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		var ids []policy.ID
		for i := range 4 {
			ids = append(ids, f.customer("wang", fmt.Sprintf("乙%d", i), `tags=["老"];city="深圳"`).ID)
		}
		// A seller gives nothing away, nor writes what only shows to them.
		m := f.rehearse("wang", "customer", MassAsk{IDs: ids, Change: MassChange{Transfer: &MassTransfer{Owner: f.id("lin")}}})
		if m.Will != 0 || skippedFor(m, "field_locked") != 4 {
			t.Errorf("%+v", m)
		}
		m = f.rehearse("wang", "customer", MassAsk{IDs: ids, Change: MassChange{Delete: true}})
		if m.Will != 0 || skippedFor(m, "action") != 4 {
			t.Errorf("%+v", m)
		}
		// The head does: but not to where the record would be out of their hands.
		_, err := f.as("boss").PutRule(ctx, policy.Rule{ID: "keep", Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Person: f.id("chief")}}}, Kind: "customer",
			Actions: []policy.Action{policy.Edit}, Where: everything, When: &policy.Cond{Op: policy.OpEq, Field: "city", Value: &policy.Operand{Text: ptr("封存")}}, Scene: "试用"})
		f.must(err)
		m = f.rehearse("chief", "customer", MassAsk{IDs: ids, Change: MassChange{Fields: Fields{"city": raw("封存")}}})
		if m.Will != 0 || skippedFor(m, "out_of_reach") != 4 {
			t.Errorf("%+v", m)
		}
		m = f.rehearse("chief", "customer", MassAsk{Match: &MassMatch{Filter: "'老' in r.tags"}, Change: MassChange{Tags: &MassTags{Add: []string{"重点", "老"}, Remove: []string{"无"}}}})
		if m.Will != 4 || m.Total != 4 {
			t.Errorf("%+v", m)
		}
		done, err := f.as("chief").ChangeMass(ctx, "customer", m.ID)
		f.must(err)
		if done.Done != 4 {
			t.Errorf("%+v", done)
		}
		if it := f.reread("chief", "customer", ids[0]); len(it.Fields["tags"].([]string)) != 2 {
			t.Errorf("%+v", it.Fields["tags"])
		}
		// A right taken away between looking and doing is gone.
		m = f.rehearse("chief", "customer", MassAsk{IDs: ids, Change: MassChange{Transfer: &MassTransfer{Owner: f.id("lin")}}})
		if m.Will != 4 {
			t.Errorf("%+v", m)
		}
		_, err = f.as("boss").PutRule(ctx, policy.Rule{ID: "hands-off", Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Person: f.id("chief")}}}, Kind: "customer",
			Actions: []policy.Action{policy.Edit}, Where: everything, Scene: "试用"})
		f.must(err)
		done, err = f.as("chief").ChangeMass(ctx, "customer", m.ID)
		f.must(err)
		if done.Done != 0 || skippedFor(done, "action") != 4 {
			t.Errorf("%+v", done)
		}
		// The boss deletes; that does not come back.
		m = f.rehearse("boss", "customer", MassAsk{IDs: ids, Change: MassChange{Delete: true}})
		done, err = f.as("boss").ChangeMass(ctx, "customer", m.ID)
		f.must(err)
		if done.Done != 4 || done.Until != nil {
			t.Errorf("%+v", done)
		}
		_, err = f.as("boss").UndoMass(ctx, m.ID)
		f.refused(err, fault.Conflict, "bulk_undo")
		// What was looked at too long ago is looked at again.
		m = f.rehearse("boss", "customer", MassAsk{IDs: []policy.ID{f.customer("wang", "丙", "").ID}, Change: MassChange{Fields: Fields{"city": raw("x")}}})
		f.clock.advance(massKept + time.Second)
		_, err = f.as("boss").ChangeMass(ctx, "customer", m.ID)
		f.refused(err, fault.NotFound, "bulk")
	})
}

func TestMassChangeIsChecked(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		id := f.customer("lin", "丁", "").ID
		one := []policy.ID{id}
		for _, c := range []struct {
			ask  MassAsk
			code string
		}{
			{MassAsk{Change: MassChange{Delete: true}}, "bulk_which"},
			{MassAsk{IDs: one, Match: &MassMatch{}, Change: MassChange{Delete: true}}, "bulk_which"},
			{MassAsk{IDs: one}, "bulk_what"},
			{MassAsk{IDs: one, Change: MassChange{Delete: true, Tags: &MassTags{Add: []string{"x"}}}}, "bulk_what"},
			{MassAsk{IDs: one, Change: MassChange{Tags: &MassTags{}}}, "bulk_what"},
			{MassAsk{IDs: one, Change: MassChange{Fields: Fields{"nonsense": raw(1)}}}, "fields"},
			{MassAsk{IDs: one, Change: MassChange{Fields: Fields{"phone": raw("letters")}}}, "fields"},
			{MassAsk{IDs: make([]policy.ID, massMost+1), Change: MassChange{Delete: true}}, "bulk_many"},
			{MassAsk{Match: &MassMatch{Filter: "r.nonsense == 1"}, Change: MassChange{Delete: true}}, "filter"},
		} {
			_, err := f.as("lin").RehearseMass(ctx, "customer", c.ask)
			if got := fault.From(err); err == nil || got.Kind != fault.Invalid || c.code != "filter" && got.Code != c.code {
				t.Errorf("%s: %v", c.code, err)
			}
		}
		_, err := f.as("boss").RehearseMass(ctx, "person", MassAsk{IDs: []policy.ID{f.id("lin")}, Change: MassChange{Fields: Fields{"active": raw(false)}}})
		f.refused(err, fault.Invalid, "bulk_account")
		_, err = f.as("lin").RehearseMass(ctx, "unicorn", MassAsk{IDs: one, Change: MassChange{Delete: true}})
		f.refused(err, fault.NotFound, "record")
	})
}

// More than can be done at once is background work, which goes on where it stopped.
func TestMassChangeInTheBackground(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		const many = massInline + 120
		f.must(f.as("boss").db.write(ctx, f.as("boss").actor, op{name: "seed"}, func(t *tx) error {
			v, err := t.view(ctx)
			if err != nil {
				return err
			}
			ids, err := t.newIDs(ctx, many)
			if err != nil {
				return err
			}
			var list []newRecord
			for i, id := range ids {
				values := map[string]policy.Value{"name": policy.TextOf(fmt.Sprintf("戊%04d", i)), "owner": policy.RefOf(f.id("lin")), "unit": policy.RefOf(f.id("华东")),
					"created_at": policy.TimeOf(t.now), "updated_at": policy.TimeOf(t.now)}
				v.catalog.Kind("customer").Complete(values)
				list = append(list, newRecord{id, values})
			}
			if err := t.insertRecords(ctx, v.catalog.Kind("customer"), list); err != nil {
				return err
			}
			t.entries++
			return nil
		}))
		m := f.rehearse("lin", "customer", MassAsk{Match: &MassMatch{}, Change: MassChange{Fields: Fields{"city": raw("杭州")}}})
		if m.Will != many {
			t.Fatalf("%+v", m)
		}
		ordered, err := f.as("lin").ChangeMass(ctx, "customer", m.ID)
		f.must(err)
		if ordered.Status != Queued || ordered.Done != 0 {
			t.Errorf("%+v", ordered)
		}
		_, err = f.as("lin").ChangeMass(ctx, "customer", m.ID)
		f.refused(err, fault.Conflict, "bulk_used")
		claim, err := f.db.System(JobRunner, DefaultTenant).Claim(ctx, "worker")
		f.must(err)
		f.must(claim.Run(ctx, func(ctx context.Context, s *Session) error { return s.RunMass(ctx, claim) }))
		done, err := f.as("lin").MassChanged(ctx, m.ID)
		f.must(err)
		if done.Status != Done || done.Done != many || done.Until == nil {
			t.Errorf("%+v", done)
		}
		back, err := f.as("lin").UndoMass(ctx, m.ID)
		f.must(err)
		if back.Undone != many {
			t.Errorf("%+v", back)
		}
		// One that is cancelled before it begins changes nothing.
		m = f.rehearse("lin", "customer", MassAsk{Match: &MassMatch{}, Change: MassChange{Fields: Fields{"city": raw("苏州")}}})
		_, err = f.as("lin").ChangeMass(ctx, "customer", m.ID)
		f.must(err)
		f.must(f.as("lin").CancelMass(ctx, m.ID))
		done, err = f.as("lin").MassChanged(ctx, m.ID)
		f.must(err)
		if done.Status != Cancelled || done.Done != 0 {
			t.Errorf("%+v", done)
		}
	})
}

// Stages have gates: what lacks is told, and what the mover does not see counts as lacking.
func TestStageGates(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		c := f.customer("lin", "己", "")
		made, err := f.as("lin").Create(ctx, "opportunity", Fields{"name": raw("商机"), "customer": raw(c.ID.String()), "stage": raw("initial")})
		f.must(err)
		_, err = f.as("lin").Create(ctx, "opportunity", Fields{"name": raw("商机"), "customer": raw(c.ID.String()), "stage": raw("won")})
		f.refused(err, fault.Invalid, "stage_gate")
		move := func(version int64, fields Fields) (*Item, error) {
			return f.as("lin").Update(ctx, "opportunity", made.ID, version, fields)
		}
		_, err = move(1, Fields{"stage": raw("won"), "amount": raw("10"), "closed_on": raw("2026-01-01")})
		f.refused(err, fault.Invalid, "stage_gate") // not from the first stage
		moved, err := move(1, Fields{"stage": raw("negotiation")})
		f.must(err)
		_, err = move(moved.Version, Fields{"stage": raw("won"), "amount": raw("10")})
		f.refused(err, fault.Invalid, "stage_gate")
		if items := fault.From(err).Items; len(items) != 1 || items[0].At != "closed_on" {
			t.Errorf("%+v", items)
		}
		m := f.rehearse("lin", "opportunity", MassAsk{IDs: []policy.ID{made.ID}, Change: MassChange{Fields: Fields{"stage": raw("won")}}})
		if m.Will != 0 || skippedFor(m, "stage_gate") != 1 {
			t.Errorf("%+v", m)
		}
		won, err := move(moved.Version, Fields{"stage": raw("won"), "amount": raw("10"), "closed_on": raw("2026-01-01")})
		f.must(err)
		if won.Fields["stage"] != "won" {
			t.Errorf("%+v", won)
		}
		kinds, err := f.as("lin").Kinds(ctx)
		f.must(err)
		for _, k := range kinds {
			if k.Name == "opportunity" && len(k.Gates) != 2 || k.Name == "customer" && k.Gates == nil {
				t.Errorf("%+v", k.Gates)
			}
		}
	})
}
