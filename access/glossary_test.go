package access_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"guan/access"
	"guan/policy"
	"guan/records"
)

// The five kinds that the glossary shows row by row, and the pseudo-table of the packs.
var tabled = []policy.Kind{"customer", "contact", "opportunity", "contract", "ticket"}

const (
	begin = "<!-- packs:begin -->\n"
	end   = "<!-- packs:end -->\n"
)

// The tables of GLOSSARY.md are what the presets say.
func TestGlossary(t *testing.T) {
	const file = "../GLOSSARY.md"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatal("GLOSSARY.md has no place for the packs")
	}
	compare(t, file, before+begin+packTables()+end+after)
}

func packTables() string {
	var b strings.Builder
	b.WriteString("\n| 权限包 Pack | 说明 What it is for | 系统动作 System actions |\n|---|---|---|\n")
	for _, p := range access.Presets {
		var actions []string
		for _, a := range p.System {
			actions = append(actions, records.SystemActionLabels[a].ZH+" "+records.SystemActionLabels[a].EN)
		}
		fmt.Fprintf(&b, "| %s **%s** | %s。%s. | %s |\n", p.Label.ZH, p.Label.EN, p.Description.ZH, p.Description.EN, orDash(strings.Join(actions, "<br>")))
	}
	for _, kind := range tabled {
		k := records.Builtin().Kind(kind)
		fmt.Fprintf(&b, "\n### %s %s\n\n| 权限包 Pack | 哪些记录 Which | 动作 Actions |", k.Label.ZH, k.Label.EN)
		for _, class := range policy.Classes {
			fmt.Fprintf(&b, " %s %s |", records.ClassLabels[class].ZH, class)
		}
		b.WriteString("\n|---|---|---|" + strings.Repeat("---|", len(policy.Classes)) + "\n")
		for _, p := range access.Presets {
			rows := 0
			for _, r := range p.Rules {
				if r.Kind == kind {
					rows++
					b.WriteString(packRow(p, r))
				}
			}
			if rows == 0 {
				fmt.Fprintf(&b, "| %s %s | 无 none | – |%s\n", p.Label.ZH, p.Label.EN, strings.Repeat(" – |", len(policy.Classes)))
			}
		}
	}
	b.WriteString("\n")
	return b.String()
}

func packRow(p access.Pack, r policy.Rule) string {
	var zh, en []string
	for _, a := range r.Actions {
		zh, en = append(zh, records.ActionLabels[a].ZH), append(en, string(a))
	}
	where := pathText(r.Kind, r.Where)
	if r.When != nil {
		where += ",仅" + condText(r.Kind, *r.When)
	}
	if r.Effect == policy.Forbid {
		where = "⛔ " + where
	}
	row := fmt.Sprintf("| %s %s | %s | %s<br>%s |", p.Label.ZH, p.Label.EN, where, strings.Join(zh, "、"), strings.Join(en, ", "))
	for _, class := range policy.Classes {
		row += " " + classMark(r, class) + " |"
	}
	return row + "\n"
}

// classMark shows the level of the class and the fields that differ from it.
func classMark(r policy.Rule, class policy.Class) string {
	k := records.Schema().Kind(r.Kind)
	if r.Effect == policy.Forbid && len(r.Fields) == 0 || !slices.ContainsFunc(k.Fields, func(f *policy.Field) bool { return f.Class == class }) {
		return ""
	}
	mark := func(f policy.FieldRule) string {
		switch {
		case f.Edit:
			return "✎"
		case f.Level == policy.Plain:
			return "●"
		case f.Level == policy.Masked:
			return "◐"
		}
		return "–"
	}
	main := "–"
	if r.Effect == policy.Forbid {
		main = ""
	}
	for _, c := range []policy.Class{class, policy.Everything} {
		if i := slices.IndexFunc(r.Fields, func(f policy.FieldRule) bool { return f.Class == c }); i >= 0 {
			main = mark(r.Fields[i])
			break
		}
	}
	var other []string
	for _, f := range r.Fields {
		if f.Field != "" && k.Field(f.Field).Class == class && mark(f) != main {
			other = append(other, records.Builtin().Kind(r.Kind).Field(f.Field).Label.ZH+" "+f.Field+" "+mark(f))
		}
	}
	if len(other) > 0 {
		main += " (" + strings.Join(other, ", ") + ")"
	}
	return main
}

var pathLabels = map[policy.PathKind]string{
	policy.PathAll: "全部 all", policy.PathOwn: "自己负责 own", policy.PathUnit: "本部门 of the unit", policy.PathHeaded: "所负责部门及下级 headed units",
	policy.PathTeam: "参与协作 on the team", policy.PathPool: "公海 in a pool",
}

func pathText(kind policy.Kind, p policy.Path) string {
	if p.Path != policy.PathLinked {
		return pathLabels[p.Path]
	}
	relation, _ := records.Builtin().Kind(kind).Relation(p.Relation)
	text := fmt.Sprintf("经%s linked by %s: %s", relation.Label.ZH, relation.Name, pathText(relation.Kind, *p.Via))
	if p.Cond != nil {
		text += "," + condText(relation.Kind, *p.Cond)
	}
	return text
}

// condText reads the conditions of the presets: stages.
func condText(kind policy.Kind, c policy.Cond) string {
	if c.Op != policy.OpIn || c.Field != "stage" {
		panic("the glossary cannot read this condition yet")
	}
	var zh, codes []string
	for _, v := range c.Values {
		stage, ok := records.Builtin().Kind(kind).Stage(*v.Text)
		if !ok {
			panic("no stage " + *v.Text)
		}
		zh, codes = append(zh, stage.Label.ZH), append(codes, stage.Code)
	}
	return "阶段 stage " + strings.Join(zh, "/") + " " + strings.Join(codes, "/")
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
