package records

import "guan/policy"

// opportunity 商机 is a sale that may come about.
var opportunity = define(&Kind{
	Name: "opportunity", Table: "opportunity",
	Label: Label{"商机", "Opportunity"}, Plural: Label{"商机", "Opportunities"},
	Title: "name", Subtitle: []string{"customer", "stage"},
	List: []string{"name", "customer", "stage", "amount", "currency", "expected_on", "owner", "updated_at"},
	Stages: []Choice{
		c("initial", "初步接触", "First contact"), c("need", "需求确认", "Need confirmed"), c("proposal", "方案报价", "Proposal"),
		c("negotiation", "商务谈判", "Negotiation"), c("won", "赢单", "Won").ends(Won), c("lost", "输单", "Lost").ends(Lost),
	},
	Gates: []Gate{
		{Stage: "won", From: []string{"need", "proposal", "negotiation"}, Needs: []string{"amount", "closed_on"}},
		{Stage: "lost", From: []string{}, Needs: []string{"lost_reason", "closed_on"}},
	},
	Fields: []*Field{
		text("name", policy.General, "商机名称", "Name").required().spoken().sortable(),
		text("code", policy.General, "商机编码", "Opportunity code").max(60).search().sortable(),
		customerRef().required(),
		contactRef(),
		productRef(),
		source(),
		money("amount", "预计金额", "Expected amount"),
		currency(),
		date("expected_on", policy.General, "预计成交日期", "Expected close"),
		date("closed_on", policy.General, "实际结束日期", "Closed on"),
		choice("lost_reason", policy.General, "输单原因", "Reason lost",
			c("price", "价格", "Price"), c("product", "产品不匹配", "Product does not fit"), c("competitor", "竞争对手", "Competitor"),
			c("budget", "预算取消", "No budget"), c("timing", "时机不对", "Timing"), c("silence", "客户失联", "No answer"), c("other", "其他", "Other")),
		number("probability", policy.Internal, "赢单概率", "Probability").format(Percent).in(0, 100),
		number("margin", policy.Internal, "预计毛利率", "Expected margin").format(Percent).in(-1000, 100),
		text("competitors", policy.Internal, "竞争对手", "Competitors"),
		notes("need", policy.Communication, "客户需求", "Customer's need").search(),
		notes("next_step", policy.Communication, "下一步计划", "Next step").max(1000),
		notes("remark", policy.Communication, "备注", "Remark").search(),
	},
	Relations: []Relation{
		parent(customerRef().required()),
		parent(contactRef()),
		parent(productRef()),
		children("contracts", "contract", "opportunity", "合同", "Contracts"),
		children("activities", "activity", "opportunity", "跟进记录", "Activities"),
		children("tasks", "task", "opportunity", "任务", "Tasks"),
	},
})
