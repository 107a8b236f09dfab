package policy

import "time"

// Subject is the engine's view of the person who acts: what the organisation says of them at
// one instant. Package access derives it; nothing in it is stored.
type Subject struct {
	Person ID
	Posts  []Post // the active appointments
	// Units are the units of the posts; Below adds all units below them; Headed are the units the
	// person heads and all below these. Pools are the pools open to the person, or to units they head.
	// Each is sorted, without doubles.
	Units, Below, Headed, Pools []ID
	// Anchors are the known places of Units, for the near path.
	Anchors []Point
	// Attrs is what conditions may read as p.NAME beside p.id, p.units, p.positions.
	Attrs map[string]Value
}

// Post is one active appointment with the units above it, so that 'unit X and what is below'
// can be answered without the tree.
type Post struct {
	Position string
	Unit     ID
	Above    []ID // from the parent of Unit to the root
}

// Context is what is known of the request; conditions read it as ctx.now, ctx.channel, ….
type Context struct {
	Now     time.Time
	Channel string // web, api, export, import, job, agent
	Device  string // desktop, phone, unknown
	Network string // office, outside, unknown
	// Proved: the second factor was proved a short time ago. Conditions do not read it: rules ask for
	// it by their duty.
	Proved bool
}

// Expand gives the units a rule names, including those below them where asked. The
// organisation stands behind it; the engine itself holds no tree.
type Expand func(unit ID) []ID
