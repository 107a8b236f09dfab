package httpapi

import (
	"bytes"
	"encoding/json"
	"net/http"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"guan/fault"
)

var pathParameter = regexp.MustCompile(`\{(\w+)\}`)

// openapiText writes the OpenAPI 3.1 document of the table. It is the same for everybody and
// names no field of any kind: which fields there are is itself something one may not see, so
// records are described by their envelope and GET /api/v1/kinds tells each caller their fields.
func openapiText(table []route) []byte {
	s := newSchemas()
	problem := s.of(reflect.TypeFor[Problem]())
	paths := map[string]schema{}
	for _, r := range table {
		if paths[r.pattern] == nil {
			paths[r.pattern] = schema{}
		}
		paths[r.pattern][strings.ToLower(r.method)] = operation(s, r, problem)
	}
	document := schema{
		"openapi": "3.1.0",
		"info": schema{
			"title": "Guan", "version": "1",
			"description": "Every failure is application/problem+json; `code` and `params` are for programs, `detail` for people. " +
				"What one may not see answers exactly as what does not exist.",
			"license": schema{"name": "Apache-2.0", "identifier": "Apache-2.0"},
		},
		"paths": paths,
		"components": schema{
			"schemas": s.named,
			"securitySchemes": schema{
				"session": schema{"type": "apiKey", "in": "cookie", "name": cookieName},
				"token":   schema{"type": "http", "scheme": "bearer"},
			},
		},
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "\t")
	if err := e.Encode(document); err != nil {
		panic(err) // the table is ours: it encodes or the tests are red
	}
	return out.Bytes()
}

func operation(s *schemas, r route, problem schema) schema {
	op := schema{"operationId": r.id, "summary": r.summary, "tags": []string{tagOf(r.pattern)}}
	switch r.who {
	case anyone:
		op["security"] = []schema{}
	case person:
		op["security"] = []schema{{"session": []string{}}}
	case either:
		op["security"] = []schema{{"session": []string{}}, {"token": []string{}}}
	}
	if parameters := parametersOf(r); len(parameters) > 0 {
		op["parameters"] = parameters
	}
	if r.body != nil {
		media := "application/json"
		if r.form {
			media = "multipart/form-data"
		}
		op["requestBody"] = schema{"required": true, "content": schema{media: schema{"schema": s.of(reflect.TypeOf(r.body))}}}
	}
	success := schema{"description": http.StatusText(r.status)}
	switch {
	case r.media != "":
		success["content"] = schema{r.media: schema{}}
	case r.answer != nil:
		success["content"] = schema{"application/json": schema{"schema": s.of(reflect.TypeOf(r.answer))}}
	}
	op["responses"] = schema{
		strconv.Itoa(r.status): success,
		"default":              schema{"description": "A problem: " + kindNames(), "content": schema{"application/problem+json": schema{"schema": problem}}},
	}
	return op
}

func parametersOf(r route) []schema {
	var all []schema
	for _, found := range pathParameter.FindAllStringSubmatch(r.pattern, -1) {
		typ := idSchema
		if found[1] != "id" {
			typ = textSchema
		}
		all = append(all, schema{"name": found[1], "in": "path", "required": true, "schema": typ})
	}
	for _, p := range r.query {
		typ := schema{"type": "string"}
		switch p.typ {
		case "id":
			typ = idSchema
		case "integer":
			typ = schema{"type": "integer"}
		}
		if p.enum != nil {
			typ = schema{"type": "string", "enum": p.enum}
		}
		all = append(all, schema{"name": p.name, "in": "query", "required": p.must, "description": p.desc, "schema": typ})
	}
	if r.views != ownOnly {
		all = append(all,
			schema{"name": viewAsHeader, "in": "header", "required": false, "description": "Look as this person: read only, for who administers or audits the policy.", "schema": idSchema},
			schema{"name": viewAsParam, "in": "query", "required": false, "description": "The same, in a link.", "schema": idSchema})
	}
	if r.matches {
		all = append(all, schema{"name": "If-Match", "in": "header", "required": true, "description": "The version last read, such as \"3\".", "schema": textSchema})
	}
	return all
}

// tagOf groups routes by the first word behind the version.
func tagOf(pattern string) string {
	rest, found := strings.CutPrefix(pattern, "/api/v1/")
	if !found {
		return "server"
	}
	tag, _, _ := strings.Cut(rest, "/")
	return tag
}

func kindNames() string {
	var names []string
	for _, k := range fault.Kinds() {
		names = append(names, k.String()+" "+strconv.Itoa(statuses[k]))
	}
	return strings.Join(names, ", ")
}

// OpenAPI returns the OpenAPI 3.1 document as it stands at /openapi.json.
func OpenAPI() []byte { return openapiText(new(api).routes()) }
