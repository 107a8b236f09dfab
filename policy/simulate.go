package policy

// Change is how one action on one record differs between two rule sets for one person.
type Change struct {
	Person        ID
	Kind          Kind
	ID            ID
	Action        Action
	Before, After Outcome
}

// Gained reports whether the action becomes possible.
func (c *Change) Gained() bool { return c.After.Allowed && !c.Before.Allowed }

// Lost reports whether the action ceases to be possible.
func (c *Change) Lost() bool { return c.Before.Allowed && !c.After.Allowed }

// FieldChange is a field whose level or writability differs.
type FieldChange struct {
	Field           *Field
	Before, After   Level
	Edited, Editing bool // writable before, after
}

// Fields lists the fields whose level or writability differs.
func (c *Change) Fields(kind *KindSchema) []FieldChange {
	var out []FieldChange
	for _, f := range kind.Fields {
		d := FieldChange{f, c.Before.Level(f), c.After.Level(f), c.Before.Editable(f), c.After.Editable(f)}
		if d.Before != d.After || d.Edited != d.Editing {
			out = append(out, d)
		}
	}
	return out
}

// Simulate compares two bound sets on a record, for all the kind's actions. Only what differs
// comes back, so that the sum over all records is exactly who gains and loses what.
func Simulate(before, after *Bound, row *Row) []Change {
	kind := before.rs.schema.Kind(row.Kind)
	if kind == nil {
		return nil
	}
	var out []Change
	for _, action := range kind.Actions {
		c := Change{Person: after.subject.Person, Kind: row.Kind, ID: row.ID, Action: action,
			Before: before.Decide(row, action), After: after.Decide(row, action)}
		if c.Gained() || c.Lost() || len(c.Fields(kind)) > 0 {
			out = append(out, c)
		}
	}
	return out
}
