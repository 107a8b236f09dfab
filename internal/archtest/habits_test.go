package archtest

import (
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

type tokenPosition = token.Position

// Every package opens with one comment that teaches its model.
func TestOnePackageComment(t *testing.T) {
	type comments struct {
		files []string
		named bool
	}
	all := map[string]*comments{}
	for _, f := range source(t) {
		if f.Test {
			continue
		}
		c := all[f.Package]
		if c == nil {
			c = &comments{}
			all[f.Package] = c
		}
		if f.AST.Doc != nil && !strings.HasPrefix(f.AST.Doc.Text(), "go:") {
			c.files = append(c.files, f.Path)
			text := f.AST.Doc.Text()
			c.named = strings.HasPrefix(text, "Package "+f.AST.Name.Name+" ") || f.AST.Name.Name == "main" && strings.HasPrefix(text, "Command ")
			if len(strings.Fields(text)) < 15 {
				t.Errorf("%s: the package comment says too little to teach a model", f.Path)
			}
		}
	}
	for pkg, c := range all {
		switch {
		case len(c.files) != 1:
			t.Errorf("the package %s has %d package comments %v: it needs exactly one", pkg, len(c.files), c.files)
		case !c.named:
			t.Errorf("%s: the comment begins with 'Package NAME' (or 'Command NAME')", c.files[0])
		}
	}
}

// ceiling is the most lines of a file that people write. One that comes near speaks of two
// things.
const ceiling = 700

func TestFileCeiling(t *testing.T) {
	written := regexp.MustCompile(`\.(go|ts|tsx|css|sh|mjs|js)$`)
	err := walk(func(name string) error {
		if !written.MatchString(name) || strings.Contains(name, ".gen.") {
			return nil
		}
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return err
		}
		if n := strings.Count(string(text), "\n"); n > ceiling {
			t.Errorf("%s has %d lines; the ceiling is %d", name, n, ceiling)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A test that is skipped says that something holds which nobody looked at.
func TestNoTestIsSkipped(t *testing.T) {
	for _, f := range source(t) {
		if !f.Test && f.Package != "internal/testdb" {
			continue
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			switch fn := n.(type) {
			case *ast.FuncLit:
				if drawsInputs(fn.Type) {
					return false // in a property, Skip throws an input away and another is drawn
				}
			case *ast.FuncDecl:
				if drawsInputs(fn.Type) {
					return false
				}
			}
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			id, ok := sel.X.(*ast.Ident)
			if ok && (id.Name == "t" || id.Name == "b" || id.Name == "f" || id.Name == "tb") && strings.HasPrefix(sel.Sel.Name, "Skip") {
				t.Errorf("%s: %s.%s: no test is skipped", positions.Position(sel.Pos()), id.Name, sel.Sel.Name)
			}
			return true
		})
	}
	skips := regexp.MustCompile(`\b(test|it|describe)\.(skip|only|fixme|todo)\b`)
	err := walk(func(name string) error {
		if !strings.HasPrefix(name, "web/") || !regexp.MustCompile(`\.tsx?$`).MatchString(name) {
			return nil
		}
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return err
		}
		if found := skips.Find(text); found != nil {
			t.Errorf("%s: %s: no test is skipped", name, found)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// drawsInputs reports whether a function is a property over drawn inputs.
func drawsInputs(fn *ast.FuncType) bool {
	for _, param := range fn.Params.List {
		star, ok := param.Type.(*ast.StarExpr)
		if !ok {
			continue
		}
		sel, ok := star.X.(*ast.SelectorExpr)
		if !ok {
			continue
		}
		if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "rapid" {
			return true
		}
	}
	return false
}

// Names that say nothing gather everything.
func TestPackageNamesSaySomething(t *testing.T) {
	for _, f := range source(t) {
		for _, part := range strings.Split(f.Package, "/") {
			switch part {
			case "util", "utils", "common", "helpers", "helper", "models", "model", "service", "services", "manager", "repository", "misc", "shared":
				t.Errorf("%s: a package called %s says nothing of what is in it", f.Path, part)
			}
		}
	}
}
