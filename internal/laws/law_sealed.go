package laws

import (
	"fmt"
	"slices"

	"guan/internal/celoracle"
	"guan/policy"
	"guan/records"
)

// sealed: with what stands for values in place of the values of encrypted fields, every decision, every level,
// every answer of a filter and every preview is what it is with the values in plain; and of a filter cel-go says
// of the plain values what Go says of what stands for them.
func sealed(c *checker) {
	plain := c.w.rows()
	for i := range c.w.Asks {
		ask := &c.w.Asks[i]
		b, who := c.bind(c.rules, ask.Person), c.w.subject(ask.Person)
		filter, opened := c.filter(b, ask), c.bound(b, ask, ask.Filter)
		program, finds := c.compared(ask)
		for n, row := range c.rows {
			if row.Kind != ask.Kind {
				continue
			}
			c.stats.Decisions++
			got, listed := b.Visible(row, filter)
			want, open := b.Visible(plain[n], opened)
			if listed != open || listed && !same(got, want) {
				c.fail("sealed", "ask %d, %s %d: %v %s, with plain values %v %s\n%s", i, row.Kind, row.ID, listed, show(schema.Kind(row.Kind), got), open, show(schema.Kind(row.Kind), want), asked(ask))
			}
			if listed {
				c.previews(row, plain[n], got)
			}
			if program != nil {
				if found := finds(row); found != (program.Eval(plain[n], who, c.w.context()) == policy.Yes) {
					c.fail("sealed", "ask %d, %s %d: found %v, cel-go says otherwise\n%s", i, row.Kind, row.ID, found, program.Text())
				}
			}
		}
	}
}

// compared is the filter for cel-go where it compares an encrypted field with a value, and who finds by it while
// everything is plain to them; nil elsewhere, of which the law of the voices speaks.
func (c *checker) compared(ask *Ask) (*celoracle.Program, func(*policy.Row) bool) {
	if ask.Filter == nil || policy.KeepsValue(schema, ask.Kind, ask.Filter) == nil {
		return nil, nil
	}
	program, err := celoracle.Compile(ask.Filter)
	if err != nil {
		c.fail("sealed", "%v", err)
	}
	b := c.bind(c.compile(c.w, []policy.Rule{everything(ask.Kind)}), ask.Person)
	filter := c.filter(b, &Ask{Kind: ask.Kind, Filter: ask.Filter})
	return program, func(row *policy.Row) bool {
		_, found := b.Visible(row, filter)
		return found
	}
}

func everything(kind policy.Kind) policy.Rule {
	return policy.Rule{
		ID: "everything", Kind: kind, Effect: policy.Permit, Who: policy.Who{Any: []policy.Clause{{Everyone: true}}}, Scene: "laws",
		Actions: []policy.Action{policy.Read}, Where: policy.Path{Path: policy.PathAll}, Fields: []policy.FieldRule{{Class: policy.Everything, Level: policy.Plain}},
	}
}

func (c *checker) previews(row, plain *policy.Row, o policy.Outcome) {
	for _, f := range encryptedOf(schema.Kind(row.Kind)) {
		level := o.Level(f)
		if level == policy.Plain || level == policy.Hidden {
			continue
		}
		got, want := records.Preview(kept(f), row.Values[f.Name], level), records.Preview(kept(f), plain.Values[f.Name], level)
		if got != want {
			c.fail("sealed", "%s %d: %s shows as %q by %s, and not as %q", row.Kind, row.ID, f.Name, got, level, want)
		}
		if tells(got) != "" {
			c.fail("sealed", "%s %d: %s by %s tells the value: %q", row.Kind, row.ID, f.Name, level, got)
		}
	}
}

func asked(ask *Ask) string {
	if ask.Filter == nil {
		return "no filter"
	}
	return policy.CELText(ask.Filter)
}

// unread: no plain value of an encrypted field is in a statement, in what it is given, or in what it answers.
func unread(c *checker) {
	for i := range c.w.Asks {
		ask := &c.w.Asks[i]
		if len(encryptedOf(schema.Kind(ask.Kind))) == 0 {
			continue
		}
		b := c.bind(c.rules, ask.Person)
		q := c.list(b, ask.Kind)
		q.Filter, q.Plan, q.Limit = c.filter(b, ask), plans[ask.Plan], ask.Size
		s := c.d.dialect.Page(q).Statement
		texts := []string{s.SQL}
		for _, arg := range slices.Concat([][]any{s.Args}, c.query("unread", s)) {
			texts = append(texts, fmt.Sprintf("%s", arg))
		}
		for _, text := range texts {
			if told := tells(text); told != "" {
				c.fail("unread", "%q is in %s", told, text)
			}
		}
	}
}
