package httpapi

import (
	"net/http"
	"time"

	"guan/access"
	"guan/org"
	"guan/policy"
	"guan/records"
	"guan/store"
)

// ruleFields is the body that writes a rule: its id stands in the path, its origin follows from
// its effect.
type ruleFields struct {
	Name    string             `json:"name,omitempty"` // for lists
	Effect  policy.Effect      `json:"effect"`
	Who     policy.Who         `json:"who"`
	Kind    policy.Kind        `json:"kind"`
	Actions []policy.Action    `json:"actions"`
	Where   policy.Path        `json:"where"`
	When    *policy.Cond       `json:"when,omitempty"`
	Fields  []policy.FieldRule `json:"fields,omitempty"`
	Duty    policy.Duty        `json:"duty,omitzero"`
	From    *time.Time         `json:"from,omitempty"`
	Until   *time.Time         `json:"until,omitempty"`
	Scene   string             `json:"scene"`
	// Sensitive asks that changes of the rule be confirmed by a second person.
	Sensitive bool `json:"sensitive,omitempty"`
}

func (f ruleFields) rule(id string) policy.Rule {
	return policy.Rule{ID: id, Effect: f.Effect, Who: f.Who, Kind: f.Kind, Actions: f.Actions, Where: f.Where, When: f.When, Fields: f.Fields,
		Duty: f.Duty, From: f.From, Until: f.Until, Scene: f.Scene, Origin: policy.Origin{Name: f.Name}, Sensitive: f.Sensitive}
}

// ruleEnd is the body that brings the end of a rule forward: to now, when there is no until.
type ruleEnd struct {
	Until *time.Time `json:"until,omitempty"`
}

// newAssignment is the body that hangs a pack on somebody.
type newAssignment struct {
	Pack  string        `json:"pack"`
	Who   policy.Clause `json:"who"`
	From  *time.Time    `json:"from,omitempty"`
	Until *time.Time    `json:"until,omitempty"`
}

// window is the body that gives an assignment another window; what is absent is open.
type window struct {
	From  *time.Time `json:"from,omitempty"`
	Until *time.Time `json:"until,omitempty"`
}

// customFieldParts is the body that makes or changes a custom field: kind and key stand in the
// path.
type customFieldParts struct {
	Type      string            `json:"type"`
	Label     records.Label     `json:"label"`
	Class     policy.Class      `json:"class"`
	Required  bool              `json:"required,omitempty"`
	Search    bool              `json:"search,omitempty"`
	Choices   []records.Choice  `json:"choices,omitempty"`
	Link      policy.Kind       `json:"link,omitempty"`
	Group     *records.TagGroup `json:"group,omitempty"`
	Mask      policy.Level      `json:"mask,omitempty"`
	Encrypted bool              `json:"encrypted,omitempty"`
}

// fieldOrder is the body that puts the fields of a kind in another order: each of their keys once.
type fieldOrder struct {
	Keys []string `json:"keys"`
}

// ruleTemplate is a set of rules that comes with Guan, without the people they will speak of.
type ruleTemplate struct {
	ID          string         `json:"id"`
	Group       string         `json:"group"`
	Label       org.Label      `json:"label"`
	Description org.Label      `json:"description"`
	Rules       []templateRule `json:"rules"`
	Days        int            `json:"days,omitempty"` // its rules end so many days after they are taken; 0 is no end
}

// templateRule says by packs whom a rule will speak of: "*" is everyone, and nothing is for the
// administrator to say.
type templateRule struct {
	Rule   ruleFields    `json:"rule"`
	Scene  records.Label `json:"scene"`
	For    []string      `json:"for"`
	Except []string      `json:"except"`
}

// draft is the body of a simulation. No people stands for all, no kinds for all.
type draft struct {
	Put      []policy.Rule       `json:"put,omitempty"`
	Delete   []string            `json:"delete,omitempty"`
	Assign   []access.Assignment `json:"assign,omitempty"`
	Unassign []policy.ID         `json:"unassign,omitempty"`
	People   []policy.ID         `json:"people,omitempty"`
	Kinds    []policy.Kind       `json:"kinds,omitempty"`
}

var seesParams = []param{{name: "person", desc: "Whose sight; mine when absent.", typ: "id"}}

