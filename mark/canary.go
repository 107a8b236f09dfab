package mark

import (
	"math/rand/v2"
	"strings"
	"unicode"
)

// A canary is a record that nobody has: it stands in one copy alone, so whoever is found with it had that copy.

// CanaryRange is what the telephone numbers of canaries begin with where the company has no range of its own:
// mobile numbers of China that are given to nobody; its source is in ADR 0035, 14.
const CanaryRange = "154"

const mobileDigits = 11

// CanaryPhone invents a mobile number of a range.
func CanaryPhone(within string) string {
	out := []byte(within)
	for len(out) < mobileDigits {
		out = append(out, byte('0'+rand.IntN(10)))
	}
	return string(out)
}

// GoodCanaryRange reports whether a range is the beginning of mobile numbers, and leaves enough of them.
func GoodCanaryRange(within string) bool {
	return len(within) >= 3 && len(within) <= 8 && strings.Trim(within, "0123456789") == "" && mobileText.MatchString(within+strings.Repeat("0", mobileDigits-len(within)))
}

var (
	hanPlaces   = []string{"华", "瑞", "恒", "盛", "嘉", "宏", "泰", "安", "信", "德", "诚", "远", "博", "康", "润", "鼎", "凯", "源", "融", "新"}
	hanSeconds  = []string{"科", "丰", "达", "隆", "宁", "和", "通", "业", "创", "联", "辉", "景", "利", "成", "扬", "驰", "朗", "维", "奥", "澜"}
	hanTrades   = []string{"贸易", "商贸", "科技", "实业", "电子", "机电", "服饰", "食品", "建材", "运动用品", "自行车", "物流"}
	hanFamilies = []string{"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "罗", "高"}
	hanGiven    = []string{"伟", "敏", "静", "磊", "洋", "勇", "娟", "涛", "明", "霞", "平", "刚", "丹", "辉", "玲", "鹏", "宇", "婷", "晨", "岚"}
	families    = []string{"Walker", "Bennett", "Foster", "Hayes", "Porter", "Reyes", "Sutton", "Barker", "Doyle", "Finch", "Harmon", "Keller", "Lowell", "Marsh", "Norris", "Osborn"}
	given       = []string{"Alice", "Brian", "Carla", "Daniel", "Erin", "Frank", "Grace", "Hannah", "Ian", "Julia", "Kevin", "Laura", "Marcus", "Nora", "Oscar", "Paula"}
	trades      = []string{"Trading Company", "Bike Store", "Cycle Shop", "Sporting Goods", "Outfitters", "Supplies", "Logistics", "Equipment Company"}
	adjectives  = []string{"Northern", "Riverside", "Summit", "Valley", "Harbor", "Central", "Bright", "Cedar", "Granite", "Liberty", "Orchard", "Prairie", "Silver", "Union", "Western", "Zenith"}
)

func one(of []string) string { return of[rand.IntN(len(of))] }

// CanaryName invents the name of a company or a person, in the writing of a name beside which it will stand.
func CanaryName(beside string, company bool) string {
	switch han := strings.ContainsFunc(beside, func(r rune) bool { return unicode.Is(unicode.Han, r) }); {
	case han && company:
		return one([]string{"", "", "深圳", "广州", "上海", "杭州", "苏州", "武汉"}) + one(hanPlaces) + one(hanSeconds) + one(hanTrades) + "有限公司"
	case han:
		return one(hanFamilies) + one(hanGiven) + one([]string{"", one(hanGiven)})
	case company:
		return one(adjectives) + " " + one(families) + " " + one(trades)
	}
	return one(given) + " " + one(families)
}

// CanaryCode invents a code in the shape of another: its digits are others.
func CanaryCode(like string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return rune('0' + rand.IntN(10))
		}
		return r
	}, like)
}
