package httpapi

import (
	"net/http"

	"guan/policy"
	"guan/store"
)

// conditionRoutes are of what rules and filters can say.
func (a *api) conditionRoutes() []route {
	return []route{
		post(v1+"/conditions", either, a.condition, "condition", "What a condition means, or what is wrong with it").takes(recordBody, conditionText{}).gives(200, store.Condition{}),
		get(v1+"/policy/kinds", either, a.ruleKinds, "ruleKinds", "Everything that a rule can name").gives(200, items[store.RuleKind]{}),
	}
}

// conditionText is the body that asks what a condition means: a tree or a text.
type conditionText struct {
	Kind policy.Kind  `json:"kind"`
	Cond *policy.Cond `json:"cond,omitempty"`
	CEL  string       `json:"cel,omitempty"`
	Rule bool         `json:"rule,omitempty"` // of a rule, not of a list
}

func (a *api) condition(c *call) error {
	in, err := readBody[conditionText](c)
	if err != nil {
		return err
	}
	found, err := c.session().Condition(c.ctx(), store.ConditionQuery{Kind: in.Kind, Cond: in.Cond, CEL: in.CEL, Rule: in.Rule})
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) ruleKinds(c *call) error {
	found, err := c.session().RuleKinds(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}
