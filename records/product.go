package records

import "guan/policy"

// product 产品 is something the company sells.
var product = define(&Kind{
	Name: "product", Table: "product",
	Label: Label{"产品", "Product"}, Plural: Label{"产品", "Products"},
	Title: "name", Subtitle: []string{"code"},
	List: []string{"name", "code", "category", "price", "currency", "stage", "updated_at"},
	Stages: []Choice{
		c("draft", "未上架", "Draft"), c("on_sale", "在售", "On sale"), c("discontinued", "停售", "Discontinued").ends(Over),
	},
	Fields: []*Field{
		text("name", policy.General, "产品名称", "Name").required().spoken().sortable(),
		text("code", policy.General, "产品编码", "Product code").max(60).search().sortable(),
		text("category", policy.General, "分类", "Category").max(100).search(),
		text("brand", policy.General, "品牌", "Brand").max(100),
		text("specification", policy.General, "规格型号", "Specification").search(),
		text("measure", policy.General, "计量单位", "Unit of measure").max(20),
		money("price", "标准价格", "List price"),
		currency(),
		number("tax_rate", policy.Amount, "税率", "Tax rate").format(Percent).in(0, 100),
		integer("warranty_months", policy.General, "质保期(月)", "Warranty (months)").in(0, 1200),
		field(Money, "cost", policy.Internal, "成本价", "Cost"),
		field(Money, "floor_price", policy.Internal, "最低售价", "Floor price"),
		notes("description", policy.General, "产品介绍", "Description").search(),
	},
	Relations: []Relation{
		children("opportunities", "opportunity", "product", "商机", "Opportunities"),
		children("tickets", "ticket", "product", "服务工单", "Tickets"),
	},
})
