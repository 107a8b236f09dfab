package httpapi

import (
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"strings"

	"guan/fault"
	"guan/policy"
	"guan/store"
)

// traceRoutes are of whose copy a table is, and of how exports are marked.
func (a *api) traceRoutes() []route {
	const settings = v1 + "/traces/settings"
	return []route{
		post(v1+"/traces", either, a.trace, "trace", "Whose export a table or a text is a copy of").takesForm(traceBody, traceForm{}).gives(200, store.Tracing{}).within(transfer),
		post(v1+"/traces/export-code", either, a.traceCode, "traceExportCode", "The export that has a code").takes(smallBody, typedCode{}).gives(200, store.Tracing{}),
		get(v1+"/traces/canaries", either, a.canaries, "canaries", "The invented rows that were given out, and whose copies have them").asks(canaryParams...).gives(200, store.CanaryPage{}),
		get(settings, either, a.markSettings, "markSettings", "How exports are marked").gives(200, store.MarkSettings{}),
		put(settings, either, a.setMarkSettings, "setMarkSettings", "Say how exports are marked").onMatch().takes(smallBody, newMarkSettings{}).gives(200, store.MarkSettings{}),
	}
}

var canaryParams = []param{{name: "before", desc: "`next` of the page before.", typ: "id"}}

func (a *api) canaries(c *call) error {
	q := c.query()
	before := q.id("before")
	if err := q.err(); err != nil {
		return err
	}
	found, err := c.session().Canaries(c.ctx(), before)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

// traceForm is the form of a trace: one of its parts.
type traceForm struct {
	File string `json:"file,omitempty"` // XLSX, CSV or text
	Text string `json:"text,omitempty"` // instead of a file
}

// traceBody bounds the form.
const traceBody = 64 << 20

type typedCode struct {
	Code string `json:"code"`
}

type newMarkSettings struct {
	Marks    bool          `json:"marks"`
	Line     bool          `json:"line"`
	Canaries []policy.Kind `json:"canaries,omitempty"` // kinds of whose exports each has invented rows
	Range    string        `json:"range,omitempty"`    // the first digits of their telephone numbers
}

func (a *api) trace(c *call) error {
	folder, err := a.folder()
	if err != nil {
		return err
	}
	if err := c.session().MayTrace(c.ctx()); err != nil {
		return err
	}
	leak, err := c.readLeak(folder)
	if err != nil {
		return err
	}
	found, err := c.session().Trace(c.ctx(), leak)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

// readLeak reads the form. The file is kept no longer than it takes to read it.
func (c *call) readLeak(folder Files) (leak *store.Leak, err error) {
	c.r.Body = http.MaxBytesReader(c.w, c.r.Body, c.route.limit)
	reader, err := c.r.MultipartReader()
	if err != nil {
		return nil, fault.New(fault.Invalid, "content_type", "the body must be multipart/form-data")
	}
	for {
		part, err := reader.NextPart()
		switch {
		case errors.Is(err, io.EOF) && leak == nil:
			return nil, invalid("file", "required", "one of file and text is required")
		case errors.Is(err, io.EOF):
			return leak, nil
		case err != nil:
			return nil, formFault(err)
		case leak != nil:
			return nil, invalid(nameFromOutside(part.FormName()), "repeated_parameter", "one of file and text is enough")
		}
		switch name := part.FormName(); name {
		case "text":
			text, err := io.ReadAll(part)
			if err != nil {
				return nil, formFault(err)
			}
			if leak, err = store.LeakOf(string(text)); err != nil {
				return nil, fault.From(err).WithAt("text")
			}
		case "file":
			upload, called := strings.ToLower(rand.Text())+".in", fileName(part)
			err := formFault(folder.Take(upload, part))
			if err == nil {
				leak, err = openLeak(folder, upload, called)
			}
			removeUpload(folder, upload)
			if err != nil {
				return nil, err
			}
		default:
			return nil, invalid(nameFromOutside(name), "unknown_member", "the form has no such part")
		}
	}
}

func openLeak(folder Files, upload, called string) (leak *store.Leak, err error) {
	err = folder.Plain(upload, func(path string) error {
		leak, err = store.ReadLeak(path, called, filepath.Dir(path))
		return err
	})
	return leak, err
}

func (a *api) traceCode(c *call) error {
	in, err := readBody[typedCode](c)
	if err != nil {
		return err
	}
	found, err := c.session().TraceCode(c.ctx(), in.Code)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) markSettings(c *call) error {
	found, err := c.session().MarkSettings(c.ctx())
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, found.Version, found)
}

func (a *api) setMarkSettings(c *call) error {
	version, err := c.ifMatch()
	if err != nil {
		return err
	}
	in, err := readBody[newMarkSettings](c)
	if err != nil {
		return err
	}
	set, err := c.session().SetMarkSettings(c.ctx(), version, store.MarkSettings{Marks: in.Marks, Line: in.Line, Canaries: in.Canaries, Range: in.Range})
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, set.Version, set)
}
