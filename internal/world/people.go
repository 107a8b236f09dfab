package world

import (
	"slices"

	"guan/org"
	"guan/policy"
)

// The tree: name, above, type, latitude and longitude of stores.
var unitRows = []struct {
	name, above, kind string
	lat, lng          float64
}{
	{"关雎生活", "", "company", 0, 0},
	{"总经办", "关雎生活", "department", 0, 0},
	{"财务部", "关雎生活", "department", 0, 0},
	{"市场部", "关雎生活", "department", 0, 0},
	{"信息部", "关雎生活", "department", 0, 0},
	{"审计部", "关雎生活", "department", 0, 0},
	{"客服中心", "关雎生活", "department", 0, 0},
	{"华南区", "关雎生活", "region", 0, 0},
	{"华东区", "关雎生活", "region", 0, 0},
	{"西南区", "关雎生活", "region", 0, 0},
	{"深圳湾店", "华南区", "store", 22.5190, 113.9430},
	{"福田中心店", "华南区", "store", 22.5390, 114.0570},
	{"天河店", "华南区", "store", 23.1320, 113.3270},
	{"南京西路店", "华东区", "store", 31.2290, 121.4580},
	{"陆家嘴店", "华东区", "store", 31.2380, 121.5020},
	{"西湖店", "华东区", "store", 30.2520, 120.1640},
	{"春熙路店", "西南区", "store", 30.6560, 104.0800},
	{"高新店", "西南区", "store", 30.5890, 104.0640},
}

var positionRows = []org.Position{
	{Code: "general_manager", Label: org.Label{ZH: "总经理", EN: "General manager"}},
	{Code: "region_manager", Label: org.Label{ZH: "大区经理", EN: "Region manager"}},
	{Code: "store_manager", Label: org.Label{ZH: "店长", EN: "Store manager"}},
	{Code: "department_manager", Label: org.Label{ZH: "部门经理", EN: "Department manager"}},
	{Code: "sales_consultant", Label: org.Label{ZH: "销售顾问", EN: "Sales consultant"}},
	{Code: "sales_trainee", Label: org.Label{ZH: "见习顾问", EN: "Sales trainee"}},
	{Code: "service_agent", Label: org.Label{ZH: "客服专员", EN: "Service agent"}},
	{Code: "accountant", Label: org.Label{ZH: "会计", EN: "Accountant"}},
	{Code: "marketer", Label: org.Label{ZH: "市场专员", EN: "Marketer"}},
	{Code: "system_administrator", Label: org.Label{ZH: "系统管理员", EN: "System administrator"}},
	{Code: "auditor", Label: org.Label{ZH: "审计专员", EN: "Auditor"}},
}

// The people: login, name, gender, unit, position, and whether they head the unit.
var peopleRows = []struct {
	login, name, gender, unit, position string
	heads                               string
}{
	{"zhoumy", "周明远", "male", "总经办", "general_manager", "关雎生活"},
	{"linsh", "林淑华", "female", "财务部", "department_manager", "财务部"},
	{"chenr", "陈蕊", "female", "财务部", "accountant", ""},
	{"wuj", "吴静", "female", "财务部", "accountant", ""},
	{"hezy", "何知远", "male", "市场部", "department_manager", "市场部"},
	{"tangx", "唐昕", "female", "市场部", "marketer", ""},
	{"sunh", "孙浩", "male", "信息部", "system_administrator", ""},
	{"qiany", "钱宇", "male", "信息部", "system_administrator", ""},
	{"fengz", "冯峥", "male", "审计部", "auditor", ""},
	{"luoy", "罗艳", "female", "客服中心", "department_manager", "客服中心"},
	{"pengj", "彭洁", "female", "客服中心", "service_agent", ""},
	{"zengl", "曾丽", "female", "客服中心", "service_agent", ""},
	{"suy", "苏悦", "female", "客服中心", "service_agent", ""},
	{"huangjg", "黄建国", "male", "华南区", "region_manager", "华南区"},
	{"shenm", "沈梅", "female", "华东区", "region_manager", "华东区"},
	{"heq", "何强", "male", "西南区", "region_manager", "西南区"},
	{"liangwb", "梁文博", "male", "深圳湾店", "store_manager", "深圳湾店"},
	{"zhengxl", "郑晓岚", "female", "深圳湾店", "sales_consultant", ""},
	{"ouyangf", "欧阳锋", "male", "深圳湾店", "sales_consultant", ""},
	{"yex", "叶璇", "female", "福田中心店", "store_manager", "福田中心店"},
	{"liuzq", "刘子谦", "male", "福田中心店", "sales_consultant", ""},
	{"madj", "马丁·江", "male", "福田中心店", "sales_consultant", ""},
	{"panwl", "潘伟伦", "male", "天河店", "store_manager", "天河店"},
	{"guanyt", "关咏彤", "female", "天河店", "sales_consultant", ""},
	{"litt", "李婷婷", "female", "天河店", "sales_trainee", ""},
	{"xujh", "徐佳慧", "female", "南京西路店", "store_manager", "南京西路店"},
	{"gux", "顾歆", "female", "南京西路店", "sales_consultant", ""},
	{"zhuyf", "朱逸飞", "male", "南京西路店", "sales_consultant", ""},
	{"lup", "陆鹏", "male", "陆家嘴店", "store_manager", "陆家嘴店"},
	{"jinyl", "金雨琳", "female", "陆家嘴店", "sales_consultant", ""},
	{"weic", "魏澄", "male", "陆家嘴店", "sales_consultant", ""},
	{"hangj", "杭劼", "male", "西湖店", "store_manager", "西湖店"},
	{"shenyy", "沈雨莹", "female", "西湖店", "sales_consultant", ""},
	{"tuyl", "屠玉龙", "male", "西湖店", "sales_consultant", ""},
	{"dengj", "邓婕", "female", "春熙路店", "store_manager", "春熙路店"},
	{"aziz", "阿孜古丽·买买提", "female", "春熙路店", "sales_consultant", ""},
	{"xiangb", "向斌", "male", "春熙路店", "sales_consultant", ""},
	{"qiuzh", "邱泽华", "male", "高新店", "store_manager", "高新店"},
	{"duanr", "段蓉", "female", "高新店", "sales_consultant", ""},
	{"yanl", "严磊", "male", "高新店", "sales_consultant", ""},
	{"baix", "白雪", "female", "高新店", "sales_consultant", ""},
}

