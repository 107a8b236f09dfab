package records

import "guan/policy"

// activity 跟进记录 is one contact with a customer, past or planned.
var activity = define(&Kind{
	Name: "activity", Table: "activity",
	Label: Label{"跟进记录", "Activity"}, Plural: Label{"跟进记录", "Activities"},
	Title: "subject", Subtitle: []string{"customer", "happened_at"}, Place: "place",
	List: []string{"subject", "type", "customer", "happened_at", "outcome", "stage", "owner", "updated_at"},
	Stages: []Choice{
		c("done", "已完成", "Done").ends(Over), c("planned", "计划中", "Planned"), c("cancelled", "已取消", "Cancelled").ends(Over),
	},
	Fields: []*Field{
		text("subject", policy.General, "主题", "Subject").required().search().sortable(),
		choice("type", policy.General, "跟进方式", "Type",
			c("call", "电话", "Call"), c("visit", "拜访", "Visit"), c("wechat", "微信", "WeChat"), c("email", "邮件", "E-mail"),
			c("meeting", "会议", "Meeting"), c("store", "到店接待", "Store visit"), c("other", "其他", "Other")).from("call"),
		customerRef().required(),
		contactRef(),
		opportunityRef(),
		contractRef(),
		ticketRef(),
		instant("happened_at", policy.General, "跟进时间", "Happened at").required(),
		integer("minutes", policy.General, "时长(分钟)", "Duration (minutes)").in(0, 100_000),
		choice("outcome", policy.General, "跟进结果", "Outcome",
			c("reached", "已沟通", "Reached"), c("unreached", "未联系上", "Not reached"), c("interested", "有意向", "Interested"),
			c("declined", "已拒绝", "Declined"), c("follow_up", "需再跟进", "Needs follow-up")),
		instant("next_contact_at", policy.General, "下次跟进时间", "Next contact"),
		place("签到位置", "Check-in place"),
		notes("content", policy.Communication, "沟通内容", "What was said").search(),
		notes("assessment", policy.Internal, "内部判断", "Assessment"),
	},
	Relations: []Relation{
		parent(customerRef().required()),
		parent(contactRef()),
		parent(opportunityRef()),
		parent(contractRef()),
		parent(ticketRef()),
	},
})
