package records

import (
	"strings"
	"testing"

	"guan/policy"
)

// finds reports whether a search finds a name, as the databases decide it.
func finds(name, q string) bool {
	docs := customer.SearchTerms(map[string]policy.Value{"name": policy.TextOf(name)})
	has := map[string]bool{}
	for _, term := range docs[policy.General] {
		has[term] = true
	}
	for _, terms := range QueryAlternatives(q) {
		all := true
		for _, term := range terms {
			all = all && has[term]
		}
		if all {
			return true
		}
	}
	return false
}

func TestNamesAreFoundByTheirSound(t *testing.T) {
	for _, x := range []struct{ name, found, missed string }{
		{"张三丰", "张三 三丰 zhangsanfeng zhangsan ZhangSan zhangs zhang sanfeng sanf zs sf zsf 张sf 张san 丰", "angsan zf sangfeng lisi zsg"},
		{"单雄信", "shanxiongxin sxx shan", "danxiongxin"},
		{"尉迟恭", "yuchigong ycg", "weichi"},
		{"重庆长江商行", "chongqing cq cqcjsh shanghang changjiang 重庆changjiang", "zhongqing shangxing"},
		{"吕布", "lvbu lb", "lubu2"},
		{"北辰 Beichen 集团", "beichen bc jituan jt 集团 Beichen", "chenjituan"},
		{"Zhang Trading", "zhang trading rad", "zt"},
		{"上海某某贸易有限公司", "shmmmy shanghai maoyi 某某 有限公司", "mysh maoshang"},
	} {
		for _, q := range strings.Fields(x.found) {
			if !finds(x.name, q) {
				t.Errorf("%q does not find %s", q, x.name)
			}
		}
		for _, q := range strings.Fields(x.missed) {
			if finds(x.name, q) {
				t.Errorf("%q finds %s", q, x.name)
			}
		}
	}
}

// What is no name keeps no sound, and every query that finds nothing to search by says so.
func TestSoundOfNamesOnly(t *testing.T) {
	docs := customer.SearchTerms(map[string]policy.Value{"city": policy.TextOf("深圳"), "remark": policy.TextOf("张三")})
	for class, terms := range docs {
		for _, term := range terms {
			if strings.ContainsAny(term, soundStart+soundGram+soundInitial) {
				t.Errorf("%s has the term %q", class, term)
			}
		}
	}
	for _, q := range []string{"", " ", "-", "…"} {
		if got := QueryAlternatives(q); got != nil {
			t.Errorf("%q: %q", q, got)
		}
	}
	if got := QueryAlternatives("张三"); len(got) != 1 {
		t.Errorf("Chinese is heard: %q", got)
	}
}
