package store

import (
	"time"

	"guan/policy"
	"guan/records"
	"guan/sheet"
)

// exportCells turns values into typed cells.
type exportCells struct {
	text records.Cells
	zone *time.Location
}

// chinaTime is what instants are shown in: the time of the whole country. It has no summer time.
var chinaTime = time.FixedZone("UTC+8", 8*60*60)

func newExportCells(lang string) *exportCells {
	return &exportCells{text: records.Cells{Lang: lang, Zone: chinaTime}, zone: chinaTime}
}

// cell gives a plain value; title is what a reference points at.
func (x *exportCells) cell(f *records.Field, v policy.Value, title string) sheet.Cell {
	if v.Missing() {
		return sheet.Cell{}
	}
	switch f.Type {
	case records.Int, records.Money:
		return sheet.Decimal(x.text.Format(f, v))
	case records.Number:
		return sheet.Number(v.Float())
	case records.Date:
		return sheet.Date(v.Time())
	case records.Time:
		return sheet.Time(v.Time().In(x.zone))
	case records.Ref:
		if title != "" && f.Name != "id" {
			return sheet.Text(title)
		}
	}
	return sheet.Text(x.text.Format(f, v))
}
