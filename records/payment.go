package records

import (
	"slices"

	"guan/policy"
)

// payment 回款 is an amount that is due or came in on a contract.
var payment = define(&Kind{
	Name: "payment", Table: "payment",
	Label: Label{"回款", "Payment"}, Plural: Label{"回款", "Payments"},
	Title: "number", Subtitle: []string{"contract", "stage"},
	List: []string{"number", "contract", "customer", "stage", "amount", "currency", "due_on", "paid_on", "owner", "updated_at"},
	Stages: []Choice{
		c("planned", "计划回款", "Planned"), c("invoiced", "已开票", "Invoiced"), c("paid", "已到账", "Paid").ends(Won),
		c("overdue", "已逾期", "Overdue"), c("refunded", "已退款", "Refunded").ends(Lost), c("written_off", "坏账", "Written off").ends(Lost),
	},
	Fields: slices.Concat([]*Field{
		text("number", policy.General, "回款编号", "Number").max(60).required().search().sortable(),
		contractRef().required(),
		customerRef(),
		money("amount", "回款金额", "Amount").required(),
		currency(),
		date("due_on", policy.General, "应收日期", "Due on"),
		date("paid_on", policy.General, "到账日期", "Paid on"),
		choice("method", policy.General, "付款方式", "Method",
			c("transfer", "银行转账", "Bank transfer"), c("cash", "现金", "Cash"), c("cheque", "支票", "Cheque"), c("wechat", "微信支付", "WeChat Pay"),
			c("alipay", "支付宝", "Alipay"), c("card", "银行卡", "Card"), c("draft", "承兑汇票", "Bank draft"), c("other", "其他", "Other")),
		text("payer", policy.General, "付款方", "Payer").search(),
	}, bank(), []*Field{
		text("invoice_number", policy.General, "发票号码", "Invoice number").max(60).search(),
		date("invoiced_on", policy.General, "开票日期", "Invoiced on"),
		notes("remark", policy.Communication, "备注", "Remark").search(),
	}),
	Relations: []Relation{
		parent(contractRef().required()),
		parent(customerRef()),
	},
})
