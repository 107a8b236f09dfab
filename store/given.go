package store

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"guan/access"
	"guan/policy"
	"guan/records"
)

// Given says of a way that was opened for a purpose by whom, to whom and for how long. Records are
// spoken of as the one that was asked about and by number: their titles stand behind the gate.
type Given struct {
	By    Name          `json:"by"` // gave it or, in an emergency, opened it
	To    Name          `json:"to"` // whom it speaks of; empty when that is whoever is in the sandbox
	What  records.Label `json:"what"`
	From  time.Time     `json:"from"`
	Until time.Time     `json:"until"`
}

// topic is whom and what an explanation is about; neither, where rules are said by themselves.
type topic struct {
	person, record policy.ID
	some           bool // which records it is stays between those who gave and received it
}

// opening is what a rule that was opened for a purpose goes back to.
type opening struct {
	by, to policy.ID
	title  string      // of the sandbox
	passed bool        // given on
	field  string      // by which what goes along points at what was given
	of     policy.Kind // of what it points at
}

// openingOf finds what was given behind a rule; false where a rule was written, or came with a pack.
func (st *state) openingOf(rule *policy.Rule) (opening, bool) {
	parts := strings.Split(rule.ID, "/")
	along := func(o opening, i int, kind policy.Kind) opening {
		if len(parts) > i {
			relation, _ := st.catalog.Schema().Kind(kind).Relation(parts[i])
			o.field, o.of = relation.Field, kind
		}
		return o
	}
	switch rule.Origin.Type {
	case access.FromGrant:
		for _, g := range st.authored.Grants {
			if g.ID.String() == rule.Origin.ID {
				return along(opening{by: g.Giver, to: g.Receiver, passed: g.Parent != 0}, 2, g.Kind), true
			}
		}
	case access.FromSandbox:
		for _, s := range st.authored.Sandboxes {
			for _, x := range s.Shares {
				if s.ID.String() == rule.Origin.ID && len(parts) > 3 && x.ID.String() == parts[2] {
					return along(opening{by: x.Giver, title: s.Title}, 4, x.Kind), true
				}
			}
		}
	case access.FromEmergency:
		for _, e := range st.authored.Emergencies {
			if e.ID.String() == rule.Origin.ID {
				return along(opening{by: e.Person, to: e.Person}, 2, e.Kind), true
			}
		}
	}
	return opening{}, false
}

// given says a rule that was opened for a purpose: in parts, and as one sentence. false where a rule
// was written, or came with a pack.
func (st *state) given(rule *policy.Rule, told *telling, about topic) (*Given, records.Label, bool) {
	o, found := st.openingOf(rule)
	if !found || rule.From == nil || rule.Until == nil {
		return nil, records.Label{}, false
	}
	if o.to == 0 && rule.Who.SpeaksOf(&policy.Subject{Person: about.person}) {
		o.to = about.person
	}
	g := &Given{By: Name{ID: o.by, Name: st.named[o.by]}, To: Name{ID: o.to, Name: st.named[o.to]}, From: *rule.From, Until: *rule.Until}
	said, named := *rule, pinned{n: -1}
	said.When = nil
	if rule.When != nil && !about.some {
		conds := []policy.Cond{*rule.When}
		if rule.When.Op == policy.OpAll {
			conds = rule.When.Args
		}
		conds = slices.DeleteFunc(slices.Clone(conds), func(c policy.Cond) bool { return named.take(&c, o.field, about.record) })
		switch len(conds) {
		case 0:
		case 1:
			said.When = &conds[0]
		default:
			said.When = &policy.Cond{Op: policy.OpAll, Args: conds}
		}
	}
	shown, hidden := told.rule(&said)
	g.What = both(func(lang string) string {
		p := policy.PartsOf(st.catalog.Schema(), names{st}, shown, lang)
		parts := []string{p.Actions + gap(lang) + st.which(&named, &o, rule.Kind, about.some, told == nil, lang)}
		if p.Condition != "" {
			parts = append(parts, onlyIf.In(lang)+p.Condition)
		}
		if hidden {
			parts[len(parts)-1] += untold.In(lang)
		}
		return strings.Join(append(parts, p.Fields), stop[lang])
	})
	return g, both(func(lang string) string {
		text := openedBy(g, &o, rule.Origin.Type, lang) + g.What.In(lang) + stop[lang] + windowWords(g.From, g.Until, lang)
		if rule.Scene != "" {
			text += stop[lang] + forWhat.In(lang) + rule.Scene
		}
		return text + fullStop[lang]
	}), true
}

