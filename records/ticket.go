package records

import (
	"slices"

	"guan/policy"
)

// ticket 服务工单 is a customer's wish for service.
var ticket = define(&Kind{
	Name: "ticket", Table: "ticket",
	Label: Label{"服务工单", "Ticket"}, Plural: Label{"服务工单", "Tickets"},
	Title: "subject", Subtitle: []string{"number", "customer"}, Place: "place",
	List: []string{"number", "subject", "customer", "stage", "type", "priority", "due_at", "owner", "updated_at"},
	Stages: []Choice{
		c("new", "待处理", "New"), c("assigned", "已派单", "Assigned"), c("processing", "处理中", "In progress"),
		c("waiting", "等待客户", "Waiting for customer"), c("resolved", "已解决", "Resolved").ends(Over), c("closed", "已关闭", "Closed").ends(Over),
	},
	Fields: slices.Concat([]*Field{
		text("subject", policy.General, "主题", "Subject").required().search().sortable(),
		text("number", policy.General, "工单编号", "Number").max(60).search().sortable(),
		customerRef().required(),
		contactRef(),
		contractRef(),
		productRef(),
		text("serial_number", policy.General, "设备序列号", "Serial number").max(100).search(),
		choice("type", policy.General, "工单类型", "Type",
			c("question", "咨询", "Question"), c("repair", "维修", "Repair"), c("installation", "安装", "Installation"),
			c("complaint", "投诉", "Complaint"), c("return", "退换货", "Return"), c("maintenance", "保养", "Maintenance"), c("other", "其他", "Other")).from("question"),
		priority(),
		choice("channel", policy.General, "受理渠道", "Channel",
			c("phone", "电话", "Phone"), c("wechat", "微信", "WeChat"), c("email", "邮件", "E-mail"), c("web", "网页", "Web"),
			c("store", "门店", "Store"), c("other", "其他", "Other")),
		phone("phone", "回访电话", "Call-back phone"),
	}, address(), []*Field{
		place("服务地点", "Place of service"),
		instant("due_at", policy.General, "截止时间", "Due at"),
		instant("responded_at", policy.General, "首次响应时间", "First response at"),
		instant("resolved_at", policy.General, "解决时间", "Resolved at"),
		integer("satisfaction", policy.General, "满意度(1–5)", "Satisfaction (1–5)").in(1, 5),
		notes("description", policy.Communication, "问题描述", "Description").search(),
		notes("solution", policy.Communication, "处理结果", "Solution").search(),
		money("fee", "服务费用", "Fee"),
		currency(),
		notes("cause", policy.Internal, "内部原因分析", "Internal cause"),
	}),
	Relations: []Relation{
		parent(customerRef().required()),
		parent(contactRef()),
		parent(contractRef()),
		parent(productRef()),
		children("activities", "activity", "ticket", "跟进记录", "Activities"),
		children("tasks", "task", "ticket", "任务", "Tasks"),
	},
})
