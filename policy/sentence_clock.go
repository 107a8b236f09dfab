package policy

import (
	"slices"
	"strconv"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
)

// clockWords are the words for what a clock shows. The holes are what it shows (0) and the zone (1).
type clockWords struct {
	parts  map[string]string // by the method that reads a part
	sets   map[string]string // by the same, where it is one of a few; 0: which
	days   [7]string         // from Sunday
	months [12]string
	zone   string            // any other zone
	zones  map[string]string // by name
}

// dials are the parts of a clock that have few values, with the least of them and how many there are.
var dials = map[string][2]int64{"getHours": {0, 24}, "getDayOfWeek": {0, 7}, "getMonth": {0, 12}, "getDate": {1, 31}, "getDayOfMonth": {0, 31}}

// clockSet is a condition that says which values of one part of a clock are meant.
type clockSet struct {
	part, zone string
	in         []bool // from the least value on
}

// clockPart reads 'ctx.now.getHours("+08:00")' and the like; without a zone it is UTC.
func clockPart(e ast.Expr) (part, zone string, ok bool) {
	if e.Kind() != ast.CallKind || !e.AsCall().IsMemberFunction() || !isNow(e.AsCall().Target()) || len(e.AsCall().Args()) > 1 {
		return "", "", false
	}
	zone = "UTC"
	for _, a := range e.AsCall().Args() {
		text, is := types.String(""), a.Kind() == ast.LiteralKind
		if is {
			text, is = a.AsLiteral().(types.String)
		}
		if !is {
			return "", "", false
		}
		zone = string(text)
	}
	return e.AsCall().FunctionName(), zone, true
}

// clockSetOf reads comparisons of one part of a clock with numbers, joined as they may be.
func clockSetOf(e ast.Expr) (clockSet, bool) {
	if e.Kind() != ast.CallKind {
		return clockSet{}, false
	}
	call := e.AsCall()
	switch call.FunctionName() {
	case operators.LogicalNot:
		of, ok := clockSetOf(call.Args()[0])
		for i := range of.in {
			of.in[i] = !of.in[i]
		}
		return of, ok
	case operators.LogicalAnd, operators.LogicalOr:
		a, ok := clockSetOf(call.Args()[0])
		b, also := clockSetOf(call.Args()[1])
		if !ok || !also || a.part != b.part || a.zone != b.zone {
			return clockSet{}, false
		}
		for i := range a.in {
			if call.FunctionName() == operators.LogicalAnd {
				a.in[i] = a.in[i] && b.in[i]
			} else {
				a.in[i] = a.in[i] || b.in[i]
			}
		}
		return a, true
	case operators.In:
		if call.Args()[1].Kind() != ast.ListKind {
			return clockSet{}, false
		}
		var among []int64
		for _, one := range call.Args()[1].AsList().Elements() {
			n, ok := wholeNumber(one)
			if !ok {
				return clockSet{}, false
			}
			among = append(among, n)
		}
		return clockSetWhere(call.Args()[0], func(n int64) bool { return slices.Contains(among, n) })
	}
	op, ok := compareOps[call.FunctionName()]
	if !ok {
		return clockSet{}, false
	}
	a, b := call.Args()[0], call.Args()[1]
	if a.Kind() == ast.LiteralKind {
		a, b, op = b, a, flipped[op]
	}
	with, ok := wholeNumber(b)
	if !ok {
		return clockSet{}, false
	}
	return clockSetWhere(a, func(n int64) bool {
		switch op {
		case OpEq:
			return n == with
		case OpNe:
			return n != with
		case OpLt:
			return n < with
		case OpLe:
			return n <= with
		case OpGt:
			return n > with
		}
		return n >= with
	})
}

func wholeNumber(e ast.Expr) (int64, bool) {
	if e.Kind() != ast.LiteralKind {
		return 0, false
	}
	n, ok := e.AsLiteral().(types.Int)
	return int64(n), ok
}

