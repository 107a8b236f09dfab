package records

import (
	"slices"

	"guan/policy"
)

// customer 客户 is a company or an individual that buys, or might.
var customer = define(&Kind{
	Name: "customer", Table: "customer",
	Label: Label{"客户", "Customer"}, Plural: Label{"客户", "Customers"},
	Title: "name", Subtitle: []string{"code", "city"}, Place: "place", Claimed: true,
	List: []string{"name", "type", "stage", "phone", "city", "industry", "owner", "tags", "updated_at"},
	Stages: []Choice{
		c("lead", "线索", "Lead"), c("contacted", "已接触", "Contacted"), c("intent", "意向", "Interested"),
		c("active", "成交", "Active"), c("dormant", "沉睡", "Dormant"), c("lost", "流失", "Lost").ends(Lost),
	},
	Fields: slices.Concat([]*Field{
		text("name", policy.General, "客户名称", "Name").required().spoken().sortable(),
		choice("type", policy.General, "客户类型", "Type", c("company", "企业", "Company"), c("individual", "个人", "Individual")).from("company"),
		text("code", policy.General, "客户编码", "Customer code").max(60).search().sortable(),
		text("handle", policy.General, "会员账号", "Handle").max(60).search(),
		customerParent,
		choice("industry", policy.General, "行业", "Industry",
			c("it", "信息技术", "Information technology"), c("manufacturing", "制造业", "Manufacturing"), c("retail", "零售", "Retail"),
			c("wholesale", "批发贸易", "Wholesale and trade"), c("finance", "金融", "Finance"), c("education", "教育", "Education"),
			c("health", "医疗健康", "Health care"), c("property", "房地产", "Real estate"), c("construction", "建筑", "Construction"),
			c("hospitality", "餐饮住宿", "Hospitality"), c("logistics", "物流运输", "Logistics"), c("agriculture", "农业", "Agriculture"),
			c("energy", "能源", "Energy"), c("media", "文化传媒", "Media"), c("government", "政府机构", "Government"), c("other", "其他", "Other")),
		text("business_type", policy.General, "经营类型", "Business type").max(60),
		text("specialty", policy.General, "主营方向", "Specialty").max(100),
		source(),
		text("region", policy.General, "大区", "Region").max(60),
		text("territory", policy.General, "销售区域", "Territory").max(60),
	}, address(), []*Field{
		place("位置", "Place"),
		phone("phone", "电话", "Phone"),
		phone("phone2", "备用电话", "Second phone"),
		email(),
		wechat(),
		text("website", policy.General, "网站", "Website").format(URL).max(500),
		text("credit_code", policy.General, "统一社会信用代码", "Unified social credit code").format(CreditCode).search(),
		text("legal_person", policy.General, "法定代表人", "Legal representative").max(60),
		text("id_number", policy.Identity, "身份证号", "ID card number").format(IDCard).encrypted(),
		text("passport_number", policy.Identity, "其他证件号", "Other document number").format(Document).encrypted(),
		gender(policy.General),
		date("birthday", policy.Contact, "生日", "Birthday"),
	}, bank(), []*Field{
		money("annual_sales", "年销售额", "Annual sales"),
		money("annual_revenue", "年营业收入", "Annual revenue"),
		money("credit_limit", "信用额度", "Credit limit"),
		currency(),
		integer("employees", policy.General, "员工人数", "Employees").in(0, 10_000_000),
		number("square_feet", policy.General, "营业面积(平方英尺)", "Floor area (sq ft)").format(Area).in(0, 1e9),
		integer("year_opened", policy.General, "成立年份", "Year opened").in(1000, 9999),
		instant("last_contact_at", policy.General, "最近跟进时间", "Last contact"),
		instant("next_contact_at", policy.General, "下次跟进时间", "Next contact"),
		choice("level", policy.Internal, "客户等级", "Level", c("a", "A 级", "A"), c("b", "B 级", "B"), c("c", "C 级", "C"), c("d", "D 级", "D")),
		notes("assessment", policy.Internal, "内部评价", "Assessment"),
		notes("remark", policy.Communication, "备注", "Remark").search(),
	}),
	Relations: []Relation{
		parent(customerParent),
		children("subsidiaries", "customer", "parent", "下级客户", "Subsidiaries"),
		children("contacts", "contact", "customer", "联系人", "Contacts"),
		children("opportunities", "opportunity", "customer", "商机", "Opportunities"),
		children("contracts", "contract", "customer", "合同", "Contracts"),
		children("payments", "payment", "customer", "回款", "Payments"),
		children("tickets", "ticket", "customer", "服务工单", "Tickets"),
		children("activities", "activity", "customer", "跟进记录", "Activities"),
		children("tasks", "task", "customer", "任务", "Tasks"),
	},
})

var customerParent = ref("parent", "customer", policy.General, "上级客户", "Parent customer")
