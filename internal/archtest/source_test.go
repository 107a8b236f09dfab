package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

const root = "../.."

// file is one Go file of the module.
type file struct {
	Path    string // from the root, with slashes
	Package string // the folder, which is the import path after "guan/"
	Test    bool
	AST     *ast.File
	Lines   int
}

func (f file) imports() []string {
	var out []string
	for _, spec := range f.AST.Imports {
		out = append(out, strings.Trim(spec.Path.Value, `"`))
	}
	return out
}

var positions = token.NewFileSet()

// skipped folders hold nothing of ours.
var skipped = map[string]bool{".git": true, "node_modules": true, "dist": true, "data": true, "testdata": true, "test-results": true, "playwright-report": true}

// walk calls do for every file of the repository.
func walk(do func(name string) error) error {
	return filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if skipped[d.Name()] {
				return filepath.SkipDir
			}
			return nil
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		return do(filepath.ToSlash(rel))
	})
}

var goFiles = sync.OnceValues(func() ([]file, error) {
	var out []file
	err := walk(func(name string) error {
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return err
		}
		tree, err := parser.ParseFile(positions, name, text, parser.ParseComments)
		if err != nil {
			return err
		}
		out = append(out, file{name, path.Dir(name), strings.HasSuffix(name, "_test.go"), tree, strings.Count(string(text), "\n")})
		return nil
	})
	return out, err
})

func source(t *testing.T) []file {
	t.Helper()
	files, err := goFiles()
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 20 {
		t.Fatalf("found %d Go files only", len(files))
	}
	return files
}

// uses calls do for every name.Member of an import under the path.
func (f file) uses(importPath string, do func(member string, at token.Position)) {
	local := ""
	for _, spec := range f.AST.Imports {
		if strings.Trim(spec.Path.Value, `"`) == importPath {
			local = path.Base(importPath)
			if spec.Name != nil {
				local = spec.Name.Name
			}
		}
	}
	if local == "" {
		return
	}
	ast.Inspect(f.AST, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok && id.Name == local {
				do(sel.Sel.Name, positions.Position(sel.Pos()))
			}
		}
		return true
	})
}
