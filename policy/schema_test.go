package policy

import "testing"

// testKinds gives a small world with every type of field and of relation: customers with
// contacts and tickets, tickets that always have a customer and perhaps a product.
func testKinds() []*KindSchema {
	field := func(name string, t Type, class Class) *Field {
		return &Field{Name: name, Type: t, Class: class, Column: name}
	}
	ref := func(name string, to Kind, notNull bool) *Field {
		return &Field{Name: name, Type: Ref, Class: General, Column: name + "_id", Refs: to, NotNull: notNull}
	}
	actions := []Action{Read, Create, Edit, Delete, Export}
	customer := &KindSchema{
		Name: "customer", Table: "customer",
		Fields: []*Field{
			{Name: "id", Type: Ref, Class: General, Column: "id", Refs: "customer", NotNull: true},
			{Name: "name", Type: Text, Class: General, Column: "name", Search: true},
			field("stage", Text, General),
			field("phone", Text, Contact),
			field("employees", Int, General),
			field("score", Number, Internal),
			field("amount", Money, Amount),
			field("limit", Money, Amount),
			field("created_at", Time, General),
			field("updated_at", Time, General),
			field("vip", Bool, General),
			ref("owner", "person", false),
			ref("created_by", "person", true),
			ref("unit", "unit", false),
			ref("pool", "pool", false),
			field("tags", Set, General),
			field("place", Place, General),
			{Name: "level", Type: Text, Class: General, Column: "c_level", Custom: true},
		},
		Relations: []Relation{
			{Name: "contacts", Kind: "contact", Field: "customer", Many: true},
			{Name: "tickets", Kind: "ticket", Field: "customer", Many: true},
		},
		Actions: actions,
		Owner:   "owner", Unit: "unit", Pool: "pool", Place: "place",
		Team: true,
	}
	contact := &KindSchema{
		Name: "contact", Table: "contact",
		Fields: []*Field{
			{Name: "id", Type: Ref, Class: General, Column: "id", Refs: "contact", NotNull: true},
			{Name: "name", Type: Text, Class: General, Column: "name", Search: true},
			field("mobile", Text, Contact),
			ref("customer", "customer", true),
			ref("owner", "person", false),
			field("tags", Set, General),
			field("updated_at", Time, General),
		},
		Relations: []Relation{{Name: "customer", Kind: "customer", Field: "customer", NotNull: true}},
		Actions:   actions,
		Owner:     "owner",
	}
	ticket := &KindSchema{
		Name: "ticket", Table: "ticket",
		Fields: []*Field{
			{Name: "id", Type: Ref, Class: General, Column: "id", Refs: "ticket", NotNull: true},
			field("title", Text, Communication),
			field("open", Bool, General),
			field("cost", Money, Amount),
			field("due", Time, General),
			ref("customer", "customer", true),
			ref("product", "product", false),
			ref("owner", "person", false),
			ref("unit", "unit", false),
			field("updated_at", Time, General),
		},
		Relations: []Relation{
			{Name: "customer", Kind: "customer", Field: "customer", NotNull: true},
			{Name: "product", Kind: "product", Field: "product"},
			{Name: "comments", Kind: "comment", Field: "ticket", Many: true},
		},
		Actions: actions,
		Owner:   "owner", Unit: "unit",
	}
	product := &KindSchema{
		Name: "product", Table: "product",
		Fields:  []*Field{field("name", Text, General), field("price", Money, Amount)},
		Actions: actions,
	}
	comment := &KindSchema{
		Name: "comment", Table: "comment",
		Fields:  []*Field{field("body", Text, Communication), ref("ticket", "ticket", true), ref("author", "person", true)},
		Actions: []Action{Read},
	}
	return []*KindSchema{customer, contact, ticket, product, comment}
}

func testSchema(t testing.TB) *Schema {
	t.Helper()
	s, err := NewSchema(testKinds()...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
