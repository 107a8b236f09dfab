package access

import "guan/policy"

// boss sees and does everything with records, and may give every right on.
var boss = func() Pack {
	p := pack("boss", "企业管理者", "Boss",
		"看到并处理企业的全部数据,可以授予任何权限", "Sees and handles all data of the company and may give any right")
	for _, kind := range Kinds {
		actions := "read create edit delete export figures reveal"
		if kind == "customer" {
			actions += " claim release assign"
		}
		p = p.permit(kind, "all", actions, all,
			"企业管理者掌握经营全貌", "The boss has the whole business in view",
			edit(policy.Everything))
	}
	return p.may("org", "people", "policy", "audit", "tokens", "import", "duplicates")
}()

// head leads units: everything in the units they head and below, identity documents masked. It
// gives nothing to whoever heads nothing, so it may be assigned widely.
//
// A record that a head puts into the pool or takes out of it is within their reach before the
// change by one path and after it by the other: that is how customers are handed out.
var head = pack("head", "部门负责人", "Department head",
	"管理所负责部门及下级部门的全部业务与人员", "Manages all business and people of the units they head and those below").
	permit("customer", "headed", "read create edit delete export release assign", headed,
		"部门负责人管理本部门的客户,可分配给下属", "Heads manage the customers of their units and hand them to their people",
		edit(general, contact, money, communication, internal), masked(identity), fixed("credit_limit")).
	permit("customer", "reveal", "reveal", headed,
		"部门负责人核对本部门客户的证件与账号", "Heads check the documents and accounts of their units' customers",
		plain(identity)).
	permit("customer", "pool", "read edit assign", pool,
		"部门负责人把公海客户分配给下属", "Heads hand customers from the pools to their people",
		plain(general), masked(contact), open("owner", "unit", "pool")).
	permit("customer", "into_pool", "create", pool,
		"部门负责人把名单导入公海", "Heads bring lists of customers into the pools",
		edit(general, contact, communication, internal), fixed("owner")).
	permit("contact", "customer", "read create edit delete export", through("customer", headed),
		"部门负责人管理本部门客户的联系人", "Heads manage the contacts of their units' customers",
		edit(general, contact, communication, internal)).
	permit("opportunity", "headed", "read create edit delete export", headed,
		"部门负责人管理本部门的商机", "Heads manage the opportunities of their units",
		edit(general, money, communication, internal)).
	permit("opportunity", "customer", "read", through("customer", headed),
		"部门负责人了解本部门客户的全部商机", "Heads know all opportunities with their units' customers",
		plain(general, money, communication, internal)).
	permit("contract", "headed", "read create edit export", headed,
		"部门负责人管理本部门签订的合同", "Heads manage the contracts their units signed",
		edit(general, money, communication), plain(internal), fixed("paid")).
	permit("contract", "draft", "delete", headed,
		"部门负责人清理本部门作废的合同草稿", "Heads clear away drafts that came to nothing",
		plain(general, money, communication, internal)).when(stageIn("draft")).
	permit("ticket", "headed", "read create edit delete export", headed,
		"部门负责人管理本部门的服务工单", "Heads manage the tickets of their units",
		edit(general, contact, money, communication, internal)).
	permit("ticket", "customer", "read", through("customer", headed),
		"部门负责人了解本部门客户的服务情况", "Heads know how their units' customers are served",
		plain(general, contact, money, communication)).
	permit("activity", "headed", "read create edit", headed,
		"部门负责人检查本部门的跟进", "Heads look after the follow-ups of their units",
		edit(general, contact, communication, internal)).
	permit("activity", "customer", "read", through("customer", headed),
		"部门负责人了解本部门客户的全部跟进", "Heads know every follow-up on their units' customers",
		plain(general, contact, communication, internal)).
	permit("payment", "contract", "read export", through("contract", headed),
		"部门负责人了解本部门合同的回款", "Heads know what was paid on their units' contracts",
		plain(general, money, communication), masked(identity)).
	permit("payment", "reveal", "reveal", through("contract", headed),
		"部门负责人核对本部门回款的付款账号", "Heads check the accounts from which their units' contracts were paid",
		plain(identity)).
	permit("product", "all", "read", all,
		"部门负责人了解产品、价格与成本", "Heads know products, prices and costs",
		plain(general, money, internal)).
	permit("task", "headed", "read create edit delete", headed,
		"部门负责人安排本部门的任务", "Heads set the tasks of their units",
		edit(general, communication)).
	permit("person", "headed", "read", headed,
		"部门负责人了解本部门的员工", "Heads know the people of their units",
		plain(general, contact)).
	may("import", "break_glass")

// staff is for everybody: their own record and their own tasks. Whoever has no other pack sees
// no business data.
var staff = pack("staff", "员工", "Staff",
	"每位员工的基础权限:自己的档案、自己的任务、组织架构", "What everybody has: their own record, their own tasks, the organisation").
	permit("person", "own", "read edit", own,
		"员工查看自己的档案,更新自己的联系方式", "People see their own record and keep their contact details up to date",
		plain(general, money, identity), edit(contact)).
	permit("task", "own", "read create edit delete export", own,
		"员工安排自己的任务", "People keep their own tasks",
		edit(general, communication), placed)
