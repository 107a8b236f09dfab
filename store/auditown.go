package store

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"guan/access"
	"guan/audit"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
)

// AuditPart is a part of the policy that came, changed or went: a rule, a pack, one of its rules, or an assignment.
type AuditPart struct {
	Op    string        `json:"op"`             // added, changed or removed
	Part  string        `json:"part"`           // rule, pack or assignment
	ID    string        `json:"id"`             // of the rule of a pack: the pack/the rule
	Label records.Label `json:"label,omitzero"` // what it is now, if it still stands
}

// WorkTurn is what became of work in the background, or of a job of the program.
type WorkTurn struct {
	ID      policy.ID  `json:"id,omitempty"`      // a job has none, nor what is made of a kind
	Type    WorkType   `json:"type"`              // or the job
	Status  WorkStatus `json:"status"`            // queued: it waits for its turn, or goes on with the next start
	Rows    *int64     `json:"rows,omitempty"`    // it had done when it ended, where it does some
	Changed *int64     `json:"changed,omitempty"` // … of which it changed so many
	Month   string     `json:"month,omitempty"`   // of which reports are made
	Of      string     `json:"of,omitempty"`      // the kind, where the entry is of the system
	Attempt int        `json:"attempt,omitempty"` // from 2: the one before died or failed
	Died    bool       `json:"died,omitempty"`    // it was found dead
	Again   bool       `json:"again,omitempty"`   // a job goes on that could not
	Part    bool       `json:"part,omitempty"`    // one part of it was done
}

// AuditAsked is what a search of the log was of.
type AuditAsked struct {
	Person *Name       `json:"person,omitempty"`
	Kind   policy.Kind `json:"kind,omitempty"`
	Record policy.ID   `json:"record,omitempty"`
	Export policy.ID   `json:"export,omitempty"`
	Group  audit.Group `json:"group,omitempty"`
	From   *time.Time  `json:"from,omitempty"`
	Until  *time.Time  `json:"until,omitempty"`
}

// people are those whom an entry names; nil for nobody.
func (it *AuditItem) people() []*Name {
	list := []*Name{it.Person, it.OnBehalf}
	if it.Asked != nil {
		list = append(list, it.Asked.Person)
	}
	for _, fact := range it.Facts {
		list = append(list, fact.Person)
	}
	return list
}

// auditOwn tells what is an act's own: other acts keep other things under these names.
func (v *view) auditOwn(e *foundEntry, out *AuditItem) error {
	switch audit.Action(e.action.String) {
	case audit.PasskeyAdded, audit.PasskeyNamed, audit.PasskeyRemoved, audit.DeviceNamed, audit.DeviceEnded, audit.StreamTried, audit.StreamEnded:
		var own struct {
			Name, Before string
			Outcome      StreamOutcome
			Status       int
		}
		err := json.Unmarshal(e.detail, &own)
		out.Name, out.Before, out.Outcome, out.Status = own.Name, own.Before, own.Outcome, own.Status
		return err
	case audit.Copied:
		var own copyDetail
		err := json.Unmarshal(e.detail, &own)
		out.Record, out.Name, out.Export = nil, own.Code, own.Export
		return err
	case audit.List:
		var own struct{ Of, Beside string }
		if err := json.Unmarshal(e.detail, &own); err != nil || own.Of != "audit_entries" {
			out.Beside = own.Beside != ""
			return err
		}
		var asked struct {
			Person, Record, Export policy.ID
			Kind                   policy.Kind
			Group                  audit.Group
			From, Until            *time.Time
		}
		err := json.Unmarshal(e.detail, &asked)
		if out.Asked = (&AuditAsked{nil, asked.Kind, asked.Record, asked.Export, asked.Group, asked.From, asked.Until}); asked.Person != 0 {
			out.Asked.Person = &Name{ID: asked.Person}
		}
		return err
	case audit.WorkBegan, audit.WorkEnded, audit.WorkCancelled:
		var own struct {
			WorkTurn
			Work policy.ID
			Code string
		}
		err := json.Unmarshal(e.detail, &own)
		own.ID, out.Work, out.Code = own.Work, &own.WorkTurn, own.Code
		return err
	case audit.Recycled, audit.Tagged:
		var own struct {
			Recycling, Deriving    string
			Run                    policy.ID
			Of                     string
			Looked, Taken, Changed *int64
		}
		err := json.Unmarshal(e.detail, &own)
		if how := cmp.Or(own.Recycling, own.Deriving); how != "" {
			w := &WorkTurn{ID: own.Run, Type: tagsWork, Status: WorkStatus(how), Of: own.Of, Rows: own.Looked, Changed: cmp.Or(own.Taken, own.Changed)}
			if own.Recycling != "" {
				w.Type = recycleWork
			}
			switch how {
			case turnBegun:
				w.Status = Queued
			case turnPart:
				w.Status, w.Part = Running, true
			}
			out.Work = w
		}
		return err
	case audit.RequestDecided, audit.EmergencyReviewed:
		var own struct{ Verdict string }
		err := json.Unmarshal(e.detail, &own)
		out.Verdict = own.Verdict
		return err
	case audit.TokenCreated, audit.TokenRevoked:
		var own struct {
			Name  string
			Token policy.ID
		}
		err := json.Unmarshal(e.detail, &own)
		out.Name, out.Token = own.Name, own.Token
		return err
	case audit.GrantGiven:
		var own struct{ Grant struct{ ID policy.ID } }
		err := json.Unmarshal(e.detail, &own)
		out.Grant = own.Grant.ID
		return err
	case audit.GrantRevoked:
		var own struct{ Grant policy.ID }
		err := json.Unmarshal(e.detail, &own)
		out.Grant = own.Grant
		return err
	case audit.GrantUsed:
		if e.record != nil {
			out.Grant = policy.ID(*e.record)
		}
	case audit.PolicyChanged, audit.PolicyAlone, audit.DraftChanged:
		var own struct {
			Version int64
			Changed []string
		}
		err := json.Unmarshal(e.detail, &own)
		if out.Version = own.Version; e.action.String == string(audit.DraftChanged) {
			out.Version = 0 // of the draft
		}
		for _, one := range own.Changed {
			out.Changed = append(out.Changed, v.auditPart(one))
		}
		return err
	}
	return nil
}

