package laws

import (
	"encoding/json"
	"maps"
	"slices"
)

// Shrink makes the world as small as it gets while fails holds of it: it works on the JSON form
// and takes out elements of lists, then keys, then puts a condition's part in place of the
// whole, until nothing more can go. fails must be false for a world that is invalid.
func Shrink(w *World, fails func(*World) bool) *World {
	best := w
	for budget := 4000; budget > 0; {
		smaller := false
		var tree any
		decode(jsonText(best), &tree)
		for _, edit := range edits(tree) {
			if budget--; budget <= 0 {
				break
			}
			undo := edit()
			candidate, ok := worldOf(tree)
			if ok && fails(candidate) {
				best, smaller = candidate, true
				continue
			}
			undo()
		}
		if !smaller {
			break
		}
	}
	return best
}

// Text writes a world as JSON for people and for Replay.
func (w *World) Text() string {
	text, err := json.MarshalIndent(w, "", " ")
	if err != nil {
		panic(err)
	}
	return string(text)
}

func worldOf(tree any) (*World, bool) {
	text, err := json.Marshal(tree)
	if err != nil {
		return nil, false
	}
	var w World
	return &w, json.Unmarshal(text, &w) == nil
}

// edit changes the tree in place and returns how to change it back. An edit whose place has gone
// with an earlier one does no harm: it changes what is no longer looked at.
type edit func() (undo func())

func edits(tree any) []edit {
	var out []edit
	collect(tree, func(any) {}, &out)
	return out
}

// collect gives the edits of a node, the coarse ones first; set puts another in its place.
func collect(node any, set func(any), out *[]edit) {
	switch v := node.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			*out = append(*out, func() func() {
				old, was := v[key]
				delete(v, key)
				return func() {
					if was {
						v[key] = old
					}
				}
			})
		}
		if args, ok := v["args"].([]any); ok {
			for _, arg := range args {
				*out = append(*out, func() func() {
					set(arg)
					return func() { set(v) }
				})
			}
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if list, ok := v[key].([]any); ok {
				collectList(v, key, list, out)
			} else {
				collect(v[key], func(x any) { v[key] = x }, out)
			}
		}
	}
}

// collectList drops halves, then single elements.
func collectList(in map[string]any, key string, list []any, out *[]edit) {
	gone := make([]bool, len(list))
	refresh := func() {
		kept := []any{}
		for i, x := range list {
			if !gone[i] {
				kept = append(kept, x)
			}
		}
		in[key] = kept
	}
	drop := func(from, to int) edit {
		return func() func() {
			old := slices.Clone(gone)
			for i := from; i < to; i++ {
				gone[i] = true
			}
			refresh()
			return func() {
				copy(gone, old)
				refresh()
			}
		}
	}
	if len(list) > 3 {
		*out = append(*out, drop(0, len(list)/2), drop(len(list)/2, len(list)))
	}
	for i := range list {
		*out = append(*out, drop(i, i+1))
	}
	for i := range list {
		collect(list[i], func(x any) { list[i] = x; refresh() }, out)
	}
}
