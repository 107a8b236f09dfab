package records

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"guan/fault"
)

var (
	mailLocal   = regexp.MustCompile("^[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*$")
	domainLabel = regexp.MustCompile(`^[\p{L}\p{N}]([\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$`)
	postal      = regexp.MustCompile(`^[A-Z0-9]([A-Z0-9 \-]{0,10}[A-Z0-9])?$`)
	account     = regexp.MustCompile(`^[A-Z0-9]{5,34}$`)
	login       = regexp.MustCompile(`^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}._@+\-]*$`)
)

// normalEmail checks an address of the form local@domain (RFC 5321 without quoted parts, with
// the letters of RFC 6531). The domain becomes lower case; the local part is the recipient's.
func normalEmail(text string) (string, error) {
	bad := fault.New(fault.Invalid, "email", "an e-mail address looks like name@example.com")
	at := strings.LastIndexByte(text, '@')
	if at < 1 || len(text) > 254 {
		return "", bad
	}
	local, domain := text[:at], strings.ToLower(text[at+1:])
	if len(local) > 64 || !mailLocal.MatchString(local) || !isDomain(domain) {
		return "", bad
	}
	return local + "@" + domain, nil
}

// isDomain asks for at least two labels, the last of them not a number.
func isDomain(domain string) bool {
	labels := strings.Split(domain, ".")
	if len(labels) < 2 || len(domain) > 253 {
		return false
	}
	for _, label := range labels {
		if !domainLabel.MatchString(label) {
			return false
		}
	}
	return strings.ContainsFunc(labels[len(labels)-1], unicode.IsLetter)
}

// normalURL checks a web address; without a scheme it gets https. Other schemes and addresses
// with a password inside are refused: the value becomes a link.
func normalURL(text string) (string, error) {
	bad := fault.New(fault.Invalid, "url", "a web address looks like https://example.com")
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || strings.ContainsAny(text, " \"'<>\\`{}|^") {
		return "", bad
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.User != nil || !isDomain(strings.ToLower(u.Hostname())) {
		return "", bad
	}
	rest := text[len(u.Scheme)+len("://"):]
	host := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		host = rest[:i]
	}
	if host != u.Host { // an escaped host would show as another
		return "", bad
	}
	return u.Scheme + "://" + strings.ToLower(host) + rest[len(host):], nil
}

// normalPostalCode takes the codes of all countries: 518057, M4B 1V7, 94519-1234.
func normalPostalCode(text string) (string, error) {
	text = strings.ToUpper(strings.Join(strings.Fields(text), " "))
	if !postal.MatchString(text) {
		return "", fault.New(fault.Invalid, "postal_code", "a postal code has at most 12 letters A to Z, digits, blanks and -")
	}
	return text, nil
}

// normalBankAccount takes Chinese accounts and cards and IBANs, with or without groups.
func normalBankAccount(text string) (string, error) {
	text = strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(text))
	if !account.MatchString(text) {
		return "", fault.New(fault.Invalid, "bank_account", "a bank account has 5 to 34 digits and letters A to Z")
	}
	return text, nil
}

// NormalLogin brings a login into the form in which it is stored and looked up: lower case,
// 1 to 64 letters, digits and . _ @ + -.
func NormalLogin(text string) (string, error) {
	text, err := normalText(narrow(text), false)
	if err != nil {
		return "", err
	}
	text = norm.NFC.String(strings.ToLower(text))
	if !login.MatchString(text) || countRunes(text) > 64 {
		return "", fault.New(fault.Invalid, "login", "a login has 1 to 64 letters, digits and . _ @ + - and begins with a letter or digit")
	}
	return text, nil
}