// sentenceOf says a rule by itself, to who may know of all rules.
func (st *state) sentenceOf(rule *policy.Rule) records.Label {
	if _, sentence, opened := st.given(rule, nil, topic{}); opened {
		return sentence
	}
	return st.ruleSentence(rule)
}

var (
	stop     = map[string]string{"zh": "；", "en": "; "}
	fullStop = map[string]string{"zh": "。", "en": "."}
	onlyIf   = records.Label{ZH: "条件：", EN: "condition: "}
	forWhat  = records.Label{ZH: "用于：", EN: "for: "}
)

func gap(lang string) string {
	if lang == "en" {
		return " "
	}
	return ""
}

// pinned is the part of a condition that names records.
type pinned struct {
	n    int  // -1: none are named
	this bool // the one that was asked about is among them
}

// take reads a condition that names records; false when it is another.
func (p *pinned) take(c *policy.Cond, along string, record policy.ID) bool {
	values := c.Values
	if c.Op == policy.OpEq && c.Value != nil {
		values = []policy.Operand{*c.Value}
	}
	if c.Field != "id" && (along == "" || c.Field != along) || slices.ContainsFunc(values, func(o policy.Operand) bool { return o.Ref == nil }) {
		return false
	}
	p.n = len(values)
	p.this = slices.ContainsFunc(values, func(o policy.Operand) bool { return *o.Ref == record })
	return true
}

// which says which records it opens; how many these are is for who may know of them, and which for who may not only
// know that there are some.
func (st *state) which(p *pinned, o *opening, kind policy.Kind, some, count bool, lang string) string {
	noun := names{st}.Kind(kind, lang)
	nouns, numbered := noun, fmt.Sprintf("指定的 %d 条%s", p.n, noun)
	of := names{st}.Kind(o.of, lang)
	if lang == "en" {
		noun, of = strings.ToLower(noun), strings.ToLower(of)
		nouns = policy.PathSentence(st.catalog.Schema(), names{st}, kind, &policy.Path{Path: policy.PathAll}, lang)
		nouns = strings.TrimPrefix(nouns, "all ")
		numbered = fmt.Sprintf("%d named of %s", p.n, nouns)
	}
	switch {
	case o.of != "" && lang == "en":
		return nouns + " that belong to a " + of + " lent with them"
	case o.of != "":
		return "随" + of + "一并开放的" + nouns
	case some && lang == "en":
		return "some " + nouns
	case some:
		return "部分" + nouns
	case p.n < 0:
		return nouns
	case p.this && lang == "en":
		return "this " + noun
	case p.this:
		return "这条" + noun
	case count:
		return numbered
	case lang == "en":
		return "other " + nouns + " that are named"
	}
	return "指定的其他" + nouns
}

// openedBy begins the sentence: who opened it to whom.
func openedBy(g *Given, o *opening, origin, lang string) string {
	to, en := g.To.Name, lang == "en"
	if g.To.ID == 0 {
		to = "其成员"
		if en {
			to = "its members"
		}
	}
	switch {
	case origin == access.FromEmergency && en:
		return g.By.Name + " opened it in an emergency, to "
	case origin == access.FromEmergency:
		return g.By.Name + "紧急打开，可以"
	case origin == access.FromSandbox && en:
		return g.By.Name + ", in the sandbox “" + o.title + "”, lets " + to + " "
	case origin == access.FromSandbox:
		return g.By.Name + "在沙箱“" + o.title + "”中让" + to + "可以"
	case o.passed && en:
		return g.By.Name + ", to whom it was lent, lets " + to + " "
	case o.passed:
		return g.By.Name + "转授" + to + "，可以"
	case en:
		return g.By.Name + " lets " + to + " "
	}
	return g.By.Name + "授权" + to + "，可以"
}

// windowWords says from when until when in the time of the company, to the minute.
func windowWords(from, until time.Time, lang string) string {
	const minute = "2006-01-02 15:04"
	a, b := from.In(chinaTime).Format(minute), until.In(chinaTime).Format(minute)
	if lang == "en" {
		return "from " + a + " to " + b + " (UTC+8)"
	}
	return a + " 至 " + b + "（北京时间）"
}
