package httpapi

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"guan/audit"
	"guan/exchange"
	"guan/fault"
	"guan/policy"
	"guan/sheet"
	"guan/store"
)

// importForm is the form of an import; its parts may come in any order.
type importForm struct {
	File    string `json:"file,omitempty"`   // CSV or XLSX
	Upload  string `json:"upload,omitempty"` // instead of a file: one that was looked at before
	From    string `json:"from,omitempty"`   // instead of a file: the try that is now run, with its kind and mapping
	Kind    string `json:"kind,omitempty"`
	Sheet   string `json:"sheet,omitempty"`   // of a workbook; none: the first
	Mapping string `json:"mapping,omitempty"` // JSON; none: columns are matched by their headings
	Key     string `json:"key,omitempty"`     // field by which rows find the records they update
	Mode    string `json:"mode,omitempty"`    // dry (as when absent) or run
	Atomic  string `json:"atomic,omitempty"`  // job (as when absent): all or nothing; row: what is right
}

// uploadBody bounds the form; the folder bounds the file in it.
const uploadBody = 160 << 20

// formPart bounds the parts beside the file.
const formPart = exchange.MaxBytes

func (a *api) createImport(c *call) error {
	folder, err := a.folder()
	if err != nil {
		return err
	}
	if err := c.session().MayImport(c.ctx()); err != nil {
		return err
	}
	form, taken, err := c.readImport(folder)
	if taken != "" {
		defer func() {
			if taken != "" {
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
	o := store.Order{Source: taken, Name: form.File, Sheet: form.Sheet, Dry: form.Mode != "run", PerRow: form.Atomic == "row"}
	if form.From != "" || form.Upload != "" {
		if err := c.earlier(&form, &o); err != nil {
			return err
		}
	}
	if o.Mapping == nil || form.Mapping != "" {
		if o.Mapping, err = c.mappingOf(folder, form, &o); err != nil {
			return err
		}
	}
	w, err := c.session().OrderImport(c.ctx(), o)
	if err != nil {
		return err
	}
	taken = "" // the job's from now on
	return c.answer(http.StatusAccepted, jobOf(w))
}

// earlier takes the file of an upload or of a try over.
func (c *call) earlier(form *importForm, o *store.Order) error {
	if form.Upload != "" {
		id, err := policy.ParseID(form.Upload)
		if err != nil {
			return badID("upload")
		}
		u, err := c.session().Upload(c.ctx(), id)
		if err != nil {
			return err
		}
		o.Source, o.Name, o.Rows, o.Until = u.File, u.Name, u.Rows, &u.Until
		return nil
	}
	id, err := policy.ParseID(form.From)
	if err != nil {
		return badID("from")
	}
	w, err := c.session().DryRun(c.ctx(), id)
	if err != nil {
		return err
	}
	tried := w.Order
	o.Source, o.Name, o.Rows, o.Until, o.Mapping, o.Sheet = tried.Source, tried.Name, tried.Rows, tried.Until, tried.Mapping, tried.Sheet
	if form.Kind = tried.Mapping.Kind; form.Atomic == "" {
		o.PerRow = tried.PerRow
	}
	if !o.Dry {
		o.From = id
	}
	return nil
}

// check says what is wrong with the form as a whole.
func (f importForm) check() error {
	var errs []error
	given := 0
	for _, source := range []string{f.File, f.Upload, f.From} {
		if source != "" {
			given++
		}
	}
	if given != 1 {
		errs = append(errs, invalid("file", "required", "one of file, upload and from is required"))
	}
	if f.Kind == "" && f.From == "" {
		errs = append(errs, invalid("kind", "required", "is required"))
	}
	if f.Mode != "" && f.Mode != "dry" && f.Mode != "run" {
		errs = append(errs, invalid("mode", "mode", "is dry or run"))
	}
	if f.Atomic != "" && f.Atomic != "job" && f.Atomic != "row" {
		errs = append(errs, invalid("atomic", "atomic", "is job or row"))
	}
	return fault.Collect(fault.Invalid, "form", "the form is wrong", errs...)
}

// readImport reads the form and streams its file into the folder.
func (c *call) readImport(folder Files) (form importForm, upload string, err error) {
	c.r.Body = http.MaxBytesReader(c.w, c.r.Body, c.route.limit)
	reader, err := c.r.MultipartReader()
	if err != nil {
		return form, "", fault.New(fault.Invalid, "content_type", "the body must be multipart/form-data")
	}
	texts := map[string]*string{"kind": &form.Kind, "mapping": &form.Mapping, "key": &form.Key, "mode": &form.Mode, "atomic": &form.Atomic,
		"upload": &form.Upload, "from": &form.From, "sheet": &form.Sheet}
	given := map[string]bool{}
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return form, upload, formFault(err)
		}
		name := part.FormName()
		if given[name] {
			return form, upload, invalid(nameFromOutside(name), "repeated_parameter", "the part stands more than once")
		}
		given[name] = true
		switch {
		case name == "file":
			upload, form.File = strings.ToLower(rand.Text())+".in", fileName(part)
			err = formFault(folder.Take(upload, part))
		case texts[name] != nil:
			*texts[name], err = formText(part, name)
		default:
			err = invalid(nameFromOutside(name), "unknown_member", "the form has no such part")
		}
		if err != nil {
			return form, upload, err
		}
	}
	if given["file"] && form.File == "" {
		form.File = "table" // a sender that calls it nothing
	}
	return form, upload, nil
}

func formText(part *multipart.Part, name string) (string, error) {
	text, err := io.ReadAll(io.LimitReader(part, formPart+1))
	if err != nil {
		return "", formFault(err)
	}
	if len(text) > formPart {
		return "", invalid(name, "too_long", "the part is too long")
	}
	if !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
		return "", invalid(name, "encoding", "the part is not UTF-8 text")
	}
	return strings.TrimSpace(string(text)), nil
}

