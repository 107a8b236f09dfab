package access

import "guan/policy"

// service handles tickets, and sees of a customer what it takes to call back: as long as one of
// the tickets within reach is open, and no amounts.
var service = pack("service", "客服", "Service",
	"处理工单;工单未关闭期间可见相关客户与联系人的联系方式", "Handles tickets; sees how to reach the customer while a ticket is open").
	permit("ticket", "own", "read create edit", own,
		"客服处理派给自己的工单", "Service people handle the tickets assigned to them",
		edit(general, contact, money, communication, internal), fixed("unit", "pool")).
	permit("ticket", "unit", "read create edit", unit,
		"客服互相接手本部门的工单", "Service people take over each other's tickets within the unit",
		edit(general, contact, money, communication, internal), fixed("unit", "pool")).
	permit("customer", "ticket", "read", throughWhere("tickets", own, openTicket()),
		"客服联系自己未关闭工单的客户", "Service people reach the customers of their open tickets",
		plain(general, contact)).
	permit("customer", "unit_ticket", "read", throughWhere("tickets", unit, openTicket()),
		"客服联系本部门未关闭工单的客户", "Service people reach the customers of the unit's open tickets",
		plain(general, contact)).
	permit("contact", "ticket", "read", throughWhere("tickets", own, openTicket()),
		"客服联系自己未关闭工单的联系人", "Service people reach the contacts on their open tickets",
		plain(general, contact)).
	permit("contact", "unit_ticket", "read", throughWhere("tickets", unit, openTicket()),
		"客服联系本部门未关闭工单的联系人", "Service people reach the contacts on the unit's open tickets",
		plain(general, contact)).
	permit("contract", "ticket", "read", throughWhere("tickets", unit, openTicket()),
		"客服核对工单所属合同的期限", "Service people check the term of the contract behind a ticket",
		plain(general)).
	permit("activity", "own", "read edit", own,
		"客服记录自己的回访", "Service people keep the record of their own calls",
		edit(general, contact, communication, internal), placed).
	permit("activity", "ticket", "read create", through("ticket", own),
		"客服记录自己工单的处理过程", "Service people record the course of their tickets",
		edit(general, contact, communication, internal), placed).
	permit("activity", "unit_ticket", "read create", through("ticket", unit),
		"客服了解本部门工单的处理过程", "Service people know the course of the unit's tickets",
		edit(general, contact, communication, internal), placed).
	permit("product", "all", "read", all,
		"客服查询产品与质保", "Service people look up products and warranties",
		plain(general)).
	may("break_glass")

// finance sees all money and accounts and nobody's telephone number.
var finance = pack("finance", "财务", "Finance",
	"管理合同金额、回款与开票账号;看不到联系方式", "Manages amounts, payments and accounts; sees no contact details").
	permit("customer", "all", "read edit export", all,
		"财务维护客户的开票与账号信息、信用额度", "Finance keeps the customers' accounts and credit limits",
		plain(general, money), edit(identity), open("credit_limit")).
	permit("contract", "all", "read edit export", all,
		"财务核对合同金额与回款", "Finance checks the amounts of contracts and what was paid",
		plain(general, communication, internal), edit(money)).
	permit("payment", "all", "read create edit export", all,
		"财务登记回款", "Finance books payments",
		edit(general, money, identity, communication), placed).
	permit("product", "all", "read", all,
		"财务了解产品价格与成本", "Finance knows prices and costs",
		plain(general, money, internal)).
	may("import")

// marketing sees the whole market, and nobody's number or account.
var marketing = pack("marketing", "市场", "Marketing",
	"了解全部客户的基本信息,管理标签与线索、产品资料;看不到金额", "Knows the general information of all customers, keeps tags, leads and products; sees no amounts").
	permit("customer", "all", "read", all,
		"市场分析客户构成", "Marketing analyses who the customers are",
		plain(general), masked(contact)).
	permit("customer", "tags", "edit", all,
		"市场为活动给客户打标签", "Marketing tags customers for campaigns",
		plain(general), masked(contact), open("tags")).
	permit("customer", "own", "read create edit export", own,
		"市场培育自己获取的线索", "Marketing nurtures the leads it won",
		edit(general, contact, communication), placed).
	permit("contact", "customer", "read create edit", through("customer", own),
		"市场维护自己线索的联系人", "Marketing keeps the contacts of its own leads",
		edit(general, contact, communication), placed).
	permit("opportunity", "all", "read", all,
		"市场评估线索转化", "Marketing measures how leads turn into opportunities",
		plain(general)).
	permit("opportunity", "figures", "figures", all,
		"市场按组统计商机的数量与金额,不看单条金额", "Marketing knows the number and amounts of opportunities by group, and no single amount",
		plain(general, money)).
	permit("contract", "figures", "figures", all,
		"市场按组统计成交结果,不看单份合同", "Marketing knows what was sold by group, and no single contract",
		plain(general, money)).
	permit("activity", "own", "read edit", own,
		"市场记录自己的跟进", "Marketing keeps the record of its own follow-ups",
		edit(general, contact, communication, internal), placed).
	permit("activity", "customer", "read create", through("customer", own),
		"市场记录自己线索的跟进", "Marketing records follow-ups on its own leads",
		edit(general, contact, communication, internal), placed).
	permit("product", "all", "read create edit", all,
		"市场维护产品资料", "Marketing keeps the product information",
		edit(general), plain(money), placed).
	may("import")

// analyst has the figures of the whole business, and not one row of it.
var analyst = func() Pack {
	p := pack("analyst", "经营分析", "Analyst",
		"只看统计数字:按组的数量、合计与平均;看不到任何单条记录", "Sees figures alone: counts, sums and averages by group; no single record")
	for _, kind := range []policy.Kind{"customer", "opportunity", "contract", "payment", "ticket"} {
		p = p.permit(kind, "figures", "figures", all,
			"经营分析只需要统计数字", "Whoever analyses the business needs figures alone",
			plain(general, money))
	}
	return p
}()

// administrator configures the product and sees no customer.
var administrator = pack("administrator", "系统管理员", "Administrator",
	"管理组织、员工、权限、令牌与导入;默认看不到客户数据", "Manages the organisation, people, rules, tokens and imports; sees no customer data by default").
	permit("person", "all", "read create edit", all,
		"系统管理员维护员工档案与账号,看不到证件与薪酬", "Administrators keep staff records and accounts, without documents and pay",
		edit(general, contact)).
	may("org", "people", "policy", "tokens", "import", "duplicates")

// auditor reads that everything exists and how it was handled, not what stands in it.
var auditor = func() Pack {
	p := pack("auditor", "审计", "Auditor",
		"查看全部记录的基本信息与审计记录,其余字段掩码;不能修改", "Reads the general information of every record and the audit log, all else masked; changes nothing")
	for _, kind := range Kinds {
		p = p.permit(kind, "all", "read", all,
			"审计检查数据与操作是否合规", "Auditors check that data and actions follow the rules",
			plain(general), masked(policy.Everything))
	}
	return p.may("audit")
}()
