package records

import (
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// Names are found by how they are spoken too: 张三丰 by zhangsan, by the beginning of a syllable
// (sanf), and by initials (zsf). The terms stand in the search document of the name's own class,
// so a name that is not plain on a record is found there by its sound no more than by its
// characters. Each begins with a private character, so that no text has them by chance.
const (
	soundStart   = "\uE000" // two letters at the beginning of a syllable
	soundGram    = "\uE001" // three letters in a row
	soundInitial = "\uE002" // the initials of two syllables in a row
)

// soundMost bounds how much of a text is heard: names are short.
const soundMost = 60

// soundTerms cuts what a name sounds like into terms, of each run of Chinese characters in it.
func soundTerms(text string) []string {
	var terms []string
	runs := strings.FieldsFunc(text, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
	for _, run := range runs {
		syllables := spoken([]rune(run))
		initials := ""
		var starts []int
		spelled := ""
		for _, s := range syllables {
			starts = append(starts, len(spelled))
			spelled += s
			initials += s[:1]
		}
		for _, at := range starts {
			terms = append(terms, soundStart+spelled[at:min(at+2, len(spelled))])
		}
		terms = append(terms, grams(soundGram, spelled, 3)...)
		terms = append(terms, grams(soundInitial, initials, 2)...)
	}
	return terms
}

func grams(mark, text string, n int) []string {
	var out []string
	for i := 0; i+n <= len(text); i++ {
		out = append(out, mark+text[i:i+n])
	}
	return out
}

// spoken is how a run of Chinese characters is read, without tones, ü written as v. A character
// with several readings has the one that the words and family names below give it here, or its
// most usual one.
func spoken(run []rune) []string {
	return slices.DeleteFunc(spokenEach(run), func(s string) bool { return s == "" })
}

// spokenEach is spoken with a place for each character, empty where it has no reading.
func spokenEach(run []rune) []string {
	run = run[:min(len(run), soundMost)]
	var out []string
	for i := 0; i < len(run); {
		if word, n := readAs(run[i:], i == 0 && len(run) <= 4); n > 0 {
			out = append(out, word...)
			i += n
			continue
		}
		if reading := pinyin.SinglePinyin(run[i], soundless); len(reading) > 0 && reading[0] != "" {
			out = append(out, strings.ReplaceAll(reading[0], "ü", "v"))
		} else {
			out = append(out, "")
		}
		i++
	}
	return out
}

var soundless = pinyin.NewArgs()

// readAs looks at the beginning of a run for a word that is read otherwise than its characters
// one by one; in a short run, which may be somebody's name, for a family name first.
func readAs(run []rune, name bool) ([]string, int) {
	if name {
		for n := min(2, len(run)); n > 0; n-- {
			if word, ok := familyNames[string(run[:n])]; ok {
				return strings.Fields(word), n
			}
		}
	}
	for n := min(2, len(run)); n > 1; n-- {
		if word, ok := readings[string(run[:n])]; ok {
			return strings.Fields(word), n
		}
	}
	return nil, 0
}

// familyNames are read otherwise than the character elsewhere.
var familyNames = map[string]string{
	"单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "朴": "piao", "任": "ren", "华": "hua", "盖": "ge",
	"尉": "wei", "乐": "yue", "覃": "qin", "缪": "miao", "洗": "xian", "冼": "xian", "种": "chong", "晟": "cheng", "长": "zhang", "翟": "zhai",
	"折": "she", "黑": "he", "召": "shao", "繁": "po", "秘": "bi", "員": "yun", "员": "yun", "俞": "yu", "隗": "wei", "訾": "zi", "佴": "nai",
	"尉迟": "yu chi", "万俟": "mo qi", "澹台": "tan tai", "长孙": "zhang sun", "单于": "chan yu", "令狐": "ling hu", "宿": "su", "哈": "ha", "石": "shi",
}

// readings are words of companies and places.
var readings = map[string]string{
	"重庆": "chong qing", "长沙": "chang sha", "长春": "chang chun", "长江": "chang jiang", "长城": "chang cheng", "长安": "chang an", "长兴": "chang xing",
	"长虹": "chang hong", "成长": "cheng zhang", "厦门": "xia men", "银行": "yin hang", "商行": "shang hang", "车行": "che hang", "行业": "hang ye",
	"同行": "tong hang", "洋行": "yang hang", "药行": "yao hang", "大厦": "da sha", "音乐": "yin yue", "乐器": "yue qi", "六安": "lu an",
	"台州": "tai zhou", "蚌埠": "beng bu", "番禺": "pan yu", "东莞": "dong guan", "丽水": "li shui", "大都": "da du", "成都": "cheng du", "会计": "kuai ji",
	"重工": "zhong gong", "重型": "zhong xing", "调味": "tiao wei", "空调": "kong tiao", "调研": "diao yan", "朝阳": "chao yang", "朝晖": "zhao hui", "沈阳": "shen yang",
	"参茸": "shen rong", "人参": "ren shen", "数字": "shu zi", "数据": "shu ju", "西藏": "xi zang", "宝藏": "bao zang", "便利": "bian li", "大夫": "dai fu",
	"系统": "xi tong", "百色": "bo se", "吐鲁": "tu lu", "单位": "dan wei", "传媒": "chuan mei", "传奇": "chuan qi", "曾经": "ceng jing", "弹簧": "tan huang", "仙都": "xian du",
}

// QueryAlternatives are the sets of terms by which a search finds a document: one of them must
// stand in it as a whole. Letters mean themselves, or what a name sounds like, or its initials.
func QueryAlternatives(q string) [][]string {
	plain := QueryTerms(q)
	if len(plain) == 0 {
		return nil
	}
	sound, ok := soundQuery(q, func(run string) []string {
		return append([]string{soundStart + run[:2]}, grams(soundGram, run, 3)...)
	})
	if !ok {
		return [][]string{plain}
	}
	initials, _ := soundQuery(q, func(run string) []string { return grams(soundInitial, run, 2) })
	return [][]string{plain, sound, initials}
}

// soundQuery takes each run of Latin letters for a sound. There is nothing to hear in a query
// without one of two letters or more.
func soundQuery(q string, hear func(string) []string) (terms []string, heard bool) {
	eachRun(q, func(run []rune) {
		for _, part := range alike(run) {
			text := string(part)
			if len(part) > 1 && latin(part[0]) {
				terms, heard = append(terms, hear(text)...), true
			} else {
				terms = append(terms, QueryTerms(text)...)
			}
		}
	})
	slices.Sort(terms)
	return slices.Compact(terms), heard
}

// alike cuts a run where letters and other characters meet, as in 张san.
func alike(run []rune) [][]rune {
	var out [][]rune
	for i, r := range run {
		if i == 0 || latin(r) != latin(run[i-1]) {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], r)
	}
	return out
}

func latin(r rune) bool { return r >= 'a' && r <= 'z' }
