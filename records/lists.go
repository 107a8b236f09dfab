package records

import "guan/policy"

// Currencies are the ISO 4217 codes that amounts may be in.
var Currencies = []Choice{
	c("CNY", "人民币", "Chinese yuan"), c("USD", "美元", "US dollar"), c("EUR", "欧元", "Euro"),
	c("HKD", "港元", "Hong Kong dollar"), c("JPY", "日元", "Japanese yen"), c("GBP", "英镑", "Pound sterling"),
	c("AUD", "澳元", "Australian dollar"), c("CAD", "加元", "Canadian dollar"), c("SGD", "新加坡元", "Singapore dollar"),
	c("TWD", "新台币", "New Taiwan dollar"), c("MOP", "澳门元", "Macanese pataca"), c("KRW", "韩元", "South Korean won"),
	c("CHF", "瑞士法郎", "Swiss franc"), c("NZD", "新西兰元", "New Zealand dollar"), c("SEK", "瑞典克朗", "Swedish krona"),
	c("NOK", "挪威克朗", "Norwegian krone"), c("DKK", "丹麦克朗", "Danish krone"), c("THB", "泰铢", "Thai baht"),
	c("MYR", "马来西亚林吉特", "Malaysian ringgit"), c("IDR", "印尼盾", "Indonesian rupiah"), c("VND", "越南盾", "Vietnamese dong"),
	c("PHP", "菲律宾比索", "Philippine peso"), c("INR", "印度卢比", "Indian rupee"), c("RUB", "俄罗斯卢布", "Russian rouble"),
	c("AED", "阿联酋迪拉姆", "UAE dirham"), c("SAR", "沙特里亚尔", "Saudi riyal"), c("BRL", "巴西雷亚尔", "Brazilian real"),
	c("MXN", "墨西哥比索", "Mexican peso"), c("ZAR", "南非兰特", "South African rand"), c("TRY", "土耳其里拉", "Turkish lira"),
	c("PLN", "波兰兹罗提", "Polish zloty"), c("CZK", "捷克克朗", "Czech koruna"),
}

// currency is the one field that says in what the amounts of a record are. It always has a
// value, so that a sum never mixes currencies.
func currency() *Field {
	return choice("currency", policy.Amount, "币种", "Currency", Currencies...).from("CNY")
}

func gender(class policy.Class) *Field {
	return choice("gender", class, "性别", "Gender", c("male", "男", "Male"), c("female", "女", "Female"), c("other", "其他", "Other"))
}

func source() *Field {
	return choice("source", policy.General, "来源", "Source",
		c("referral", "转介绍", "Referral"), c("exhibition", "展会", "Exhibition"), c("website", "官网", "Website"),
		c("phone", "电话咨询", "Phone inquiry"), c("advertising", "广告", "Advertising"), c("social", "社交媒体", "Social media"),
		c("store", "到店", "Store visit"), c("outreach", "主动开发", "Outreach"), c("partner", "合作伙伴", "Partner"), c("other", "其他", "Other"))
}

func priority() *Field {
	return choice("priority", policy.General, "优先级", "Priority",
		c("low", "低", "Low"), c("normal", "普通", "Normal"), c("high", "高", "High"), c("urgent", "紧急", "Urgent")).from("normal")
}

// address is the postal address. The street is a way to reach somebody; the city alone is not.
func address() []*Field {
	return []*Field{
		text("country", policy.General, "国家", "Country").max(60),
		text("state", policy.General, "省/州", "State or province").max(60),
		text("city", policy.General, "城市", "City").max(60).search(),
		text("street", policy.Contact, "街道地址", "Street").search(),
		text("street2", policy.Contact, "地址补充", "Street, second line"),
		text("postal_code", policy.Contact, "邮政编码", "Postal code").format(PostalCode),
	}
}

func phone(name, zh, en string) *Field {
	return text(name, policy.Contact, zh, en).format(Phone).max(40).search()
}

func email() *Field {
	return text("email", policy.Contact, "邮箱", "E-mail").format(Email).max(254).search()
}

func wechat() *Field {
	return text("wechat", policy.Contact, "微信号", "WeChat").max(60).search()
}

func bank() []*Field {
	return []*Field{
		text("bank_name", policy.Identity, "开户银行", "Bank"),
		text("bank_account", policy.Identity, "银行账号", "Bank account").format(BankAccount).encrypted(),
	}
}

func customerRef() *Field { return ref("customer", "customer", policy.General, "客户", "Customer") }
func contactRef() *Field  { return ref("contact", "contact", policy.General, "联系人", "Contact") }
func opportunityRef() *Field {
	return ref("opportunity", "opportunity", policy.General, "商机", "Opportunity")
}
func contractRef() *Field { return ref("contract", "contract", policy.General, "合同", "Contract") }
func ticketRef() *Field   { return ref("ticket", "ticket", policy.General, "服务工单", "Ticket") }
func productRef() *Field  { return ref("product", "product", policy.General, "产品", "Product") }

// The relations follow their field, or gather the records of a kind that point here.

func parent(f *Field) Relation {
	return Relation{Name: f.Name, Label: f.Label, Kind: f.Ref, Field: f.Name, NotNull: f.Required}
}

func children(name string, kind policy.Kind, field, zh, en string) Relation {
	return Relation{Name: name, Label: Label{zh, en}, Kind: kind, Field: field, Many: true}
}
