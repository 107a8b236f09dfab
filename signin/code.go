package signin

import (
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/boombuler/barcode/qr"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

// The form of the codes of RFC 6238 that every authenticator knows.
const (
	stepFor     = 30 * time.Second
	skew        = 1  // steps that a telephone's clock may be off
	SecretBytes = 20 // of a secret, as SHA-1 wants it
)

// SecretText is a secret as people type it into an authenticator.
func SecretText(secret []byte) string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
}

// Step returns the step to which a code belongs that is right at the instant and later than the step
// last accepted.
func Step(secretText, code string, at time.Time, last int64) (step int64, right bool) {
	now := at.Unix() / int64(stepFor/time.Second)
	for s := now - skew; s <= now+skew; s++ {
		want, err := hotp.GenerateCodeCustom(secretText, uint64(s), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		// Every step is compared, so that the time says nothing of which one it was.
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && s > last {
			step, right = s, true
		}
	}
	return step, right
}

// CodeAt is the code of an instant, as an authenticator shows it.
func CodeAt(secretText string, at time.Time) (string, error) {
	return hotp.GenerateCodeCustom(secretText, uint64(at.Unix()/int64(stepFor/time.Second)), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
}

// URI is what an authenticator reads from a QR code.
func URI(secretText, company, login string) string {
	issuer := strings.ReplaceAll(company, ":", " ")
	q := url.Values{"secret": {secretText}, "issuer": {issuer}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {"30"}}
	return "otpauth://totp/" + url.PathEscape(issuer+":"+login) + "?" + strings.ReplaceAll(q.Encode(), "+", "%20")
}

// QR is a QR code as a path for an SVG of Size by Size units.
type QR struct {
	Size int    `json:"size"`
	Path string `json:"path"`
}

// QROf draws a text, so that its secret is sent to nobody who draws.
func QROf(text string) (QR, error) {
	code, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return QR{}, fmt.Errorf("signin: %w", err)
	}
	size := code.Bounds().Dx()
	var path strings.Builder
	for y := range size {
		for x := 0; x < size; x++ {
			from := x
			for x < size && dark(code.At(x, y).RGBA()) {
				x++
			}
			if x > from {
				fmt.Fprintf(&path, "M%d %dh%dv1H%dz", from, y, x-from, from)
			}
		}
	}
	return QR{Size: size, Path: path.String()}, nil
}

func dark(r, _, _, _ uint32) bool { return r < 0x8000 }

// Codes of recovery have 80 random bits: what cannot be guessed needs no slow hash.
const (
	RecoveryCodes = 10
	RecoveryBytes = 10
)

// RecoveryText is a code of recovery as people write it down: four groups of four.
func RecoveryText(random []byte) string {
	text := SecretText(random)
	return strings.Join([]string{text[:4], text[4:8], text[8:12], text[12:16]}, "-")
}

// PlainCode takes out what people type between the parts of a code. Recovery says that it is no code
// of an authenticator.
func PlainCode(typed string) (code string, recovery bool) {
	code = strings.ToUpper(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, typed))
	return code, len(code) != 6
}
