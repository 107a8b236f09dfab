package records

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
)

var update = flag.Bool("update", false, "write the generated files anew")

// The screens find their own commands by pinyin too, from a table of the characters that stand in
// them: a dictionary would weigh more than the program.
func TestReadingsOfTheScreens(t *testing.T) {
	const folder = "../web/src/lib/lang/"
	read := func(name string) string {
		text, err := os.ReadFile(folder + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	base := read("zh-CN/base.ts")
	_, base, _ = strings.Cut(base, "\n  nav: {")
	base, _, _ = strings.Cut(base, "\n  signIn: {")
	words := base + read("zh-CN/shell.ts") + "新建"
	for _, k := range Builtin().Kinds() {
		words += " " + k.Label.ZH + k.Plural.ZH
	}
	table := map[string]string{}
	for _, r := range words {
		if unicode.Is(unicode.Han, r) {
			table[string(r)] = strings.Join(spoken([]rune{r}), "")
		}
	}
	var text strings.Builder
	text.WriteString("// Made by go test ./records -run TestReadingsOfTheScreens -update: how the characters of the commands are read.\nexport const readings: Record<string, string> = {\n")
	for _, char := range slices.Sorted(maps.Keys(table)) {
		fmt.Fprintf(&text, "  %s: '%s',\n", char, table[char])
	}
	text.WriteString("}\n")
	if *update {
		if err := os.WriteFile(folder+"pinyin.gen.ts", []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if read("pinyin.gen.ts") != text.String() {
		t.Error("the table is stale: go test ./records -run TestReadingsOfTheScreens -update")
	}
}
