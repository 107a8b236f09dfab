package main

// mutant is one way to break the engine: text that stands exactly once in a file, and what
// stands there instead.
type mutant struct {
	name     string
	file     string // below policy/
	old, new string
}

var mutants = []mutant{
	// Conjuncts dropped.
	{"the condition of a branch is dropped", "sqlgen/candidates.go", `c.pred(c.scope, b.When, true), `, ``},
	{"the condition of a test is dropped", "sqlgen/path.go", "\t\treturn and(path, when)", "\t\treturn path"},
	{"forbids are dropped", "sqlgen/list.go", `tests[i] = b.Test`, `tests[i], _ = &policy.Test{Path: &policy.BoundPath{Path: policy.PathAll}, When: &policy.Pred{Op: policy.OpConst, Const: policy.No}}, b`},
	{"guards are dropped", "sqlgen/list.go", `if guard.Caps[f.Index()] != policy.Plain {`, `if false {`},
	{"a filter reads what is not plain", "sqlgen/pred.go", "\t\tguard = s.plain(p.Field)", "\t\tguard = sqlTrue"},
	{"a search reads what is not plain", "sqlgen/pred.go", `guard = and(guard, s.plain(f))`, `guard = and(guard, sqlTrue+s.plain(f)[:0])`},
	{"a sum reads what is not plain", "sqlgen/totals.go", `and(plain...), `, ``},
	{"a figure is cut by what is not plain", "sqlgen/figures.go", `counted = append(counted, g.plain(s, q.Read, by.Field, nil))`, ``},
	{"a figure sums what is not plain", "sqlgen/figures.go", `counted = append(counted, g.plain(s, q.Read, measure, nil), col+" IS NOT NULL")`, `counted = append(counted, col+" IS NOT NULL")`},
	{"a figure tells a currency that is not plain", "sqlgen/figures.go", `counted = append(counted, g.plain(s, q.Read, currency, nil))`, ``},
	{"a figure of who comes in by one way forgets the forbids", "sqlgen/figures.go", `g.bars(s, q.Read), k.filter(nil))`, `k.filter(nil))`},
	{"a figure counts rows out of sight", "sqlgen/figures.go", `return "r.id IN (" + g.visibleIDs(q, "") + ")"`, `return sqlTrue + g.visibleIDs(q, "")[:0]`},
	{"a related record of another tenant counts", "sqlgen/pred.go", `" + child.alias + ".tenant_id = " + g.tenant + " AND " + g.link(s, child, r)`, `" + g.link(s, child, r)`},
	{"the epoch is not compared", "sqlgen/list.go", `x ON s.epoch = " + epoch)`, `x ON s.epoch >= " + epoch)`},
	{"the window of a collaborator is ignored", "sqlgen/path.go", `" AND (" + a + ".from_at IS NULL OR " + a + ".from_at <= " + now + ") AND (" + a + ".until_at IS NULL OR " + a + ".until_at > " + now + ")"`, `now[:0]`},

	// Three-valued logic.
	{"a NOT is flipped", "sqlgen/pred.go", `return g.pred(s, p.Args[0], !yes)`, `return g.pred(s, p.Args[0], yes)`},
	{"a NULL owner is ignored", "sqlgen/path.go", `"(" + col + " IS NULL OR " + col + " <> "`, `"(" + col + " <> "`},
	{"a NULL unit among several is ignored", "sqlgen/path.go", `"(" + col + " IS NULL OR " + col + g.among(ids, false) + ")"`, `col + g.among(ids, false)`},
	{"IS NOT TRUE becomes IS TRUE", "sqlgen/pred.go", `inner(child, false) + ") IS NOT TRUE)"`, `inner(child, false) + ") IS TRUE)"`},
	{"a missing set has no member", "sqlgen/pred.go", `"(" + col + " IS NOT NULL AND (" + none + "NOT " + member + "))"`, `"(" + none + "NOT " + member + ")"`},
	{"a bit says no where a forbid is unknown", "sqlgen/bits.go", `"CASE WHEN " + g.clear(s, tests) + " THEN 0 ELSE " + bit + " END"`, `"CASE WHEN " + g.test(s, tests[0], true) + " THEN " + bit + " ELSE 0 END"`},
	{"a test has one bit as a way in and as a bar", "sqlgen/bits.go", `number("-"+strings.Join(keys, "\n")`, `number("+"+strings.Join(keys, "\n")`},
	{"an unknown permit permits", "reduce.go", `if answer(b.Test) != Yes {`, `if answer(b.Test) == No {`},
	{"an unknown forbid does not forbid", "reduce.go", `if answer(bar.Test) != No {`, `if answer(bar.Test) == Yes {`},
	{"an unknown guard does not lower", "reduce.go", `if answer(g.Test) == No {`, `if answer(g.Test) != Yes {`},
	{"a missing value is certainly different", "pred.go", "\tif v.Missing() {\n\t\treturn Unknown\n", "\tif v.Missing() {\n\t\treturn No\n"},

	// Patterns, edges, places.
	{"% and _ are not escaped for LIKE", "sqlgen/pred.go", "`\\\\`, `%`, `\\%`, `_`, `\\_`)", "`\\\\`)"},
	{"[ is not escaped for GLOB", "sqlgen/pred.go", "`*`, `[*]`, `?`, `[?]`, `[`, `[[]`)", "`*`, `[*]`, `?`, `[?]`)"},
	{"a collaborator's window includes its end", "sqlgen/path.go", `.until_at > " + now`, `.until_at >= " + now`},
	{"a rule's window includes its end", "row.go", `now.Before(*until)`, `!now.After(*until)`},
	{"a distance takes one axis for another", "sqlgen/pred.go", `dist("_z", c.Z)`, `dist("_y", c.Z)`},
	{"stores take one axis for another", "sqlgen/path.go", `square("_z", "z")`, `square("_y", "z")`},
	{"a permit that asks for the second factor gives before it was proved", "bind.go", `(r.Effect == Permit) == ctx.Proved`, `r.Effect == Permit || !ctx.Proved`},
	{"a forbid that asks for the second factor ends without it", "bind.go", `(r.Effect == Permit) == ctx.Proved`, `r.Effect == Permit && ctx.Proved`},
	{"the box ends at the date line", "sqlgen/pred.go", `lng1 < -180 || lng2 > 180`, `false`},

	// Pages and totals.
	{"the cursor's own row comes again", "sqlgen/candidates.go", "\tif c.q.Desc {\n\t\tsign = \" < \"\n", "\tif c.q.Desc {\n\t\tsign = \" <= \"\n"},
	{"the keyset goes the other way", "sqlgen/candidates.go", "\tif c.q.Desc {\n\t\tsign", "\tif !c.q.Desc {\n\t\tsign"},
	{"a row comes once for each way in", "sqlgen/candidates.go", ` u GROUP BY id, sort_key ORDER BY`, ` u ORDER BY`},
	{"the page has no limit", "sqlgen/candidates.go", `+ c.direction + ", id" + c.direction + c.limit()`, `+ c.direction + ", id" + c.direction`},
	{"the rest of a list is lost where the field is hidden", "sqlgen/candidates.go", "\tcase sqlFalse:\n\t\treturn sqlTrue,", "\tcase sqlFalse:\n\t\treturn sqlFalse,"},
	{"the rest of a list loses what is unknown", "sqlgen/candidates.go", `return "(" + known + ") IS NOT TRUE"`, `return "NOT (" + known + ")"`},
	{"a count counts a row for each way in", "sqlgen/totals.go", `strings.Join(parts, " UNION ")`, `strings.Join(parts, " UNION ALL ")`},
	{"a count counts what a narrow way shares with a wide one", "sqlgen/totals.go", `k.united(narrow, "("+g.test(s, wide.Test, true)+") IS NOT TRUE", limit)`, `k.united(narrow, sqlTrue, limit)`},

	// What is asked together.
	{"of guards that do alike only the first is asked", "sqlgen/bits.go", `tests[i] = b.Key(), b.Test`, `tests[i] = b.Key(), alike[0].Test`},
	{"guards that do otherwise are taken for alike", "sqlgen/bits.go", `slices.Equal(a.Caps, b.Caps) && slices.Equal(a.Locks, b.Locks)`, `true`},
	{"of records named by several only the first's are reached", "sqlgen/bits.go", `all.Values = append(all.Values, b.When.Values...)`, `all.Values = slices.Clone(all.Values)`},
	{"records named by several show what the first shows", "sqlgen/bits.go", `key := g.askedLevels(b)`, `key := "" + g.askedLevels(b)[:0]`},
	{"of members of a set only the first is asked", "sqlgen/pred.go", `out[i].Values = append(out[i].Values, a.Value)`, `_ = i`},
	{"a record that nobody named is taken for named", "sqlgen/bits.go", `return yes(is)`, `return yes(is || true)`},

	// Encrypted fields: only worlds in which a filter compares one find these out.
	{"of what may stand for a value only the newest is looked for", "encrypted.go", `range texts {`, `range texts[:1] {`},
	{"what stands for no value is taken for what does", "encrypted.go", `if cond.Op == OpNe {`, `if false {`},
	{"a part of an encrypted value is asked for", "encrypted.go", `case cond.Op != OpEq && cond.Op != OpNe && cond.Op != OpIn:`, `case false:`},

	// What is told.
	{"a simulation forgets losses", "simulate.go", `c.Gained() || c.Lost() || len(c.Fields(kind)) > 0`, `c.Gained()`},
	{"an explanation forgets the path", "explain.go", `lacks = append(lacks, Lack{Code: LackPath})`, `_ = path`},
	{"a rule without an effect permits", "compile.go", "\tbroken.Effect = Forbid\n", ""},
	{"a broken forbid is left out", "compile.go", `if rule.Effect == Permit || kind == nil {`, `if true {`},
	{"needs forget the collaborators", "needs.go", `n.Team = true`, `n.Team = false`},
	{"a hidden field counts as reached by nothing", "reduce.go", `level = max(level, b.Levels[f.index])`, `level = b.Levels[f.index]`},
}