// fileName is what the sender calls the file, without a folder.
func fileName(part *multipart.Part) string {
	name := part.FileName()
	return audit.Clean(strings.ToValidUTF8(name[strings.LastIndexAny(name, `/\`)+1:], ""))
}

func formFault(err error) error {
	var large *http.MaxBytesError
	var known *fault.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.As(err, &large):
		return fault.New(fault.Invalid, "body_large", "the body is too large").With("limit", large.Limit)
	case errors.Is(err, os.ErrPermission), errors.Is(err, os.ErrNotExist):
		return err
	}
	return fault.Wrap(err, fault.Invalid, "body_broken", "the body ended before it was whole")
}

// mappingOf reads the mapping that was sent, or matches the headings of the file.
func (c *call) mappingOf(folder Files, form importForm, o *store.Order) (*exchange.Mapping, error) {
	if form.Mapping != "" {
		if err := checkJSON([]byte(form.Mapping)); err != nil && slices.Contains([]string{"text", "encoding"}, fault.From(err).Code) {
			return nil, fault.From(err).WithAt("mapping " + fault.From(err).At)
		}
		m, err := exchange.Parse([]byte(form.Mapping))
		if err != nil {
			return nil, err
		}
		if m.Kind != form.Kind {
			return nil, invalid("mapping", "mapping_kind", "the mapping is for another kind")
		}
		if form.Key != "" {
			m.Key = form.Key
		}
		return m, m.Check()
	}
	table, err := openUpload(folder, o.Source, o.Name, o.Sheet)
	if err != nil {
		return nil, err
	}
	header := table.Header()
	if err := table.Close(); err != nil {
		return nil, err
	}
	return c.session().MatchColumns(c.ctx(), policy.Kind(form.Kind), form.Key, header)
}

// openUpload opens a file of the folder as a table.
func openUpload(folder Files, file, name, sheetName string) (*sheet.Reader, error) {
	var table *sheet.Reader
	err := folder.Plain(file, func(path string) (err error) {
		table, err = sheet.Open(path, sheet.Options{Name: name, Sheet: sheetName})
		return err
	})
	if errors.Is(err, os.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "upload", "there is no such file, or none any more: send it again")
	}
	return table, err
}

func removeUpload(folder Files, name string) {
	if path, err := folder.Path(name); err == nil {
		os.Remove(path)
	}
}
