package records

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"guan/policy"
)

// Words that a column must not be named: reserved in PostgreSQL (pg_get_keywords, catcode R and
// T), or a keyword of SQLite.
const reserved = ` abort action add after all alter always analyse analyze and any array as asc asymmetric attach authorization
autoincrement before begin between binary both by cascade case cast check collate collation column commit concurrently conflict
constraint create cross current current_catalog current_date current_role current_schema current_time current_timestamp
current_user database default deferrable deferred delete desc detach distinct do drop each else end escape except exclude
exclusive exists explain fail false fetch filter first following for foreign freeze from full generated glob grant group groups
having if ignore ilike immediate in index indexed initially inner insert instead intersect into is isnull join key last lateral
leading left like limit localtime localtimestamp match materialized natural no not nothing notnull null nulls of offset on only
or order others outer over overlaps partition placing plan pragma preceding primary query raise range recursive references
regexp reindex release rename replace restrict returning right rollback row rows savepoint select session_user set similar some
symmetric system_user table tablesample temp temporary then ties to trailing transaction trigger true unbounded union unique
update user using vacuum values variadic verbose view virtual when where window with within without `

func TestEveryFieldIsDescribed(t *testing.T) {
	isReserved := make(map[string]bool)
	for _, word := range strings.Fields(reserved) {
		isReserved[word] = true
	}
	identifier := regexp.MustCompile(`^[a-z][a-z0-9_]{0,50}$`)
	for _, k := range kinds {
		if k.Table == "" || isReserved[k.Table] || !identifier.MatchString(k.Table) {
			t.Errorf("%s: bad table name %q", k.Name, k.Table)
		}
		checkLabel(t, string(k.Name), k.Label)
		checkLabel(t, string(k.Name)+" plural", k.Plural)
		columns, labels := map[string]bool{}, map[string]string{}
		for _, col := range k.TableColumns() {
			if columns[col.Name] || isReserved[col.Name] || !identifier.MatchString(col.Name) {
				t.Errorf("%s: column %q stands twice or is no good name", k.Name, col.Name)
			}
			columns[col.Name] = true
			if (col.Type == JSONColumn) != (col.Default != "") {
				t.Errorf("%s.%s: exactly the JSON columns have a default", k.Name, col.Name)
			}
		}
		for _, name := range strings.Fields("tenant_id id version created_at updated_at created_by owner_id unit_id pool_id stage tags custom") {
			if !columns[name] {
				t.Errorf("%s has no column %s", k.Name, name)
			}
		}
		for _, f := range k.Fields {
			at := string(k.Name) + "." + f.Name
			checkLabel(t, at, f.Label)
			for _, x := range []string{f.Label.ZH, f.Label.EN, f.Name} {
				if other, ok := labels[fold(x)]; ok && other != f.Name {
					t.Errorf("%s: %q also names %s; import could not tell them apart", at, x, other)
				}
				labels[fold(x)] = f.Name
			}
			checkField(t, at, f, identifier)
		}
	}
}

func checkField(t *testing.T, at string, f *Field, identifier *regexp.Regexp) {
	if !slices.Contains(policy.Classes, f.Class) {
		t.Errorf("%s has no class", at)
	}
	if f.Policy() == 0 || !identifier.MatchString(f.Name) || f.Custom {
		t.Errorf("%s: bad type or name", at)
	}
	if (f.Type == Ref) != (f.Ref != "") {
		t.Errorf("%s: exactly the references name a kind", at)
	}
	if f.Type == Ref && f.Ref != RefUnit && f.Ref != RefPool && builtin.Kind(f.Ref) == nil {
		t.Errorf("%s points at the unknown kind %s", at, f.Ref)
	}
	if f.Type == OneOf && len(f.Choices) == 0 || f.Type != OneOf && f.Type != ManyOf && len(f.Choices) > 0 {
		t.Errorf("%s: exactly the choices have a list", at)
	}
	if f.Type == Money && f.Class != policy.Amount && f.Class != policy.Internal {
		t.Errorf("%s: an amount of class %s", at, f.Class)
	}
	if f.Search && f.Type != Text {
		t.Errorf("%s: only text is searched", at)
	}
	if (f.Type == Text) == (f.Max == 0) && f.Type != ManyOf {
		t.Errorf("%s: exactly texts and sets have a greatest length", at)
	}
	if f.Format != Plain && f.Format != Percent && f.Format != Area && f.Type != Text {
		t.Errorf("%s: %s is a format of texts", at, f.Format)
	}
	checkChoices(f.Choices, func(part, code, detail string) { t.Errorf("%s %s: %s", at, part, detail) })
	if v, err := f.Normal(f.Default); err != nil || !v.Missing() && !v.Equal(f.Default) {
		t.Errorf("%s: the default is none of its values: %v", at, err)
	}
}

func checkLabel(t *testing.T, at string, l Label) {
	if labelProblem(l.ZH) != "" || labelProblem(l.EN) != "" {
		t.Errorf("%s: bad label %+v", at, l)
	}
	if !strings.ContainsFunc(l.ZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }) || strings.ContainsFunc(l.EN, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		t.Errorf("%s: a label in the wrong language: %+v", at, l)
	}
}

