package policy

import "time"

// Row is a record as the engine sees it: whole, before any field rule. Only the store makes
// Rows from data; Uses says which relations it must load for a decision to be right.
type Row struct {
	Kind   Kind
	ID     ID
	Values map[string]Value // by field name; an absent key is a missing value
	// Parents holds to-one relations by name, Related to-many ones.
	Parents map[string]*Row
	Related map[string][]*Row
	Team    []Member
	// Search holds the search terms by class, for the evaluation of text searches.
	Search map[Class]map[string]bool
}

// Member is a named collaborator on a record, from From until just before Until; nil is open.
type Member struct {
	Person      ID
	From, Until *time.Time
}

// active reports whether the half-open window holds at now.
func active(from, until *time.Time, now time.Time) bool {
	return (from == nil || !now.Before(*from)) && (until == nil || now.Before(*until))
}

// value returns the field's value, missing for a nil row.
func (r *Row) value(f *Field) Value {
	if r == nil {
		return Value{}
	}
	return r.Values[f.Name]
}
