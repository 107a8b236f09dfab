package archtest

import (
	"bufio"
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// generated lists every file that is not written by hand, with the test that fails when it is
// stale. The test lives where the file's source does; this one sees that it is there.
var generated = map[string]struct{ pkg, test string }{
	"store/migrations/sqlite/0002_kinds.sql":   {"store", "TestKindTables"},
	"store/migrations/postgres/0002_kinds.sql": {"store", "TestKindTables"},
	"docs/openapi.json":                        {"httpapi", "TestOpenAPIIsFresh"},
}

// markGenerated is how a generated file says in its first lines that it is one.
var markGenerated = regexp.MustCompile(`(?i)(code generated .*do not edit|written from .*-update|this file was auto-generated)`)

func TestGeneratedFilesAreHeld(t *testing.T) {
	tests := map[string]bool{}
	for _, f := range source(t) {
		for _, decl := range f.AST.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && f.Test && fn.Recv == nil {
				tests[path.Join(f.Package, fn.Name.Name)] = true
			}
		}
	}
	for name, held := range generated {
		if _, err := os.Stat(filepath.Join(root, name)); err != nil {
			t.Errorf("%s is gone: take it out of the table", name)
		}
		if !tests[path.Join(held.pkg, held.test)] {
			t.Errorf("%s: the test %s.%s that holds it fresh is gone", name, held.pkg, held.test)
		}
	}
	err := walk(func(name string) error {
		if !regexp.MustCompile(`\.(go|sql|ts|tsx|json|md)$`).MatchString(name) || strings.HasPrefix(name, "internal/archtest/") || strings.HasSuffix(name, "package-lock.json") {
			return nil
		}
		f, err := os.Open(filepath.Join(root, name))
		if err != nil {
			return err
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		lines.Buffer(make([]byte, 1<<20), 1<<26)
		for n := 0; n < 5 && lines.Scan(); n++ {
			if _, listed := generated[name]; markGenerated.MatchString(lines.Text()) && !listed {
				t.Errorf("%s says that it is generated: put it into the table, with the test that holds it", name)
			}
		}
		return lines.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
}
