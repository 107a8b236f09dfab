package world

import (
	"fmt"
	"math/rand/v2"

	"guan/policy"
)

// sell makes what hangs on customers: contacts, opportunities, contracts and payments, tickets,
// activities, tasks, collaborators. Every stage of every kind comes about.
func (c *Company) sell() {
	r := rand.New(rand.NewPCG(20261102, 367))
	var companies, all []Record
	for _, rec := range c.Records {
		if rec.Kind == "customer" {
			all = append(all, rec)
			if rec.Values["type"].Text() == "company" {
				companies = append(companies, rec)
			}
		}
	}
	contacts := c.contacts(r, companies)
	opportunities := c.opportunities(r, all)
	contracts := c.contracts(r, opportunities)
	c.tickets(r, all, contacts, contracts)
	c.activities(r, all)
	c.tasks(r, all)
	c.invite()
}

// inherit gives a record the owner and unit of the customer.
func inherit(customer Record, values map[string]policy.Value) map[string]policy.Value {
	values["customer"] = policy.RefOf(customer.ID)
	for _, field := range []string{"owner", "unit"} {
		if v := customer.Values[field]; !v.Missing() {
			values[field] = v
		}
	}
	return values
}

func (c *Company) contacts(r *rand.Rand, companies []Record) map[policy.ID]policy.ID {
	roles := []string{"采购经理", "总经理", "行政主管", "设计总监", "项目经理", "财务主管"}
	main := map[policy.ID]policy.ID{}
	for i, company := range companies {
		for n := range 1 + i%2 {
			k := 3_000 + 2*i + n
			v := map[string]policy.Value{
				"name": text(pick(r, surnames) + pick(r, givenNames)), "code": text(fmt.Sprintf("L%04d", k-2_999)), "role": text(pick(r, roles)), "main": policy.BoolOf(n == 0),
				"phone": text(mobile(k)), "email": text(fmt.Sprintf("person%d@customer.example", k)), "wechat": text(fmt.Sprintf("wx_l%d", k)),
				"birthday": c.on(-365*(28+r.IntN(25)) - r.IntN(365)), "influence": text(pick(r, []string{"decides", "approves", "advises", "uses", "blocks"})),
				"stage": text([]string{"active", "active", "active", "active", "left", "do_not_contact"}[(i+n)%6]),
			}
			if r.IntN(3) == 0 {
				v["interests"] = text(pick(r, []string{"喜欢茶具与书法", "关注环保认证", "周末打羽毛球", "孩子明年上小学"}))
			}
			id := c.add("contact", v["code"].Text(), -60-i, -i%40, inherit(company, v))
			if n == 0 {
				main[company.ID] = id
			}
		}
	}
	return main
}

func (c *Company) opportunities(r *rand.Rand, customers []Record) []Record {
	stages := []struct {
		code        string
		probability float64
	}{{"initial", 10}, {"need", 25}, {"proposal", 45}, {"negotiation", 70}, {"won", 100}, {"lost", 0}}
	first := len(c.Records)
	n := 0
	for i, customer := range customers {
		if customer.Values["owner"].Missing() || i%2 == 1 && customer.Values["type"].Text() != "company" {
			continue
		}
		stage := stages[n%len(stages)]
		n++
		v := map[string]policy.Value{
			"name": text(pick(r, []string{"整装采购", "办公家具更新", "样板间软装", "客厅与餐厅成套", "酒店客房家具", "展厅改造"}) + fmt.Sprintf("(%d)", n)),
			"code": text(fmt.Sprintf("S%04d", n)), "product": policy.RefOf(c.ID("product/" + fmt.Sprintf("P%03d", r.IntN(len(productRows))+1))), "source": text(pick(r, sources)),
			"amount": yuan((r.IntN(120) + 2) * 2_500), "currency": text("CNY"), "expected_on": c.on(r.IntN(120) - 30), "stage": text(stage.code),
			"probability": policy.NumberOf(stage.probability), "margin": policy.NumberOf(float64(r.IntN(30) + 18)), "need": text(pick(r, remarks)),
		}
		switch stage.code {
		case "won":
			v["closed_on"] = c.on(-r.IntN(200) - 5)
		case "lost":
			v["closed_on"], v["lost_reason"] = c.on(-r.IntN(200)-5), text(pick(r, []string{"price", "competitor", "budget", "timing", "silence"}))
			v["competitors"] = text("宜家、顾家")
		}
		c.add("opportunity", v["code"].Text(), -90-n, -n%45, inherit(customer, v))
	}
	return c.Records[first:]
}

