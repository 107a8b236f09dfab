package records

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"guan/policy"
)

func TestSearchTerms(t *testing.T) {
	for _, x := range []struct{ text, terms string }{
		{"关雎生活", "关 关雎 活 生 生活 雎 雎生"},
		{"Ａb-C", "a ab b c"},
		{"", ""},
		{"…!?", ""},
		{"𠮷野", "野 𠮷 𠮷野"},
		{"AA", "a aa"},
	} {
		if got := strings.Join(SearchTerms(x.text), " "); got != x.terms {
			t.Errorf("%q: got %q, want %q", x.text, got, x.terms)
		}
	}
	for _, x := range []struct{ q, terms string }{
		{"关雎", "关雎"}, {"关", "关"}, {"关雎 生", "关雎 生"}, {"iPhone", "ho ip ne on ph"}, {"--", ""}, {"", ""}, {"a", "a"},
	} {
		if got := strings.Join(QueryTerms(x.q), " "); got != x.terms {
			t.Errorf("query %q: got %q, want %q", x.q, got, x.terms)
		}
	}
}

// A text that contains the query inside its runs has every term of the query.
func TestSearchFindsEverySubstring(t *testing.T) {
	texts := rapid.StringOf(rapid.OneOf(
		rapid.SampledFrom([]rune("关雎生活客户深圳AaBbZz019 ,-。éßİΣσςﬁ㈱Ⅷ𠮷\ue000กดا")),
		rapid.Rune(),
	))
	rapid.Check(t, func(t *rapid.T) {
		text := norm.NFKC.String(strings.ToLower(norm.NFKC.String(texts.Draw(t, "text"))))
		runs := strings.FieldsFunc(text, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.Co, r)
		})
		has := make(map[string]bool)
		for _, term := range SearchTerms(text) {
			has[term] = true
		}
		for _, run := range runs {
			letters := []rune(run)
			i := rapid.IntRange(0, len(letters)-1).Draw(t, "from")
			j := rapid.IntRange(i+1, len(letters)).Draw(t, "to")
			q := string(letters[i:j])
			terms := QueryTerms(q)
			if len(terms) == 0 {
				t.Fatalf("nothing to search by in %q", q)
			}
			for _, term := range terms {
				if !has[term] {
					t.Fatalf("%q is not found in %q by %q", q, text, term)
				}
			}
		}
	})
}

// Terms are single tokens: nothing in them may be cut or joined by an index.
func TestTermsHoldNoSeparators(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, term := range SearchTerms(rapid.String().Draw(t, "text")) {
			n := len([]rune(term))
			if n < 1 || n > 2 || strings.ContainsFunc(term, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsControl(r) }) {
				t.Fatalf("the term %q", term)
			}
		}
	})
}

func TestSearchDocuments(t *testing.T) {
	if got := fmt.Sprint(customer.SearchClasses()); got != "[general contact communication]" {
		t.Errorf("documents of customer: %s", got)
	}
	if SearchColumn(policy.Contact) != "search_contact" {
		t.Error(SearchColumn(policy.Contact))
	}
	docs := customer.SearchTerms(map[string]policy.Value{
		"name": policy.TextOf("关雎"), "phone": policy.TextOf("0755-86123456"), "id_number": policy.TextOf("11010519491231002X"), "assessment": policy.TextOf("绝密"),
	})
	if len(docs) != 3 || docs[policy.Communication] == nil {
		t.Errorf("documents: %v", docs)
	}
	for _, term := range QueryTerms("0755-8612") {
		if !slices.Contains(docs[policy.Contact], term) {
			t.Errorf("a phone is not found by %q", term)
		}
	}
	for _, term := range QueryTerms("07558612") {
		if !slices.Contains(docs[policy.Contact], term) {
			t.Errorf("a phone without its groups is not found by %q", term)
		}
	}
	for class, terms := range docs {
		if slices.Contains(terms, "绝密") || class == policy.General && slices.Contains(terms, "86") {
			t.Errorf("%s holds what is not of its class: %v", class, terms)
		}
		if !slices.IsSorted(terms) || len(slices.Compact(slices.Clone(terms))) != len(terms) {
			t.Errorf("%s is not sorted or has doubles", class)
		}
	}
}
