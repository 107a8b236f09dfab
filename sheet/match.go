package sheet

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Target is something a column can belong to: a field, by its name or a label in any language.
type Target struct {
	Name   string
	Labels []string
}

// Matches says what was found for the columns of a table. Nothing is guessed: a column is
// matched, or reported.
type Matches struct {
	// Targets holds for each column the name of its target, empty where there is none.
	Targets []string
	// Unknown are the columns whose heading names nothing; Blank those without a heading.
	Unknown, Blank []int
	// Ambiguous are the columns whose heading names several targets, and all columns that name
	// the same target. They stay unmatched until somebody decides.
	Ambiguous []Ambiguity
}

// Ambiguity is a column (counted from 0) and what it could mean.
type Ambiguity struct {
	Column int
	Names  []string
}

// Match finds the target of each heading: the same words, whatever their case, width, blanks,
// hyphens and underscores, and without the signs by which templates mark required columns.
func Match(header []string, targets []Target) Matches {
	names := map[string][]string{}
	for _, t := range targets {
		for _, label := range append([]string{t.Name}, t.Labels...) {
			key := headingKey(label)
			if key != "" && !contains(names[key], t.Name) {
				names[key] = append(names[key], t.Name)
			}
		}
	}
	m := Matches{Targets: make([]string, len(header))}
	columns := map[string][]int{}
	for i, heading := range header {
		switch found := names[headingKey(heading)]; {
		case strings.TrimSpace(heading) == "":
			m.Blank = append(m.Blank, i)
		case len(found) == 0:
			m.Unknown = append(m.Unknown, i)
		case len(found) > 1:
			m.Ambiguous = append(m.Ambiguous, Ambiguity{Column: i, Names: found})
		default:
			m.Targets[i] = found[0]
			columns[found[0]] = append(columns[found[0]], i)
		}
	}
	for i, name := range m.Targets {
		if len(columns[name]) > 1 {
			m.Ambiguous = append(m.Ambiguous, Ambiguity{Column: i, Names: []string{name}})
			m.Targets[i] = ""
		}
	}
	return m
}

// Similar finds what a heading that names nothing may well mean: the one target whose name or label
// stands in the heading, or the other way round. Somebody has to look at it before it counts.
func Similar(heading string, targets []Target) (name string, ok bool) {
	key := headingKey(heading)
	if len([]rune(key)) < 2 {
		return "", false
	}
	for _, t := range targets {
		for _, label := range append([]string{t.Name}, t.Labels...) {
			word := headingKey(label)
			// Half a word is no word: a spare column is not the spare telephone.
			if short, long := min(len(word), len(key)), max(len(word), len(key)); short*2 <= long || !strings.Contains(key, word) && !strings.Contains(word, key) {
				continue
			}
			if name != "" && name != t.Name {
				return "", false
			}
			name = t.Name
		}
	}
	return name, name != ""
}

var requiredMark = regexp.MustCompile(`\((必填|必填项|必须|选填|可选|required|mandatory|optional)\)|\[(必填|required)\]|【(必填|选填)】|\*`)

func headingKey(text string) string {
	text = strings.ToLower(norm.NFKC.String(text))
	text = requiredMark.ReplaceAllString(text, "")
	return strings.TrimRight(strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\n', '\r', '_', '-', '\u200b', '\ufeff', '\u3000':
			return -1
		}
		return r
	}, text), ":")
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
