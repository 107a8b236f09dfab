package records

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"guan/fault"
	"guan/policy"
)

// CustomField is a field that a tenant added to a kind. Its key names it everywhere: on the
// wire, in conditions, and in the record's JSON column.
type CustomField struct {
	Kind     policy.Kind  `json:"kind"`
	Key      string       `json:"key"`  // c_ and up to 38 lower-case letters, digits, underscores
	Type     string       `json:"type"` // text number money date choice choices person link
	Label    Label        `json:"label"`
	Class    policy.Class `json:"class"`
	Required bool         `json:"required,omitempty"`
	Search   bool         `json:"search,omitempty"` // text only, in a class for which the kind keeps a search document
	// Encrypted keeps the values of a text encrypted. It is said when the field is made, and stays.
	Encrypted bool        `json:"encrypted,omitempty"`
	Choices   []Choice    `json:"choices,omitempty"` // of choice and choices
	Link      policy.Kind `json:"link,omitempty"`    // of link: the kind it points at
	Group     *TagGroup   `json:"group,omitempty"`   // of choice and choices that are a group of tags
	// Mask is how the field is masked where a rule names no mask; 0: wholly.
	Mask policy.Level `json:"mask,omitempty"`
}

// CustomTypes lists the types a custom field may have.
var CustomTypes = []string{"text", "number", "money", "date", "choice", "choices", "person", "link"}

const (
	customMax       = 100 // fields a tenant may add to one kind
	customChoiceMax = 200
	labelMax        = 40
)

