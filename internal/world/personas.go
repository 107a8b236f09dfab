package world

import "guan/org"

// Persona is somebody worth signing in as.
type Persona struct {
	Login string
	Name  string
	What  org.Label
}

// Personas lists the people whose sight differs in kind, in the order in which a visitor should
// meet them. Tests that claim to be about everybody name each of them.
func Personas() []Persona {
	return []Persona{
		{"zhoumy", "周明远", org.Label{ZH: "总经理:企业管理者,看到全部", EN: "general manager: boss, sees everything"}},
		{"huangjg", "黄建国", org.Label{ZH: "华南区经理:看到华南区及其门店", EN: "south region manager: sees the region and its stores"}},
		{"liangwb", "梁文博", org.Label{ZH: "深圳湾店店长:看到本店,以及门店 3 公里内的个人客户", EN: "store manager: sees the store, and the individuals within 3 km"}},
		{"zhengxl", "郑晓岚", org.Label{ZH: "深圳湾店销售顾问:看到自己的客户", EN: "sales consultant: sees their own customers"}},
		{"liuzq", "刘子谦", org.Label{ZH: "在两家店任职的销售顾问", EN: "sales consultant with two appointments"}},
		{"gux", "顾歆", org.Label{ZH: "南京西路店销售顾问:另有对华南两个客户的临时授权", EN: "sales consultant in the east, with a temporary grant on two customers of the south"}},
		{"litt", "李婷婷", org.Label{ZH: "见习顾问:观察期,联系方式掩码", EN: "sales trainee: observer, contact details masked"}},
		{"zhuyf", "朱逸飞", org.Label{ZH: "正在离职交接的销售顾问:销售权限之上叠加观察期", EN: "sales consultant who is leaving: sales with observer laid over it"}},
		{"luoy", "罗艳", org.Label{ZH: "客服中心经理:看到全部工单", EN: "service manager: sees the tickets of the service centre"}},
		{"pengj", "彭洁", org.Label{ZH: "客服专员:看到工单,以及未关闭工单的客户", EN: "service agent: sees tickets, and the customers of open ones"}},
		{"chenr", "陈蕊", org.Label{ZH: "会计:看到金额与账号,看不到联系方式", EN: "accountant: sees amounts and accounts, no contact details"}},
		{"tangx", "唐昕", org.Label{ZH: "市场专员:看到全部客户的基本信息", EN: "marketer: sees the general information of all customers"}},
		{"sunh", "孙浩", org.Label{ZH: "系统管理员:管理组织与权限,看不到客户", EN: "administrator: organisation and rules, no customers"}},
		{"fengz", "冯峥", org.Label{ZH: "审计专员:看到全部记录,敏感字段掩码", EN: "auditor: every record, sensitive fields masked"}},
		{"yanl", "严磊", org.Label{ZH: "任职已结束:只剩自己的档案与任务,名下客户已看不到", EN: "appointment ended: own record and tasks only, no longer their customers"}},
		{"baix", "白雪", org.Label{ZH: "任职三周后开始:还看不到业务数据", EN: "appointment begins in three weeks: no business data yet"}},
		{"tuyl", "屠玉龙", org.Label{ZH: "账号已停用:不能登录", EN: "disabled: cannot sign in"}},
	}
}
