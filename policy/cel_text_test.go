package policy

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestCELTextReadsBack is the law of CEL text: what is written is read back as the same
// condition, in its canonical form, and the canonical form is written the same.
func TestCELTextReadsBack(t *testing.T) {
	schema := testSchema(t)
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]Kind{"customer", "contact", "ticket"}).Draw(t, "kind")
		cond := drawCond(t, schema, kind)
		if err := CheckCond(schema, kind, cond); err != nil {
			t.Fatalf("the generator drew what is refused: %v\n%s", err, asJSON(cond))
		}
		text := CELText(cond)
		if len(text) > maxText {
			return // a text has its limit, a tree may be longer
		}
		back, err := ParseCEL(schema, kind, text)
		if err != nil {
			t.Fatalf("%v\n%s\n%s", err, text, asJSON(cond))
		}
		want := Canonical(cond)
		if diff := cmp.Diff(want, back); diff != "" {
			t.Fatalf("%s\n%s", text, diff)
		}
		if again := CELText(back); again != text {
			t.Fatalf("%s\n%s", text, again)
		}
		if err := CheckCond(schema, kind, back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, Canonical(want)); diff != "" {
			t.Fatalf("the canonical form has another one: %s", diff)
		}
		var viaJSON Cond
		if err := json.Unmarshal([]byte(asJSON(want)), &viaJSON); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, &viaJSON); diff != "" {
			t.Fatal(diff)
		}
	})
}

func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// FuzzParseCEL looks for a text that panics, cannot be said, or is taken without reading back
// the same.
func FuzzParseCEL(f *testing.F) {
	for _, c := range parseCases {
		f.Add(c.text)
	}
	for _, c := range refusals {
		if len(c.text) < 500 {
			f.Add(c.text)
		}
	}
	schema := testSchema(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, kind := range []Kind{"customer", "contact"} {
			cond, err := ParseCEL(schema, kind, text)
			if err != nil {
				if p := asProblem(err); p.At == "" || p.Code == "internal" {
					t.Fatalf("%q: %#v", text, p)
				}
				continue
			}
			if err := CheckCond(schema, kind, cond); err != nil {
				t.Fatalf("%q is taken and does not pass: %v", text, err)
			}
			for _, lang := range []string{"zh", "en"} {
				if CondSentence(schema, nil, kind, cond, lang) == "" {
					t.Fatalf("%q is said with no word", text)
				}
			}
			written := CELText(cond)
			back, err := ParseCEL(schema, kind, written)
			if err != nil {
				if len(written) > maxText {
					continue
				}
				t.Fatalf("%q is written as %q, which is refused: %v", text, written, err)
			}
			if diff := cmp.Diff(cond, back); diff != "" {
				t.Fatalf("%q is written as %q\n%s", text, written, diff)
			}
		}
	})
}

func TestCELTextOfNothing(t *testing.T) {
	for _, c := range []*Cond{nil, {}, {Op: OpAll}, {Op: OpNot}, {Op: OpWithin, Field: "place"}, {Op: OpEq, Field: "stage"}, {Op: OpIn, Field: "stage"}, {Op: OpKnown}, {Op: "else"}} {
		if _, err := ParseCEL(testSchema(t), "customer", CELText(c)); err == nil {
			t.Errorf("%s is written as %q, which means something", asJSON(c), CELText(c))
		}
	}
}

// TestDeepestConditionsReadBack makes sure that the limits of the parser lie beyond those of the
// trees.
func TestDeepestConditionsReadBack(t *testing.T) {
	schema := testSchema(t)
	for _, ops := range [][]Op{{OpNot}, {OpAll, OpAny}, {OpAll, OpNot, OpAny}} {
		known := Cond{Op: OpIn, Field: "vip", Values: []Operand{{CEL: "p.a == (p.b || (p.c && size([p.d + (p.e ? 1 : 2)]) > 0))"}}}
		cond, depth := known, 1
		for i := 0; depth < maxDepth; i, depth = i+1, depth+1 {
			op := ops[i%len(ops)]
			cond = Cond{Op: op, Args: []Cond{cond}}
			if op != OpNot {
				cond.Args = append(cond.Args, Cond{Op: OpHas, Field: "name"})
			}
		}
		if err := CheckCond(schema, "customer", &cond); err != nil {
			t.Fatal(err)
		}
		back, err := ParseCEL(schema, "customer", CELText(&cond))
		if err != nil {
			t.Fatalf("%s\n%v", CELText(&cond), err)
		}
		if diff := cmp.Diff(Canonical(&cond), back); diff != "" {
			t.Error(diff)
		}
	}
}