func (c *Company) organise() {
	for _, row := range unitRows {
		u := org.Unit{ID: c.name("unit/" + row.name), Name: row.name, Type: row.kind}
		if row.above != "" {
			u.Parent = c.ID("unit/" + row.above)
		}
		if row.lat != 0 {
			u.Place = &policy.LatLng{Lat: row.lat, Lng: row.lng}
		}
		c.Units = append(c.Units, u)
	}
	c.Positions = slices.Clone(positionRows)
}

// hire makes the people, their appointments and the heads. Everybody has been there for years,
// but for the special cases at the end.
func (c *Company) hire() {
	bosses := map[string]string{}
	for i, row := range peopleRows {
		id := c.name("person/" + row.login)
		unit := c.ID("unit/" + row.unit)
		hired := -400 - 37*i
		p := Record{Key: "person/" + row.login, Kind: "person", ID: id, Values: map[string]policy.Value{
			"id": policy.RefOf(id), "name": text(row.name), "login": text(row.login), "code": text(staffNumber(i)), "gender": text(row.gender),
			"title": text(c.position(row.position).Label.ZH), "unit": policy.RefOf(unit), "phone": text(mobile(1_000 + i)),
			"email": text(row.login + "@guanju.example"), "hire_date": c.on(hired), "id_number": text(idCard(1_000+i, 1970+i%30)),
			"bank_name": text("招商银行"), "bank_account": text(bankAccount(i)), "salary": yuan(9_000 + 700*(i%11)), "currency": text("CNY"),
			"active": policy.BoolOf(true), "stage": text("active"), "tags": policy.SetOf(),
			"created_at": c.at(hired, 0), "updated_at": c.at(-i%30-1, i*13),
		}}
		if above := c.bossOf(row.unit, row.heads != "", bosses); above != "" {
			p.Values["manager"] = policy.RefOf(c.ID("person/" + above))
		}
		if row.heads != "" {
			bosses[row.heads] = row.login
			i := slices.IndexFunc(c.Units, func(u org.Unit) bool { return u.Name == row.heads })
			c.Units[i].Heads = append(c.Units[i].Heads, id)
		}
		c.People = append(c.People, p)
		if row.login != "baix" && row.login != "yanl" {
			c.appoint(row.login, row.unit, row.position, hired, 0)
		}
	}
	// 刘子谦 sells in two stores.
	c.appoint("liuzq", "深圳湾店", "sales_consultant", -90, 0)
	// 严磊 has left: the appointment ended a week ago, the account is still there.
	c.appoint("yanl", "高新店", "sales_consultant", -800, -7)
	c.person("yanl").Values["stage"] = text("left")
	c.person("yanl").Values["left_on"] = c.on(-7)
	// 白雪 begins in three weeks.
	c.appoint("baix", "高新店", "sales_consultant", 21, 0)
	c.person("baix").Values["stage"] = text("probation")
	c.person("baix").Values["hire_date"] = c.on(21)
	// 屠玉龙 may not sign in, although the appointment runs on.
	c.Disabled = []policy.ID{c.ID("person/tuyl")}
	c.person("tuyl").Values["active"] = policy.BoolOf(false)
	c.person("tuyl").Values["stage"] = text("leave")
	c.person("litt").Values["stage"] = text("probation")
}

// bossOf is the head of the unit, or of the nearest unit above that has one.
func (c *Company) bossOf(unit string, isHead bool, bosses map[string]string) string {
	for above := unit; above != ""; {
		i := slices.IndexFunc(c.Units, func(u org.Unit) bool { return u.Name == above })
		if login, ok := bosses[above]; ok && !(isHead && above == unit) {
			return login
		}
		above = unitRows[i].above
	}
	return ""
}

func (c *Company) person(login string) Record {
	i := slices.IndexFunc(c.People, func(r Record) bool { return r.Key == "person/"+login })
	return c.People[i]
}

func (c *Company) position(code string) org.Position {
	i := slices.IndexFunc(c.Positions, func(p org.Position) bool { return p.Code == code })
	return c.Positions[i]
}

// appoint adds an appointment from and until days from now; until 0 is open.
func (c *Company) appoint(login, unit, position string, from, until int) {
	a := org.Appointment{
		ID: c.name("appointment/" + login + "/" + unit), Person: c.ID("person/" + login), Unit: c.ID("unit/" + unit), Position: position, From: c.day(from),
	}
	if until != 0 {
		end := c.day(until)
		a.Until = &end
	}
	c.Appointments = append(c.Appointments, a)
}
