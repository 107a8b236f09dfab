package httpapi

import (
	"errors"
	"io"
	"net/http"
	"time"
	"unicode/utf8"

	"guan/fault"
	"guan/policy"
	"guan/store"
)

// previewForm is the form of a look at a table; upload instead of file looks at one again, as at
// another of its sheets.
type previewForm struct {
	File   string `json:"file,omitempty"`
	Upload string `json:"upload,omitempty"`
	Kind   string `json:"kind"`
	Sheet  string `json:"sheet,omitempty"`
}

// importPreview is a table before it is imported: what it holds and where its columns may lead.
type importPreview struct {
	store.ImportPlan
	Upload    policy.ID   `json:"upload"` // names the file in POST /imports
	ExpiresAt time.Time   `json:"expires_at"`
	Kind      policy.Kind `json:"kind"`
	Name      string      `json:"name"`
	Rows      int64       `json:"rows"`
	More      bool        `json:"more"` // the file has more rows than were counted
	Sheet     string      `json:"sheet,omitempty"`
	Sheets    []string    `json:"sheets"`
	Encoding  string      `json:"encoding"`
}

const (
	previewRows    = 50_000 // counted
	previewSamples = 3      // of a column
	sampleLength   = 60     // characters
)

func (a *api) previewImport(c *call) error {
	folder, err := a.folder()
	if err != nil {
		return err
	}
	if err := c.session().MayImport(c.ctx()); err != nil {
		return err
	}
	form, taken, err := c.readImport(folder)
	keep := false
	if taken != "" {
		defer func() {
			if !keep {
				removeUpload(folder, taken)
			}
		}()
	}
	if err == nil {
		err = form.check()
	}
	if err != nil {
		return err
	}
	if form.From != "" || form.Mapping != "" || form.Key != "" || form.Mode != "" || form.Atomic != "" {
		return fault.New(fault.Invalid, "form", "a look takes file or upload, kind and sheet")
	}
	o := store.Order{Source: taken, Name: form.File, Sheet: form.Sheet}
	if form.Upload != "" {
		if err := c.earlier(&form, &o); err != nil {
			return err
		}
	}
	table, err := openUpload(folder, o.Source, o.Name, o.Sheet)
	if err != nil {
		return err
	}
	defer table.Close()
	plan, err := c.session().PlanImport(c.ctx(), policy.Kind(form.Kind), table.Header())
	if err != nil {
		return err
	}
	out := importPreview{ImportPlan: *plan, Kind: policy.Kind(form.Kind), Name: o.Name, Sheet: form.Sheet, Sheets: table.Sheets(), Encoding: table.Encoding()}
	if out.Sheets == nil {
		out.Sheets = []string{}
	}
	for out.Rows < previewRows {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil && !fault.Is(err, fault.Invalid) {
			return err
		}
		out.Rows++
		for i, cell := range row.Cells {
			if column := &out.Columns[i]; cell != "" && len(column.Samples) < previewSamples {
				column.Samples = append(column.Samples, short(cell))
			}
		}
	}
	out.More = out.Rows == previewRows
	if form.Upload != "" {
		id, err := policy.ParseID(form.Upload)
		if err != nil {
			return badID("upload")
		}
		out.Upload, out.ExpiresAt = id, *o.Until
		return c.answer(http.StatusOK, out)
	}
	kept := store.Upload{File: taken, Name: o.Name, Kind: out.Kind, Rows: out.Rows}
	if out.More {
		kept.Rows = 0 // not known
	}
	u, err := c.session().KeepUpload(c.ctx(), kept)
	if err != nil {
		return err
	}
	keep, out.Upload, out.ExpiresAt = true, u.ID, u.Until
	return c.answer(http.StatusOK, out)
}

func short(cell string) string {
	if utf8.RuneCountInString(cell) <= sampleLength {
		return cell
	}
	return string([]rune(cell)[:sampleLength-1]) + "…"
}

// revertOrder asks for an import to be taken back.
type revertOrder struct {
	Mode string `json:"mode"` // dry or run
}

func (a *api) revertImport(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[revertOrder](c)
	if err != nil {
		return err
	}
	if in.Mode != "dry" && in.Mode != "run" {
		return invalid("mode", "mode", "is dry or run")
	}
	if _, err := a.folder(); err != nil {
		return err
	}
	w, err := c.session().OrderRevert(c.ctx(), id, in.Mode == "dry")
	if err != nil {
		return err
	}
	return c.answer(http.StatusAccepted, jobOf(w))
}