func (c *Company) contracts(r *rand.Rand, opportunities []Record) map[policy.ID]policy.ID {
	byCustomer := map[policy.ID]policy.ID{}
	stages := []string{"draft", "review", "signed", "performing", "completed", "terminated"}
	n := 0
	for _, o := range append([]Record(nil), opportunities...) {
		if stage := o.Values["stage"].Text(); stage != "won" && stage != "negotiation" {
			continue
		}
		stage := stages[n%len(stages)]
		n++
		total := o.Values["amount"].Int()
		net := total * 100 / 113 / 100 * 100 // whole 1/100, so that net and tax add up as printed
		signed := -r.IntN(180) - 10
		v := map[string]policy.Value{
			"number": text(fmt.Sprintf("GJHT-2026-%04d", n)), "name": text(o.Values["name"].Text() + "合同"), "opportunity": policy.RefOf(o.ID), "customer": o.Values["customer"],
			"owner": o.Values["owner"], "unit": o.Values["unit"], "signer": o.Values["owner"], "type": text("sale"), "stage": text(stage), "currency": text("CNY"),
			"subtotal": policy.MoneyOf(net), "tax": policy.MoneyOf(total - net), "total": policy.MoneyOf(total), "cost": policy.MoneyOf(net * 6 / 10),
			"payment_terms": text("签订后付 30%,发货前付 60%,验收后付 10%。"),
		}
		if stage != "draft" && stage != "review" {
			v["signed_on"], v["starts_on"], v["ends_on"] = c.on(signed), c.on(signed+5), c.on(signed+370)
		}
		id := c.add("contract", v["number"].Text(), signed-12, -n%50, v)
		if stage != "draft" && stage != "review" {
			v["paid"] = policy.MoneyOf(c.payments(n, id, v, signed, stage))
			byCustomer[v["customer"].ID()] = id
		}
	}
	return byCustomer
}

// payments splits a contract into 30, 60 and 10 per cent and returns what came in.
func (c *Company) payments(n int, contract policy.ID, of map[string]policy.Value, signed int, stage string) int64 {
	total := of["total"].Int()
	parts := []int64{total * 3 / 10, total * 6 / 10, 0}
	parts[2] = total - parts[0] - parts[1]
	stages := map[string][]string{
		"signed": {"paid", "invoiced", "planned"}, "performing": {"paid", "overdue", "planned"}, "completed": {"paid", "paid", "paid"}, "terminated": {"refunded", "written_off", "written_off"},
	}[stage]
	var paid int64
	for i, amount := range parts {
		due := signed + 7 + 45*i
		v := map[string]policy.Value{
			"number": text(fmt.Sprintf("GJHK-2026-%04d-%d", n, i+1)), "contract": policy.RefOf(contract), "customer": of["customer"], "owner": of["owner"], "unit": of["unit"],
			"amount": policy.MoneyOf(amount), "currency": text("CNY"), "due_on": c.on(due), "method": text("transfer"), "stage": text(stages[i]),
			"bank_name": text("招商银行深圳分行"), "bank_account": text(bankAccount(5_000 + n)),
		}
		switch stages[i] {
		case "paid":
			v["paid_on"] = c.on(due - 2)
			paid += amount
		case "invoiced":
			v["invoice_number"], v["invoiced_on"] = text(fmt.Sprintf("2644%08d", n*10+i)), c.on(due-10)
		}
		c.add("payment", v["number"].Text(), signed, -n%20, v)
	}
	return paid
}

