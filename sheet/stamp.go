package sheet

import (
	"regexp"
	"strings"
	"time"
)

// Stamp is what a file says of itself, for people: whose it is, and under what code it is found.
type Stamp struct {
	Line string // as one reads it
	Code string
	Who  string
	Last bool // CSV has it as a last line too
	// Title, At and English are for a document.
	Title   string
	At      time.Time
	English bool
}

// stampSign begins the last line of a CSV file; a reader passes over it.
const stampSign = "#guan "

// stampCell is the last line.
func (s Stamp) cell() string { return stampSign + s.Code + " " + s.Line }

var stampText = regexp.MustCompile(`^#guan ([0-9A-HJKMNP-TV-Z-]{12}) `)

// isStamp reports whether a row is the last line of a file that was stamped.
func isStamp(cells []string) bool {
	return len(cells) > 0 && strings.HasPrefix(cells[0], stampSign) && stampText.MatchString(cells[0]) && blank(cells[1:])
}

// stampProperty is the name of the property of a workbook that holds the code.
const stampProperty = "guan-copy"
