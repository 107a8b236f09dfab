package records

import (
	"strings"
	"testing"
)

// What is called so comes before what begins so, what sounds so before what has only its pieces.
func TestCloseness(t *testing.T) {
	for _, x := range []struct {
		q    string
		list string // best first; those between two bars are alike
	}{
		{"张三", "张三 | 张三丰 | 小张三"},
		{"zhangsan", "张三 章散 | 张三丰 | 小张三"},
		{"sang", "桑 | 桑晓 | 小桑 张三高 | 张三"}, // 'san' and 'ang' stand in zhang san, but no 'sang'
		{"zs", "张三 周爽 | 张三丰 | 李张三"},
		{"zhangs", "张三 | 张三丰 | 老张三"},
		{"angsan", "张三"},
		{"张san", "张三 | 张三丰 | 小张三"},
		{"ma", "Ma Wei | 马 麻 | 马伟 | Emma | 小马"},
		{"重庆changjiang", "重庆长江 | 重庆长江商行"},
		{"ma wei", "Ma Wei | 马伟 | 马伟明"},
	} {
		last, seen := -1, []string{}
		for i, group := range strings.Split(x.list, " | ") {
			names := strings.Fields(group)
			if strings.Contains(group, "Ma Wei") {
				names = []string{"Ma Wei"}
			}
			far := Closeness(names[0], x.q)
			if far <= last && i > 0 {
				t.Errorf("%q: %s is %d far, no farther than %v", x.q, names[0], far, seen)
			}
			for _, name := range names {
				if got := Closeness(name, x.q); got != far {
					t.Errorf("%q: %s is %d far, %s %d", x.q, name, got, names[0], far)
				}
			}
			last, seen = far, append(seen, names...)
		}
	}
	if got := Closeness("张三", "sang"); got != FarthestMatch {
		t.Errorf("张三 is %d far from sang", got)
	}
	if got := Closeness("", "…"); got != FarthestMatch {
		t.Errorf("nothing is %d far", got)
	}
}
