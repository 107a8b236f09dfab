package fault

import "fmt"

// Kind says what sort of failure it was and thereby what the caller can do about it.
type Kind uint8

// The kinds. The list is closed: transports map each to one status.
const (
	Internal Kind = iota // not the caller's doing: look into the log under the request id
	Invalid              // the input is wrong; Items say where
	Denied               // not signed in, or the action is not permitted on what one may see
	NotFound             // there is no such thing, or the caller may not see it: the same answer
	Conflict             // against a rule between records: a double key, a thing in use
	Stale                // somebody else changed it first, or the cursor is of another time: read again
	Locked               // too many attempts or too much at once: try again later
)

var kindNames = [...]string{Internal: "Internal", Invalid: "Invalid", Denied: "Denied", NotFound: "NotFound", Conflict: "Conflict", Stale: "Stale", Locked: "Locked"}

// Kinds lists every kind.
func Kinds() []Kind { return []Kind{Internal, Invalid, Denied, NotFound, Conflict, Stale, Locked} }

// String returns the kind's name as it stands on the wire.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return kindNames[Internal]
}

// MarshalText writes the name.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the name and refuses everything else.
func (k *Kind) UnmarshalText(text []byte) error {
	for _, x := range Kinds() {
		if x.String() == string(text) {
			*k = x
			return nil
		}
	}
	return fmt.Errorf("fault: unknown kind %q", text)
}
