package records

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"guan/policy"
)

// SearchTerms cuts a text into the terms under which it is found: for each run of letters and
// digits every single character and every two neighbours, in compatibility form and lower case,
// sorted and without doubles. A text that contains q inside its runs has every term of
// QueryTerms(q), in every script: Chinese has no blanks to cut at, and a word of two characters
// is found like any other.
//
// Terms hold letters, digits and private characters only. An index that cuts text again (FTS5)
// must not cut or fold them: tokenize='ascii' leaves them as they are, unicode61 does not.
func SearchTerms(text string) []string {
	var terms []string
	eachRun(text, func(run []rune) {
		for i := range run {
			terms = append(terms, string(run[i]))
			if i > 0 {
				terms = append(terms, string(run[i-1:i+1]))
			}
		}
	})
	slices.Sort(terms)
	return slices.Compact(terms)
}

// QueryTerms cuts what somebody searches for into the terms that a document must all have. It
// is empty when there is no letter or digit to search by: the caller then finds nothing, never
// everything.
func QueryTerms(q string) []string {
	var terms []string
	eachRun(q, func(run []rune) {
		if len(run) == 1 {
			terms = append(terms, string(run))
		}
		for i := 1; i < len(run); i++ {
			terms = append(terms, string(run[i-1:i+1]))
		}
	})
	slices.Sort(terms)
	return slices.Compact(terms)
}

func eachRun(text string, do func([]rune)) {
	folded := norm.NFKC.String(strings.ToLower(norm.NFKC.String(text)))
	runs := strings.FieldsFunc(folded, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.Co, r)
	})
	for _, run := range runs {
		do([]rune(run))
	}
}

// SearchTerms returns the search documents of a record: for each class of SearchClasses its
// terms, sorted. A telephone number is found with and without what groups its digits.
func (k *Kind) SearchTerms(values map[string]policy.Value) map[policy.Class][]string {
	docs := make(map[policy.Class][]string)
	for _, class := range k.SearchClasses() {
		docs[class] = []string{}
	}
	for _, f := range k.Fields {
		v := values[f.Name]
		if !f.Search || f.Encrypted || v.Missing() {
			continue
		}
		terms := SearchTerms(v.Text())
		if f.Format == Phone {
			terms = append(terms, SearchTerms(digitsOf(v.Text()))...)
		}
		if f.Spoken {
			terms = append(terms, soundTerms(v.Text())...)
		}
		docs[f.Class] = append(docs[f.Class], terms...)
	}
	for class, terms := range docs {
		slices.Sort(terms)
		docs[class] = slices.Compact(terms)
	}
	return docs
}

// SpokenClasses are the classes whose search documents hold what names sound like.
func (k *Kind) SpokenClasses() []policy.Class {
	var classes []policy.Class
	for _, f := range k.Fields {
		if f.Spoken && !slices.Contains(classes, f.Class) {
			classes = append(classes, f.Class)
		}
	}
	return classes
}

func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}
