package archtest

import (
	"slices"
	"strings"
	"testing"
)

// floors is the table: a package imports only packages of lower floors. A folder that is not in
// it has no place yet; give it one.
var floors = map[string]int{
	"policy": 0, // the language of permission and its interpreter
	"fault":  0, // the kinds of failure
	"web":    0, // the embedded UI
	"paper":  0, // documents as PDF

	"policy/sqlgen": 1, // paths to SQL text
	"org":           1,
	"audit":         1,
	"approvals":     1,
	"grants":        1,
	"signin":        1, // what a sign-in takes
	"statistics":    1, // figures without rows
	"watch":         1, // what is out of the ordinary
	"vault":         1, // keysets and what they seal
	"records":       1, // the kinds as descriptors
	"sheet":         1, // tables, read and written
	"mark":          1, // the marks of copies
	"report":        1, // what a reader is told of a month
	"exchange":      1, // import mappings

	"access":             2, // where engine meets business
	"store/internal/ddl": 2, // tables from descriptors

	"store":      3, // the only SQL
	"policyfile": 3, // the policy as a file

	"httpapi": 4,
	"jobs":    4,
	"siem":    4, // events on their way out
	"post":    4, // mail on its way out
	"demo":    4, // and below: companies to show

	"cmd/guan": 5,

	// Test packages stand beside the house: whatever they import, the program imports none of them.
	"internal": testOnly,
}

const testOnly = 9

// worlds are what both tests and the program's demo command take from internal/.
var worlds = map[string]int{"internal/world": 3}

func floorOf(pkg string) (int, bool) {
	if floor, ok := worlds[pkg]; ok {
		return floor, true
	}
	for name := pkg; ; {
		if floor, ok := floors[name]; ok && (name == pkg || name == "demo" || name == "internal") {
			return floor, true
		}
		i := strings.LastIndexByte(name, '/')
		if i < 0 {
			return 0, false
		}
		name = name[:i]
	}
}

func TestPackagesImportLowerFloorsOnly(t *testing.T) {
	for _, f := range source(t) {
		floor, known := floorOf(f.Package)
		if !known {
			t.Errorf("%s: the package %s has no floor: put it into the table in %s", f.Path, f.Package, "internal/archtest/imports_test.go")
			continue
		}
		if f.Test || floor == testOnly {
			continue
		}
		for _, name := range f.imports() {
			other, ours := strings.CutPrefix(name, "guan/")
			if !ours {
				continue
			}
			switch to, _ := floorOf(other); {
			case to == testOnly:
				t.Errorf("%s imports %s: the program does not lean on what is made for tests", f.Path, name)
			case to >= floor:
				t.Errorf("%s (floor %d) imports %s (floor %d): a package imports lower floors only, or changes above would reach down into it", f.Path, floor, name, to)
			}
		}
	}
}

// A ban keeps an import to the packages that are meant to have it.
type ban struct {
	imports string // the path and everything below it
	only    []string
	why     string
}

var bans = []ban{
	{"database/sql", []string{"store"}, "the store is the only SQL: data that comes by another way did not pass the gate"},
	{"github.com/jackc/pgx", []string{"store"}, "the store is the only SQL"},
	{"modernc.org/sqlite", []string{"store"}, "the store is the only SQL"},
	{"github.com/pressly/goose", []string{"store"}, "the store owns the schema"},
	{"net/http", []string{"httpapi", "cmd/guan", "web", "siem"}, "requests are known at the border alone; below it there are actors and values"},
	{"github.com/danielgtaylor/huma", []string{"httpapi"}, "one package stands between us and the HTTP library"},
	{"cel.dev/cel-go", []string{"policy"}, "conditions are our own tree; CEL is a spelling of it and a voice in tests"},
	{"github.com/xuri/excelize", []string{"sheet"}, "one package knows spreadsheet files"},
	{"codeberg.org/go-pdf/fpdf", []string{"paper"}, "one package knows PDF, and which characters its font has"},
	{"github.com/wneessen/go-mail", []string{"post"}, "one package speaks to mail servers, and knows what became of a try"},
	{"github.com/alecthomas/kong", []string{"cmd/guan"}, "flags are the command's"},
	{"go.yaml.in/yaml", []string{"policyfile"}, "one package knows YAML, and what of it would not be written back"},
	{"golang.org/x/crypto", []string{"store"}, "passwords are hashed in one place"},
	{"github.com/tink-crypto", []string{"vault"}, "one package knows ciphers, and keys leave it only wrapped"},
	{"github.com/pquerna/otp", []string{"signin"}, "codes are made and compared in one place, which refuses the step that was accepted"},
	{"github.com/go-webauthn", []string{"signin"}, "passkeys are checked in one place, whose clock and challenges are its caller's"},
	{"github.com/boombuler/barcode", []string{"signin"}, "one package draws"},
	{"github.com/prometheus", []string{"httpapi", "cmd/guan"}, "what is measured is counted at the border"},
	{"os/exec", nil, "the program starts no other programs"},
	{"unsafe", nil, "nothing here needs it"},
	{"reflect", []string{"httpapi"}, "types are known; the API description alone looks at them from outside"},
	{"encoding/gob", nil, "what is stored or sent is JSON, which other programs read"},
	{"math/rand", nil, "math/rand/v2 for order and jitter, crypto/rand for what must not be guessed"},
}

// pure packages answer from their arguments alone.
var pure = []string{"policy", "policy/sqlgen", "org", "audit", "approvals", "grants", "signin", "statistics", "watch", "records", "mark", "paper", "report", "access", "fault"}

var impure = map[string]string{
	"context":  "there is nothing to wait for or give up",
	"os":       "a decision does not depend on the machine",
	"net":      "a decision does not depend on the network",
	"log":      "what is worth saying is returned",
	"log/slog": "what is worth saying is returned",
}

func TestBans(t *testing.T) {
	for _, f := range source(t) {
		if floor, _ := floorOf(f.Package); f.Test || floor == testOnly {
			continue // tests look at the program from outside, by whatever way there is
		}
		for _, name := range f.imports() {
			for _, b := range bans {
				if (name == b.imports || strings.HasPrefix(name, b.imports+"/")) && name != "math/rand/v2" && !slices.Contains(b.only, f.Package) {
					t.Errorf("%s imports %s: %s", f.Path, name, b.why)
				}
			}
			if why, banned := impure[name]; banned && slices.Contains(pure, f.Package) {
				t.Errorf("%s imports %s: %s", f.Path, name, why)
			}
			if name == "testing" {
				t.Errorf("%s imports testing: the program carries no tests", f.Path)
			}
		}
	}
}

// now is a parameter: a rule's window, a session's end and a test's clock are one instant for
// the whole operation.
func TestNoClockBelowTheStore(t *testing.T) {
	clocks := []string{"Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker", "Sleep"}
	below := append([]string{"sheet", "exchange", "policyfile", "store/internal/ddl"}, pure...)
	for _, f := range source(t) {
		if f.Test || !slices.Contains(below, f.Package) {
			continue
		}
		f.uses("time", func(member string, at tokenPosition) {
			if slices.Contains(clocks, member) {
				t.Errorf("%s: time.%s: below the store the time is a parameter", at, member)
			}
		})
	}
}
