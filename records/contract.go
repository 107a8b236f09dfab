package records

import "guan/policy"

// contract 合同 is what was agreed and signed, an order included. Its owner is who made the
// sale, who need not be the owner of the customer.
var contract = define(&Kind{
	Name: "contract", Table: "contract",
	Label: Label{"合同", "Contract"}, Plural: Label{"合同", "Contracts"},
	Title: "number", Subtitle: []string{"customer", "name"},
	List: []string{"number", "customer", "stage", "total", "currency", "signed_on", "ends_on", "owner", "updated_at"},
	Stages: []Choice{
		c("draft", "草稿", "Draft"), c("review", "审批中", "In review"), c("signed", "已签订", "Signed"),
		c("performing", "履行中", "In performance"), c("completed", "已完成", "Completed").ends(Won), c("terminated", "已终止", "Terminated").ends(Lost),
	},
	Fields: []*Field{
		text("number", policy.General, "合同编号", "Number").max(60).required().search().sortable(),
		text("name", policy.General, "合同名称", "Name").spoken().sortable(),
		customerRef().required(),
		contactRef(),
		opportunityRef(),
		choice("type", policy.General, "合同类型", "Type",
			c("sale", "销售合同", "Sale"), c("service", "服务合同", "Service"), c("framework", "框架协议", "Framework agreement"),
			c("renewal", "续约合同", "Renewal"), c("other", "其他", "Other")).from("sale"),
		text("region", policy.General, "大区", "Region").max(60),
		text("territory", policy.General, "销售区域", "Territory").max(60),
		money("subtotal", "不含税金额", "Subtotal"),
		money("discount", "折扣", "Discount"),
		money("tax", "税额", "Tax"),
		money("freight", "运费", "Freight"),
		money("total", "合同总额", "Total"),
		money("paid", "已回款", "Paid"),
		currency(),
		date("signed_on", policy.General, "签订日期", "Signed on"),
		date("starts_on", policy.General, "开始日期", "Starts on"),
		date("ends_on", policy.General, "结束日期", "Ends on"),
		ref("signer", RefPerson, policy.General, "我方签约人", "Signed by"),
		text("customer_signer", policy.General, "客户签约人", "Customer's signatory").max(100),
		text("payment_terms", policy.Amount, "付款条件", "Payment terms").max(1000).format(Multiline),
		field(Money, "cost", policy.Internal, "成本", "Cost"),
		notes("terms", policy.Communication, "特别约定", "Special terms").search(),
		notes("remark", policy.Communication, "备注", "Remark").search(),
	},
	Relations: []Relation{
		parent(customerRef().required()),
		parent(contactRef()),
		parent(opportunityRef()),
		children("payments", "payment", "contract", "回款", "Payments"),
		children("tickets", "ticket", "contract", "服务工单", "Tickets"),
		children("activities", "activity", "contract", "跟进记录", "Activities"),
		children("tasks", "task", "contract", "任务", "Tasks"),
	},
	between: []rule{notBefore("ends_on", "starts_on")},
})
