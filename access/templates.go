package access

import "guan/policy"

// guardTemplates are the guards on tags, stages, dates and fields that companies ask for. Words that
// a company may call otherwise, as the name of a tag, are changed in the draft.
var guardTemplates = []Template{
	set("complaint_lock", "tags", "投诉中锁定", "Locked by a complaint",
		"客户带“投诉中”标签期间,除客服外任何人不能修改、转移、删除该客户及其联系人、商机和合同;有该客户未关闭工单或任务的客服打上标签,处理完去掉即解除",
		"While a customer has the tag 投诉中 nobody but service changes, hands on or deletes it, its contacts, its opportunities and its contracts; who of service has an open ticket or task of it sets the tag and, when it is settled, takes it away").
		guard("customer", "edit delete claim release assign", "投诉处理期间由客服统一应对,防止各说各话", "While a complaint is handled service answers alone").
		when(tagged("tags", complaint)).of(Anybody).but("service").
		guard("contact", "edit delete", "投诉处理期间由客服统一应对,防止各说各话", "While a complaint is handled service answers alone").
		when(tagged("customer.tags", complaint)).of(Anybody).but("service").
		guard("opportunity", "edit delete", "投诉处理期间暂停推进商机", "While a complaint is handled opportunities rest").
		when(tagged("customer.tags", complaint)).of(Anybody).but("service").
		guard("contract", "edit delete", "投诉处理期间合同保持原样", "While a complaint is handled contracts stay as they are").
		when(tagged("customer.tags", complaint)).of(Anybody).but("service").
		// These follow the ticket and the task, not the tag: a writer keeps the record that they write
		// within reach, so who reached it by the tag alone could never take the tag away.
		permit("customer", "read edit", throughWhere("tickets", unit, openTicket()), "客服处理投诉并解除锁定", "Service handles the complaint and unlocks the customer",
			plain(general, contact), open("tags", "remark")).
		of("service").
		// A ticket that was handed to somebody may lie in another unit, as that of its customer.
		permit("customer", "read edit", throughWhere("tickets", own, openTicket()), "客服处理派给自己的投诉并解除锁定", "Who of service has the ticket handles the complaint and unlocks the customer",
			plain(general, contact), open("tags", "remark")).
		of("service").
		// To whom a routing gives the complaint has a task, and perhaps no ticket.
		permit("customer", "read edit", throughWhere("tasks", own, stageIn("open", "doing")), "接到投诉任务的客服处理并解除锁定", "Who of service has the task handles the complaint and unlocks the customer",
			plain(general, contact), open("tags", "remark")).
		of("service"),

	set("working_stages", "stages", "销售只在跟进阶段看到完整客户", "Sales see the whole customer in the stages they work",
		"客户不在线索、已接触、意向阶段时,销售看不到联系方式和沟通内容", "Sales see no contact details and no communication of a customer that is past the stages they work").
		guard("customer", "read edit export", "成交后的客户由客服和客户成功团队服务", "Customers who have bought are looked after by service",
			hidden(contact, communication)).
		when(not(stageIn("lead", "contacted", "intent"))).of("sales").but("head", "boss"),

	set("lost_closed", "stages", "流失客户停止联系", "Nobody calls a lost customer",
		"客户流失后,销售看不到联系方式,避免骚扰", "Once a customer is lost sales see no contact details, so that nobody bothers them").
		guard("customer", "read edit export", "尊重已明确拒绝的客户", "Respect those who have said no", hidden(contact)).
		when(stageIn("lost")).of("sales").but("head", "boss"),

	set("first_months", "dates", "新客户前三个月只看基本信息", "Basics only for the first three months",
		"客户录入后 90 天内,除负责人、部门负责人和企业管理者外,只能看到基本信息", "For 90 days after a customer is entered, only its owner, heads and the boss see more than the basics").
		guard("customer", "read edit export", "新客户的关系先由负责人建立", "The owner builds the relationship with a new customer first",
			hidden(contact, money, identity, communication, internal)).
		when(both(known(policy.OpGt, "created_at", "ctx.now - duration('2160h')"), known(policy.OpNe, "owner", "p.id"))).of(Anybody).but("head", "boss"),

	set("renewal", "dates", "续约期开放全部沟通记录", "All communication in the renewal period",
		"合同到期前 90 天内,所选人员看到本部门该客户的全部沟通内容,过期自动关闭", "In the 90 days before a contract ends the people chosen see all communication with that customer of their unit; it closes by itself").
		permit("customer", "read", unit, "续约前了解客户的全部沟通", "Know all that was said before a renewal", plain(general, contact, communication)).
		when(ending("contracts")).
		permit("activity", "read", throughWhere("customer", unit, ending("contracts")),
			"续约前了解客户的全部沟通", "Know all that was said before a renewal", plain(general, contact, communication)),

	set("working_hours", "dates", "非工作时间不导出", "No export outside working hours",
		"北京时间 8 点至 20 点之外,任何人不能导出客户、联系人、商机和合同", "Outside 8:00 to 20:00 Beijing time nobody exports customers, contacts, opportunities and contracts").
		closedAtNight("customer").closedAtNight("contact").closedAtNight("opportunity").closedAtNight("contract"),

	set("money_only_for", "fields", "金额与银行账户仅财务可见", "Amounts and bank accounts for finance alone",
		"除财务和企业管理者外,任何人看不到金额、证件和银行账户", "Nobody but finance and the boss sees amounts, documents and bank accounts").
		amounts("customer", money, identity).amounts("opportunity", money).amounts("contract", money).amounts("payment", money, identity),

	set("finance_no_contact", "fields", "财务只看金额,不看联系方式", "Finance sees money, no contact data",
		"财务看不到客户和联系人的联系方式与沟通内容,即使还有其他权限包", "Finance sees no contact details and no communication, whatever else its people hold").
		guard("customer", "read edit export", "财务只需要金额与账户", "Finance needs amounts and accounts", hidden(contact, communication)).of("finance").but("head", "boss").
		guard("contact", "read edit export", "财务只需要金额与账户", "Finance needs amounts and accounts", hidden(contact, communication)).of("finance").but("head", "boss"),

	set("preferences_only", "fields", "美容师、顾问只看偏好,不看消费", "Advisers see preferences, not spending",
		"所选岗位看不到客户的金额、合同和回款;消费记录由店长掌握", "The positions chosen see no amounts, contracts or payments of a customer; the head of the shop does").
		guard("customer", "read edit export", "服务人员只需要了解客户偏好", "Whoever serves a customer needs to know what they like", hidden(money, identity)).
		guard("contract", "read edit delete export", "消费记录由店长掌握", "Spending is known to the head of the shop").
		guard("payment", "read edit delete export", "消费记录由店长掌握", "Spending is known to the head of the shop"),

	set("vip_export", "tags", "导出重点客户须双重审批", "Exporting VIPs takes two approvals",
		"带“VIP”标签的客户,即使有导出权,也须部门负责人和 IT 先后批准才能导出", "Customers with the tag VIP are exported only after the head and IT have approved it, also by who may export").
		guard("customer", "export", "重点客户名单外流损失最大", "A list of VIPs is what would be missed most").
		when(tagged("tags", "VIP")).of(Anybody).but("boss").approvedBy("@head", "@pack:administrator"),

	set("sensitive_export", "fields", "导出敏感字段须双重审批", "Exporting sensitive fields takes two approvals",
		"导出中包含证件与账号,即使有导出权,也须部门负责人和 IT 先后批准", "An export with documents and accounts takes the approval of the head and of IT, also by who may export").
		guard("customer", "export", "证件与账号外流不可挽回", "Documents and accounts that are out cannot be called back", masked(identity)).
		of(Anybody).but("boss").approvedBy("@head", "@pack:administrator"),

	set("transfer_approval", "fields", "转交客户须审批", "Handing customers on takes an approval",
		"任何人转交客户都须记录所在部门的负责人批准,单个或批量、改负责人或重新分配都一样;从公海分配不在此列",
		"Whoever hands a customer on, one or many, by its owner or by assigning it anew, needs the approval of the head over it; what lies in a pool is assigned as before").
		guard("customer", "edit", "客户归属的变动须有第二人知晓", "A second person knows whose a customer becomes", fixed("owner")).
		of(Anybody).but("boss").approvedBy("@owner_head").
		// Who may assign gives a customer that has an owner another one, without an edit.
		guard("customer", "assign", "客户归属的变动须有第二人知晓", "A second person knows whose a customer becomes").
		when(policy.Cond{Op: policy.OpHas, Field: "owner"}).of(Anybody).but("boss").approvedBy("@owner_head"),

	set("signing_approval", "stages", "合同签订须复核", "Signing a contract takes a second pair of eyes",
		"合同进入或离开“已签订”,以及直接建为已签订或之后的合同,须直属负责人和财务都同意;不许跳过“已签订”的走法在阶段设置中规定",
		"A contract comes into the stage 'signed' and leaves it, or is made in that stage or a later one, when the head and finance have agreed; that nobody passes 'signed' by is said in the moves of the stages").
		guard("contract", "edit", "签订前由业务与财务共同复核", "Business and finance look at it before it is signed", fixed("stage")).
		when(stageIn("signed")).of(Anybody).but("boss").approvedBy("@head+@pack:finance").
		guard("contract", "create", "签订前由业务与财务共同复核", "Business and finance look at it before it is signed").
		when(stageIn("signed", "performing", "completed")).of(Anybody).but("boss").approvedBy("@head+@pack:finance"),

	set("region_groups", "sharing", "按门店组划分区域", "Parts of a region by groups of stores",
		"所选岗位看到所选门店(含下级)的客户", "The positions chosen see the customers of the stores chosen and what is below them").
		permit("customer", "read", policy.Path{Path: policy.PathUnits, Below: true}, "分管一片区域的门店", "Answer for a group of stores", plain(general, contact)),
}

// complaint is the tag of customers with a complaint.
const complaint = "投诉中"

// ending is the condition that a contract that runs ends within 90 days.
func ending(relation string) policy.Cond {
	return having(relation,
		stageIn("signed", "performing"),
		known(policy.OpGe, "ends_on", "ctx.now"),
		known(policy.OpLe, "ends_on", "ctx.now + duration('2160h')"),
	)
}

func (t Template) closedAtNight(kind policy.Kind) Template {
	return t.guard(kind, "export", "下班后的导出没有业务理由", "Nothing is exported after hours for a good reason").
		when(policy.Cond{Op: policy.OpKnown, CEL: "ctx.now.getHours('+08:00') < 8 || ctx.now.getHours('+08:00') >= 20"}).of(Anybody)
}

func (t Template) amounts(kind policy.Kind, list ...policy.Class) Template {
	return t.guard(kind, "read edit export", "金额与账户属于财务机密", "Amounts and accounts are for finance", hidden(list...)).of(Anybody).but("finance", "boss")
}
