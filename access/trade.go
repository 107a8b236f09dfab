package access

import (
	"encoding/json"

	"guan/org"
	"guan/policy"
	"guan/records"
)

// Trade is what companies of one trade begin with: an example of their units, the positions with
// the packs that hang on them, what is shared and what is forbidden, and the fields that a customer
// of theirs has beside the usual ones. It is a proposal: whoever sets a company up may change it.
type Trade struct {
	ID          string                `json:"id"`
	Label       org.Label             `json:"label"`
	Description org.Label             `json:"description"`
	Units       []TradeUnit           `json:"units"`
	Positions   []TradePosition       `json:"positions"`
	Shares      []TradeShare          `json:"shares"`
	Guards      []TradeGuard          `json:"guards"`
	Fields      []records.CustomField `json:"fields"`
	Tags        []org.Label           `json:"tags"`
	Pool        org.Label             `json:"pool"` // of customers without an owner
	samples     []sample
}

// TradeUnit is an example of a unit; Depth is 1 below the company.
type TradeUnit struct {
	Name  org.Label `json:"name"`
	Type  string    `json:"type"`
	Depth int       `json:"depth"`
}

// TradePosition is a position with the packs that hang on it.
type TradePosition struct {
	Code  string    `json:"code"`
	Label org.Label `json:"label"`
	Packs []string  `json:"packs"`
}

// TradeShare switches a sharing template on for positions.
type TradeShare struct {
	Template  string    `json:"template"`
	Label     org.Label `json:"label"`
	Positions []string  `json:"positions"`
}

// TradeGuard is a forbid for positions.
type TradeGuard struct {
	ID        string          `json:"id"`
	Label     org.Label       `json:"label"`
	Positions []string        `json:"positions"`
	Kind      policy.Kind     `json:"kind"`
	Actions   []policy.Action `json:"actions"`
}

// The positions that every company has.
const (
	BossPosition          = "general_manager"
	AdministratorPosition = "administrator"
)

// Trades are the templates, in the order in which screens show them.
var Trades = []Trade{retailTrade, educationTrade, babyTrade, carTrade, makerTrade, financeTrade, softwareTrade}

// FindTrade returns the template of that id.
func FindTrade(id string) (Trade, bool) {
	for _, t := range Trades {
		if t.ID == id {
			return t, true
		}
	}
	return Trade{}, false
}

// Rules gives the sharing rules and guards of the trade, for those of its positions that are there.
func (t Trade) Rules(there func(position string) bool, lang string) []policy.Rule {
	who := func(positions []string) policy.Who {
		var w policy.Who
		for _, code := range positions {
			if there(code) {
				w.Any = append(w.Any, policy.Clause{Position: code})
			}
		}
		return w
	}
	var rules []policy.Rule
	for _, s := range t.Shares {
		for _, template := range Sharings {
			if w := who(s.Positions); template.ID == s.Template && len(w.Any) > 0 {
				r := template.For(w.Any...)
				r.Origin.Name = s.Label.In(lang)
				rules = append(rules, r)
			}
		}
	}
	for _, g := range t.Guards {
		if w := who(g.Positions); len(w.Any) > 0 {
			rules = append(rules, policy.Rule{ID: g.ID, Effect: policy.Forbid, Who: w, Kind: g.Kind, Actions: g.Actions, Where: all,
				Scene: g.Label.In(lang), Origin: policy.Origin{Name: g.Label.In(lang)}})
		}
	}
	return rules
}

// trade begins a template with what every company needs.
func trade(id, zh, en, descriptionZH, descriptionEN string) Trade {
	t := Trade{ID: id, Label: org.Label{ZH: zh, EN: en}, Description: org.Label{ZH: descriptionZH, EN: descriptionEN},
		Pool: org.Label{ZH: "客户公海", EN: "Customer pool"}, Shares: []TradeShare{}, Guards: []TradeGuard{}, Fields: []records.CustomField{}}
	return t.position(BossPosition, "总经理", "General manager", "boss").
		position(AdministratorPosition, "系统管理员", "Administrator", "administrator")
}

