package laws

import (
	"slices"

	"guan/policy"
)

// The kinds of the worlds: client has every type of field and every access path, deal always
// has a client, visit may have one. Between them stands every sort of relation.
const (
	client policy.Kind = "client"
	deal   policy.Kind = "deal"
	visit  policy.Kind = "visit"
)

// The pseudo-kinds that references point at beside these.
const (
	person policy.Kind = "person"
	unit   policy.Kind = "unit"
	pool   policy.Kind = "pool"
)

var kinds = []*policy.KindSchema{
	{
		Name: client, Table: "law_client", Actions: slices.Concat(actions, poolActions),
		Owner: "owner", Unit: "unit", Pool: "pool", Place: "place", Team: true,
		Fields: []*policy.Field{
			id(client),
			search(always(field("name", policy.Text, policy.General))),
			search(field("alias", policy.Text, policy.General)),
			search(field("phone", policy.Text, policy.Contact)),
			field("note", policy.Text, policy.Internal),
			field("size", policy.Int, policy.General),
			always(field("rank", policy.Int, policy.Internal)),
			field("score", policy.Number, policy.Internal),
			field("rate", policy.Number, policy.General),
			field("amount", policy.Money, policy.Amount),
			always(field("credit", policy.Money, policy.Amount)),
			field("currency", policy.Text, policy.Amount),
			always(field("created_at", policy.Time, policy.General)),
			always(field("updated_at", policy.Time, policy.General)),
			field("due", policy.Time, policy.Communication),
			field("vip", policy.Bool, policy.Identity),
			always(field("active", policy.Bool, policy.General)),
			ref("owner", person), ref("unit", unit), ref("pool", pool), ref("parent", client),
			always(field("tags", policy.Set, policy.General)),
			field("labels", policy.Set, policy.Contact),
			field("place", policy.Place, policy.Contact),
			custom(field("c_text", policy.Text, policy.Contact)),
			custom(field("c_word", policy.Text, policy.General)),
			custom(field("c_int", policy.Int, policy.General)),
			custom(field("c_number", policy.Number, policy.General)),
			custom(field("c_money", policy.Money, policy.Amount)),
			custom(field("c_date", policy.Time, policy.General)),
			custom(field("c_flag", policy.Bool, policy.General)),
			custom(field("c_set", policy.Set, policy.Internal)),
			custom(ref("c_person", person)),
			encrypted(field("account", policy.Text, policy.Identity)),
			custom(encrypted(field("c_account", policy.Text, policy.Internal))),
		},
		Relations: []policy.Relation{
			{Name: "parent", Kind: client, Field: "parent"},
			{Name: "children", Kind: client, Field: "parent", Many: true},
			{Name: "deals", Kind: deal, Field: "client", Many: true},
			{Name: "visits", Kind: visit, Field: "client", Many: true},
			{Name: "links", Kind: visit, Field: "c_client", Many: true},
		},
	},
	{
		Name: deal, Table: "law_deal", Actions: actions,
		Owner: "owner", Unit: "unit", Team: true,
		Fields: []*policy.Field{
			id(deal),
			always(ref("client", client)), ref("backup", client),
			search(field("title", policy.Text, policy.General)),
			always(field("stage", policy.Text, policy.General)),
			field("amount", policy.Money, policy.Amount),
			field("currency", policy.Text, policy.Amount),
			always(field("updated_at", policy.Time, policy.General)),
			field("closed", policy.Bool, policy.General),
			ref("owner", person), ref("unit", unit),
			always(field("tags", policy.Set, policy.General)),
			custom(field("c_text", policy.Text, policy.Internal)),
		},
		Relations: []policy.Relation{
			{Name: "client", Kind: client, Field: "client", NotNull: true},
			{Name: "backup", Kind: client, Field: "backup"},
			{Name: "visits", Kind: visit, Field: "deal", Many: true},
		},
	},
	{
		Name: visit, Table: "law_visit", Actions: actions,
		Owner: "owner", Place: "place",
		Fields: []*policy.Field{
			id(visit),
			ref("client", client), ref("deal", deal),
			field("memo", policy.Text, policy.Communication),
			field("at", policy.Time, policy.General),
			always(field("updated_at", policy.Time, policy.General)),
			field("length", policy.Number, policy.General),
			ref("owner", person),
			field("place", policy.Place, policy.General),
			always(field("tags", policy.Set, policy.General)),
			custom(ref("c_client", client)),
		},
		Relations: []policy.Relation{
			{Name: "client", Kind: client, Field: "client"},
			{Name: "deal", Kind: deal, Field: "deal"},
			{Name: "host", Kind: client, Field: "c_client"},
		},
	},
}

var actions = []policy.Action{policy.Read, policy.Create, policy.Edit, policy.Delete, policy.Export, policy.Figures, policy.Reveal}

// poolActions are what a kind knows beside whose records lie in pools.
var poolActions = []policy.Action{policy.Claim, policy.Release, policy.Assign}

var schema = func() *policy.Schema {
	s, err := policy.NewSchema(kinds...)
	if err != nil {
		panic(err)
	}
	return s
}()

func field(name string, t policy.Type, class policy.Class) *policy.Field {
	f := &policy.Field{Name: name, Type: t, Class: class, Column: name}
	switch t {
	case policy.Text:
		f.Mask, f.Masks = policy.MaskTail, []policy.Level{policy.MaskDistrict, policy.MaskTail, policy.MaskEnds}
	case policy.Time:
		f.Masks = []policy.Level{policy.MaskYear}
	case policy.Money, policy.Int:
		f.Mask, f.Masks = policy.MaskRange, []policy.Level{policy.MaskRange}
	}
	return f
}

func id(kind policy.Kind) *policy.Field {
	return &policy.Field{Name: "id", Type: policy.Ref, Class: policy.General, Column: "id", Refs: kind, NotNull: true}
}

func ref(name string, to policy.Kind) *policy.Field {
	f := field(name, policy.Ref, policy.General)
	f.Column, f.Refs = name+"_id", to
	return f
}

func always(f *policy.Field) *policy.Field { f.NotNull = true; return f }
func search(f *policy.Field) *policy.Field { f.Search = true; return f }
func custom(f *policy.Field) *policy.Field { f.Custom, f.Column = true, f.Name; return f }

// encrypted keeps what stands for a value in place of it: see sealed.go.
func encrypted(f *policy.Field) *policy.Field {
	f.Encrypted, f.Masks = true, []policy.Level{policy.MaskTail, policy.MaskEnds}
	return f
}

// searchClasses are the classes of the kind's search documents.
func searchClasses(k *policy.KindSchema) []policy.Class {
	var out []policy.Class
	for _, class := range policy.Classes {
		for _, f := range k.Fields {
			if f.Search && f.Class == class {
				out = append(out, class)
				break
			}
		}
	}
	return out
}
