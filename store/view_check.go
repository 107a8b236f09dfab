package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// The limits of views.
const (
	maxViews    = 100 // of one person and kind
	maxViewName = 60  // characters
	maxViewText = 4000
	maxViewRows = 50
	maxWidth    = 1000 // pixels
	maxShared   = 100  // units and positions that a view is shared with
)

var layouts = []string{"", "board", "calendar"}

// fill puts what was given into a view and says what is wrong with it.
func (v *view) fill(kind *records.Kind, one *ListView, n NewView) error {
	var errs []error
	if n.Name != nil || one.Name == "" {
		one.Name = strings.TrimSpace(deref(n.Name))
		if one.Name == "" || utf8.RuneCountInString(one.Name) > maxViewName || !utf8.ValidString(one.Name) || strings.ContainsFunc(one.Name, unicode.IsControl) {
			errs = append(errs, fault.New(fault.Invalid, "view_name", "a view has a name of 1 to 60 characters").WithAt("name").With("max", maxViewName))
		}
	}
	if n.Search != nil {
		one.Search = *n.Search
		errs = append(errs, v.checkSearch(kind, &one.Search))
	}
	if n.Shared != nil {
		err := v.checkShareWith(n.Shared)
		if one.Shared = n.Shared; errors.Is(err, errNoShare) {
			one.Shared, err = nil, nil
		}
		if fault.Is(err, fault.Denied) {
			return err
		}
		errs = append(errs, err)
	}
	if err := fault.Collect(fault.Invalid, "view", "the view is not well formed", errs...); err != nil {
		return err
	}
	if one.Shared != nil {
		return v.checkShared(kind, one)
	}
	return nil
}

func deref(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// checkSearch asks of every part of a list's state what the list would ask: fields that the actor
// may not know of are refused in the words for those that do not exist.
func (v *view) checkSearch(kind *records.Kind, s *ViewSearch) error {
	known := v.knownFields(kind)
	if v.bound.Reduce(policy.Read, kind.Name).None() {
		known = v.productFields(kind)
	}
	var errs []error
	wrong := func(at string) { errs = append(errs, noField(at)) }
	if len(s.Rows) > maxViewRows {
		errs = append(errs, fault.New(fault.Invalid, "view_rows", "a view has at most 50 conditions").WithAt("search.f").With("max", maxViewRows))
	}
	size := len(s.CEL) + len(s.Words) + len(s.Sort) + len(s.Columns)
	for i, row := range s.Rows {
		if len(row) < 2 || known[row[0]] == nil {
			wrong(fmt.Sprintf("search.f[%d]", i))
			continue
		}
		if f := known[row[0]]; f.Encrypted && strings.Join(row[2:], "") != "" {
			errs = append(errs, filterKept.WithAt(fmt.Sprintf("search.f[%d]", i)))
		}
		for _, part := range row {
			size += len(part) + 1 // an empty part is one too
		}
	}
	if size > maxViewText {
		errs = append(errs, fault.New(fault.Invalid, "view_long", "the filter of a view is too long to keep").WithAt("search").With("max", maxViewText))
	}
	if s.CEL != "" {
		if _, err := v.parseFilter(kind, s.CEL); err != nil {
			errs = append(errs, faultAt("search.cel", err))
		} else if err := v.keepable(kind.Name, s.CEL); err != nil {
			errs = append(errs, fault.From(err).WithAt("search.cel"))
		}
	}
	if name := strings.TrimPrefix(s.Sort, "-"); name != "" && (known[name] == nil || !kind.Field(name).Sort) {
		errs = append(errs, fault.New(fault.Invalid, "sort", "the list cannot be sorted by this").WithAt("search.sort"))
	}
	for _, name := range s.columnNames() {
		if f := kind.Field(name); f == nil || f.Custom && known[name] == nil {
			wrong("search.cols")
		}
	}
	for name, width := range s.Widths {
		if kind.Field(name) == nil || width < 40 || width > maxWidth {
			wrong("search.w")
		}
	}
	if !slices.Contains(layouts, s.Layout) {
		errs = append(errs, fault.New(fault.Invalid, "layout", "a list is a table, a board or a calendar").WithAt("search.as"))
	}
	for _, text := range append(slices.Concat(s.Rows...), s.CEL, s.Words) {
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			errs = append(errs, fault.New(fault.Invalid, "text", "texts must not contain NUL").WithAt("search"))
		}
	}
	return fault.Collect(fault.Invalid, "view", "the view is not well formed", errs...)
}

func (s *ViewSearch) columnNames() []string {
	if s.Columns == "" {
		return nil
	}
	return strings.Split(s.Columns, ",")
}

// parseFilter reads CEL as a list does and gives the fields it names.
func (v *view) parseFilter(kind *records.Kind, text string) ([]*policy.Field, error) {
	cond, err := policy.ParseCEL(v.knownCatalog().Schema(), kind.Name, text)
	if err != nil {
		return nil, err
	}
	if _, err := v.bound.BindFilter(kind.Name, cond); err != nil {
		return nil, err
	}
	l := &listing{shape: &shape{schema: v.catalog.Schema().Kind(kind.Name)}}
	return l.fieldsOf(cond, nil), nil
}

