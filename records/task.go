package records

import "guan/policy"

// task 任务 is something its owner has to do.
var task = define(&Kind{
	Name: "task", Table: "task",
	Label: Label{"任务", "Task"}, Plural: Label{"任务", "Tasks"},
	Title: "subject", Subtitle: []string{"due_at", "customer"},
	List: []string{"subject", "stage", "priority", "due_at", "customer", "owner", "updated_at"},
	Stages: []Choice{
		c("open", "待办", "Open"), c("doing", "进行中", "In progress"), c("done", "已完成", "Done").ends(Over), c("cancelled", "已取消", "Cancelled").ends(Over),
	},
	Fields: []*Field{
		text("subject", policy.General, "主题", "Subject").required().search().sortable(),
		priority(),
		instant("due_at", policy.General, "截止时间", "Due at"),
		instant("done_at", policy.General, "完成时间", "Done at"),
		customerRef(),
		contactRef(),
		opportunityRef(),
		contractRef(),
		ticketRef(),
		notes("content", policy.Communication, "任务内容", "Content").search(),
	},
	Relations: []Relation{
		parent(customerRef()),
		parent(contactRef()),
		parent(opportunityRef()),
		parent(contractRef()),
		parent(ticketRef()),
	},
})
