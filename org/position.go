package org

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"guan/fault"
)

// Label is a name in the two languages of the product.
type Label struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// Position is a role that people hold in units: 'sales representative', 'store keeper'. Rules
// know it by its code, which never changes; people see its label.
type Position struct {
	Code  string `json:"code"`
	Label Label  `json:"label"`
}

// Check reports whether the position is well formed: a code of lower-case letters, digits and
// underscores, and a label in at least one language. Faults: Invalid.
func (p Position) Check() error {
	if !isCode(p.Code) {
		return fault.New(fault.Invalid, "position_code", "the code of a position is a lower-case word of at most 64 letters, digits and underscores").WithAt("code")
	}
	for _, text := range []string{p.Label.ZH, p.Label.EN} {
		if !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) || utf8.RuneCountInString(text) > MaxName {
			return fault.New(fault.Invalid, "position_label", "the label of a position has at most 100 characters and no control characters").WithAt("label").With("max", MaxName)
		}
	}
	if strings.TrimSpace(p.Label.ZH+p.Label.EN) == "" {
		return fault.New(fault.Invalid, "position_label", "a position needs a label").WithAt("label")
	}
	return nil
}

// In returns the label in a language, in the other one when it has none.
func (l Label) In(lang string) string {
	if lang == "en" && l.EN != "" || l.ZH == "" {
		return l.EN
	}
	return l.ZH
}
