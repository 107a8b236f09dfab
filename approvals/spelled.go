package approvals

import (
	"strings"

	"guan/fault"
)

// CompanyChain stands in the duty of a rule for the chain that the company has for such requests.
const CompanyChain = "@chain"

// spelledHours is how long a step has that a rule spells.
const spelledHours = 24

var spelledSources = map[string]SourceType{"@head": Head, "@head_above": HeadAbove, "@owner_head": OwnerHead}

// Spelled reads a step as the duty of a rule spells it: the code of a position, @head, @head_above,
// @owner_head or @pack:CODE; several joined by + decide it together, one of each. Faults: Invalid.
func Spelled(text string) (Step, error) {
	parts := strings.Split(text, "+")
	step := Step{Hours: spelledHours, All: len(parts) > 1}
	for _, part := range parts {
		by := Source{Type: Position, Position: part}
		if pack, is := strings.CutPrefix(part, "@pack:"); is {
			by = Source{Type: Pack, Pack: pack}
		} else if typ, is := spelledSources[part]; is {
			by = Source{Type: typ}
		} else if strings.HasPrefix(part, "@") {
			return step, fault.New(fault.Invalid, "chain_source", "this names nobody who could decide")
		}
		step.By = append(step.By, by)
	}
	if f := Check([]Step{step}); f != nil {
		return step, fault.New(fault.Invalid, "chain_source", "this names nobody who could decide")
	}
	return step, nil
}