// auditPart reads what briefly wrote.
func (v *view) auditPart(text string) AuditPart {
	op, rest, _ := strings.Cut(text, " ")
	part, id, _ := strings.Cut(rest, " ")
	out := AuditPart{Op: op, Part: part, ID: id}
	switch part {
	case access.PartRule:
		if rule, found := v.written(id); found {
			out.Label = both(func(lang string) string { return v.scene(&rule, lang) })
		} else {
			out.Label = v.sceneOf(id)
		}
	case access.PartPack:
		if pack, found := access.Find(v.authored.Packs, id); found {
			out.Label = records.Label(pack.Label)
		}
	case access.PartAssignment:
		for _, a := range v.authored.Assignments {
			if a.ID.String() == id {
				out.Label = v.assignmentSentence(a)
			}
		}
	}
	return out
}

// tellValues says from what to what fields went: of those records of a page that the reader may read, and as far as
// the fields show on them now. That is a read of these records, and its entries come back.
func (t *rtx) tellValues(ctx context.Context, v *view, found []foundEntry, items []AuditItem) (entries []audit.Entry, err error) {
	changes, wanted := map[int][]audit.Change{}, map[policy.Kind][]policy.ID{}
	for i := range found {
		e := &found[i]
		if e.record == nil || e.kind == nil || v.catalog.Kind(policy.Kind(*e.kind)) == nil || !slices.Contains(changing, audit.Action(e.action.String)) {
			continue
		}
		var detail struct{ Changes []audit.Change }
		if err := json.Unmarshal(e.detail, &detail); err != nil {
			return nil, err
		}
		if len(detail.Changes) > 0 {
			changes[i] = detail.Changes
			wanted[policy.Kind(*e.kind)] = append(wanted[policy.Kind(*e.kind)], policy.ID(*e.record))
		}
	}
	for _, name := range sorted(kindNames(wanted)) {
		kind := v.catalog.Kind(policy.Kind(name))
		s := v.shape(kind, []string{})
		if s.read.None() {
			continue
		}
		ids := wanted[kind.Name]
		slices.Sort(ids)
		ids = slices.Compact(ids)
		q := s.list(len(ids))
		q.IDs, q.Plan = ids, sqlgen.Walk
		rows, err := t.fetch(ctx, q)
		if err != nil {
			return nil, err
		}
		told := audit.Entry{Action: audit.List, Kind: kind.Name, Epoch: v.epoch, Detail: map[string]any{"beside": "audit"}}
		var why []int
		for _, row := range rows {
			b := &beneath{kind: kind, schema: s.schema, id: row.id, read: s.read.Outcome(row.answer)}
			shown := false
			for i, list := range changes {
				if it := &items[i]; it.Kind == kind.Name && it.Record.ID == row.id {
					it.Changes = v.told(b, list)
					if err := t.nameChanges(ctx, v, b, it.Changes); err != nil {
						return nil, err
					}
					shown = shown || len(it.Changes) > 0
					for _, c := range it.Changes {
						if !c.Masked && !c.Withheld && !slices.Contains(told.Fields, c.Field) {
							told.Fields = append(told.Fields, c.Field)
						}
					}
				}
			}
			if shown {
				told.Records, why = append(told.Records, row.id), append(why, s.read.Opened(row.answer)...)
			}
		}
		if told.Rules = v.ruleIDs(why); len(told.Records) > 0 {
			slices.Sort(told.Fields)
			entries = append(entries, told)
		}
	}
	return entries, nil
}

// changing are the acts whose entries keep what fields were and became.
var changing = []audit.Action{audit.Action(policy.Create), audit.Action(policy.Edit), audit.Action(policy.Claim), audit.Action(policy.Release), audit.Action(policy.Assign), audit.Recycled, audit.Tagged}
