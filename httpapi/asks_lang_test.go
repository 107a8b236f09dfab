package httpapi_test

import (
	"slices"
	"testing"

	"guan/store"
)

// What somebody asks for becomes a task of somebody else's, whose subject is in the language of who asks, as
// their words are.
func TestAnAskIsInTheLanguageOfWhoAsks(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		page := map[string]any{"page": "/policy/rules", "purpose": "…"}
		p.as("seller").post("/api/v1/asks/page", page).must(204)
		p.as("rival").post("/api/v1/asks/page", page, "Accept-Language", "en-GB,en;q=0.9").must(204)
		p.as("staff").post("/api/v1/records/customer/"+p.own.String()+"/ask", map[string]any{"purpose": "…"}, "Accept-Language", "en").must(204)
		var subjects []string
		for _, login := range []string{"admin", "head", "boss"} {
			for _, it := range into[store.Page](p.as(login).get("/api/v1/records/task?limit=200").must(200)).Items {
				subjects = append(subjects, it.Title)
			}
		}
		for _, want := range []string{"姓seller：申请使用页面 /policy/rules", "姓rival asks to use the page /policy/rules", "姓staff asks to be given or shown: Customer"} {
			if !slices.Contains(subjects, want) {
				t.Errorf("%q is not among %q", want, subjects)
			}
		}
	})
}
