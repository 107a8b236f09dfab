package grants

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"guan/fault"
	"guan/policy"
)

// Sandbox is a room for one purpose: its members act in [From, Until) on what its sponsor, and those
// members who may, have put into it. It gives nothing to its sponsor but what others put in.
type Sandbox struct {
	ID      policy.ID  `json:"id"`
	Sponsor policy.ID  `json:"sponsor"`
	Title   string     `json:"title"`
	Purpose string     `json:"purpose"` // the scene
	From    time.Time  `json:"from"`
	Until   time.Time  `json:"until"`
	EndedAt *time.Time `json:"ended_at,omitempty"`
	Members []Member   `json:"members"`
	Shares  []Share    `json:"shares"`

	// Leaves is when the sponsor's last appointment ends: nobody keeps open the sandbox of somebody
	// who has left. Nil where it does not end. It is derived, never kept.
	Leaves *time.Time `json:"-"`
}

// Member is somebody in a sandbox in [Joined, Left); without Left to its end.
type Member struct {
	Person policy.ID  `json:"person"`
	Mode   Mode       `json:"mode"`
	Gives  bool       `json:"gives"` // a co-sponsor: puts records of their own into it
	Joined time.Time  `json:"joined"`
	Left   *time.Time `json:"left,omitempty"`
}

// Mode says what a member does with what is shared for editing.
type Mode string

// The modes.
const (
	View Mode = "view"
	Edit Mode = "edit"
)

// Share is what somebody has put into a sandbox: a grant to whoever is a member.
type Share struct {
	ID          policy.ID          `json:"id"`
	Giver       policy.ID          `json:"giver"`
	Kind        policy.Kind        `json:"kind"`
	Records     []policy.ID        `json:"records,omitempty"`
	When        *policy.Cond       `json:"when,omitempty"`
	Within      *policy.Cond       `json:"within,omitempty"` // see Grant
	Actions     []policy.Action    `json:"actions"`          // read, and perhaps edit
	Fields      []policy.FieldRule `json:"fields"`
	Along       []Along            `json:"along,omitempty"` // what belongs to the records; see Grant
	From        time.Time          `json:"from"`
	Until       time.Time          `json:"until"`
	WithdrawnAt *time.Time         `json:"withdrawn_at,omitempty"`
	Leaves      *time.Time         `json:"-"` // when the giver's last appointment ends
}

// The limits of a sandbox.
const (
	MaxTitle   = 100 // characters
	MaxMembers = 200 // at a time
	MaxShares  = 50  // at a time
)

// Window returns the half-open window in which the sandbox gives anything.
func (s Sandbox) Window() (from, end time.Time) { return s.From, first(s.Until, s.EndedAt, s.Leaves) }

// At returns the state at now: pending, active or ended.
func (s Sandbox) At(now time.Time) State {
	from, end := s.Window()
	switch {
	case !now.Before(end):
		return Ended
	case now.Before(from):
		return Pending
	}
	return Active
}

// first is the first of some instants; nil ones never come.
func first(t time.Time, others ...*time.Time) time.Time {
	for _, o := range others {
		if o != nil && o.Before(t) {
			t = *o
		}
	}
	return t
}

// Window returns the half-open window of a share, whatever that of its sandbox.
func (x Share) Window() (from, end time.Time) {
	return x.From, first(x.Until, x.WithdrawnAt, x.Leaves)
}

// At reports whether somebody is in the sandbox at now, as far as it runs.
func (m Member) At(now time.Time) bool {
	return !now.Before(m.Joined) && (m.Left == nil || now.Before(*m.Left))
}

// Lending is a grant to several people at once.
type Lending struct {
	Grant
	People []policy.ID // in the order of ids; Receiver stands for nobody
	Edit   bool        // for editing; otherwise for reading
}

// Lends lists what a share gives to whom and when: for each window that some members have, what they
// read, and what those may edit who are there for that. Nobody is lent what they put in themselves:
// it would stay with them when they lose it. What others put in is the sponsor's too, and leaves the
// sandbox with who put it in, or is no longer a co-sponsor.
func (s Sandbox) Lends(x Share) []Lending {
	from, end := s.Window()
	since, until := x.Window()
	if from = later(from, since); until.Before(end) {
		end = until
	}
	if x.Giver != s.Sponsor {
		i := lastIndex(s.Members, func(m Member) bool { return m.Person == x.Giver && m.Gives })
		if i < 0 {
			return nil
		}
		end = first(end, s.Members[i].Left)
	}
	type span struct{ from, end int64 }
	found := map[span]*[2]Lending{}
	for _, m := range append([]Member{{Person: s.Sponsor, Mode: Edit}}, s.Members...) {
		at, left := later(from, m.Joined), first(end, m.Left)
		if m.Person == x.Giver || at.UnixMicro() >= left.UnixMicro() {
			continue
		}
		key := span{at.UnixMicro(), left.UnixMicro()}
		if found[key] == nil {
			g := x.grant(s.Purpose)
			g.From, g.Until = at, left
			read, edit := g, g
			read.Actions, read.Fields, read.Along = []policy.Action{policy.Read}, readOnly(x.Fields), alongFor(x.Along, policy.Read)
			edit.Actions, edit.Along = []policy.Action{policy.Edit}, alongFor(x.Along, policy.Edit)
			found[key] = &[2]Lending{{Grant: read}, {Grant: edit, Edit: true}}
		}
		found[key][0].People = append(found[key][0].People, m.Person)
		if m.Mode == Edit && slices.Contains(x.Actions, policy.Edit) {
			found[key][1].People = append(found[key][1].People, m.Person)
		}
	}
	var list []Lending
	for _, pair := range found {
		for _, l := range pair {
			if slices.Sort(l.People); len(l.People) > 0 {
				l.People = slices.Compact(l.People)
				list = append(list, l)
			}
		}
	}
	slices.SortFunc(list, func(a, b Lending) int {
		return cmp.Or(a.From.Compare(b.From), a.Until.Compare(b.Until), cmp.Compare(a.Actions[0], b.Actions[0]))
	})
	return list
}

