package store

import (
	"strconv"
	"strings"
	"time"

	"guan/mark"
	"guan/policy"
	"guan/records"
	"guan/sheet"
)

// exportCells turns values into typed cells.
type exportCells struct {
	text records.Cells
	zone *time.Location
	copy *mark.Copy // in whose way they are written; nil for the usual one
}

// chinaTime is what instants are shown in: the time of the whole country. It has no summer time.
var chinaTime = time.FixedZone("UTC+8", 8*60*60)

func newExportCells(lang string) *exportCells {
	return &exportCells{text: records.Cells{Lang: lang, Zone: chinaTime}, zone: chinaTime}
}

// cell gives a plain value of a record; title is what a reference points at.
func (x *exportCells) cell(record policy.ID, f *records.Field, v policy.Value, title string) sheet.Cell {
	if v.Missing() {
		return sheet.Cell{}
	}
	switch f.Type {
	case records.Int:
		return sheet.Decimal(x.text.Format(f, v))
	case records.Money:
		text, _ := x.write(record, mark.Amount, x.text.Format(f, v))
		return sheet.Decimal(text)
	case records.Number:
		text, _ := x.write(record, mark.Amount, strconv.FormatFloat(v.Float(), 'f', -1, 64))
		return sheet.Decimal(text)
	case records.Date:
		return x.day(record, sheet.Date(v.Time()), v.Time().Format(sheet.Layout(false)))
	case records.Time:
		at := v.Time().In(x.zone)
		return x.day(record, sheet.Time(at), at.Format(sheet.Layout(true)))
	case records.Ref:
		if title != "" && f.Name != "id" {
			return x.as(record, mark.Fixed, title)
		}
	}
	return x.as(record, formOf(f), x.text.Format(f, v))
}

// formOf is what of a text may be written in other ways. Names, codes and choices stay as they are: people
// look rows of other tables up by them.
func formOf(f *records.Field) mark.Form {
	switch {
	case f.Type != records.Text || f.Spoken:
		return mark.Fixed
	case f.Format == records.Phone:
		return mark.Phone
	case f.Format == records.Multiline || f.Format == records.Plain && proseNames[f.Name]:
		return mark.Prose
	}
	return mark.Fixed
}

// proseNames are the texts of one line that nobody looks rows up by.
var proseNames = map[string]bool{"street": true, "street2": true}

func (x *exportCells) as(record policy.ID, form mark.Form, text string) sheet.Cell {
	text, unseen := x.write(record, form, text)
	return sheet.Text(text).Written(unseen)
}

func (x *exportCells) day(record policy.ID, cell sheet.Cell, text string) sheet.Cell {
	written, unseen := x.write(record, mark.Day, text)
	return cell.Dated(strings.Contains(written, "/"), len(written) < len(text)).Written(unseen)
}

func (x *exportCells) write(record policy.ID, form mark.Form, text string) (string, bool) {
	if x.copy == nil {
		return text, false
	}
	return x.copy.Write(int64(record), form, text)
}
