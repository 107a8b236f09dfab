package records

import (
	"fmt"
	"slices"
	"strings"

	"guan/fault"
	"guan/policy"
)

// Outcome says how a record's course ended in a stage; empty: it did not.
type Outcome string

// The outcomes. Of stages that end without having been won or lost, as a ticket's, it is over.
const (
	Won  Outcome = "won"
	Lost Outcome = "lost"
	Over Outcome = "over"
)

// KindStages are the stages of a kind as a company wants them: in their order, with the moves that are
// allowed. The stages that come with Guan are all there, retired at most: what it does itself speaks of
// them.
type KindStages struct {
	Kind   policy.Kind  `json:"kind"`
	Stages []StageParts `json:"stages"`
}

// StageParts is one stage and what stands before it.
type StageParts struct {
	Code     string   `json:"code"`
	Label    Label    `json:"label"`
	Retired  bool     `json:"retired,omitempty"` // records stay in it, and none comes
	Outcome  Outcome  `json:"outcome,omitempty"`
	Anywhere bool     `json:"anywhere,omitempty"` // a record may come from every stage
	From     []string `json:"from,omitempty"`     // else from these alone
	Needs    []string `json:"needs,omitempty"`    // fields that must have a value
}

const stagesMax = 40

// Staged reports whether a company may have its own stages on a kind: not on people, whose stage says
// whether they work here.
func (k *Kind) Staged() bool { return k.Name != RefPerson }

// StagesOf are the stages of a kind in the form in which they are written.
func (k *Kind) StagesOf() KindStages {
	out := KindStages{Kind: k.Name}
	for _, s := range k.Stages {
		p := StageParts{Code: s.Code, Label: s.Label, Retired: s.Retired, Outcome: s.Outcome, Anywhere: true}
		if g := k.Gate(s.Code); g != nil {
			p.Anywhere, p.From, p.Needs = !g.Shut && len(g.From) == 0, g.From, g.Needs
		}
		out.Stages = append(out.Stages, p)
	}
	return out
}

// Ended are the codes of the stages in which nothing more is to be done.
func (k *Kind) Ended() []string {
	var codes []string
	for _, s := range k.Stages {
		if s.Outcome != "" {
			codes = append(codes, s.Code)
		}
	}
	return codes
}

// apply gives a copy of a kind the stages. They passed check.
func (s *KindStages) apply(k *Kind) {
	k.Stages, k.Gates = nil, nil
	for _, p := range s.Stages {
		k.Stages = append(k.Stages, Choice{Code: p.Code, Label: p.Label, Retired: p.Retired, Outcome: p.Outcome})
		if !p.Anywhere || len(p.Needs) > 0 || p.Retired {
			k.Gates = append(k.Gates, Gate{Stage: p.Code, From: append([]string{}, p.From...), Needs: append([]string{}, p.Needs...), Shut: p.Retired || !p.Anywhere && len(p.From) == 0})
		}
	}
	k.Fields = slices.Clone(k.Fields)
	i := slices.IndexFunc(k.Fields, func(f *Field) bool { return f.Name == "stage" })
	stage := *k.Fields[i]
	stage.Choices, stage.Default = k.Stages, policy.TextOf(k.InitialStage())
	k.Fields[i] = &stage
}

// check says what is wrong with the stages of a kind that has all its fields. Faults: Invalid, one item
// for each mistake.
func (s *KindStages) check(k *Kind) error {
	var errs []error
	bad := func(at, code, detail string) {
		errs = append(errs, fault.New(fault.Invalid, code, detail).WithAt(at))
	}
	if len(s.Stages) > stagesMax {
		bad("stages", "too_many", fmt.Sprintf("a kind has at most %d stages", stagesMax))
	}
	choices := make([]Choice, len(s.Stages))
	for i, p := range s.Stages {
		choices[i] = Choice{Code: p.Code, Label: p.Label}
	}
	checkChoices(choices, func(part, code, detail string) { bad("stages"+strings.TrimPrefix(part, "choices"), code, detail) })
	has := func(code string) bool {
		return slices.ContainsFunc(s.Stages, func(p StageParts) bool { return p.Code == code })
	}
	for _, own := range builtinKind(k.Name).Stages {
		if !has(own.Code) {
			bad("stages", "stage_kept", "the stage "+own.Code+" comes with the product: it can be retired and not removed")
		}
	}
	first := slices.IndexFunc(s.Stages, func(p StageParts) bool { return !p.Retired })
	if first < 0 || s.Stages[first].Outcome != "" {
		bad("stages", "stage_first", "the first stage that is not retired is the one in which records begin: something must be left to do in it")
	}
	for i, p := range s.Stages {
		at := fmt.Sprintf("stages[%d]", i)
		if p.Code == "merged" {
			bad(at+".code", "code", "this code is one of the product's own")
		}
		if !slices.Contains([]Outcome{"", Won, Lost, Over}, p.Outcome) {
			bad(at+".outcome", "outcome", "a stage ends won, lost or over, or does not end")
		}
		if p.Anywhere && len(p.From) > 0 {
			bad(at+".from", "stage_moves", "a stage is reached from everywhere, or from those that are named")
		}
		for _, from := range p.From {
			if !has(from) || from == p.Code {
				bad(at+".from", "stage_moves", "a way leads here from another stage of the kind")
				break
			}
		}
		for _, name := range p.Needs {
			if f := k.Field(name); f == nil || f.ReadOnly || name == "stage" || f.NotNull() {
				bad(at+".needs", "stage_needs", "a stage needs fields that people fill in")
				break
			}
		}
	}
	return fault.Collect(fault.Invalid, "stages", "the stages are not well formed", errs...)
}
