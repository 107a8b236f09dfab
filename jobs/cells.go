package jobs

import (
	"time"

	"guan/records"
)

// Cells is how the cells of an import are read: times without an offset are China's, as exports
// write them.
var Cells = records.Cells{Lang: "zh", Zone: time.FixedZone("UTC+8", 8*60*60)}
