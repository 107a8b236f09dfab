package httpapi

import (
	"crypto/rand"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"strings"

	"guan/exchange"
	"guan/fault"
	"guan/policy"
	"guan/sheet"
	"guan/store"
)

// importForm is the form of an import; its parts may come in any order.
type importForm struct {
	File    string `json:"file"` // CSV or XLSX
	Kind    string `json:"kind"`
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
	form, upload, err := c.readImport(folder)
	if upload != "" {
		defer func() {
			if upload != "" {
				removeUpload(folder, upload)
			}
		}()
	}
	if err != nil {
		return err
	}
	o := store.Order{Source: upload, Name: form.File, Dry: form.Mode != "run", PerRow: form.Atomic == "row"}
	if o.Mapping, err = c.mappingOf(folder, form, upload); err != nil {
		return err
	}
	w, err := c.session().OrderImport(c.ctx(), o)
	if err != nil {
		return err
	}
	upload = "" // the job's from now on
	return c.answer(http.StatusAccepted, jobOf(w))
}

// readImport reads the form and streams its file into the folder.
func (c *call) readImport(folder Files) (form importForm, upload string, err error) {
	c.r.Body = http.MaxBytesReader(c.w, c.r.Body, c.route.limit)
	reader, err := c.r.MultipartReader()
	if err != nil {
		return form, "", fault.New(fault.Invalid, "content_type", "the body must be multipart/form-data")
	}
	texts := map[string]*string{"kind": &form.Kind, "mapping": &form.Mapping, "key": &form.Key, "mode": &form.Mode, "atomic": &form.Atomic}
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
	var errs []error
	if !given["file"] {
		errs = append(errs, invalid("file", "required", "is required"))
	}
	if form.Kind == "" {
		errs = append(errs, invalid("kind", "required", "is required"))
	}
	if form.Mode != "" && form.Mode != "dry" && form.Mode != "run" {
		errs = append(errs, invalid("mode", "mode", "is dry or run"))
	}
	if form.Atomic != "" && form.Atomic != "job" && form.Atomic != "row" {
		errs = append(errs, invalid("atomic", "atomic", "is job or row"))
	}
	return form, upload, fault.Collect(fault.Invalid, "form", "the form is wrong", errs...)
}

func formText(part *multipart.Part, name string) (string, error) {
	text, err := io.ReadAll(io.LimitReader(part, formPart+1))
	if err != nil {
		return "", formFault(err)
	}
	if len(text) > formPart {
		return "", invalid(name, "too_long", "the part is too long")
	}
	return strings.TrimSpace(string(text)), nil
}

// fileName is what the sender calls the file, without a folder.
func fileName(part *multipart.Part) string {
	name := part.FileName()
	return nameFromOutside(name[strings.LastIndexAny(name, `/\`)+1:])
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
func (c *call) mappingOf(folder Files, form importForm, upload string) (*exchange.Mapping, error) {
	if form.Mapping != "" {
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
	path, err := folder.Path(upload)
	if err != nil {
		return nil, err
	}
	table, err := sheet.Open(path, sheet.Options{Name: form.File})
	if err != nil {
		return nil, err
	}
	header := table.Header()
	if err := table.Close(); err != nil {
		return nil, err
	}
	return c.session().MatchColumns(c.ctx(), policy.Kind(form.Kind), form.Key, header)
}

func removeUpload(folder Files, name string) {
	if path, err := folder.Path(name); err == nil {
		os.Remove(path)
	}
}
