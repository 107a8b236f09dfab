package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// elsewhere are names in the detail of an entry that its readers are told of by a field of their own: store/auditown.go
// and store/auditsearch.go.
var elsewhere = strings.Fields(`action operation of what code barred near reason purpose warned export ordered fetched request name before
	outcome status work type rows attempt died again month changed version token grant verdict beside changes
	recycling deriving run looked taken person record kind group from until`)

// untold are the others, by the reason.
var untold = map[string]string{
	"numbers that the page of the work, the import, the release or the alert has": `all alert archives classes common count custom_field_order dry everybody files first invented kept left leaves looked made
		media message numbers parts per_row populations positions pools preliminary question report sample shown size skipped stated subject tally timeline trade withheld
		appointments assignments rules comments`,
	"named by what changed in the rules, or by the fields": `assignment changed custom_field custom_fields ended rule origin`,
	"numbers of what the record, the request, the sandbox or the emergency has on its own page": `appointment ask comment decisions device emergency handover mass merge mentions passkey session share transfer unmerged view task
		pool about message note mode gives void giver told due with written shared once class proved synced field page_of
		acts_as channel due_at customer end heads parent place unit stop join hand leave appoint change along children fields`,
	"what was asked for is for who reads the record":                                   `condition condition_fields filter filter_fields search sort sums duplicates looked_after asked_head asked_heads measure population typed`,
	"secrets, keys and addresses, of which nobody is told more than that they changed": `password secret former_ended former_until url wrapped_by sha256 scope`,
	"people who stand in the history of the draft, or of what was erased":              `asked_by confirmed_by ordered_by asked`,
}

// Every name under which an entry keeps something of its act is shown in words, or stands here with the reason why not.
func TestDetailsAreTold(t *testing.T) {
	known := map[string]bool{}
	for _, name := range elsewhere {
		known[name] = true
	}
	for _, names := range untold {
		for _, name := range strings.Fields(names) {
			known[name] = true
		}
	}
	told, flags := factsInGo(t)
	for name := range told {
		known[name] = true
	}
	for name, where := range detailsInGo(t) {
		if !known[name] {
			t.Errorf("%s: an entry keeps %q, of which no reader is told: name it in auditFacts (store/auditfacts.go), or here with the reason", where, name)
		}
	}
	// … and there are words for what is told, in the catalogue of which the other one has the type.
	words := catalogueOf(t, "audit")
	listed := listInTS(t, "web/src/api/auditwords.ts", "auditFactKeys")
	for name := range told {
		if flags[name] {
			if !strings.Contains(words, " "+name+":") {
				t.Errorf("there are no words for %s, which entries say of what was done", name)
			}
			name = "what"
		}
		if !slices.Contains(listed, name) {
			t.Errorf("auditFactKeys (web/src/api/auditwords.ts) lack %s", name)
		}
	}
	facts, _, _ := strings.Cut(words[strings.Index(words, "    facts: {"):], "\n    },")
	for _, name := range listed {
		if !strings.Contains(facts, "\n      "+name+":") {
			t.Errorf("there are no words for the fact %s", name)
		}
	}
}

// Every act that an entry may be of has words.
func TestActsHaveWords(t *testing.T) {
	listed := listInTS(t, "web/src/api/auditwords.ts", "auditActs")
	n := 0
	for _, file := range []string{"audit/entry.go", "policy/schema.go"} {
		for _, one := range regexp.MustCompile(`(?m)^\s*\w+\s+Action\s+= "(\w+)"`).FindAllStringSubmatch(fileText(t, file), -1) {
			if n++; !slices.Contains(listed, one[1]) {
				t.Errorf("%s: there are no words for the act %s: auditActs (web/src/api/auditwords.ts) and the catalogues", file, one[1])
			}
		}
	}
	if n < 90 {
		t.Errorf("there are %d acts: are they written in another way by now?", n)
	}
}

// Every code with which somebody is refused has words that need nothing that an entry does not keep.
func TestRefusalsHaveWords(t *testing.T) {
	said := map[string]bool{}
	for _, code := range listInTS(t, "web/src/api/auditwords.ts", "auditAbsent") {
		said[code] = true
	}
	areas, err := filepath.Glob(filepath.Join("..", "..", "web/src/lib/lang/zh-CN/*.ts"))
	if err != nil || len(areas) < 20 {
		t.Fatal(len(areas), err)
	}
	block := regexp.MustCompile(`(?s)(?:\n    codes: \{|\n    answers: \{)(.*?)\n    \}`)
	for _, area := range areas {
		for _, found := range block.FindAllStringSubmatch(catalogueOf(t, strings.TrimSuffix(filepath.Base(area), ".ts")), -1) {
			for _, one := range regexp.MustCompile(`(?m)^\s+(\w+): (.*)$`).FindAllStringSubmatch(found[1], -1) {
				said[one[1]] = said[one[1]] || !strings.Contains(one[2], "{{")
			}
		}
	}
	n := 0
	for name, text := range storeTexts(t) {
		for _, one := range regexp.MustCompile(`(?:fault\.Newf?|said)\(fault\.(?:Denied|NotFound|Locked), "(\w+)"`).FindAllStringSubmatch(text, -1) {
			if n++; !said[one[1]] {
				t.Errorf("%s: the log has no words for the refusal %s: audit.answers, or auditAbsent (web/src/api/auditwords.ts)", name, one[1])
			}
		}
	}
	if n < 100 {
		t.Errorf("there are %d refusals: are they written in another way by now?", n)
	}
}

