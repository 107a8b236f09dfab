package signin_test

import (
	"strings"
	"testing"
	"time"

	"guan/fault"
	"guan/signin"
)

// The test vectors of RFC 6238 for SHA-1, cut to six digits.
func TestCodes(t *testing.T) {
	secret := signin.SecretText([]byte("12345678901234567890"))
	for unix, want := range map[int64]string{1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		at := time.Unix(unix, 0)
		if got, err := signin.CodeAt(secret, at); got != want || err != nil {
			t.Errorf("at %d the code is %s, %v, not %s", unix, got, err, want)
		}
		for _, off := range []time.Duration{-30 * time.Second, 0, 30 * time.Second} {
			step, right := signin.Step(secret, want, at.Add(off), 0)
			if !right || step != unix/30 {
				t.Errorf("%d %s off: %d, %v", unix, off, step, right)
			}
			if _, again := signin.Step(secret, want, at.Add(off), step); again {
				t.Errorf("%d: accepted twice", unix)
			}
		}
		for _, off := range []time.Duration{-61 * time.Second, 61 * time.Second} {
			if _, right := signin.Step(secret, want, at.Add(off), 0); right {
				t.Errorf("%d: right %s off", unix, off)
			}
		}
	}
	for _, code := range []string{"", "28708", "2870820", "28708a", "287083"} {
		if _, right := signin.Step(secret, code, time.Unix(59, 0), 0); right {
			t.Errorf("%q is right", code)
		}
	}
}

func TestTypedCodes(t *testing.T) {
	for typed, want := range map[string]string{" 287 082": "287082", "abcd-efgh-ijkl-mnop": "ABCDEFGHIJKLMNOP", "": ""} {
		if got, recovery := signin.PlainCode(typed); got != want || recovery != (len(want) != 6) {
			t.Errorf("%q is %q, %v", typed, got, recovery)
		}
	}
	if got := signin.RecoveryText(make([]byte, signin.RecoveryBytes)); got != "AAAA-AAAA-AAAA-AAAA" {
		t.Errorf("%s", got)
	}
}

func TestQR(t *testing.T) {
	uri := signin.URI("ABC", "关 : 公司", "lin")
	if uri != "otpauth://totp/%E5%85%B3%20%20%20%E5%85%AC%E5%8F%B8:lin?algorithm=SHA1&digits=6&issuer=%E5%85%B3%20%20%20%E5%85%AC%E5%8F%B8&period=30&secret=ABC" {
		t.Errorf("%s", uri)
	}
	code, err := signin.QROf(uri)
	// The finder in the corner is seven dark modules wide.
	if err != nil || code.Size < 21 || !strings.HasPrefix(code.Path, "M0 0h7v1H0z") {
		t.Errorf("%d %.40s %v", code.Size, code.Path, err)
	}
	if _, err := signin.QROf(strings.Repeat("x", 5000)); err == nil {
		t.Error("too much for a QR code, and drawn")
	}
}

func TestUnusual(t *testing.T) {
	night, day := time.Date(2026, 5, 4, 18, 30, 0, 0, time.UTC), time.Date(2026, 5, 4, 2, 0, 0, 0, time.UTC) // 02:30 and 10:00 in UTC+8
	usual := signin.Usual
	home := []string{"203.0.113.9", "2001:db8:1:2::5"}
	for what, c := range map[string]struct {
		settings signin.Settings
		arrival  signin.Arrival
		want     bool
	}{
		"new device, new network, at night": {usual, signin.Arrival{Address: "198.51.100.7", Addresses: home, At: night}, true},
		"by day":                            {usual, signin.Arrival{Address: "198.51.100.7", Addresses: home, At: day}, false},
		"a known device":                    {usual, signin.Arrival{Known: true, Address: "198.51.100.7", Addresses: home, At: night}, false},
		"the same network":                  {usual, signin.Arrival{Address: "203.0.113.200", Addresses: home, At: night}, false},
		"the same network of IPv6":          {usual, signin.Arrival{Address: "2001:db8:1:ffff::1", Addresses: home, At: night}, false},
		"another network of IPv6":           {usual, signin.Arrival{Address: "2001:db8:2::1", Addresses: home, At: night}, true},
		"an address that is none":           {usual, signin.Arrival{Address: "", Addresses: home, At: night}, true},
		"the first device":                  {usual, signin.Arrival{Address: "198.51.100.7", At: night}, false},
		"every hour is usual":               {signin.Settings{}, signin.Arrival{Address: "198.51.100.7", Addresses: home, At: night}, false},
		"a night shift, by day":             {signin.Settings{HourFrom: 22, HourUntil: 6}, signin.Arrival{Address: "198.51.100.7", Addresses: home, At: day}, true},
		"a night shift, at night":           {signin.Settings{HourFrom: 22, HourUntil: 6}, signin.Arrival{Address: "198.51.100.7", Addresses: home, At: night}, false},
	} {
		if got := c.settings.Unusual(c.arrival); got != c.want {
			t.Errorf("%s: %v", what, got)
		}
	}
}

func TestFamily(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0": "Edge · Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1":   "Safari · iPhone",
		"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0":               "WeChat · Android",
		"Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0":                                                "Firefox · Linux",
		"curl/8.5.0": "", "": "",
	} {
		if got := signin.Family(agent); got != want {
			t.Errorf("%q is %q", agent, got)
		}
	}
}

func TestSettings(t *testing.T) {
	if err := signin.Usual.Check(); err != nil {
		t.Error(err)
	}
	wrong := signin.Settings{Factor: "never", FirstUse: "ask", HourFrom: -1, HourUntil: 24}.Check()
	if !fault.Is(wrong, fault.Invalid) || len(fault.From(wrong).Items) != 5 {
		t.Errorf("%+v", wrong)
	}
}
