package approvals

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"guan/fault"
	"guan/policy"
)

// State says how a request stands.
type State string

// The states. All but the first are final.
const (
	Pending   State = "pending"
	Approved  State = "approved"
	Refused   State = "refused"
	Withdrawn State = "withdrawn"
	Expired   State = "expired" // nobody decided in time
	Void      State = "void"    // approved, but nobody could give what was asked any more
)

// Verdict is what was decided.
type Verdict string

// The verdicts.
const (
	Yes     Verdict = "approve"
	No      Verdict = "refuse"
	Skipped Verdict = "skip" // by nobody: all who could have decided had approved already
)

// Decision is one verdict. For is the person for whom somebody stood in.
type Decision struct {
	Step    int       `json:"step"`
	Slot    int       `json:"slot"`
	Person  policy.ID `json:"person"`
	For     policy.ID `json:"for,omitempty"`
	Verdict Verdict   `json:"verdict"`
	Words   string    `json:"words,omitempty"`
	At      time.Time `json:"at"`
}

// Request is something asked and how far it is decided. Operations return a new one.
type Request struct {
	Asker     policy.ID
	Steps     []Step
	Step      int       // the step under way
	Since     time.Time // since when it is
	State     State     // as it was left; At computes the rest
	Decisions []Decision
}

// MaxWords bounds purposes and the words of a decision, in characters.
const MaxWords = 500

var (
	errOver   = fault.New(fault.Conflict, "request_decided", "the request was decided already")
	errOwn    = fault.New(fault.Denied, "request_own", "nobody decides their own request")
	errNotYou = fault.New(fault.Denied, "request_not_you", "it is not for you to decide this request")
	errTwice  = fault.New(fault.Conflict, "request_twice", "you have decided on this request already")
	errNobody = fault.New(fault.Conflict, "request_nobody", "there is nobody beside yourself who could decide this: speak with who administers approvals")
	errOthers = fault.New(fault.Denied, "request_others", "only who asked can withdraw a request")
)

// Ask begins a request. Faults: Conflict (request_nobody) when some step could be decided by nobody
// but who asks.
func Ask(asker policy.ID, steps []Step, c Company) (Request, error) {
	r := Request{Asker: asker, Steps: slices.Clone(steps), Since: c.Now, State: Pending}
	for i, s := range r.Steps {
		for _, slot := range s.slots() {
			if len(r.named(slot, c)) == 0 {
				return Request{}, errNobody.With("step", i+1)
			}
		}
	}
	return r, nil
}

// Due, Escalates and Expires are the instants of the step under way.
func (r Request) Due() time.Time { return r.Since.Add(r.Steps[r.Step].span()) }

// Escalates is when the next head joins those who may decide.
func (r Request) Escalates() time.Time { return r.Since.Add(2 * r.Steps[r.Step].span()) }

// Expires is when the request ends undecided.
func (r Request) Expires() time.Time { return r.Since.Add(3 * r.Steps[r.Step].span()) }

// At returns the state at now. At Expires the request has expired.
func (r Request) At(now time.Time) State {
	if r.State == Pending && !now.Before(r.Expires()) {
		return Expired
	}
	return r.State
}

// Seat is somebody who may decide now, and in which part of the step.
type Seat struct {
	Person policy.ID
	For    policy.ID // whom they stand in for; 0 for themselves
	Slot   int
	Joined bool // as the next head: the step waits too long, or has nobody else
}

// Seats are all who may decide now, each person once.
func (r Request) Seats(c Company) []Seat {
	if r.At(c.Now) != Pending {
		return nil
	}
	var out []Seat
	for i, slot := range r.Steps[r.Step].slots() {
		if r.filled(i) {
			continue
		}
		seats := r.seated(slot, c)
		if len(seats) == 0 || !c.Now.Before(r.Escalates()) {
			seats = append(seats, r.joined(seats, c)...)
		}
		for _, s := range seats {
			if s.Slot = i; !slices.ContainsFunc(out, func(o Seat) bool { return o.Person == s.Person }) {
				out = append(out, s)
			}
		}
	}
	return out
}

// named are all whom the sources name, but who asks.
func (r Request) named(slot []Source, c Company) []Seat {
	var out []Seat
	add := func(s Seat) {
		if s.Person != 0 && s.Person != r.Asker && !slices.ContainsFunc(out, func(o Seat) bool { return o.Person == s.Person }) {
			out = append(out, s)
		}
	}
	var people []policy.ID
	for _, by := range slot {
		people = append(people, c.People(by)...)
	}
	for _, p := range people {
		add(Seat{Person: p})
	}
	// Whoever may decide themselves does not stand in for others.
	for _, p := range people {
		for _, a := range c.Away {
			if a.Person == p && a.At(c.Now) && p != r.Asker {
				add(Seat{Person: a.StandIn, For: p})
			}
		}
	}
	return out
}

// seated are those of them who have not approved yet.
func (r Request) seated(slot []Source, c Company) []Seat {
	return slices.DeleteFunc(r.named(slot, c), func(s Seat) bool {
		// Neither who decided, nor in whose name it was decided, decides again.
		return r.decided(s.Person) || s.For != 0 && r.decided(s.For)
	})
}

