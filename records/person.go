package records

import (
	"slices"

	"guan/policy"
)

// person 员工 is a member of staff. Its owner is itself: 'own' means the person's own record.
// Unit is the home unit; what a person may do follows from appointments, not from here.
var person = define(&Kind{
	Name: "person", Table: "person",
	Label: Label{"员工", "Person"}, Plural: Label{"员工", "People"},
	Title: "name", Subtitle: []string{"title", "unit"}, Owner: "id",
	List: []string{"name", "title", "unit", "phone", "email", "stage", "hire_date", "updated_at"},
	Stages: []Choice{
		c("active", "在职", "Active"), c("probation", "试用期", "Probation"), c("leave", "休假", "On leave"), c("left", "已离职", "Left"),
	},
	Fields: slices.Concat([]*Field{
		text("name", policy.General, "姓名", "Name").max(100).required().spoken().sortable(),
		text("login", policy.General, "登录名", "Login").format(Login).max(64).required().search().sortable(),
		text("code", policy.General, "工号", "Staff number").max(60).search().sortable(),
		text("title", policy.General, "职位", "Job title").max(100).search(),
		personManager,
		boolean("active", policy.General, "账号启用", "Account active").initially(true),
		gender(policy.General),
		phone("phone", "电话", "Phone"),
		email(),
		wechat(),
		date("hire_date", policy.General, "入职日期", "Hire date"),
		date("left_on", policy.General, "离职日期", "Left on"),
		date("birthday", policy.Identity, "出生日期", "Date of birth"),
		text("id_number", policy.Identity, "身份证号", "ID card number").format(IDCard).encrypted(),
		text("national_id", policy.Identity, "其他证件号", "Other document number").format(Document).encrypted(),
		text("home_street", policy.Contact, "家庭住址", "Home address"),
		text("emergency_contact", policy.Contact, "紧急联系人", "Emergency contact").max(100),
		text("emergency_phone", policy.Contact, "紧急联系电话", "Emergency phone").format(Phone).max(40),
	}, bank(), []*Field{
		money("hourly_rate", "时薪", "Hourly rate"),
		money("salary", "月薪", "Monthly salary"),
		currency(),
		notes("remark", policy.Internal, "内部备注", "Internal remark"),
	}),
	Relations: []Relation{
		parent(personManager),
		children("reports", "person", "manager", "直接下属", "Direct reports"),
	},
	between: []rule{notBefore("left_on", "hire_date")},
})

var personManager = ref("manager", RefPerson, policy.General, "直接上级", "Manager")