func storeTexts(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for name := range storeFiles(t) {
		texts[name] = fileText(t, "store/"+name)
	}
	return texts
}

func fileText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func catalogueOf(t *testing.T, area string) string {
	return fileText(t, "web/src/lib/lang/zh-CN/"+area+".ts")
}

// listInTS is a constant list of texts.
func listInTS(t *testing.T, file, name string) (list []string) {
	t.Helper()
	_, rest, found := strings.Cut(fileText(t, file), "export const "+name+" = [")
	if !found {
		t.Fatalf("%s has no %s", file, name)
	}
	rest, _, _ = strings.Cut(rest, "]")
	for _, one := range regexp.MustCompile(`'(\w+)'`).FindAllStringSubmatch(rest, -1) {
		list = append(list, one[1])
	}
	return list
}

func storeFiles(t *testing.T) map[string]*ast.File {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("..", "..", "store", "*.go"))
	if err != nil || len(paths) < 100 {
		t.Fatal(len(paths), err)
	}
	files := map[string]*ast.File{}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(path)] = file
	}
	return files
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// factsInGo are the names that are told, and which of them by their being there.
func factsInGo(t *testing.T) (told, flags map[string]bool) {
	t.Helper()
	told, flags = map[string]bool{}, map[string]bool{}
	ast.Inspect(storeFiles(t)["auditfacts.go"], func(n ast.Node) bool {
		kv, ok := n.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		sort, ok := kv.Value.(*ast.Ident)
		if name, text := literal(kv.Key); text && ok && strings.HasPrefix(sort.Name, "fact") {
			told[name] = true
			flags[name] = flags[name] || sort.Name == "factFlag"
		}
		return true
	})
	if len(told) < 40 {
		t.Fatalf("only %v are told", slices.Sorted(maps.Keys(told)))
	}
	return told, flags
}

// notDetails are calls and fields that take documents of another sort.
var notDetails = regexp.MustCompile(`^(notify|notifyAll|insertNotice|tellAdministrators|tellSeats|telling|warn|With|Params|Fields|PolicyWarning)$`)

// detailsInGo are the names under which documents of the store keep something, and a file of each: those of entries,
// and others that look like them.
func detailsInGo(t *testing.T) map[string]string {
	found := map[string]string{}
	for name, file := range storeFiles(t) {
		var stack []ast.Node
		inOther := func() bool {
			for i, n := range stack {
				switch n := n.(type) {
				case *ast.CallExpr:
					if notDetails.MatchString(called(n.Fun)) && i < len(stack)-1 {
						return true
					}
				case *ast.KeyValueExpr:
					if id, ok := n.Key.(*ast.Ident); ok && notDetails.MatchString(id.Name) {
						return true
					}
				case *ast.CompositeLit:
					if id, ok := n.Type.(*ast.Ident); ok && notDetails.MatchString(id.Name) {
						return true
					}
				}
			}
			return false
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil {
				stack = stack[:len(stack)-1]
				return true
			}
			stack = append(stack, n)
			switch n := n.(type) {
			case *ast.CompositeLit:
				if !isDocument(n.Type) || inOther() || nested(stack) {
					return true
				}
				for _, e := range n.Elts {
					if kv, ok := e.(*ast.KeyValueExpr); ok {
						if key, ok := literal(kv.Key); ok {
							found[key] = name
						}
					}
				}
			case *ast.AssignStmt:
				for _, left := range n.Lhs {
					at, ok := left.(*ast.IndexExpr)
					if !ok {
						continue
					}
					if key, ok := literal(at.Index); ok && regexp.MustCompile(`(?i)^(detail|about|more|named|told)$`).MatchString(called(at.X)) {
						found[key] = name
					}
				}
			}
			return true
		})
	}
	if len(found) < 80 {
		t.Fatalf("only %v are kept", slices.Sorted(maps.Keys(found)))
	}
	return found
}

// isDocument reports whether a type is map[string]any.
func isDocument(e ast.Expr) bool {
	m, ok := e.(*ast.MapType)
	if !ok {
		return false
	}
	key, isKey := m.Key.(*ast.Ident)
	value, isValue := m.Value.(*ast.Ident)
	return isKey && isValue && key.Name == "string" && value.Name == "any"
}

// nested reports whether the document that ends a path stands inside another one.
func nested(path []ast.Node) bool {
	return slices.ContainsFunc(path[:len(path)-1], func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		return ok && isDocument(lit.Type)
	})
}

func called(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}
