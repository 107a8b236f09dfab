package records

import (
	"slices"

	"guan/policy"
)

// contact 联系人 is a person at a customer.
var contact = define(&Kind{
	Name: "contact", Table: "contact",
	Label: Label{"联系人", "Contact"}, Plural: Label{"联系人", "Contacts"},
	Title: "name", Subtitle: []string{"customer", "role"},
	List: []string{"name", "customer", "role", "phone", "email", "stage", "owner", "updated_at"},
	Stages: []Choice{
		c("active", "在职", "Active"), c("left", "已离职", "Left").ends(Over), c("do_not_contact", "勿扰", "Do not contact").ends(Over),
	},
	Fields: slices.Concat([]*Field{
		text("name", policy.General, "姓名", "Name").required().spoken().sortable(),
		text("code", policy.General, "联系人编码", "Contact code").max(60).search().sortable(),
		customerRef().required(),
		text("role", policy.General, "职务", "Job title").max(100).search(),
		text("department", policy.General, "部门", "Department").max(100),
		boolean("main", policy.General, "主要联系人", "Main contact"),
		gender(policy.General),
		phone("phone", "电话", "Phone"),
		phone("phone2", "备用电话", "Second phone"),
		email(),
		wechat(),
		date("birthday", policy.Contact, "生日", "Birthday"),
	}, address(), []*Field{
		source(),
		instant("last_contact_at", policy.General, "最近跟进时间", "Last contact"),
		choice("influence", policy.Internal, "决策角色", "Influence",
			c("decides", "决策人", "Decides"), c("approves", "审批人", "Approves"), c("advises", "影响人", "Advises"),
			c("uses", "使用人", "Uses"), c("blocks", "反对者", "Opposes")),
		notes("interests", policy.Communication, "兴趣与偏好", "Interests").search(),
		notes("remark", policy.Communication, "备注", "Remark").search(),
	}),
	Relations: []Relation{
		parent(customerRef().required()),
		children("opportunities", "opportunity", "contact", "商机", "Opportunities"),
		children("contracts", "contract", "contact", "合同", "Contracts"),
		children("tickets", "ticket", "contact", "服务工单", "Tickets"),
		children("activities", "activity", "contact", "跟进记录", "Activities"),
		children("tasks", "task", "contact", "任务", "Tasks"),
	},
})
