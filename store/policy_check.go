package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"guan/access"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// The limits of documents.
const (
	maxPacks       = 200
	maxPackRules   = 500
	maxAssignments = 5_000
	maxLabel       = 200 // characters
)

var (
	packRuleCode = regexp.MustCompile(`^[a-z0-9][a-z0-9_/-]{0,63}$`)
	// Packs of these names would have rules under the ids of other things.
	reservedPacks = []string{access.FromPack, access.FromSharing, access.FromGuard, access.FromGrant, access.FromSandbox, access.FromEmergency, "setup", "system"}
)

// documentProblems says everything that is wrong with a document, and where. The error is of the
// database alone.
func (t *rtx) documentProblems(ctx context.Context, v *view, d access.Document) ([]fault.Item, error) {
	p := problems{items: []fault.Item{}}
	if text, err := json.Marshal(d); err != nil || bytes.Contains(text, []byte(`\u0000`)) {
		p.add("", "text", "texts must not contain NUL")
	}
	p.atMost("packs", len(d.Packs), maxPacks)
	p.atMost("assignments", len(d.Assignments), maxAssignments)
	p.atMost("rules", len(d.Rules), maxRules)
	if len(p.items) > 0 {
		return p.items, nil
	}
	seen := map[string]bool{}
	for i := range d.Packs {
		at := fmt.Sprintf("packs[%d]", i)
		p.once(seen, at+".id", d.Packs[i].ID)
		if err := t.checkPack(ctx, v, &d.Packs[i], at, &p); err != nil {
			return nil, err
		}
	}
	packs := d.Authored(v.authored).Packs
	hung := map[access.Assignment]bool{}
	people, err := t.assigned(ctx, v, d)
	if err != nil {
		return nil, err
	}
	for i, a := range d.Assignments {
		err := a.Check(packs)
		if who := a.Who; err == nil {
			if _, there := people[who.Person]; there {
				who.Person = 0 // asked for with all others
			}
			err = t.checkClause(ctx, v, "who", who)
		}
		if err := p.take(fmt.Sprintf("assignments[%d]", i), err); err != nil {
			return nil, err
		}
		if same := (access.Assignment{Pack: a.Pack, Who: a.Who}); a.From == nil && a.Until == nil {
			if hung[same] {
				p.add(fmt.Sprintf("assignments[%d].who", i), "assignment_double", "the pack hangs there already")
			}
			hung[same] = true
		}
	}
	seen = map[string]bool{}
	for i, r := range d.Rules {
		at := fmt.Sprintf("rules[%d]", i)
		p.once(seen, at+".id", r.ID)
		if r.Scene.EN != "" {
			p.add(at+".scene", "scene_text", "the scene of a written rule is one text")
		}
		rule := r.Rule()
		if err := p.take(at, t.checkWritten(ctx, v, &rule)); err != nil {
			return nil, err
		}
	}
	return p.items, nil
}

// assigned looks all people up to whom packs are given, in one question: there may be thousands.
func (t *rtx) assigned(ctx context.Context, v *view, d access.Document) (map[policy.ID]string, error) {
	var ids []policy.ID
	for _, a := range d.Assignments {
		if a.Who.Person != 0 {
			ids = append(ids, a.Who.Person)
		}
	}
	people := map[policy.ID]string{}
	if len(ids) == 0 {
		return people, nil
	}
	return people, t.directoryNames(ctx, v.tenant, ids, people)
}

func (t *rtx) checkPack(ctx context.Context, v *view, d *access.PackDocument, at string, p *problems) error {
	_, preset := access.Find(access.Presets, d.ID)
	switch {
	case !ruleCode.MatchString(d.ID):
		p.add(at+".id", "pack_id", "the id of a pack is 1 to 64 lower-case letters, digits, hyphens and underscores")
	case preset || slices.Contains(reservedPacks, d.ID):
		p.add(at+".id", "pack_reserved", "this id belongs to the program")
	}
	if strings.TrimSpace(d.Label.ZH) == "" {
		p.add(at+".label", "pack_label", "a pack has a name in Chinese")
	}
	for _, text := range []string{d.Label.ZH, d.Label.EN, d.Description.ZH, d.Description.EN} {
		if len([]rune(text)) > maxLabel {
			p.add(at+".label", "pack_label_long", fmt.Sprintf("names and descriptions have at most %d characters", maxLabel))
			break
		}
	}
	p.atMost(at+".rules", len(d.Rules), maxPackRules)
	seen := map[string]bool{}
	for i, action := range d.System {
		if !slices.Contains(records.SystemActions, action) {
			p.add(fmt.Sprintf("%s.system[%d]", at, i), "action", "there is no such right of administration")
		}
	}
	for i, rule := range d.Pack().Bare()[:len(d.Rules)] {
		one, here := d.Rules[i], fmt.Sprintf("%s.rules[%d]", at, i)
		p.once(seen, here+".id", one.ID)
		switch {
		case !packRuleCode.MatchString(one.ID):
			p.add(here+".id", "rule_id", "the id of a rule in a pack is 1 to 64 lower-case letters, digits, hyphens, underscores and strokes")
		case one.ID == "system":
			p.add(here+".id", "rule_reserved", "this id belongs to the program")
		case one.Who != nil || one.From != nil || one.Until != nil:
			p.add(here+".who", "pack_rule_who", "whom a rule of a pack speaks of, and when, comes from the assignments")
		}
		if one.Kind == records.System {
			p.add(here+".kind", "pack_rule_system", "rights of administration stand under the pack's system")
			continue
		}
		// The id of a rule in a pack has another form than that of a written rule.
		rule.ID = "x"
		if err := p.take(here, t.checkWritten(ctx, v, &rule)); err != nil {
			return err
		}
	}
	return nil
}

// problems gathers what is wrong.
type problems struct{ items []fault.Item }

func (p *problems) add(at, code, detail string) {
	p.items = append(p.items, fault.Item{At: at, Code: code, Detail: detail})
}

// take adds an error below a place. What is not the document's mistake comes back.
func (p *problems) take(at string, err error) error {
	if err == nil {
		return nil
	}
	e := fault.From(within(at, err))
	if e.Kind == fault.Internal {
		return err
	}
	if len(e.Items) == 0 {
		e.Items = []fault.Item{e.Item()}
	}
	p.items = append(p.items, e.Items...)
	return nil
}

func (p *problems) once(seen map[string]bool, at, id string) {
	if seen[id] {
		p.add(at, "id_double", "the id stands twice")
	}
	seen[id] = true
}

func (p *problems) atMost(at string, n, most int) {
	if n > most {
		p.items = append(p.items, fault.Item{At: at, Code: "too_many", Detail: fmt.Sprintf("there are at most %d", most), Params: map[string]any{"max": most}})
	}
}