func (c *Company) tickets(r *rand.Rand, customers []Record, contacts, contracts map[policy.ID]policy.ID) {
	stages := []string{"new", "assigned", "processing", "waiting", "resolved", "closed"}
	agents := []string{"pengj", "zengl", "suy"}
	for n := range 42 {
		customer := customers[(n*5+3)%len(customers)]
		problem, stage := problems[n%len(problems)], stages[(n+n/8)%len(stages)]
		opened := -n % 60
		v := map[string]policy.Value{
			"number": text(fmt.Sprintf("GD-%04d", n+1)), "subject": text(problem.subject), "type": text(problem.kind), "customer": policy.RefOf(customer.ID), "stage": text(stage),
			"priority": text(pick(r, []string{"low", "normal", "normal", "high", "urgent"})), "channel": text(pick(r, []string{"phone", "wechat", "web", "store"})),
			"description": text(problem.description), "due_at": c.at(opened+3, 480), "unit": policy.RefOf(c.ID("unit/客服中心")), "currency": text("CNY"),
			"product": policy.RefOf(c.ID("product/" + fmt.Sprintf("P%03d", n%len(productRows)+1))),
		}
		if phone := customer.Values["phone"]; !phone.Missing() {
			v["phone"] = phone
		}
		if contact, ok := contacts[customer.ID]; ok {
			v["contact"] = policy.RefOf(contact)
		}
		if contract, ok := contracts[customer.ID]; ok {
			v["contract"] = policy.RefOf(contract)
		}
		if stage != "new" {
			c.owned(agents[n%len(agents)], v)
			v["responded_at"] = c.at(opened, 240)
		}
		if stage == "resolved" || stage == "closed" {
			v["resolved_at"], v["solution"], v["fee"] = c.at(opened+2, 300), text("已上门处理,客户验收签字。"), yuan(r.IntN(4)*80)
			v["cause"] = text("来料批次问题,已反馈工厂。")
		}
		if stage == "closed" {
			v["satisfaction"] = policy.IntOf(int64(r.IntN(3) + 3))
		}
		id := c.add("ticket", v["number"].Text(), opened-1, opened, v)
		if stage == "processing" || stage == "waiting" || stage == "resolved" {
			c.add("activity", v["number"].Text(), opened, opened, c.owned(agents[n%len(agents)], map[string]policy.Value{
				"subject": text("回访:" + problem.subject), "type": text("call"), "customer": policy.RefOf(customer.ID), "ticket": policy.RefOf(id), "stage": text("done"),
				"happened_at": c.at(opened, 300), "outcome": text("reached"), "content": text("已致电客户说明处理进度,客户表示理解。"),
			}))
		}
	}
}

func (c *Company) activities(r *rand.Rand, customers []Record) {
	types := []string{"call", "visit", "wechat", "email", "meeting", "store", "other"}
	outcomes := []string{"reached", "unreached", "interested", "declined", "follow_up"}
	n := 0
	for i, customer := range customers {
		if customer.Values["owner"].Missing() {
			continue
		}
		for range 1 + i%2 {
			n++
			days, stage := -r.IntN(60)-1, "done"
			switch n % 9 {
			case 0:
				days, stage = r.IntN(10)+1, "planned"
			case 5:
				stage = "cancelled"
			}
			v := map[string]policy.Value{
				"subject": text(pick(r, []string{"首次接触", "方案沟通", "报价跟进", "售后回访", "节日问候", "到店体验"})), "type": text(pick(r, types)),
				"happened_at": c.at(days, r.IntN(500)), "stage": text(stage), "minutes": policy.IntOf(int64(r.IntN(50) + 5)),
			}
			if stage == "done" {
				v["outcome"], v["content"] = text(pick(r, outcomes)), text(pick(r, talks))
				v["assessment"] = text(pick(r, []string{"意向较强", "价格敏感", "需要店长支持", "决策人未出面"}))
			}
			c.add("activity", fmt.Sprintf("%04d", n), min(days, -1), min(days, -1), inherit(customer, v))
		}
	}
}

func (c *Company) tasks(r *rand.Rand, customers []Record) {
	stages := []string{"open", "doing", "done", "cancelled"}
	n := 0
	for i, customer := range customers {
		if i%3 != 0 || customer.Values["owner"].Missing() {
			continue
		}
		stage := stages[n%len(stages)]
		n++
		v := map[string]policy.Value{
			"subject": text(pick(r, []string{"准备报价单", "寄送面料样册", "预约量尺", "催收尾款", "整理客户需求", "更新合同附件"})), "stage": text(stage),
			"priority": text(pick(r, []string{"low", "normal", "high", "urgent"})), "due_at": c.at(r.IntN(30)-10, 500), "content": text(pick(r, talks)),
		}
		if stage == "done" {
			v["done_at"] = c.at(-r.IntN(9)-1, 420)
		}
		c.add("task", fmt.Sprintf("%04d", n), -20-n%30, -n%20, inherit(customer, v))
	}
}

// invite makes people collaborators: for good, for a time that runs, for one that is over, and
// for one that has not begun.
func (c *Company) invite() {
	join := func(kind policy.Kind, record, login string, from, until int) {
		m := Member{Kind: kind, Record: c.ID(string(kind) + "/" + record), Person: c.ID("person/" + login)}
		if from != 0 {
			t := c.day(from)
			m.From = &t
		}
		if until != 0 {
			t := c.day(until)
			m.Until = &t
		}
		c.Members = append(c.Members, m)
	}
	join("customer", "long-name", "ouyangf", 0, 0)
	join("customer", "long-name", "liuzq", -10, 20)
	join("customer", "vip", "liuzq", -40, -10)
	join("customer", "vip", "madj", 5, 35)
	join("customer", "latin", "gux", 0, 0)
	join("opportunity", "S0001", "madj", 0, 0)
}