func (a *api) packs(c *call) error {
	found, err := c.session().Packs(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) assignments(c *call) error {
	found, err := c.session().Assignments(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) assignPack(c *call) error {
	in, err := readBody[newAssignment](c)
	if err != nil {
		return err
	}
	made, err := c.session().AssignPack(c.ctx(), access.Assignment{Pack: in.Pack, Who: in.Who, From: in.From, Until: in.Until})
	if err != nil {
		return err
	}
	return c.answer(http.StatusCreated, made)
}

func (a *api) changeAssignment(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[window](c)
	if err != nil {
		return err
	}
	changed, err := c.session().ChangeAssignment(c.ctx(), id, in.From, in.Until)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, changed)
}

func (a *api) unassignPack(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	if err := c.session().UnassignPack(c.ctx(), id); err != nil {
		return err
	}
	return c.done()
}

func (a *api) rules(c *call) error {
	found, err := c.session().Rules(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) putRule(c *call) error {
	in, err := readBody[ruleFields](c)
	if err != nil {
		return err
	}
	written, err := c.session().PutRule(c.ctx(), in.rule(c.r.PathValue("rule")))
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, written)
}

func (a *api) endRule(c *call) error {
	in, err := readBody[ruleEnd](c)
	if err != nil {
		return err
	}
	written, err := c.session().EndRule(c.ctx(), c.r.PathValue("rule"), in.Until)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, written)
}

func (a *api) deleteRule(c *call) error {
	if err := c.session().DeleteRule(c.ctx(), c.r.PathValue("rule")); err != nil {
		return err
	}
	return c.done()
}

func (a *api) ruleTemplates(c *call) error {
	found, err := c.session().RuleTemplates(c.ctx())
	if err != nil {
		return err
	}
	list := make([]ruleTemplate, len(found))
	for i, t := range found {
		list[i] = ruleTemplate{ID: t.ID, Group: t.Group, Label: t.Label, Description: t.Description, Days: t.Days}
		for _, x := range t.Rules {
			r := x.Rule
			list[i].Rules = append(list[i].Rules, templateRule{Scene: records.Label{ZH: r.Scene, EN: x.SceneEN}, For: append([]string{}, x.For...), Except: append([]string{}, x.Except...),
				Rule: ruleFields{Name: r.Origin.Name, Effect: r.Effect, Who: policy.Who{Any: []policy.Clause{}}, Kind: r.Kind, Actions: r.Actions, Where: r.Where,
					When: r.When, Fields: r.Fields, Duty: r.Duty, Scene: r.Scene}})
		}
	}
	return c.answer(http.StatusOK, itemsOf(list))
}

func (a *api) customFields(c *call) error {
	found, err := c.session().CustomFields(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) putCustomField(c *call) error {
	version, err := c.ifMatch()
	if err != nil {
		return err
	}
	in, err := readBody[customFieldParts](c)
	if err != nil {
		return err
	}
	put, err := c.session().PutCustomField(c.ctx(), version, records.CustomField{Kind: c.kind(), Key: c.r.PathValue("key"), Type: in.Type, Label: in.Label,
		Class: in.Class, Required: in.Required, Search: in.Search, Choices: in.Choices, Link: in.Link, Group: in.Group, Mask: in.Mask, Encrypted: in.Encrypted})
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, put.Version, put)
}

func (a *api) orderCustomFields(c *call) error {
	in, err := readBody[fieldOrder](c)
	if err != nil {
		return err
	}
	if err := c.session().OrderCustomFields(c.ctx(), c.kind(), in.Keys); err != nil {
		return err
	}
	return c.done()
}

func (a *api) deleteCustomField(c *call) error {
	if err := c.session().DeleteCustomField(c.ctx(), c.kind(), c.r.PathValue("key")); err != nil {
		return err
	}
	return c.done()
}

func (a *api) impact(c *call) error {
	in, err := readBody[draft](c)
	if err != nil {
		return err
	}
	found, err := c.session().Simulate(c.ctx(), store.Draft{Put: in.Put, Delete: in.Delete, Assign: in.Assign, Unassign: in.Unassign}, in.People, in.Kinds)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) sees(c *call) error {
	q := c.query()
	id := q.id("person")
	if err := q.err(); err != nil {
		return err
	}
	if id == 0 {
		id = c.actor.Person
	}
	found, err := c.session().Sees(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}
