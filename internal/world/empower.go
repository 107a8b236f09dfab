package world

import (
	"guan/access"
	"guan/grants"
	"guan/policy"
)

// empower opens the pools and assigns the preset packs: by position, by unit, by person, for a
// time.
func (c *Company) empower() {
	for _, region := range []string{"华南区", "华东区", "西南区"} {
		c.Pools = append(c.Pools, access.Pool{
			ID: c.name("pool/" + region), Name: region + "公海", Open: policy.Who{Any: []policy.Clause{{Unit: c.ID("unit/" + region), Below: true}}},
		})
	}
	c.Pools = append(c.Pools, access.Pool{
		ID: c.name("pool/全国"), Name: "全国公海", Open: policy.Who{Any: []policy.Clause{{Unit: c.ID("unit/关雎生活"), Below: true}}},
	})

	c.assign("staff", policy.Clause{Everyone: true})
	c.assign("boss", policy.Clause{Position: "general_manager"})
	for _, position := range []string{"region_manager", "store_manager", "department_manager"} {
		c.assign("head", policy.Clause{Position: position})
	}
	for _, position := range []string{"region_manager", "store_manager", "sales_consultant"} {
		c.assign("sales", policy.Clause{Position: position})
	}
	c.assign("observer", policy.Clause{Position: "sales_trainee"})
	c.assign("service", policy.Clause{Unit: c.ID("unit/客服中心"), Below: true})
	c.assign("finance", policy.Clause{Unit: c.ID("unit/财务部"), Below: true})
	c.assign("marketing", policy.Clause{Unit: c.ID("unit/市场部"), Below: true})
	c.assign("administrator", policy.Clause{Position: "system_administrator"})
	c.assign("auditor", policy.Clause{Position: "auditor"})
	// 朱逸飞 hands over for a month: what the sales pack gives stays, what observers may not do goes.
	c.assign("observer", policy.Clause{Person: c.ID("person/zhuyf")})
	leaving := &c.Assignments[len(c.Assignments)-1]
	from, until := c.day(-3), c.day(27)
	leaving.From, leaving.Until = &from, &until

	for _, t := range access.Sharings {
		if t.ID == "near_store" {
			c.Sharings = append(c.Sharings, t.For(policy.Clause{Position: "store_manager"}))
		}
	}
	vip := "vip"
	c.Guards = append(c.Guards, policy.Rule{
		ID: "vip", Effect: policy.Forbid, Kind: "customer", Actions: []policy.Action{policy.Read, policy.Edit, policy.Export},
		Who:    policy.Who{Any: []policy.Clause{{Everyone: true}}, Except: []policy.Clause{{Position: "general_manager"}}},
		Where:  policy.Path{Path: policy.PathAll},
		When:   &policy.Cond{Op: policy.OpTag, Field: "tags", Value: &policy.Operand{Text: &vip}},
		Fields: []policy.FieldRule{{Class: policy.Identity, Level: policy.Hidden}},
		Scene:  "贵宾的证件与账号只由总经理经手",
		Origin: policy.Origin{Name: "贵宾隐私"},
	})
}

func (c *Company) assign(pack string, who policy.Clause) {
	key := "assignment/" + pack + "/" + who.Position + who.Unit.String() + who.Person.String()
	c.Assignments = append(c.Assignments, access.Assignment{ID: c.name(key), Pack: pack, Who: who})
}

// lend makes one temporary grant in each state: active, pending, ended, revoked.
func (c *Company) lend() {
	give := func(key, giver, receiver, purpose string, from, until int, customers ...string) *grants.Grant {
		g := grants.Grant{
			ID: c.name("grant/" + key), Giver: c.ID("person/" + giver), Receiver: c.ID("person/" + receiver), Kind: "customer",
			Actions: []policy.Action{policy.Read, policy.Edit},
			Fields: []policy.FieldRule{
				{Class: policy.General, Level: policy.Plain}, {Class: policy.Contact, Level: policy.Plain}, {Class: policy.Communication, Level: policy.Plain},
				{Field: "remark", Level: policy.Plain, Edit: true},
			},
			From: c.day(from), Until: c.day(until), Purpose: purpose,
		}
		for _, key := range customers {
			g.Records = append(g.Records, c.ID("customer/"+key))
		}
		c.Grants = append(c.Grants, g)
		return &c.Grants[len(c.Grants)-1]
	}
	give("active", "huangjg", "gux", "客户迁往上海,联合跟进展厅项目", -5, 25, "long-name", "rare-company")
	give("pending", "huangjg", "ouyangf", "郑晓岚下周休假,代为跟进", 7, 14, "vip")
	give("ended", "shenm", "zhengxl", "协助华东客户在深圳验货", -60, -30, "double-east")
	revoked := c.day(-2)
	give("revoked", "shenm", "madj", "跨区联合投标", -20, 40, "double-east").RevokedAt = &revoked
}

// gather opens one sandbox of the region in the south, with people of the service centre and of marketing.
func (c *Company) gather() {
	from, until := c.day(-3), c.day(18)
	c.Sandboxes = append(c.Sandboxes, grants.Sandbox{
		ID: c.name("sandbox/double11"), Sponsor: c.ID("person/huangjg"), Title: "双十一大客户联合方案", Purpose: "销售、服务与市场一起为重点客户准备双十一方案",
		From: from, Until: until,
		Members: []grants.Member{
			{Person: c.ID("person/luoy"), Mode: grants.Edit, Joined: from},
			{Person: c.ID("person/tangx"), Mode: grants.View, Joined: from},
		},
		Shares: []grants.Share{{
			ID: c.name("sandbox/double11/customers"), Giver: c.ID("person/huangjg"), Kind: "customer", Records: []policy.ID{c.ID("customer/vip"), c.ID("customer/long-name")},
			Actions: []policy.Action{policy.Read, policy.Edit},
			Fields: []policy.FieldRule{
				{Class: policy.General, Level: policy.Plain}, {Class: policy.Communication, Level: policy.Plain}, {Field: "remark", Level: policy.Plain, Edit: true},
			},
			From: from, Until: until,
		}},
	})
}
