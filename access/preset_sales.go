package access

import "guan/policy"

// sales works on what is theirs. What colleagues in the same unit own stays out of sight; a
// company that wants names to be seen switches on the sharing 'colleagues' (see Sharings).
//
// A contract belongs to whoever signed it, not to the customer's present owner: it is read by
// its own owner. Contacts have no reach of their own: they follow their customer, so that after a
// transfer nothing is left with the seller before.
var sales = pack("sales", "销售", "Sales",
	"跟进自己的客户与商机,签订合同", "Works on their own customers and opportunities and signs contracts").
	permit("customer", "own", "read create edit export release", own,
		"销售开发并跟进自己负责的客户", "Sales people win and follow up the customers they own",
		edit(general, contact, money, communication, internal), masked(identity), placed, fixed("credit_limit")).
	permit("customer", "reveal", "reveal", own,
		"销售签约开票时核对自己客户的证件与账号", "Sales people check the documents and accounts of their own customers when they sign and invoice",
		plain(identity)).
	permit("customer", "team", "read edit", team,
		"销售协同跟进同事邀请的客户", "Sales people help with customers whose team they are on",
		edit(general, contact, communication), plain(money, internal), masked(identity), placed).
	permit("customer", "pool", "read claim", pool,
		"销售在公海中挑选要领取的客户,领取前只见基本信息", "Sales people look through the pools; before a claim they see general information only",
		plain(general)).
	permit("contact", "customer", "read create edit export", through("customer", own),
		"销售维护自己客户的联系人", "Sales people keep the contacts of their own customers",
		edit(general, contact, communication, internal), placed).
	permit("contact", "team", "read create", through("customer", team),
		"销售维护协同客户的联系人", "Sales people keep the contacts of customers whose team they are on",
		edit(general, contact, communication), plain(internal), placed).
	// A contact stays with its customer: pointed at one of their own, it would be theirs for good.
	permit("contact", "team_edit", "edit", through("customer", team),
		"销售维护协同客户的联系人", "Sales people keep the contacts of customers whose team they are on",
		edit(general, contact, communication), plain(internal), placed, fixed("customer")).
	permit("opportunity", "own", "read edit export", own,
		"销售推进自己负责的商机", "Sales people advance the opportunities they own",
		edit(general, money, communication, internal), placed).
	permit("opportunity", "customer", "read create", through("customer", own),
		"销售为自己的客户建立商机,并了解客户上的全部商机", "Sales people open opportunities on their own customers and know all that stand there",
		edit(general, money, communication, internal), placed).
	permit("opportunity", "team", "read edit", team,
		"销售协同推进同事邀请的商机", "Sales people help with opportunities whose team they are on",
		edit(general, money, communication), plain(internal), placed, fixed("customer")).
	permit("contract", "own", "read edit export", own,
		"销售履行自己签订的合同", "Sales people perform the contracts they signed",
		edit(general, money, communication), placed, fixed("paid")).
	permit("contract", "customer", "create", through("customer", own),
		"销售与自己的客户签订合同", "Sales people sign contracts with their own customers",
		edit(general, money, communication), placed, fixed("paid")).
	permit("contract", "team", "read", team,
		"销售了解协同合同", "Sales people know the contracts whose team they are on",
		plain(general, money, communication)).
	permit("ticket", "own", "read edit", own,
		"销售处理派给自己的工单", "Sales people handle the tickets assigned to them",
		edit(general, contact, communication), plain(money), placed).
	permit("ticket", "customer", "read create", through("customer", own),
		"销售为自己的客户报修、派给客服,并了解处理进度", "Sales people open tickets for their own customers, hand them to service, and follow their progress",
		edit(general, contact, communication), plain(money)).
	permit("activity", "own", "read edit", own,
		"销售记录自己的跟进", "Sales people keep the record of their own follow-ups",
		edit(general, contact, communication, internal), placed).
	permit("activity", "customer", "read create", through("customer", own),
		"销售了解并记录自己客户的全部跟进", "Sales people know and record every follow-up on their own customers",
		edit(general, contact, communication, internal), placed).
	permit("activity", "team", "read create", through("customer", team),
		"销售记录协同客户的跟进", "Sales people record follow-ups on customers whose team they are on",
		edit(general, contact, communication, internal), placed).
	permit("payment", "contract", "read", through("contract", own),
		"销售了解自己合同的回款", "Sales people know what was paid on their contracts",
		plain(general, money, communication), masked(identity)).
	permit("product", "all", "read", all,
		"销售查询产品与标准价格", "Sales people look up products and list prices",
		plain(general, money))

// observer is a sales person on probation: own records only, contacts masked. Its forbids hold
// whatever else the person has, so the pack can be laid on top of another for the time.
var observer = pack("observer", "观察期", "Observer",
	"新人或离职交接期:只看自己的,联系方式掩码,不能导出和删除", "On probation or leaving: own records only, contact details masked, no export, no delete").
	permit("customer", "own", "read edit", own,
		"观察期人员跟进分给自己的客户", "Observers follow up the customers assigned to them",
		edit(general, communication), masked(contact, money), placed).
	permit("contact", "customer", "read", through("customer", own),
		"观察期人员了解自己客户的联系人", "Observers know the contacts of their own customers",
		plain(general, communication), masked(contact)).
	permit("opportunity", "own", "read edit", own,
		"观察期人员推进分给自己的商机", "Observers advance the opportunities assigned to them",
		edit(general, money, communication), placed).
	permit("opportunity", "customer", "create", through("customer", own),
		"观察期人员为自己的客户建立商机", "Observers open opportunities on their own customers",
		edit(general, money, communication), placed).
	permit("contract", "own", "read", own,
		"观察期人员了解自己的合同", "Observers know their own contracts",
		plain(general, communication), masked(money)).
	permit("ticket", "own", "read edit", own,
		"观察期人员处理派给自己的工单", "Observers handle the tickets assigned to them",
		edit(general, communication), masked(contact), placed).
	permit("activity", "own", "read edit", own,
		"观察期人员记录自己的跟进", "Observers keep the record of their own follow-ups",
		edit(general, communication), masked(contact), placed).
	permit("activity", "customer", "create", through("customer", own),
		"观察期人员为自己的客户记录跟进", "Observers record follow-ups on their own customers",
		edit(general, communication), placed).
	permit("product", "all", "read", all,
		"观察期人员查询产品与标准价格", "Observers look up products and list prices",
		plain(general, money)).
	observed("customer", contact).observed("contact", contact).observed("opportunity").observed("contract").
	observed("ticket", contact).observed("activity", contact).observed("payment")

// observed adds the forbids of the observer pack on a kind: no export, no delete, and the
// classes masked.
func (p Pack) observed(kind policy.Kind, hide ...policy.Class) Pack {
	p = p.forbid(kind, "no_export", "export delete",
		"观察期内不得导出和删除", "Nothing leaves and nothing is deleted while somebody is observed")
	if len(hide) == 0 {
		return p
	}
	return p.forbid(kind, "masked", "read create edit export",
		"观察期内联系方式掩码", "Contact details stay masked while somebody is observed", masked(hide...))
}
