package access

import "guan/policy"

// sceneTemplates open something for a purpose and close by themselves: with the ticket that they
// stand on, or with their dates. Beside them stand those that share from one department to another
// for good.
var sceneTemplates = []Template{
	set("on_site", "scenes", "上门服务期间开放设备档案", "Devices open while an engineer is on site",
		"维修、安装、保养工单派给谁,谁就在处理期间看到该客户的联系方式、买过什么和全部历史工单;工单解决即关闭",
		"Whoever a repair, installation or maintenance ticket is assigned to sees the customer's contact data, what it bought and all its earlier tickets while the ticket is under way; it closes when the ticket is resolved").
		permit("customer", "read", throughWhere("tickets", own, onSite()), "上门前了解客户", "Know the customer before going there", plain(general, contact)).
		of("service").
		permit("contract", "read", throughWhere("customer", all, having("tickets", mine(), onSite())),
			"上门前了解客户买过的设备", "Know which devices the customer bought", plain(general)).
		of("service").
		permit("ticket", "read", throughWhere("customer", all, having("tickets", mine(), onSite())),
			"上门前了解设备的维修历史", "Know how the devices were maintained", plain(general, communication)).
		of("service"),

	set("campaign", "scenes", "活动期间跨部门通道", "A channel between units for a campaign",
		"如双十一:活动期间,部门负责人看到所选部门(含下级)的客户、合同和金额;默认 14 天,到期自动关闭",
		"While a campaign runs heads of units see the customers, contracts and amounts of the units chosen and below; 14 days unless changed, and it closes by itself").
		permit("customer", "read", policy.Path{Path: policy.PathUnits, Below: true}, "活动期间统一调度", "Steer the campaign together", plain(general, money)).
		of("head").
		permit("contract", "read", policy.Path{Path: policy.PathUnits, Below: true}, "活动期间统一调度", "Steer the campaign together", plain(general, money)).
		of("head").
		days(14),

	set("risk_review", "scenes", "风险核查即时查阅", "Instant read for a risk review",
		"带“风险核查”标签的工单派给谁,谁就立即看到该客户的全部资料、合同和回款,无需审批、全程留痕;工单关闭即关闭",
		"Whoever a ticket with the tag 风险核查 is assigned to reads the customer whole, its contracts and its payments, at once and with a trail; it closes with the ticket").
		permit("customer", "read", throughWhere("tickets", own, reviewed()), "核查风险,不等审批", "Review a risk without waiting",
			plain(general, contact, money, identity, communication)).
		permit("contract", "read", throughWhere("customer", all, having("tickets", mine(), reviewed())), "核查风险,不等审批", "Review a risk without waiting",
			plain(general, money, communication)).
		permit("payment", "read", throughWhere("customer", all, having("tickets", mine(), reviewed())), "核查风险,不等审批", "Review a risk without waiting",
			plain(general, money, identity)),

	set("sales_remarks", "sharing", "市场查看销售备注", "Marketing reads the remarks of sales",
		"市场看到全部客户的备注和跟进内容,不能修改", "Marketing reads the remarks on all customers and the follow-ups, and changes nothing").
		permit("customer", "read", all, "市场了解客户反馈", "Marketing learns what customers say", plain(general, communication)).
		of("marketing").
		permit("activity", "read", all, "市场了解客户反馈", "Marketing learns what customers say", plain(general, communication)).
		of("marketing"),

	set("store_feedback", "sharing", "总部实时看门店反馈", "Headquarters reads feedback as it comes",
		"所选岗位实时看到所选门店(含下级)的服务工单和处理结果,不能修改", "The positions chosen read the tickets of the stores chosen and below as they come, with what came of them, and change nothing").
		permit("ticket", "read", policy.Path{Path: policy.PathUnits, Below: true}, "总部及时了解门店问题", "Headquarters learns of problems in time", plain(general, communication)),
}

// having is the condition that some related record satisfies all of the conditions.
func having(relation string, args ...policy.Cond) policy.Cond {
	return policy.Cond{Op: policy.OpExists, Relation: relation, Args: []policy.Cond{both(args...)}}
}

// mine is the condition that who asks owns the record.
func mine() policy.Cond { return known(policy.OpEq, "owner", "p.id") }

// onSite is the condition on a ticket that somebody is out for, or about to go.
func onSite() policy.Cond {
	return both(stageIn("assigned", "processing", "waiting"), oneOf("type", "repair", "installation", "maintenance"))
}

// reviewed is the condition on a ticket under which a risk is reviewed.
func reviewed() policy.Cond { return both(tagged("tags", "风险核查"), not(stageIn("closed"))) }
