package httpapi_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"guan/httpapi"
)

var update = flag.Bool("update", false, "write docs/openapi.json anew")

// The document in docs/ is what clients are generated from: it must be the one that is served.
func TestOpenAPIIsFresh(t *testing.T) {
	path := filepath.Join("..", "docs", "openapi.json")
	if *update {
		if err := os.WriteFile(path, httpapi.OpenAPI(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(kept, httpapi.OpenAPI()) {
		t.Errorf("docs/openapi.json is stale (%v): run go test ./httpapi -run OpenAPI -update", err)
	}
}

// document is as much of an OpenAPI document as the tests ask about.
type document struct {
	OpenAPI string                          `json:"openapi"`
	Info    map[string]any                  `json:"info"`
	Paths   map[string]map[string]operation `json:"paths"`
	Parts   struct {
		Schemas map[string]map[string]any `json:"schemas"`
	} `json:"components"`
}

type operation struct {
	ID         string `json:"operationId"`
	Summary    string `json:"summary"`
	Parameters []struct {
		Name     string         `json:"name"`
		In       string         `json:"in"`
		Required bool           `json:"required"`
		Schema   map[string]any `json:"schema"`
	} `json:"parameters"`
	Body      *content           `json:"requestBody"`
	Responses map[string]content `json:"responses"`
}

type content struct {
	Description string `json:"description"`
	Content     map[string]struct {
		Schema map[string]any `json:"schema"`
	} `json:"content"`
}

var read = sync.OnceValue(func() document {
	var d document
	if err := json.Unmarshal(httpapi.OpenAPI(), &d); err != nil {
		panic(err)
	}
	return d
})

// The document is well formed: what OpenAPI 3.1 demands of the parts we use.
func TestOpenAPIIsWellFormed(t *testing.T) {
	d := read()
	if !strings.HasPrefix(d.OpenAPI, "3.1.") || d.Info["title"] == "" || d.Info["version"] == "" {
		t.Errorf("head: %q %v", d.OpenAPI, d.Info)
	}
	names := map[string]bool{}
	braces := regexp.MustCompile(`\{(\w+)\}`)
	for path, methods := range d.Paths {
		var shape []string
		for _, found := range braces.FindAllStringSubmatch(path, -1) {
			shape = append(shape, found[1])
		}
		for method, op := range methods {
			at := method + " " + path
			if !slices.Contains([]string{"get", "put", "post", "delete", "patch"}, method) {
				t.Errorf("%s: no method of OpenAPI", at)
			}
			if op.ID == "" || names[op.ID] || op.Summary == "" {
				t.Errorf("%s: operationId %q is empty or stands twice, or there is no summary", at, op.ID)
			}
			names[op.ID] = true
			var inPath []string
			seen := map[string]bool{}
			for _, p := range op.Parameters {
				if seen[p.In+p.Name] || p.Schema == nil || !slices.Contains([]string{"path", "query", "header"}, p.In) {
					t.Errorf("%s: parameter %s", at, p.Name)
				}
				seen[p.In+p.Name] = true
				if p.In == "path" {
					inPath = append(inPath, p.Name)
					if !p.Required {
						t.Errorf("%s: parameter %s in the path is not required", at, p.Name)
					}
				}
			}
			if !slices.Equal(inPath, shape) {
				t.Errorf("%s: path parameters %v", at, inPath)
			}
			if op.Body != nil && (method == "get" || method == "delete") {
				t.Errorf("%s: has a body", at)
			}
			if _, ok := op.Responses["default"]; !ok || len(op.Responses) < 2 {
				t.Errorf("%s: does not say what comes back", at)
			}
			for status, r := range op.Responses {
				if r.Description == "" {
					t.Errorf("%s: %s has no description", at, status)
				}
			}
		}
	}
	var walk func(at string, node any)
	walk = func(at string, node any) {
		switch x := node.(type) {
		case map[string]any:
			if ref, ok := x["$ref"].(string); ok {
				if _, known := d.Parts.Schemas[strings.TrimPrefix(ref, "#/components/schemas/")]; !known {
					t.Errorf("%s: %s leads nowhere", at, ref)
				}
			}
			if typ, ok := x["type"].(string); ok && !slices.Contains([]string{"object", "array", "string", "integer", "number", "boolean", "null", "apiKey", "http"}, typ) {
				t.Errorf("%s: type %s", at, typ)
			}
			for name, inner := range x {
				walk(at+"/"+name, inner)
			}
		case []any:
			for i, inner := range x {
				walk(fmt.Sprintf("%s/%d", at, i), inner)
			}
		}
	}
	var whole any
	if err := json.Unmarshal(httpapi.OpenAPI(), &whole); err != nil {
		t.Fatal(err)
	}
	walk("#", whole.(map[string]any)["components"])
	walk("#", whole.(map[string]any)["paths"])
}

// The document says no more than the table, and no less.
func TestEveryRouteIsDocumented(t *testing.T) {
	var documented []string
	for path, methods := range read().Paths {
		for method := range methods {
			documented = append(documented, strings.ToUpper(method)+" "+path)
		}
	}
	table := httpapi.Routes()
	for _, r := range table {
		if !slices.Contains(documented, r) {
			t.Errorf("%s is not documented", r)
		}
	}
	if len(table) != len(documented) {
		t.Errorf("%d routes, %d documented", len(table), len(documented))
	}
}

// documented checks an answer of the program against the document: status, type and schema. Every
// request of every test goes through it.
func documented(t *testing.T, method, path string, got *reply) {
	t.Helper()
	path, _, _ = strings.Cut(path, "?")
	d := read()
	if got.status == 404 || method == "HEAD" || method == "OPTIONS" {
		return
	}
	// A word beats a placeholder, as in the mux.
	best := ""
	for pattern, methods := range d.Paths {
		if _, ok := methods[strings.ToLower(method)]; ok && fits(pattern, path) && (best == "" || strings.Count(pattern, "{") < strings.Count(best, "{")) {
			best = pattern
		}
	}
	if best == "" {
		return
	}
	op := d.Paths[best][strings.ToLower(method)]
	status := fmt.Sprint(got.status)
	answer, ok := op.Responses[status]
	media := got.header.Get("Content-Type")
	if !ok {
		if got.status < 400 {
			t.Errorf("%s: status %s is not documented", got.asked, status)
		}
		answer = op.Responses["default"]
	}
	body, ok := answer.Content[media]
	if !ok {
		if len(got.body) > 0 || len(answer.Content) > 0 {
			t.Errorf("%s: %s %q is not documented: %s", got.asked, status, media, got.body)
		}
		return
	}
	if !strings.HasSuffix(media, "json") {
		return // a file
	}
	var value any
	if err := json.Unmarshal(got.body, &value); err != nil {
		t.Errorf("%s: %v", got.asked, err)
		return
	}
	for _, wrong := range d.differs(body.Schema, value, "$") {
		t.Errorf("%s: the answer is not as documented: %s", got.asked, wrong)
	}
}

func fits(pattern, path string) bool {
	a, b := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] && !strings.HasPrefix(a[i], "{") {
			return false
		}
	}
	return true
}

// differs checks a value against the part of JSON Schema that the document uses.
func (d document) differs(s map[string]any, value any, at string) []string {
	if ref, ok := s["$ref"].(string); ok {
		return d.differs(d.Parts.Schemas[strings.TrimPrefix(ref, "#/components/schemas/")], value, at)
	}
	var wrong []string
	if enum, ok := s["enum"].([]any); ok && !slices.Contains(enum, value) {
		wrong = append(wrong, at+" is not in the list")
	}
	switch s["type"] {
	case "object":
		object, ok := value.(map[string]any)
		if !ok {
			return append(wrong, at+" is no object")
		}
		properties, _ := s["properties"].(map[string]any)
		for _, name := range anys(s["required"]) {
			if _, ok := object[name.(string)]; !ok {
				wrong = append(wrong, at+" lacks "+name.(string))
			}
		}
		for name, inner := range object {
			if property, ok := properties[name].(map[string]any); ok {
				wrong = append(wrong, d.differs(property, inner, at+"."+name)...)
			} else if more, ok := s["additionalProperties"].(map[string]any); ok {
				wrong = append(wrong, d.differs(more, inner, at+"."+name)...)
			} else if s["additionalProperties"] == false {
				wrong = append(wrong, at+" has "+name)
			}
		}
	case "array":
		array, ok := value.([]any)
		if !ok {
			return append(wrong, at+" is no array")
		}
		for i, inner := range array {
			wrong = append(wrong, d.differs(s["items"].(map[string]any), inner, fmt.Sprintf("%s[%d]", at, i))...)
		}
	case "string":
		text, ok := value.(string)
		if !ok {
			return append(wrong, at+" is no string")
		}
		if pattern, ok := s["pattern"].(string); ok && !regexp.MustCompile(pattern).MatchString(text) {
			wrong = append(wrong, at+" does not match "+pattern)
		}
	case "integer":
		if n, ok := value.(float64); !ok || n != float64(int64(n)) {
			wrong = append(wrong, at+" is no integer")
		}
	case "boolean":
		if _, ok := value.(bool); !ok {
			wrong = append(wrong, at+" is no boolean")
		}
	}
	return wrong
}

func anys(v any) []any {
	list, _ := v.([]any)
	return list
}
