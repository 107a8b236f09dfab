package records

import (
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
	if from != "" && len(gate.From) > 0 && !slices.Contains(gate.From, from) {
		return refused("it is reached from "+strings.Join(gate.From, ", ")).With("from", gate.From).WithItems(fault.Item{At: "stage", Code: "stage_from", Detail: "no way leads here from the stage the record is in"})
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
