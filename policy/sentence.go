package policy

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Names gives the words for what rules and conditions name. An empty answer means that there is
// no better word than the name itself. lang is "zh" or "en". Labels are nouns in the singular,
// but for relations to many records, whose English labels are plurals.
type Names interface {
	Kind(kind Kind, lang string) string
	Field(kind Kind, field, lang string) string
	Choice(kind Kind, field, code, lang string) string
	Relation(kind Kind, relation, lang string) string
	Class(class Class, lang string) string
	Action(kind Kind, action Action, lang string) string
	Position(code, lang string) string
	Person(id ID) string
	Unit(id ID) string
	// Record names what else a reference points at: a record, or a pool of kind "pool".
	Record(kind Kind, id ID) string
}

// PackNames is what Names also are where packs have names.
type PackNames interface {
	Pack(code, lang string) string
}

// CondSentence says a condition over records of a kind in Chinese or English, nested parts in
// parentheses. It is meant for checked conditions; what has no meaning is shown as CEL text.
func CondSentence(schema *Schema, names Names, kind Kind, cond *Cond, lang string) string {
	s := speakerOf(schema, names, lang)
	k := schema.Kind(kind)
	if k == nil || CheckCond(schema, kind, cond) != nil {
		return s.polish(fill(s.known.holdsTrue, code(CELText(cond))))
	}
	return s.polish(s.cond(k, Canonical(cond), true))
}

// speaker says things in one language.
type speaker struct {
	*words
	schema *Schema
	names  Names
}

func speakerOf(schema *Schema, names Names, lang string) *speaker {
	w := &english
	if lang == "zh" {
		w = &chinese
	}
	return &speaker{words: w, schema: schema, names: names}
}

// words are the sentences of one language with holes in them. Where the order of the holes
// differs between the languages they are numbered.
type words struct {
	lang                 string
	and, or, comma       string
	open, close          string
	opposite             string        // of a group
	of                   string        // parent, field
	yes, no, truth       string        // the words for true and false; field, one of them
	last, lastOf         string        // before the last of a list: of all these, of any of these
	values, times        map[Op]string // comparisons with a value
	same, different      string        // two fields
	oneOf, notOneOf      string        // field, list
	among, notAmong      string        // field, a known list
	texts, noTexts       map[Op]string // starts, ends, contains, tag
	has, hasNot          string
	some, none           string // relation
	someWhere, noneWhere string // relation, condition
	within, notWithin    string // field, meters, point
	meters, kilometers   string
	known                knownWords
	rule                 ruleWords
}

// polish sets a space between Chinese and Latin letters or digits, except in quotations and code.
func (s *speaker) polish(text string) string {
	if s.lang != "zh" {
		return text
	}
	var b strings.Builder
	var last rune
	quoted, inCode := false, false
	for _, r := range text {
		if !quoted && !inCode && (unicode.Is(unicode.Han, last) && (isLatin(r) || r == '-') || isLatin(last) && unicode.Is(unicode.Han, r)) {
			b.WriteByte(' ')
		}
		switch {
		case r == '`' && !quoted:
			inCode = !inCode
		case inCode:
		case r == '“' && last != '\\':
			quoted = true
		case r == '”' && last != '\\':
			quoted = false
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

func isLatin(r rune) bool {
	return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '`')
}

// quote marks a value; quotation marks within it are escaped, so that no value can pass for a
// part of the sentence.
func quote(text string) string {
	var b strings.Builder
	b.WriteString("“")
	for _, r := range text {
		switch {
		case r == '“' || r == '”' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsControl(r):
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteString("”")
	return b.String()
}

// named takes the word that names gives, or else the fallback.
func (s *speaker) named(fallback string, ask func(Names) string) string {
	if s.names != nil {
		if word := ask(s.names); word != "" {
			return word
		}
	}
	return fallback
}

// field names a field of the record, or a field of its parent.
func (s *speaker) field(kind *KindSchema, path string) string {
	parent, name, dotted := cutField(path)
	if !dotted {
		return s.named(name, func(n Names) string { return n.Field(kind.Name, name, s.lang) })
	}
	on := kind
	if relation, ok := kind.Relation(parent); ok {
		on = s.schema.Kind(relation.Kind)
	}
	of := s.named(parent, func(n Names) string { return n.Relation(kind.Name, parent, s.lang) })
	return fill(s.of, of, s.named(name, func(n Names) string { return n.Field(on.Name, name, s.lang) }))
}

// fill puts words into the holes {0}, {1}, … of a phrase.
func fill(phrase string, words ...string) string {
	pairs := make([]string, 0, 2*len(words))
	for i, w := range words {
		pairs = append(pairs, "{"+strconv.Itoa(i)+"}", w)
	}
	return strings.NewReplacer(pairs...).Replace(phrase)
}

// list joins words; in English the last two with a word of their own.
func (s *speaker) list(items []string, last string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	n := len(items) - 1
	return strings.Join(items[:n], s.comma) + last + items[n]
}

// ref names what a reference points at.
func (s *speaker) ref(f *Field, id ID) string {
	return quote(s.named("#"+id.String(), func(n Names) string {
		switch f.Refs {
		case "person":
			return n.Person(id)
		case "unit":
			return n.Unit(id)
		}
		return n.Record(f.Refs, id)
	}))
}

// instant writes a time as a day, where it is midnight, or to the minute or second, always with
// its zone, since 18:00 alone is not one instant.
func instant(t time.Time) string {
	layout := time.DateTime
	switch {
	case t.Nanosecond() != 0:
		layout = "2006-01-02 15:04:05.999999"
	case t.Second() == 0 && t.Hour() == 0 && t.Minute() == 0:
		return t.Format(time.DateOnly) + zone(t)
	case t.Second() == 0:
		layout = "2006-01-02 15:04"
	}
	if z := zone(t); z != "" {
		return t.Format(layout) + z
	}
	return t.Format(layout) + " UTC"
}

func zone(t time.Time) string {
	if _, offset := t.Zone(); offset == 0 {
		return ""
	}
	return t.Format(" -07:00")
}

// grouped sets commas between thousands.
func grouped(number string) string {
	digits, negative := strings.CutPrefix(number, "-")
	whole, rest, dotted := strings.Cut(digits, ".")
	if strings.Trim(whole, "0123456789") != "" || strings.ContainsAny(rest, "eE") {
		return number
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if dotted {
		whole += "." + rest
	}
	if negative {
		return "-" + whole
	}
	return whole
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func (s *speaker) distance(meters float64) string {
	if meters >= 1000 {
		return fill(s.kilometers, grouped(decimal(meters/1000)))
	}
	return fill(s.meters, decimal(meters))
}
