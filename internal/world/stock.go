package world

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"guan/org"
	"guan/policy"
)

// product and customer rows come first: everything else refers to them.

var productRows = []struct {
	name, category, specification, measure string
	price, cost                            int
}{
	{"云栖三人位布艺沙发", "沙发", "2280×950×780 mm,科技布,浅灰", "件", 6_980, 3_350},
	{"云栖单人沙发", "沙发", "900×880×780 mm,科技布,浅灰", "件", 2_980, 1_420},
	{"木语白橡餐桌", "餐桌", "1600×850×750 mm,北美白橡", "张", 5_280, 2_610},
	{"木语餐椅", "餐椅", "480×520×800 mm,北美白橡", "把", 880, 390},
	{"眠山独立弹簧床垫", "床垫", "1800×2000×240 mm", "张", 4_380, 1_980},
	{"归云双人床", "床", "1800×2000 mm,软包", "张", 5_680, 2_720},
	{"格物整体衣柜", "定制柜", "按投影面积计,颗粒板 E0 级", "平方米", 1_280, 610},
	{"弈人体工学椅", "办公家具", "全网面,可调腰托", "把", 1_680, 760},
	{"弈升降办公桌", "办公家具", "1600×750 mm,双电机", "张", 2_380, 1_130},
	{"弈会议桌", "办公家具", "4200×1400×750 mm", "张", 9_800, 5_050},
	{"和光吊灯", "灯具", "φ600 mm,三色温", "盏", 1_280, 520},
	{"山月窗帘", "软装", "按米计,遮光 90 %", "米", 168, 62},
}

// add makes a record, with the values that the store would write itself.
func (c *Company) add(kind policy.Kind, name string, created, updated int, values map[string]policy.Value) policy.ID {
	key := string(kind) + "/" + name
	id := c.name(key)
	values["id"] = policy.RefOf(id)
	values["created_at"], values["updated_at"] = c.at(created, len(c.Records)*7), c.at(updated, len(c.Records)*11)
	if _, ok := values["tags"]; !ok {
		values["tags"] = policy.SetOf()
	}
	if owner := values["owner"]; !owner.Missing() {
		values["created_by"] = owner
	}
	c.Records = append(c.Records, Record{Key: key, Kind: kind, ID: id, Values: values})
	return id
}

// owned puts a record into the hands of somebody: their home unit becomes its own.
func (c *Company) owned(login string, values map[string]policy.Value) map[string]policy.Value {
	values["owner"] = policy.RefOf(c.ID("person/" + login))
	values["unit"] = c.person(login).Values["unit"]
	return values
}

func (c *Company) stock() {
	for i, p := range productRows {
		values := map[string]policy.Value{
			"name": text(p.name), "code": text(fmt.Sprintf("P%03d", i+1)), "category": text(p.category), "brand": text("关雎"), "specification": text(p.specification),
			"measure": text(p.measure), "price": yuan(p.price), "cost": yuan(p.cost), "floor_price": yuan(p.price * 85 / 100), "currency": text("CNY"),
			"tax_rate": policy.NumberOf(13), "warranty_months": policy.IntOf(24), "stage": text("on_sale"),
		}
		c.add("product", values["code"].Text(), -300+i, -20-i, c.owned("tangx", values))
	}
	r := dice()
	c.oddCustomers(r)
	for _, p := range peopleRows {
		switch p.position {
		case "sales_consultant":
			if p.login == "baix" {
				continue // has not begun
			}
			for n := range 6 {
				c.customer(r, fmt.Sprintf("%s-%d", p.login, n+1), p.unit, n < 2, func(v map[string]policy.Value) { c.owned(p.login, v) })
			}
		case "sales_trainee":
			c.customer(r, p.login+"-1", p.unit, false, func(v map[string]policy.Value) { c.owned(p.login, v) })
			c.customer(r, p.login+"-2", p.unit, true, func(v map[string]policy.Value) { c.owned(p.login, v) })
		case "region_manager":
			c.customer(r, p.login+"-1", regionStore[p.unit], true, func(v map[string]policy.Value) { c.owned(p.login, v) })
		}
	}
	// In the pools nobody owns anything; walk-ins have neither owner nor unit nor pool.
	for i, region := range []string{"华南区", "华东区", "西南区", "华南区", "华东区", "西南区", "华南区"} {
		c.customer(r, fmt.Sprintf("pool-%d", i+1), regionStore[region], i%2 == 0, func(v map[string]policy.Value) { v["pool"] = policy.RefOf(c.ID("pool/" + region)) })
	}
	c.customer(r, "pool-8", "南京西路店", true, func(v map[string]policy.Value) { v["pool"] = policy.RefOf(c.ID("pool/全国")) })
	for _, row := range unitRows {
		if row.kind == "store" {
			c.customer(r, "walk-in-"+row.name, row.name, false, func(v map[string]policy.Value) { v["source"] = text("store") })
		}
	}
}

var regionStore = map[string]string{"华南区": "深圳湾店", "华东区": "陆家嘴店", "西南区": "高新店"}

