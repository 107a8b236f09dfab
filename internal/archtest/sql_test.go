package archtest

import (
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	parameter = regexp.MustCompile(`\$([0-9]+)`)
	// bare is a comparison of the parameter just read with a number, or with NULL.
	bare = regexp.MustCompile(`(?i)^\s*(=|<>|<=|>=|<|>)\s*[0-9]|^\s*IS\s+(NOT\s+)?NULL`)
	// bareBefore is the same the other way round.
	bareBefore = regexp.MustCompile(`(^|[\s(])[0-9]+\s*(=|<>|<=|>=|<|>)\s*$`)
)

// sqlTrouble says what is wrong with the parameters of a piece of a statement. PostgreSQL takes a
// parameter for what it first stands beside: beside a bare 0 it is a four-byte integer, which no large id
// fits, and beside NULL it is of no type. And where a page begins after something or, with 0, nowhere, no
// plan can begin at that place of an index.
func sqlTrouble(text string) []string {
	var out []string
	seen := map[string]bool{}
	for _, at := range parameter.FindAllStringSubmatchIndex(text, -1) {
		name := text[at[0]:at[1]]
		alone := bare.MatchString(text[at[1]:]) || bareBefore.MatchString(text[:at[0]])
		again := len(regexp.MustCompile(regexp.QuoteMeta(name)+`\b`).FindAllString(text, -1)) > 1
		if alone && again && !seen[name] {
			out = append(out, name+" stands beside a number or NULL before it stands beside what gives it its type: turn the two round, or CAST it")
		}
		seen[name] = true
		of := regexp.QuoteMeta(name) + `\b`
		none := of + `\s*(=\s*0|IS\s+NULL)`
		place := `[<>]=?\s*\(?` + of
		if alone && regexp.MustCompile(`(?i)`+place+`[^()]*\)?\s+OR\s+`+none+`|`+none+`\s+OR\s+[^<>]*`+place).MatchString(text) {
			out = append(out, name+" is where a page begins, or 0 for the first: give the first page the largest value in its place")
		}
	}
	return out
}

// Statements say of each parameter what it is, and pages begin in an index.
func TestSQLTypesItsParameters(t *testing.T) {
	read := 0
	for _, f := range source(t) {
		if f.Test || f.Package != "store" && !strings.HasPrefix(f.Package, "store/") && f.Package != "policy/sqlgen" {
			continue
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(lit.Value)
			if err != nil || !parameter.MatchString(text) {
				return true
			}
			read++
			for _, trouble := range sqlTrouble(text) {
				t.Errorf("%s: %s", positions.Position(lit.Pos()), trouble)
			}
			return true
		})
	}
	if read < 500 {
		t.Errorf("read %d pieces of SQL only", read)
	}
}

func TestSQLTroubleIsFound(t *testing.T) {
	for text, want := range map[string]int{
		"id < $2":                             0,
		"(unit_id = $2 OR $2 = 0)":            0,
		"(CAST($2 AS bigint) = 0 OR n < $2)":  0,
		"($2::bigint IS NULL OR a = $2)":      0,
		"($2 = '' OR state = $2)":             0,
		"at = $2 AND $20 = 0":                 0,
		"($2 = 0 OR person_id = $2)":          1,
		"($2 IS NULL OR person_id = $2)":      1,
		"(0 = $2 OR person_id = $2)":          1,
		"(id < $2 OR $2 = 0)":                 1,
		"((at, id) < ($3, $4) OR $3 = 0)":     1,
		"($2 = 0 OR id < $2)":                 2,
		"($2 IS NULL OR (at, id) > ($2, $3))": 2,
	} {
		if got := sqlTrouble(text); len(got) != want {
			t.Errorf("%s: %q, not %d", text, got, want)
		}
	}
}
