package records

import (
	"testing"

	"guan/policy"
)

// What stands for a value is compared with what stood for it years ago: a change of a preview here would be a
// change of every record.
func TestStandIsPinned(t *testing.T) {
	k := Builtin().Kind("customer")
	for name, want := range map[string][2]string{
		"id_number":       {"11010519491231002X", "\x01index\x02*****************X\x021****************X"},
		"passport_number": {"E12345678", "\x01index\x02****\x02E**"},
		"bank_account":    {"6222020903001483077", "\x01index\x02****3077\x026222****3077"},
	} {
		f := k.Field(name)
		stand := f.Stand("index", policy.TextOf(want[0]))
		if !f.Encrypted || stand.Text() != want[1] {
			t.Errorf("%s has %q", name, stand.Text())
		}
		for _, mask := range f.Masks() {
			if got := Preview(f, stand, mask); got != Preview(f, policy.TextOf(want[0]), mask) {
				t.Errorf("%s by %d shows as %q", name, mask, got)
			}
		}
		// Nobody enters one.
		if _, err := f.Parse([]byte(`"\u0001index\u0002****\u0002****"`)); err == nil {
			t.Errorf("%s takes what stands for a value", name)
		}
	}
}