var (
	keyPattern  = regexp.MustCompile(`^c_[a-z0-9_]{1,38}$`)
	codePattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_]{0,39}$`)
)

// field is the descriptor of a definition that passed checkCustom.
func (d *CustomField) field() *Field {
	t := Type(d.Type)
	switch d.Type {
	case "person", "link":
		t = Ref
	}
	f := field(t, d.Key, d.Class, d.Label.ZH, d.Label.EN)
	f.Column, f.Custom, f.Required, f.Search, f.Mask = d.Key, true, d.Required, d.Search, d.Mask
	f.Choices, f.Ref = slices.Clone(d.Choices), d.Link
	f.Group, f.ReadOnly = d.Group, d.Group.ByRule()
	if d.Type == "text" {
		f.Max = 1000
	}
	if d.Type == "person" {
		f.Ref = RefPerson
	}
	// A custom field stands in no index of its own: ordering a whole table by one would read it.
	f.Sort = false
	if d.Encrypted {
		f.encrypted()
	}
	return f
}

func fieldsOf(k *Kind, custom []CustomField) []*Field {
	var out []*Field
	for i := range custom {
		if custom[i].Kind == k.Name {
			out = append(out, custom[i].field())
		}
	}
	return out
}

// checkCustom collects all that is wrong with a tenant's definitions.
func checkCustom(custom []CustomField) error {
	all := fault.New(fault.Invalid, "custom_fields", "some custom fields are wrong")
	count := map[policy.Kind]int{}
	keys := map[string]bool{}
	labels := map[string]bool{}
	for i := range custom {
		d := &custom[i]
		bad := func(part, code, detail string) {
			all = all.WithItems(fault.Item{At: fmt.Sprintf("custom_fields[%d].%s", i, part), Code: code, Detail: detail})
		}
		k := builtinKind(d.Kind)
		if k == nil {
			bad("kind", "kind", "there is no such kind")
			continue
		}
		if count[d.Kind]++; count[d.Kind] == customMax+1 {
			bad("kind", "too_many", fmt.Sprintf("a kind takes at most %d custom fields", customMax))
		}
		key := string(d.Kind) + "." + d.Key
		switch {
		case !keyPattern.MatchString(d.Key):
			bad("key", "key", "a key is c_ followed by 1 to 38 lower-case letters, digits or underscores")
		case keys[key]:
			bad("key", "double", "the kind has a field of this key already")
		}
		keys[key] = true
		if !slices.Contains(CustomTypes, d.Type) {
			bad("type", "type", "a custom field is one of "+strings.Join(CustomTypes, ", "))
		}
		if !slices.Contains(policy.Classes, d.Class) {
			bad("class", "class", "a field has one class: "+classNames())
		}
		checkLabels(k, d, labels, bad)
		checkParts(k, d, bad)
		checkGroup(d, bad)
		checkMask(d, bad)
	}
	if len(all.Items) > 0 {
		return all
	}
	return nil
}

func builtinKind(name policy.Kind) *Kind {
	for _, k := range kinds {
		if k.Name == name {
			return k
		}
	}
	return nil
}

func classNames() string {
	names := make([]string, len(policy.Classes))
	for i, class := range policy.Classes {
		names[i] = string(class)
	}
	return strings.Join(names, ", ")
}

// checkLabels refuses what could not be told apart in a heading: import maps columns by label.
func checkLabels(k *Kind, d *CustomField, seen map[string]bool, bad func(part, code, detail string)) {
	for _, x := range []struct{ part, lang, text string }{{"label.zh", "zh", d.Label.ZH}, {"label.en", "en", d.Label.EN}} {
		if detail := labelProblem(x.text); detail != "" {
			bad(x.part, "label", detail)
			continue
		}
		id := string(k.Name) + " " + fold(x.text)
		taken := slices.ContainsFunc(k.Fields, func(f *Field) bool {
			return fold(f.Label.ZH) == fold(x.text) || fold(f.Label.EN) == fold(x.text) || fold(f.Name) == fold(x.text)
		})
		// A field may have the same label in both languages ("QQ"), two fields may not.
		if taken || seen[id] && !(x.lang == "en" && fold(d.Label.ZH) == fold(x.text)) {
			bad(x.part, "double", "another field of the kind has this label")
		}
		seen[id] = true
	}
}

func labelProblem(text string) string {
	v, err := normalText(text, false)
	switch {
	case err != nil || v != text:
		return "a label is plain text without control characters or blanks at its ends"
	case text == "":
		return "a label in both languages is required"
	case len([]rune(text)) > labelMax:
		return fmt.Sprintf("a label has at most %d characters", labelMax)
	}
	return ""
}

func checkParts(k *Kind, d *CustomField, bad func(part, code, detail string)) {
	lists := d.Type == "choice" || d.Type == "choices"
	switch {
	case lists && len(d.Choices) == 0:
		bad("choices", "required", "a choice needs its list")
	case !lists && len(d.Choices) > 0:
		bad("choices", "unexpected", "only choice and choices take a list")
	case len(d.Choices) > customChoiceMax:
		bad("choices", "too_many", fmt.Sprintf("a list has at most %d choices", customChoiceMax))
	default:
		checkChoices(d.Choices, bad)
	}
	switch {
	case d.Type == "link" && builtinKind(d.Link) == nil:
		bad("link", "kind", "a link names the kind it points at")
	case d.Type != "link" && d.Link != "":
		bad("link", "unexpected", "only a link names a kind")
	}
	if d.Type == "money" && k.Field("currency") == nil {
		bad("type", "currency", "records of this kind have no currency, so they can hold no amount")
	}
	if d.Encrypted && (d.Type != "text" || d.Search) {
		bad("encrypted", "encrypted", "a text is kept encrypted, and then it is not searched")
	}
	if d.Search && d.Type != "text" {
		bad("search", "search", "only text can be searched")
	} else if d.Search && !slices.Contains(k.SearchClasses(), d.Class) {
		bad("search", "search", "the kind keeps no search document for fields of this class")
	}
}

// checkMask refuses a mask that does not suit the field: it would show nothing, and look as if it did.
func checkMask(d *CustomField, bad func(part, code, detail string)) {
	if d.Mask == 0 || !slices.Contains(CustomTypes, d.Type) {
		return
	}
	suits := d.field().Masks()
	if slices.Contains(suits, d.Mask) {
		return
	}
	names := make([]string, len(suits))
	for i, level := range suits {
		names[i] = level.String()
	}
	bad("mask", "mask", "the field can be masked by "+strings.Join(names, ", "))
}

func checkChoices(choices []Choice, bad func(part, code, detail string)) {
	seen := map[string]int{}
	for i, x := range choices {
		at := fmt.Sprintf("choices[%d]", i)
		if !codePattern.MatchString(x.Code) {
			bad(at+".code", "code", "a code is 1 to 40 letters A to Z, digits or underscores")
		}
		for _, text := range []string{x.Label.ZH, x.Label.EN} {
			if detail := labelProblem(text); detail != "" {
				bad(at+".label", "label", detail)
			} else if strings.ContainsAny(text, separators) {
				bad(at+".label", "label", "the label of a choice has no comma, semicolon or bar: cells separate choices by these")
			}
		}
		for _, name := range []string{x.Code, x.Label.ZH, x.Label.EN} {
			if j, ok := seen[fold(name)]; ok && j != i {
				bad(at, "double", "another choice has this code or label")
				break
			}
		}
		for _, name := range []string{x.Code, x.Label.ZH, x.Label.EN} {
			seen[fold(name)] = i
		}
	}
}
