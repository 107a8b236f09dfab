package signin

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"guan/fault"
)

func drawnCode(r *rand.Rand) string {
	var chance [WatermarkBytes]byte
	for i := range chance {
		chance[i] = byte(r.Uint32())
	}
	return WatermarkCode(chance)
}

// Whoever types a code with one slip is led to the session all the same, and to few others.
func TestSlipsInACodeAreFound(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 30))
	for range 300 {
		code := drawnCode(r)
		bare := strings.ReplaceAll(code, "-", "")
		if len(code) != 11 || len(bare) != 10 {
			t.Fatal(code)
		}
		i, other := r.IntN(10), symbols[r.IntN(32)]
		j := (i + 1 + r.IntN(9)) % 10
		twoGone := []byte(bare)
		twoGone[i], twoGone[j] = '?', '?'
		k := r.IntN(9)
		for slip, typed := range map[string]string{
			"as it is":         code,
			"small letters":    strings.ToLower(bare),
			"O for 0, L for 1": strings.NewReplacer("0", "o", "1", "L").Replace(code),
			"one misread":      bare[:i] + string(other) + bare[i+1:],
			"one unread":       bare[:i] + "?" + bare[i+1:],
			"two unread":       string(twoGone),
			"two swapped":      bare[:k] + string(bare[k+1]) + string(bare[k]) + bare[k+2:],
			"one left out":     bare[:i] + bare[i+1:],
			"one typed twice":  bare[:i] + string(bare[i]) + bare[i:],
		} {
			found, err := WatermarkCodes(typed)
			if err != nil || !slices.Contains(found, code) {
				t.Fatalf("%s: %s, typed as %s, is read as %v, %v", slip, code, typed, found, err)
			}
			exact := slip == "as it is" || slip == "small letters" || strings.HasPrefix(slip, "O for")
			if exact && len(found) != 1 || slip == "one misread" && other != bare[i] && len(found) > 11 || len(found) > 20 {
				t.Errorf("%s: %s is read as %d codes: %v", slip, typed, len(found), found)
			}
		}
	}
}

// No two codes are near each other: a single wrong symbol never makes another code.
func TestCodesAreThreeApart(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		code := []byte(strings.ReplaceAll(drawnCode(r), "-", ""))
		for i := range code {
			for j := i; j < len(code); j++ {
				other := slices.Clone(code)
				other[i] = symbols[(strings.IndexByte(symbols, code[i])+1+r.IntN(31))%32]
				if j > i {
					other[j] = symbols[(strings.IndexByte(symbols, code[j])+1+r.IntN(31))%32]
				}
				if typed, _ := typedSymbols(string(other)); adds(typed) {
					t.Fatalf("%s and %s are both codes", code, other)
				}
			}
		}
	}
}

func TestWhatIsNoCode(t *testing.T) {
	for _, text := range []string{"", "ABC", "ABCDE-FGHJK-MNPQR", "??? ABCDEFG", "ABCDE FGHU", "张三张三张三张三张三", strings.Repeat("A", 10_000), "?????-?????", "12345678'9"} {
		if found, err := WatermarkCodes(text); !fault.Is(err, fault.Invalid) {
			t.Errorf("%.20q is read as %v, %v", text, found, err)
		}
	}
	if found, err := WatermarkCodes("ＡＢＣＤＥ－ＦＧＨＪＫ"); err != nil {
		t.Errorf("full width: %v %v", found, err)
	}
}
