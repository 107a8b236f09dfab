package report

import "fmt"

// in gives the word of a language.
func (w Words) in(english bool) string {
	if english {
		return w.EN
	}
	return w.ZH
}

// words are those of the document. The page has them from its catalogue, and a test beside it
// (web/src/features/reports/words.test.ts) holds both to the same.
var words = map[string]Words{
	"title":       {"数据访问月报", "Monthly report on access to data"},
	"preliminary": {"阶段性", "Preliminary"},
	"scope":       {"范围", "Scope"},
	"everyone":    {"全公司", "The whole company"},
	"made":        {"生成时间", "Made at"},
	"for":         {"阅读人", "For"},
	"summary":     {"概览", "Summary"},
	"what":        {"事项", "What"},
	"now":         {"本月", "This month"},
	"before":      {"上月", "The month before"},
	"seen":        {"列表中看到的记录", "Records shown in lists"},
	"opened":      {"逐条打开", "Records opened"},
	"exports":     {"导出次数", "Exports"},
	"rows":        {"导出行数", "Rows exported"},
	"reveals":     {"查看明文", "Reveals"},
	"denials":     {"被拒绝", "Denials"},
	"looked":      {"谁看了多少", "Who looked at how much"},
	"person":      {"人员", "Person"},
	"unit":        {"部门", "Unit"},
	"exported":    {"导出", "Exports"},
	"when":        {"时间", "When"},
	"kind":        {"数据", "Data"},
	"count":       {"行数", "Rows"},
	"purpose":     {"用途", "Purpose"},
	"emergencies": {"应急访问", "Break-glass"},
	"reason":      {"原因", "Reason"},
	"verdict":     {"复核结论", "Verdict"},
	"grants":      {"临时授权", "Temporary grants"},
	"giver":       {"授权人", "Given by"},
	"receiver":    {"被授权人", "Given to"},
	"from":        {"开始", "From"},
	"until":       {"结束", "Until"},
	"state":       {"状态", "State"},
	"unusual":     {"异常行为", "Unusual patterns"},
	"alerts":      {"警报", "Alerts"},
	"confirmed":   {"属实", "Confirmed"},
	"dismissed":   {"排除", "Dismissed"},
	"changes":     {"规则变更", "Rules changed"},
	"version":     {"版本", "Version"},
	"by":          {"发布人", "By"},
	"note":        {"说明", "Note"},
	"none":        {"没有。", "None."},
	"justified":   {"合理", "Justified"},
	"unjustified": {"不合理", "Not justified"},
	"follow_up":   {"跟进中", "Followed up"},
	"no_verdict":  {"未复核", "None yet"},
	"given":       {"本月授出", "Given this month"},
	"open":        {"生效中", "Open"},
	"ended":       {"本月到期", "Ended this month"},
	"revoked":     {"本月撤销", "Revoked this month"},
	"setup":       {"系统", "Setup"},
	"alone":       {"敏感变更，无人复核", "sensitive, confirmed by nobody"},
	"foot":        {"关 · 数据访问月报", "Guan · monthly report"},

	"detector_hour":    {"一小时内大量查看", "Many records in an hour"},
	"detector_fresh":   {"大量首次查看", "Many records never seen before"},
	"detector_slow":    {"持续偏多", "A little more, day after day"},
	"detector_row":     {"逐条连续查看", "One record after another"},
	"detector_night":   {"非工作时间", "At unusual hours"},
	"detector_place":   {"新设备或新网络", "From a new device or network"},
	"detector_chunks":  {"接近上限的导出", "Exports just below the limit"},
	"detector_leaver":  {"离职前偏多", "More than usual before the last day"},
	"detector_reveals": {"大量查看明文", "Many reveals"},
	"detector_denials": {"大量被拒绝", "Many denials"},
	"detector_honey":   {"打开诱饵记录", "A marked record was opened"},
}

func (p *page) word(key string) string { return words[key].in(p.english) }

// more says that a list is cut.
func (p *page) more(n int) {
	switch {
	case n == 0:
	case p.english:
		p.doc.Note(fmt.Sprintf("%d more are counted above and not listed.", n))
	default:
		p.doc.Note(fmt.Sprintf("另有 %d 条计入上面的数字，未逐条列出。", n))
	}
}
