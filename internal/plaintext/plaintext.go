// Package plaintext looks for a text in bytes in which it must not lie: as it is, and in the forms that files,
// indexes and dumps give to texts.
package plaintext

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf16"
)

// Form is a way in which a text may lie in a file.
type Form struct {
	Name  string
	Bytes []byte
}

// Forms are the ways in which a text may lie in a file.
func Forms(text string) []Form {
	low := hex.EncodeToString([]byte(text))
	out := []Form{{"UTF-8", []byte(text)}, {"hex", []byte(low)}, {"capital hex", []byte(strings.ToUpper(low))}}
	var little, big []byte
	for _, u := range utf16.Encode([]rune(text)) {
		little, big = append(little, byte(u), byte(u>>8)), append(big, byte(u>>8), byte(u))
	}
	out = append(out, Form{"UTF-16LE", little}, Form{"UTF-16BE", big})
	// base64 at each of its three places; the ends of the text are left out.
	for skip := range 3 {
		whole := base64.RawStdEncoding.EncodeToString(append(bytes.Repeat([]byte{0}, skip), text...))
		out = append(out, Form{fmt.Sprintf("base64 at %d", skip), []byte(whole[4 : len(whole)-4])})
	}
	return out
}

// In names the form in which a text lies in some bytes, empty when it does in none.
func In(data []byte, text string) string {
	for _, form := range Forms(text) {
		if bytes.Contains(data, form.Bytes) {
			return form.Name
		}
	}
	return ""
}
