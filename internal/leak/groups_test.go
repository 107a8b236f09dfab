package leak_test

import (
	"strings"

	"guan/policy"
)

// group is people for whom the two worlds of the group differ only in what none of them may see.
type group struct {
	name  string
	who   []string                             // logins; see caller for those that are not
	hides func(r row, class policy.Class) bool // what differs in the rows of both worlds
	extra func() []row                         // rows of one world alone
}

// The groups, by the presets that their people have. What is hidden is said here by hand, from
// the GLOSSARY's table, and not asked of the product.
var groups = []*group{strangers, insiders, clerks}

// strangers have nothing to do with the east team and the boss's customers: not a row of those
// shows, and of customers in the pool the general information alone.
var strangers = &group{
	name: "strangers",
	who:  []string{"rival", "westhead", "exowner", "lapsed", "pooler", "staff", "admin", "token", "anonymous", "disabled"},
	hides: func(r row, class policy.Class) bool {
		switch {
		case r.kind == "person":
			return r.unit == "east" && (class == policy.Amount || class == policy.Identity || class == policy.Internal)
		case r.kind == "product":
			return false
		case r.key == "pool1" || r.key == "pool2":
			return class != policy.General
		case r.key == "todo" || r.key == "todo2" || r.key == "call2":
			return false
		}
		return r.unit == "east" || r.unit == "service" || r.owner == "boss" || r.owner == "marketing" || r.key == "contact/pool1" || r.key == "moved"
	},
	extra: func() []row {
		return extras(map[string][]string{"A": {"seller", "seller", "boss"}, "B": {"peer", "trainee", "seller", "boss", "peer"}}, "east")
	},
}

// insiders work in the east and see most of what stands there, but no identity documents, and
// nothing of the boss's own.
var insiders = &group{
	name: "insiders",
	who:  []string{"seller", "peer", "easthead", "head", "service"},
	hides: func(r row, class policy.Class) bool {
		if r.kind == "person" {
			return (r.owner == "rival" || r.owner == "boss" || r.owner == "finance") && (class == policy.Amount || class == policy.Identity || class == policy.Internal)
		}
		return class == policy.Identity || r.owner == "boss" || r.owner == "marketing" || r.key == "todo" || r.key == "todo2"
	},
	extra: func() []row {
		return extras(map[string][]string{"A": {"boss", "boss"}, "B": {"marketing", "boss", "boss", "boss"}}, "root")
	},
}

// clerks see every customer, or few, and of each the general information: contact details at the
// most as a preview, nothing that was said or that is internal.
var clerks = &group{
	name: "clerks",
	who:  []string{"finance", "marketing", "auditor", "trainee", "pooler"},
	hides: func(r row, class policy.Class) bool {
		inner := class == policy.Contact || class == policy.Communication || class == policy.Internal
		trainees := r.owner == "trainee" || strings.HasSuffix(r.key, "trainee1")
		switch {
		case r.kind == "person":
			return (r.owner == "seller" || r.owner == "rival" || r.owner == "boss") && class != policy.General
		case r.key == "lead":
			return class == policy.Internal
		case trainees:
			return class == policy.Contact || class == policy.Internal && r.kind == "customer"
		case r.kind == "customer", r.kind == "activity", r.kind == "contact":
			return inner
		case r.kind == "opportunity", r.kind == "ticket":
			return inner || class == policy.Amount
		case r.kind == "task":
			return class == policy.Communication && r.owner != "staff" && r.owner != "admin"
		}
		return false
	},
}

// extras are customers with all that hangs on them, which one world has and the other has not.
func extras(owners map[string][]string, unit string) []row {
	var rows []row
	for _, world := range []string{"A", "B"} {
		for i, owner := range owners[world] {
			key := "extra" + world + string(rune('1'+i))
			rows = append(rows, row{key: key, kind: "customer", owner: owner, unit: unit, world: world})
			if i == 0 {
				rows = append(rows, around(key, owner, unit, world)...)
			}
		}
	}
	return rows
}