// Personal and secret fields must not slip into the open class by a slip of the hand.
func TestClassesFollowNames(t *testing.T) {
	want := map[string]policy.Class{
		"phone": policy.Contact, "phone2": policy.Contact, "email": policy.Contact, "wechat": policy.Contact, "street": policy.Contact,
		"street2": policy.Contact, "place": policy.Contact, "emergency_phone": policy.Contact, "home_street": policy.Contact, "postal_code": policy.Contact,
		"id_number": policy.Identity, "national_id": policy.Identity, "passport_number": policy.Identity, "bank_name": policy.Identity, "bank_account": policy.Identity,
		"currency": policy.Amount, "cost": policy.Internal, "level": policy.Internal, "assessment": policy.Internal, "margin": policy.Internal,
		"content": policy.Communication, "description": policy.Communication, "solution": policy.Communication,
	}
	for _, k := range kinds {
		for _, f := range k.Fields {
			class, ok := want[f.Name]
			if k == product {
				continue // what a product is described as is no conversation
			}
			if ok && f.Class != class {
				t.Errorf("%s.%s is %s, not %s", k.Name, f.Name, f.Class, class)
			}
			if f.Type == Money && f.Class == policy.General {
				t.Errorf("%s.%s is an open amount", k.Name, f.Name)
			}
		}
		hasMoney := slices.ContainsFunc(k.Fields, func(f *Field) bool { return f.Type == Money })
		if cur := k.Field("currency"); hasMoney != (cur != nil) || cur != nil && !cur.NotNull() {
			t.Errorf("%s: a kind with amounts, and no other, has one currency that is never missing", k.Name)
		}
	}
}

func TestKindsHoldTogether(t *testing.T) {
	for _, k := range kinds {
		for _, name := range slices.Concat([]string{k.Title}, k.Subtitle, k.List) {
			if k.Field(name) == nil {
				t.Errorf("%s shows the unknown field %q", k.Name, name)
			}
		}
		if f := k.Field(k.Title); f != nil && (!f.Required || f.Class != policy.General) {
			t.Errorf("%s: a record's name is required and general", k.Name)
		}
		if len(k.Stages) < 2 || k.Field("stage").Default.Text() != k.InitialStage() {
			t.Errorf("%s has no stages or begins outside them", k.Name)
		}
		names := map[string]bool{}
		for _, r := range k.Relations {
			checkLabel(t, string(k.Name)+"."+r.Name, r.Label)
			other := builtin.Kind(r.Kind)
			if other == nil || names[r.Name] {
				t.Errorf("relation %s.%s leads nowhere or stands twice", k.Name, r.Name)
				continue
			}
			names[r.Name] = true
			holder, target := k, r.Kind
			if r.Many {
				holder, target = other, k.Name
			}
			f := holder.Field(r.Field)
			if f == nil || f.Type != Ref || f.Ref != target {
				t.Errorf("relation %s.%s: %s.%s does not point at %s", k.Name, r.Name, holder.Name, r.Field, target)
			} else if !r.Many && r.NotNull != f.NotNull() {
				t.Errorf("relation %s.%s: wrong about whether a record always has one", k.Name, r.Name)
			}
		}
		// Every reference to a kind is a relation at both ends, so that no link is one-way.
		for _, f := range k.Fields {
			if f.Type != Ref || f.Name == "id" || f.Ref == RefPerson || f.Ref == RefUnit || f.Ref == RefPool {
				continue
			}
			if r, ok := k.Relation(f.Name); !ok || r.Many || r.Field != f.Name {
				t.Errorf("%s.%s is no relation", k.Name, f.Name)
			}
			if !slices.ContainsFunc(builtin.Kind(f.Ref).Relations, func(r Relation) bool { return r.Many && r.Kind == k.Name && r.Field == f.Name }) {
				t.Errorf("%s does not know the %s records whose %s points at it", f.Ref, k.Name, f.Name)
			}
		}
	}
}

func TestSchema(t *testing.T) {
	s := Schema()
	if len(s.Kinds()) != len(kinds)+1 || s.Kind(System) == nil || len(s.Kind(System).Fields) != 0 {
		t.Fatalf("kinds of the schema: %v", s.Kinds())
	}
	for _, k := range kinds {
		ks := s.Kind(k.Name)
		if ks.Unit != "unit" || k == person != (ks.Owner == "id") || (k == person) == ks.Team || (k == person) == (ks.Pool != "") {
			t.Errorf("%s: wrong paths %+v", k.Name, ks)
		}
		for _, f := range k.Fields {
			g := ks.Field(f.Name)
			if g == nil || g.Type != f.Policy() || g.Class != f.Class || g.NotNull != f.NotNull() {
				t.Errorf("%s.%s came out as %+v", k.Name, f.Name, g)
			}
		}
		if r, ok := ks.Relation("customer"); ok && k != task && k != payment && !r.NotNull {
			t.Errorf("%s always has a customer", k.Name)
		}
	}
	for _, a := range Actions {
		if ActionLabels[a].ZH == "" || ActionLabels[a].EN == "" {
			t.Errorf("action %s has no label", a)
		}
	}
	for _, a := range SystemActions {
		if SystemActionLabels[a].ZH == "" || SystemActionLabels[a].EN == "" {
			t.Errorf("action %s has no label", a)
		}
	}
	for _, class := range policy.Classes {
		checkLabel(t, string(class), ClassLabels[class])
	}
}

func TestAnUnclassifiedFieldIsAnError(t *testing.T) {
	broken := &policy.KindSchema{Name: "x", Table: "x", Fields: []*policy.Field{text("name", "", "名", "Name").schema()}}
	if _, err := policy.NewSchema(broken); err == nil {
		t.Error("a field without a class was accepted")
	}
}