// customer makes a company or an individual who lives around the store.
func (c *Company) customer(r *rand.Rand, name, store string, company bool, place func(map[string]policy.Value)) {
	n := len(c.Records)
	city := cities[store]
	i := slices.IndexFunc(c.Units, func(u org.Unit) bool { return u.Name == store })
	at := c.Units[i].Place
	stages := []string{"lead", "contacted", "intent", "active", "active", "dormant", "lost"}
	v := map[string]policy.Value{
		"code": text(fmt.Sprintf("C%05d", n)), "country": text("中国"), "state": text(city.province), "city": text(city.city),
		"street": text(fmt.Sprintf("%s%d号", pick(r, city.streets), r.IntN(300)+1)), "phone": text(mobile(2_000 + n)), "source": text(pick(r, sources)),
		"stage": text(pick(r, stages)), "currency": text("CNY"), "level": text(pick(r, []string{"a", "b", "c", "d"})),
		// About half of them within 3 km of the store.
		"place":           policy.PlaceOf(at.Lat+(r.Float64()-0.5)*0.08, at.Lng+(r.Float64()-0.5)*0.08),
		"last_contact_at": c.at(-r.IntN(60)-1, r.IntN(500)),
	}
	if r.IntN(3) == 0 {
		v["remark"] = text(pick(r, remarks))
	}
	if r.IntN(4) == 0 {
		v["tags"] = policy.SetOf(pick(r, []string{"重点", "老客户", "北欧风", "整装", "价格敏感"}), pick(r, []string{"2026秋季", "展会", "工程单"}))
	}
	if company {
		trade := trades[r.IntN(len(trades))]
		v["type"], v["name"] = text("company"), text(city.short+pick(r, brands)+trade.words+"有限公司")
		v["industry"], v["credit_code"] = text(trade.industry), text(creditCode(n))
		v["legal_person"] = text(pick(r, surnames) + pick(r, givenNames))
		v["bank_name"], v["bank_account"] = text("中国工商银行"+city.city+"分行"), text(bankAccount(2_000+n))
		v["annual_revenue"], v["credit_limit"] = yuan((r.IntN(80)+5)*100_000), yuan((r.IntN(20)+1)*10_000)
		v["employees"], v["year_opened"] = policy.IntOf(int64(r.IntN(900)+8)), policy.IntOf(int64(1995+r.IntN(28)))
		v["email"] = text(fmt.Sprintf("contact%d@customer.example", n))
	} else {
		v["type"], v["name"] = text("individual"), text(pick(r, surnames)+pick(r, givenNames))
		v["gender"], v["wechat"] = text(pick(r, []string{"male", "female"})), text(fmt.Sprintf("wx_gj%05d", n))
		if r.IntN(3) == 0 {
			v["id_number"] = text(idCard(n, 1960+r.IntN(45)))
		}
	}
	place(v)
	c.add("customer", name, -r.IntN(500)-61, -r.IntN(60), v)
}

// oddCustomers are those that tests and screenshots ask for by name.
func (c *Company) oddCustomers(r *rand.Rand) {
	odd := func(key, name, store, owner string, company bool, change func(map[string]policy.Value)) {
		c.customer(r, key, store, company, func(v map[string]policy.Value) {
			v["name"] = text(name)
			if owner != "" {
				c.owned(owner, v)
			}
			if change != nil {
				change(v)
			}
		})
	}
	odd("long-name", "深圳市前海深港现代服务业合作区云水谣山庄国际度假酒店及高端服务式公寓室内装饰与软装陈设一体化设计施工总承包有限责任公司(筹)", "深圳湾店", "zhengxl", true, func(v map[string]policy.Value) {
		v["remark"], v["assessment"] = text("展厅项目,合同额大,付款流程长,须走集团采购。"), text("付款慢但可靠,可给到八五折。")
	})
	odd("rare-company", "𠮷野家居(深圳)有限公司", "深圳湾店", "ouyangf", true, nil)
	odd("rare-person", "王䶮", "天河店", "guanyt", false, nil)
	odd("minority-name", "古丽娜扎尔·阿不都热西提", "春熙路店", "aziz", false, nil)
	odd("double-south", "优住空间设计有限公司", "天河店", "guanyt", true, nil)
	odd("double-east", "优住空间设计有限公司", "南京西路店", "gux", true, nil)
	samePhone := func(v map[string]policy.Value) { v["phone"] = text(mobile(9_999)) }
	odd("double-person-1", "王伟", "福田中心店", "liuzq", false, samePhone)
	odd("double-person-2", "王伟", "福田中心店", "madj", false, samePhone)
	odd("no-phone", "诸葛静", "西湖店", "shenyy", false, func(v map[string]policy.Value) {
		delete(v, "phone")
		delete(v, "wechat")
		delete(v, "email")
	})
	odd("no-place", "上官若曦", "西湖店", "shenyy", false, func(v map[string]policy.Value) { delete(v, "place") })
	odd("markup", `O’Brien & Sons <b>"关"</b> 贸易 'x' %`, "陆家嘴店", "jinyl", true, nil)
	odd("latin", "Nordic Living Interior GmbH", "陆家嘴店", "weic", true, func(v map[string]policy.Value) {
		v["phone"], v["currency"] = text("+49 30 901820"), text("EUR")
		delete(v, "credit_code")
	})
	odd("vip", "深圳市锦绣澜庭酒店管理有限公司", "深圳湾店", "zhengxl", true, func(v map[string]policy.Value) { v["tags"] = policy.SetOf("vip", "重点") })
	// Nobody's: no owner, no unit, no pool. Only who sees everything sees it.
	odd("orphan", "无人认领的客户", "高新店", "", false, func(v map[string]policy.Value) { delete(v, "place") })
}
