package records

import (
	"maps"
	"slices"
	"strings"

	"guan/fault"
	"guan/policy"
)

// Gate is what stands before a stage: from where a record may come, and what must be filled in
// before it may. Screens show it before a card is dropped; the store refuses who passes by.
type Gate struct {
	Stage string   `json:"stage"`
	From  []string `json:"from"`  // empty: from everywhere
	Needs []string `json:"needs"` // fields that must have a value
	Shut  bool     `json:"shut"`  // no record comes here from another stage
}

// Gate returns the gate before a stage, nil when it is open.
func (k *Kind) Gate(stage string) *Gate {
	i := slices.IndexFunc(k.Gates, func(g Gate) bool { return g.Stage == stage })
	if i < 0 {
		return nil
	}
	return &k.Gates[i]
}

// StageGate is the code of the fault that keeps a record from a stage.
const StageGate = "stage_gate"

// CheckMove asks whether a record may go from one stage to another with what its editor sees of it
// plain, as it will stand. A field that the editor does not see counts as missing whatever it
// holds: an answer that depended on it would tell whether it has a value. From is empty for a new
// record, which comes from nowhere and is asked only for what it needs. Faults: Invalid
// (stage_gate), with the stage, from where one may come if that is the mistake, and an item for
// each field that lacks.
func (k *Kind) CheckMove(from, to string, seen map[string]policy.Value) error {
	gate := k.Gate(to)
	if gate == nil || from == to {
		return nil
	}
	refused := func(why string) *fault.Error {
		return fault.Newf(fault.Invalid, StageGate, "the record may not go to the stage %s yet: %s", to, why).WithAt("stage").With("stage", to)
	}
	if from == "" && k.retired(to) {
		return refused("it is retired").With("from", []string{}).WithItems(fault.Item{At: "stage", Code: "retired", Detail: "this is retired: nothing is set to it any more"})
	}
	if from != "" && !gate.leads(from) {
		why := "it is reached from " + strings.Join(gate.From, ", ")
		if gate.Shut {
			why = "it is reached from no other stage"
		}
		return refused(why).With("from", gate.From).With("at", from).With("allowed", k.Allowed(from)).
			WithItems(fault.Item{At: "stage", Code: "stage_from", Detail: "no way leads here from the stage the record is in"})
	}
	var lacks []string
	var items []fault.Item
	for _, name := range gate.Needs {
		if seen[name].Missing() {
			lacks = append(lacks, name)
			items = append(items, fault.Item{At: name, Code: "stage_needs", Detail: "must be filled in before the record goes to this stage"})
		}
	}
	if len(lacks) == 0 {
		return nil
	}
	return refused("it lacks "+strings.Join(lacks, ", ")).With("fields", lacks).WithItems(items...)
}

// leads reports whether a way leads to the stage of the gate from another.
func (g *Gate) leads(from string) bool {
	return !g.Shut && (len(g.From) == 0 || slices.Contains(g.From, from))
}

func (k *Kind) retired(stage string) bool {
	s, _ := k.Stage(stage)
	return s.Retired
}

// Allowed are the stages to which a way leads from one.
func (k *Kind) Allowed(from string) []string {
	to := []string{}
	for _, s := range k.Stages {
		if gate := k.Gate(s.Code); s.Code != from && (gate == nil || gate.leads(from)) {
			to = append(to, s.Code)
		}
	}
	return to
}

// CheckRetired asks whether a choice was newly given that is retired: what stood there before may stay.
// A stage is asked about by CheckMove. Faults: Invalid (retired).
func (k *Kind) CheckRetired(before, given map[string]policy.Value) error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(given)) {
		f := k.Field(name)
		if f == nil || name == "stage" || !slices.ContainsFunc(f.Choices, func(c Choice) bool { return c.Retired }) {
			continue
		}
		had := codesOf(before[name])
		if slices.ContainsFunc(codesOf(given[name]), func(code string) bool {
			c, _ := f.Choice(code)
			return c.Retired && !slices.Contains(had, code)
		}) {
			errs = append(errs, f.bad("retired", "is retired: nothing is set to it any more"))
		}
	}
	return collect(errs)
}

// codesOf are the codes in a choice, or in choices.
func codesOf(v policy.Value) []string {
	if v.Type() == policy.Text {
		return []string{v.Text()}
	}
	return v.Items()
}