func clockSetWhere(e ast.Expr, is func(int64) bool) (clockSet, bool) {
	part, zone, ok := clockPart(e)
	dial, few := dials[part]
	if !ok || !few {
		return clockSet{}, false
	}
	set := clockSet{part, zone, make([]bool, dial[1])}
	for i := range set.in {
		set.in[i] = is(dial[0] + int64(i))
	}
	return set, true
}

// clock says which part of a clock is read.
func (s *speaker) clock(e ast.Expr) (string, bool) {
	part, zone, ok := clockPart(e)
	phrase, known := s.known.clock.parts[part]
	return fill(phrase, "", s.zone(zone)), ok && known
}

func (s *speaker) zone(zone string) string {
	if word, ok := s.known.clock.zones[zone]; ok {
		return word
	}
	return fill(s.known.clock.zone, zone)
}

// clockCond says a condition on one part of a clock, or its opposite.
func (s *speaker) clockCond(e ast.Expr, yes bool) (string, bool) {
	set, ok := clockSetOf(e)
	if !ok {
		return "", false
	}
	var said []string
	for from := 0; from < len(set.in); from++ {
		if set.in[from] != yes {
			continue
		}
		until := from
		// A week and a year are said by their days and months, the others by spans.
		for set.part != "getDayOfWeek" && set.part != "getMonth" && until+1 < len(set.in) && set.in[until+1] == yes {
			until++
		}
		said = append(said, s.clockSpan(set.part, from, until))
		from = until
	}
	if len(said) == 0 {
		return "", false // it never holds, which is not said by naming none
	}
	return fill(s.known.clock.sets[set.part], s.list(said, s.lastOf), s.zone(set.zone)), true
}

// clockGroup says as one what a group says of one part of a clock.
func (s *speaker) clockGroup(c *Cond, yes bool) (string, bool) {
	parts := make([]string, len(c.Args))
	for i, a := range c.Args {
		if a.Op != OpKnown {
			return "", false
		}
		parts[i] = "(" + a.CEL + ")"
	}
	tree, _, err := checkKnown(strings.Join(parts, pick(c.Op == OpAll, " && ", " || ")))
	if err != nil {
		return "", false
	}
	return s.clockCond(tree.NativeRep().Expr(), yes)
}

func (s *speaker) clockSpan(part string, from, until int) string {
	switch part {
	case "getHours":
		return strconv.Itoa(from) + ":00–" + strconv.Itoa(until+1) + ":00"
	case "getDayOfWeek":
		return s.known.clock.days[from]
	case "getMonth":
		return s.known.clock.months[from]
	}
	if from == until {
		return strconv.Itoa(from + 1)
	}
	return strconv.Itoa(from+1) + "–" + strconv.Itoa(until+1)
}

// knownGroup says conditions over p and ctx that are joined, or denied.
func (s *speaker) knownGroup(call ast.CallExpr, yes bool) (string, bool) {
	if call.FunctionName() == operators.LogicalNot {
		return s.knownTruth(call.Args()[0], !yes)
	}
	var parts []string
	for _, e := range flattened(call.FunctionName(), call.Args(), nil) {
		said, ok := s.truthPart(e, true)
		if !ok {
			return "", false
		}
		parts = append(parts, said)
	}
	said := strings.Join(parts, pick(call.FunctionName() == operators.LogicalAnd, s.and, s.or))
	if !yes {
		return fill(s.opposite, said), true
	}
	return said, true
}

func isLogical(function string) bool {
	return function == operators.LogicalAnd || function == operators.LogicalOr
}

// flattened are the parts of a chain of one operator.
func flattened(function string, args []ast.Expr, out []ast.Expr) []ast.Expr {
	for _, e := range args {
		if e.Kind() == ast.CallKind && e.AsCall().FunctionName() == function {
			out = flattened(function, e.AsCall().Args(), out)
			continue
		}
		out = append(out, e)
	}
	return out
}
