package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"guan/access"
	"guan/policy"
	"guan/records"
)

// names gives the words for what the rules of a tenant name.
type names struct{ *state }

func (n names) Kind(kind policy.Kind, lang string) string {
	if k := n.catalog.Kind(kind); k != nil {
		return k.Label.In(lang)
	}
	return ""
}

func (n names) Field(kind policy.Kind, field, lang string) string {
	if k := n.catalog.Kind(kind); k != nil {
		if f := k.Field(field); f != nil {
			return f.Label.In(lang)
		}
	}
	return ""
}

func (n names) Choice(kind policy.Kind, field, code, lang string) string {
	if k := n.catalog.Kind(kind); k != nil {
		if f := k.Field(field); f != nil {
			c, _ := f.Choice(code)
			return c.Label.In(lang)
		}
	}
	return ""
}

func (n names) Relation(kind policy.Kind, relation, lang string) string {
	if k := n.catalog.Kind(kind); k != nil {
		if r, ok := k.Relation(relation); ok {
			return r.Label.In(lang)
		}
	}
	return ""
}

func (n names) Class(class policy.Class, lang string) string {
	return records.ClassLabels[class].In(lang)
}

func (n names) Action(kind policy.Kind, action policy.Action, lang string) string {
	if kind == records.System {
		return records.SystemActionLabels[action].In(lang)
	}
	return records.ActionLabels[action].In(lang)
}

func (n names) Position(code, lang string) string {
	for _, p := range n.positions {
		if p.Code == code {
			return records.Label(p.Label).In(lang)
		}
	}
	return ""
}

func (n names) Person(id policy.ID) string { return n.named[id] }

func (n names) Unit(id policy.ID) string {
	u, _ := n.tree.Unit(id)
	return u.Name
}

// Record names pools only: the title of a record stands behind the gate, and a sentence is read
// by people whom it would have to ask.
func (n names) Record(kind policy.Kind, id policy.ID) string {
	for _, p := range n.pools {
		if kind == records.RefPool && p.ID == id {
			return p.Name
		}
	}
	return ""
}

// both says something in both languages.
func both(say func(lang string) string) records.Label {
	return records.Label{ZH: say("zh"), EN: say("en")}
}

func (st *state) ruleSentence(rule *policy.Rule) records.Label {
	return both(func(lang string) string {
		said := *rule
		said.Scene, said.From, said.Until = st.scene(rule, lang), inChina(rule.From), inChina(rule.Until)
		return policy.RuleSentence(st.catalog.Schema(), names{st}, &said, lang)
	})
}

// templateSentence says a rule of a pack without whom it speaks of: the assignments say that.
func (st *state) templateSentence(rule *policy.Rule) records.Label {
	return both(func(lang string) string {
		said := *rule
		said.Scene, said.From, said.Until = st.scene(rule, lang), inChina(rule.From), inChina(rule.Until)
		return policy.TemplateSentence(st.catalog.Schema(), names{st}, &said, lang)
	})
}

// inChina is an instant in the time that sentences are said in.
func inChina(at *time.Time) *time.Time {
	if at == nil {
		return nil
	}
	there := at.In(chinaTime)
	return &there
}

// scene is why the rule exists: in the language asked for where its pack knows it, else as it was
// written.
func (st *state) scene(rule *policy.Rule, lang string) string {
	pack, ok := access.Find(st.authored.Packs, rule.Origin.ID)
	if !ok || rule.Origin.Type != access.FromPack {
		return rule.Scene
	}
	id, _, _ := strings.Cut(rule.ID, "@") // an assignment with a window has rules of its own
	if scene := pack.Scene(id, lang); scene != "" {
		return scene
	}
	return pack.Description.In(lang)
}

// lackWords introduce what a permit would need.
var lackWords = map[policy.LackCode]records.Label{
	policy.LackWho:       {ZH: "此人不在规则所说的人之中：", EN: "the rule speaks of others: "},
	policy.LackWindow:    {ZH: "不在规则的有效期内：", EN: "outside the time of the rule: "},
	policy.LackFactor:    {ZH: "还没有通过二次验证", EN: "the second factor is not proved yet"},
	policy.LackPath:      {ZH: "记录不在规则的范围内：", EN: "the record is not among: "},
	policy.LackCondition: {ZH: "条件不成立：", EN: "this does not hold: "},
	policy.LackField:     {ZH: "规则适用，但不再多显示这个字段", EN: "the rule applies, but shows no more of this field"},
	policy.LackSet:       {ZH: "规则适用，但不允许设置这个字段", EN: "the rule applies, but does not let this field be set"},
	policy.LackScope:     {ZH: "所用的接口令牌不含这项操作", EN: "the API token in use does not carry this action"},
}

func (st *state) lackSentence(rule *policy.Rule, l policy.Lack) records.Label {
	schema := st.catalog.Schema()
	return both(func(lang string) string {
		text := lackWords[l.Code].In(lang)
		switch l.Code {
		case policy.LackWho:
			text += policy.WhoSentence(schema, names{st}, rule.Who, lang)
		case policy.LackWindow:
			text += policy.WindowSentence(inChina(rule.From), inChina(rule.Until), lang)
		case policy.LackPath:
			text += policy.PathSentence(schema, names{st}, rule.Kind, &rule.Where, lang)
		case policy.LackCondition:
			text += policy.CondSentence(schema, names{st}, rule.Kind, l.Cond, lang)
		}
		return text
	})
}

// loadNamed reads the names of the people whom rules name.
func (t *rtx) loadNamed(ctx context.Context, st *state) error {
	var ids []policy.ID
	clauses := func(list []policy.Clause) {
		for _, c := range list {
			if c.Person != 0 {
				ids = append(ids, c.Person)
			}
		}
	}
	for _, a := range st.authored.Assignments {
		clauses([]policy.Clause{a.Who})
	}
	for _, r := range slices.Concat(st.authored.Sharings, st.authored.Guards) {
		clauses(r.Who.Any)
		clauses(r.Who.Except)
	}
	for _, g := range st.authored.Grants {
		ids = append(ids, g.Receiver, g.Giver)
	}
	for _, s := range st.authored.Sandboxes {
		ids = append(ids, s.Sponsor)
		for _, m := range s.Members {
			ids = append(ids, m.Person)
		}
	}
	for _, e := range st.authored.Emergencies {
		ids = append(ids, e.Person)
	}
	st.named = map[policy.ID]string{}
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	return t.directoryNames(ctx, st.tenant, slices.Compact(ids), st.named)
}

func (n names) Pack(code, lang string) string {
	for _, p := range n.authored.Packs {
		if p.ID == code {
			return p.Label.In(lang)
		}
	}
	return ""
}