func lastIndex(list []Member, is func(Member) bool) int {
	for i := len(list) - 1; i >= 0; i-- {
		if is(list[i]) {
			return i
		}
	}
	return -1
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// alongFor is what goes along for one of the actions.
func alongFor(list []Along, action policy.Action) []Along {
	var out []Along
	for _, a := range list {
		if !slices.Contains(a.Actions, action) {
			continue
		}
		if a.Actions = []policy.Action{action}; action == policy.Read {
			a.Fields = readOnly(a.Fields)
		}
		out = append(out, a)
	}
	return out
}

func readOnly(fields []policy.FieldRule) []policy.FieldRule {
	out := slices.Clone(fields)
	for i := range out {
		out[i].Edit = false
	}
	return out
}

// grant is a share as a grant without a receiver.
func (x Share) grant(purpose string) Grant {
	return Grant{ID: x.ID, Giver: x.Giver, Kind: x.Kind, Records: x.Records, When: x.When, Within: x.Within, Actions: x.Actions, Fields: x.Fields, Along: x.Along,
		From: x.From, Until: x.Until, Purpose: purpose}
}

// Grant is what its giver must be able to give for the share to be put into the sandbox.
func (s Sandbox) Grant(x Share) Grant { return x.grant(s.Purpose) }

// Check reports everything that is wrong with a sandbox by itself. Faults: Invalid, with one item for
// each mistake.
func (s Sandbox) Check() error {
	var errs []error
	wrong := func(at, code, detail string) {
		errs = append(errs, fault.New(fault.Invalid, code, detail).WithAt(at))
	}
	if s.Sponsor <= 0 {
		wrong("sponsor", "sandbox_sponsor", "a sandbox needs the person who answers for it")
	}
	switch n := utf8.RuneCountInString(s.Title); {
	case strings.TrimSpace(s.Title) == "":
		wrong("title", "sandbox_title", "a sandbox has a title")
	case n > MaxTitle:
		wrong("title", "sandbox_title_long", "the title is longer than 100 characters")
	case !utf8.ValidString(s.Title) || strings.ContainsFunc(s.Title, unicode.IsControl):
		wrong("title", "sandbox_title_text", "the title contains control characters or is no valid UTF-8")
	}
	Grant{From: s.From, Until: s.Until, Purpose: s.Purpose}.checkScene(wrong)
	if len(s.Members) > MaxMembers {
		wrong("members", "sandbox_members_many", "a sandbox has at most 200 members")
	}
	seen := map[policy.ID]bool{}
	for i, m := range s.Members {
		at := fmt.Sprintf("members[%d]", i)
		switch {
		case m.Person <= 0 || seen[m.Person]:
			wrong(at+".person", "sandbox_member", "the members of a sandbox are people, each named once")
		case m.Person == s.Sponsor:
			wrong(at+".person", "sandbox_sponsor_member", "who answers for a sandbox is in it already")
		case m.Mode != View && m.Mode != Edit:
			wrong(at+".mode", "sandbox_mode", "a member is there to view or to edit")
		case m.Left != nil && (!m.Left.After(later(s.From, m.Joined)) || m.Left.After(s.Until)):
			wrong(at+".until", "sandbox_member_until", "a member leaves after they join, and no later than the sandbox ends")
		}
		seen[m.Person] = true
	}
	if len(s.Shares) > MaxShares {
		wrong("shares", "sandbox_shares_many", "at most 50 things are put into a sandbox")
	}
	return fault.Collect(fault.Invalid, "sandbox", "the sandbox is not well formed", errs...)
}

// CheckShare reports everything that is wrong with a share of the sandbox by itself. Faults: Invalid.
func (s Sandbox) CheckShare(x Share) error {
	var errs []error
	wrong := func(at, code, detail string) {
		errs = append(errs, fault.New(fault.Invalid, code, detail).WithAt(at))
	}
	if x.Giver <= 0 {
		wrong("giver", "grant_giver", "a share needs the person who gives it")
	}
	x.grant(s.Purpose).checkLent(wrong)
	if len(x.Actions) > 0 && (!slices.Contains(x.Actions, policy.Read) ||
		slices.ContainsFunc(x.Actions, func(a policy.Action) bool { return a != policy.Read && a != policy.Edit })) {
		// What is copied out, given away or deleted outlives the sandbox.
		wrong("actions", "sandbox_actions", "in a sandbox one reads, and perhaps edits")
	}
	if from, end := s.Window(); !x.Until.IsZero() && (x.From.Before(from) || x.Until.After(end)) {
		wrong("until", "sandbox_outlives", "what is put into a sandbox stands no longer than the sandbox")
	}
	return fault.Collect(fault.Invalid, "sandbox_share", "what is put into the sandbox is not well formed", errs...)
}