// joined is the nearest head above who asks who does not sit there yet.
func (r Request) joined(seats []Seat, c Company) []Seat {
	for _, heads := range c.Ladder {
		var out []Seat
		for _, h := range heads {
			if h != r.Asker && !r.decided(h) && !slices.ContainsFunc(seats, func(s Seat) bool { return s.Person == h }) {
				out = append(out, Seat{Person: h, Joined: true})
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// decided reports whether somebody has decided, themselves or by who stood in for them.
func (r Request) decided(person policy.ID) bool {
	return slices.ContainsFunc(r.Decisions, func(d Decision) bool {
		return d.Verdict != Skipped && (d.Person == person || d.For == person)
	})
}

// filled reports whether a part of the step under way is decided.
func (r Request) filled(slot int) bool {
	return slices.ContainsFunc(r.Decisions, func(d Decision) bool { return d.Step == r.Step && d.Slot == slot })
}

// Decide takes a verdict of somebody who may decide now. Faults: Conflict (request_decided,
// request_twice), Denied (request_own, request_not_you).
func (r Request) Decide(person policy.ID, verdict Verdict, words string, c Company) (Request, error) {
	if state := r.At(c.Now); state != Pending {
		return r, errOver.With("state", string(state))
	}
	if person == r.Asker {
		return r, errOwn
	}
	seats := r.Seats(c)
	i := slices.IndexFunc(seats, func(s Seat) bool { return s.Person == person })
	if i < 0 {
		if r.decided(person) {
			return r, errTwice
		}
		return r, errNotYou
	}
	words, err := Words(words, false)
	if err != nil {
		return r, err
	}
	s := seats[i]
	r.Decisions = append(slices.Clone(r.Decisions), Decision{Step: r.Step, Slot: s.Slot, Person: person, For: s.For, Verdict: verdict, Words: words, At: c.Now})
	if verdict == No {
		r.State = Refused
		return r, nil
	}
	r.proceed(c)
	return r, nil
}

// proceed goes on to the next decision that somebody has to make. What only those could decide who
// have approved already is skipped.
func (r *Request) proceed(c Company) {
	for r.State == Pending {
		waits := false
		for i, slot := range r.Steps[r.Step].slots() {
			if r.filled(i) {
				continue
			}
			named := r.named(slot, c)
			if len(named) == 0 || len(r.seated(slot, c)) > 0 {
				waits = true // an empty chair is no approval: the next head takes it
				continue
			}
			r.Decisions = append(r.Decisions, Decision{Step: r.Step, Slot: i, Person: named[0].Person, Verdict: Skipped, At: c.Now})
		}
		if waits {
			return
		}
		if r.Step == len(r.Steps)-1 {
			r.State = Approved
			return
		}
		r.Step, r.Since = r.Step+1, c.Now
	}
}

// PassOn adds a step for people who can give what those who approved could not, and waits again.
func (r Request) PassOn(people []policy.ID, c Company) Request {
	step := Step{Hours: r.Steps[r.Step].Hours, Added: true}
	for _, p := range people {
		step.By = append(step.By, Source{Type: Person, Person: p})
	}
	r.Steps = append(slices.Clone(r.Steps), step)
	r.Step, r.Since, r.State = len(r.Steps)-1, c.Now, Pending
	return r
}

// Withdraw takes a request back. Faults: Denied (request_others), Conflict (request_decided).
func (r Request) Withdraw(person policy.ID, now time.Time) (Request, error) {
	if person != r.Asker {
		return r, errOthers
	}
	if state := r.At(now); state != Pending {
		return r, errOver.With("state", string(state))
	}
	r.State = Withdrawn
	return r, nil
}

// Givers are those who approved, and for whom they stood in, the last first: in whose name what was
// asked may be given.
func (r Request) Givers() []policy.ID {
	var out []policy.ID
	for _, d := range slices.Backward(r.Decisions) {
		if d.Verdict != Yes {
			continue
		}
		for _, p := range []policy.ID{d.Person, d.For} {
			if p != 0 && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// Words checks what people write with a request or a decision, without the spaces around it. Faults:
// Invalid.
func Words(text string, needed bool) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case needed && text == "":
		return "", fault.New(fault.Invalid, "request_purpose", "say what it is for").WithAt("purpose")
	case utf8.RuneCountInString(text) > MaxWords:
		return "", fault.New(fault.Invalid, "request_words", "this is longer than 500 characters").With("max", MaxWords)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }):
		return "", fault.New(fault.Invalid, "request_text", "this contains control characters or is no valid UTF-8")
	}
	return text, nil
}

// Names reports whether the chain, as far as it has come, names somebody, or somebody in whose stead
// they stand: they were asked, whoever decided then.
func (r Request) Names(person policy.ID, c Company) bool {
	for _, step := range r.Steps[:r.Step+1] {
		for _, slot := range step.slots() {
			if slices.ContainsFunc(r.named(slot, c), func(s Seat) bool { return s.Person == person }) {
				return true
			}
		}
	}
	return slices.ContainsFunc(r.Seats(c), func(s Seat) bool { return s.Person == person })
}