func (t Trade) unit(depth int, typ, zh, en string) Trade {
	t.Units = append(t.Units, TradeUnit{Name: org.Label{ZH: zh, EN: en}, Type: typ, Depth: depth})
	return t
}

func (t Trade) position(code, zh, en string, packs ...string) Trade {
	t.Positions = append(t.Positions, TradePosition{Code: code, Label: org.Label{ZH: zh, EN: en}, Packs: packs})
	return t
}

func (t Trade) share(template string, positions ...string) Trade {
	for _, s := range Sharings {
		if s.ID == template {
			t.Shares = append(t.Shares, TradeShare{Template: template, Label: s.Label, Positions: positions})
		}
	}
	return t
}

// keep forbids to take customers out as a file.
func (t Trade) keep(id, zh, en string, positions ...string) Trade {
	t.Guards = append(t.Guards, TradeGuard{ID: id, Label: org.Label{ZH: zh, EN: en}, Positions: positions, Kind: "customer", Actions: []policy.Action{policy.Export}})
	return t
}

// field adds a field to customers. Choices are code, Chinese, English in turn.
func (t Trade) field(key, typ string, class policy.Class, zh, en string, choices ...string) Trade {
	f := records.CustomField{Kind: "customer", Key: "c_" + key, Type: typ, Label: records.Label{ZH: zh, EN: en}, Class: class}
	for i := 0; i+2 < len(choices); i += 3 {
		f.Choices = append(f.Choices, records.Choice{Code: choices[i], Label: records.Label{ZH: choices[i+1], EN: choices[i+2]}})
	}
	t.Fields = append(t.Fields, f)
	return t
}

// tags proposes words for customers: Chinese, English in turn.
func (t Trade) tags(words ...string) Trade {
	for i := 0; i+1 < len(words); i += 2 {
		t.Tags = append(t.Tags, org.Label{ZH: words[i], EN: words[i+1]})
	}
	return t
}

// sample is a customer to look at in a company that has none yet, with what it may buy.
type sample struct {
	name, need org.Label
	typ, stage string
	amount     string
	tag        int // of the trade's tags
	fields     map[string]string
}

func (t Trade) sample(typ, stage, zh, en, needZH, needEN, amount string, tag int, fields ...string) Trade {
	s := sample{name: org.Label{ZH: zh, EN: en}, need: org.Label{ZH: needZH, EN: needEN}, typ: typ, stage: stage, amount: amount, tag: tag, fields: map[string]string{}}
	for i := 0; i+1 < len(fields); i += 2 {
		s.fields["c_"+fields[i]] = fields[i+1]
	}
	t.samples = append(t.samples, s)
	return t
}

// SampleCustomer is a customer of the sample data, with one opportunity.
type SampleCustomer struct {
	Customer    map[string]any // by field
	Opportunity map[string]any // without its customer
	Task        string
}

// Samples gives the sample data in a language.
func (t Trade) Samples(lang string) []SampleCustomer {
	var out []SampleCustomer
	for _, s := range t.samples {
		customer := map[string]any{"name": s.name.In(lang), "type": s.typ, "stage": s.stage, "tags": []string{t.Tags[s.tag].In(lang)}, "source": "referral"}
		for _, f := range t.Fields {
			if value := s.fields[f.Key]; value != "" && f.Type == "number" {
				customer[f.Key] = json.Number(value)
			} else if value != "" {
				customer[f.Key] = value
			}
		}
		task := org.Label{ZH: "回访:" + s.name.ZH, EN: "Call " + s.name.EN}
		out = append(out, SampleCustomer{Customer: customer, Task: task.In(lang),
			Opportunity: map[string]any{"name": s.need.In(lang), "amount": s.amount, "stage": "need"}})
	}
	return out
}