// checkShareWith asks whether the actor may share with these: with the units they stand in or
// head, and what is below; with anybody else only by the right org or policy. That keeps the menus of
// a thousand people readable; it guards no data.
func (v *view) checkShareWith(s *ViewShare) error {
	who := s.who()
	if len(who.Any) == 0 {
		return errNoShare
	}
	if len(s.Units)+len(s.Positions) > maxShared {
		return fault.New(fault.Invalid, "view_share_many", "a view is shared with at most 100 units and positions: share it with what is above them").WithAt("shared").With("max", maxShared)
	}
	subject := v.bound.Subject()
	wide := v.may("org") || v.may("policy")
	for _, unit := range s.Units {
		if _, ok := v.tree.Unit(unit); !ok {
			return fault.New(fault.Invalid, "unit", "there is no such unit").WithAt("shared.units")
		}
		if !wide && !slices.Contains(subject.Below, unit) && !slices.Contains(subject.Units, unit) && !slices.Contains(subject.Headed, unit) {
			return shareTooWide
		}
	}
	for _, position := range s.Positions {
		if !slices.ContainsFunc(v.positions, func(p org.Position) bool { return p.Code == position }) {
			return fault.New(fault.Invalid, "position", "there is no such position").WithAt("shared.positions")
		}
	}
	if !wide && (s.Everyone || len(s.Positions) > 0) {
		return shareTooWide
	}
	return nil
}

var shareTooWide = fault.New(fault.Denied, "view_share", "beyond your own units a view is shared by who administers the organisation or the rules")

// checkShared asks of a shared view that its filter names no values but those of general fields. A
// telephone number that a filter compares with is that number, and would stand in the menu of
// everybody the view is shared with; so may any words of a search. The audit log draws the same line.
func (v *view) checkShared(kind *records.Kind, one *ListView) error {
	var errs []error
	if one.Search.Words != "" {
		errs = append(errs, fault.New(fault.Invalid, "view_share_words", "words of a search are not shared: use conditions").WithAt("search.q"))
	}
	fields, whole := v.namedIn(kind, &one.Search)
	for _, f := range fields {
		if f.Class != policy.General || f.Encrypted {
			errs = append(errs, fault.New(fault.Invalid, "view_share_field", "a shared view compares general fields alone").WithAt(f.Name).With("field", f.Name))
		}
	}
	if !whole {
		errs = append(errs, fault.New(fault.Invalid, "view_share_cel", "the filter no longer fits the fields").WithAt("search.cel"))
	}
	return fault.Collect(fault.Invalid, "view_share_filter", "this filter cannot be shared", errs...)
}

// namedIn lists the fields that the filter of a view compares, each once, and whether all of it
// could be read.
func (v *view) namedIn(kind *records.Kind, s *ViewSearch) (fields []*policy.Field, whole bool) {
	schema := v.catalog.Schema().Kind(kind.Name)
	whole = true
	add := func(f *policy.Field) {
		if f == nil {
			whole = false
		} else if !slices.Contains(fields, f) {
			fields = append(fields, f)
		}
	}
	for _, row := range s.Rows {
		if len(row) > 0 {
			add(schema.Field(row[0]))
		}
	}
	if s.CEL != "" {
		cond, err := policy.ParseCEL(v.catalog.Schema(), kind.Name, s.CEL)
		if err != nil {
			return fields, false
		}
		l := &listing{shape: &shape{schema: schema}}
		for _, f := range l.fieldsOf(cond, nil) {
			add(f)
		}
	}
	return fields, whole
}

// close shows of a view what its reader may know: the names of locked fields, and of somebody
// else's view with such a field nothing of the filter. Columns and an order by fields that the
// reader does not know of are left out.
func (v *view) close(kind *records.Kind, one *ListView) {
	read := v.bound.Reduce(policy.Read, kind.Name)
	known := v.knownFields(kind)
	fields, whole := v.namedIn(kind, &one.Search)
	one.Closed = !whole
	for _, f := range fields {
		if read.Reach(f) == policy.Plain {
			continue
		}
		one.Closed = true
		if known[f.Name] != nil || !f.Custom {
			one.Locked = append(one.Locked, f.Name)
		}
	}
	if one.Mine {
		return
	}
	s := &one.Search
	if one.Closed {
		s.Rows, s.Any, s.CEL, s.Words = nil, false, "", ""
	}
	shows := func(name string) bool {
		f := kind.Field(name)
		return f != nil && (known[name] != nil || !f.Custom)
	}
	s.Columns = strings.Join(slices.DeleteFunc(s.columnNames(), func(name string) bool { return !shows(name) }), ",")
	widths := map[string]int{}
	for name, width := range s.Widths {
		if shows(name) {
			widths[name] = width
		}
	}
	s.Widths = widths
	if known[strings.TrimPrefix(s.Sort, "-")] == nil {
		s.Sort = ""
	}
}
