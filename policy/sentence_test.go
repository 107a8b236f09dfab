package policy

import (
	"encoding/json"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the sentences that come out into testdata")

// testNames are the words of the test schema.
type testNames struct{}

var testWords = map[string][2]string{
	"kind customer": {"客户", "Customer"}, "kind contact": {"联系人", "Contact"}, "kind ticket": {"工单", "Ticket"}, "kind product": {"产品", "Product"},
	"field name": {"名称", "Name"}, "field stage": {"阶段", "Stage"}, "field phone": {"电话", "Phone"}, "field employees": {"员工数", "Employees"},
	"field score": {"评分", "Score"}, "field amount": {"合同金额", "Contract amount"}, "field limit": {"授信额度", "Credit limit"},
	"field created_at": {"创建时间", "Created"}, "field updated_at": {"更新时间", "Updated"}, "field vip": {"VIP客户", "VIP"},
	"field owner": {"负责人", "Owner"}, "field created_by": {"创建人", "Creator"}, "field unit": {"所属部门", "Unit"}, "field pool": {"公海", "Pool"},
	"field tags": {"标签", "Tags"}, "field place": {"地点", "Place"}, "field level": {"等级", "Level"}, "field customer": {"客户", "Customer"},
	"field mobile": {"手机", "Mobile"}, "field title": {"标题", "Title"}, "field open": {"处理中", "Open"}, "field cost": {"费用", "Cost"},
	"field due": {"到期时间", "Due"}, "field product": {"产品", "Product"}, "field author": {"作者", "Author"}, "field body": {"内容", "Text"},
	"choice stage new": {"意向", "Interested"}, "choice stage won": {"成交", "Won"}, "choice stage lost": {"流失", "Lost"},
	"relation tickets": {"工单", "Tickets"}, "relation contacts": {"联系人", "Contacts"}, "relation comments": {"评论", "Comments"}, "relation customer": {"客户", "Customer"},
	"position sales": {"销售", "Sales"}, "position head": {"部门负责人", "Department heads"}, "position finance": {"财务", "Finance"},
	"action claim": {"领取", "claim"},
}

func (testNames) word(key, lang string) string {
	if lang == "zh" {
		return testWords[key][0]
	}
	return testWords[key][1]
}

func (n testNames) Kind(kind Kind, lang string) string      { return n.word("kind "+string(kind), lang) }
func (n testNames) Field(_ Kind, field, lang string) string { return n.word("field "+field, lang) }
func (n testNames) Choice(_ Kind, field, code, lang string) string {
	return n.word("choice "+field+" "+code, lang)
}
func (n testNames) Relation(_ Kind, relation, lang string) string {
	return n.word("relation "+relation, lang)
}
func (n testNames) Class(Class, string) string { return "" }
func (n testNames) Action(_ Kind, action Action, lang string) string {
	return n.word("action "+string(action), lang)
}
func (n testNames) Position(code, lang string) string { return n.word("position "+code, lang) }
func (testNames) Person(id ID) string                 { return map[ID]string{5: "张三", 6: "李四"}[id] }
func (testNames) Unit(id ID) string                   { return map[ID]string{2: "华东区", 3: "南京路店"}[id] }
func (testNames) Record(kind Kind, id ID) string {
	return map[ID]string{8: "上海东方商厦", 9: "华东公海"}[id]
}

// rawWords are operators and names of CEL and the codes of approvers, which no sentence says; spoken are
// values in quotation marks, and expressions that have no words and are shown as they are written.
var (
	rawWords = regexp.MustCompile(`&&|\|\||[=!<>]=|[<>]|@\w|\b(r|p|ctx)\.\w|\{\d\}`)
	spoken   = regexp.MustCompile("“[^”]*”|`[^`]*`")
)

// golden runs say over the files of an archive. The first part of a file, up to an empty line,
// is the input; the rest is what is said, one language a line.
func golden(t *testing.T, path string, say func(t *testing.T, name, input string) []string) {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range archive.Files {
		input, want, _ := strings.Cut(string(f.Data), "\n\n")
		got := strings.Join(say(t, f.Name, input), "\n")
		if raw := rawWords.FindString(spoken.ReplaceAllString(got, "")); raw != "" {
			t.Errorf("%s says %q: %s", f.Name, raw, got)
		}
		if got != strings.TrimSpace(want) && !*update {
			t.Errorf("%s: %s\n  says\n%s\n  wants\n%s", f.Name, input, got, want)
		}
		archive.Files[i].Data = []byte(input + "\n\n" + got + "\n\n")
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCondSentences(t *testing.T) {
	schema := testSchema(t)
	golden(t, "testdata/conditions.txtar", func(t *testing.T, name, input string) []string {
		kind, _, _ := strings.Cut(name, "/")
		cond, err := ParseCEL(schema, Kind(kind), input)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return nil
		}
		return []string{CondSentence(schema, testNames{}, Kind(kind), cond, "zh"), CondSentence(schema, testNames{}, Kind(kind), cond, "en")}
	})
}

func TestRuleSentences(t *testing.T) {
	schema := testSchema(t)
	golden(t, "testdata/rules.txtar", func(t *testing.T, name, input string) []string {
		var rule Rule
		if err := json.Unmarshal([]byte(input), &rule); err != nil {
			t.Errorf("%s: %v", name, err)
			return nil
		}
		rule.ID = name
		if rule.Kind == "" {
			rule.Kind = "customer"
		}
		if err := CheckRule(schema, &rule); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return []string{RuleSentence(schema, testNames{}, &rule, "zh"), RuleSentence(schema, testNames{}, &rule, "en")}
	})
}

// TestSentencesSayEverything asks for a sentence of every condition that can be written, in both
// languages and without any labels, that leaves no hole open.
func TestSentencesSayEverything(t *testing.T) {
	schema := testSchema(t)
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]Kind{"customer", "contact", "ticket"}).Draw(t, "kind")
		cond := drawCond(t, schema, kind)
		tame(cond)
		for _, lang := range []string{"zh", "en"} {
			for _, names := range []Names{nil, testNames{}} {
				said := CondSentence(schema, names, kind, cond, lang)
				if said == "" || strings.Contains(said, "{0}") || strings.Contains(said, "{1}") || strings.Contains(said, "%!") {
					t.Fatalf("%s\n%s", CELText(cond), said)
				}
				if strings.Count(said, "“") != strings.Count(said, "”") {
					t.Fatalf("%s\n%s", CELText(cond), said)
				}
			}
		}
	})
}

// tame takes out of the texts of a condition what would be read as a hole or a quote of the sentence.
func tame(c *Cond) {
	plain := func(o *Operand) {
		if o != nil && o.Text != nil {
			text := strings.Map(func(r rune) rune {
				if strings.ContainsRune("%{“”", r) {
					return 'x'
				}
				return r
			}, *o.Text)
			o.Text = &text
		}
	}
	plain(c.Value)
	for i := range c.Values {
		plain(&c.Values[i])
	}
	for i := range c.Args {
		tame(&c.Args[i])
	}
}
