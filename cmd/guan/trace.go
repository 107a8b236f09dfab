package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"guan/fault"
	"guan/store"
)

type tracer struct {
	database
	File string `arg:"" optional:"" help:"XLSX, CSV or text that somebody let out, whole or a part." type:"existingfile"`
	Code string `help:"Code of an export as it is read from a photo or a page, instead of a file." placeholder:"ABCD-EFGH-JK"`
	JSON bool   `name:"json" help:"Print the answer as JSON."`
}

// Run names the export, or says that none can be named, which is no failure. Whoever can run it holds the
// data itself; that it was asked is on record under the job setup.
func (x *tracer) Run(t *terminal) error {
	if (x.File == "") == (x.Code == "") {
		return fault.New(fault.Invalid, "use", "name a file, or a code with --code")
	}
	db, err := x.look(t.ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	session, err := db.System(store.JobSetup, store.DefaultTenant).Records()
	if err != nil {
		return err
	}
	var found *store.Tracing
	if x.Code != "" {
		found, err = session.TraceCode(t.ctx, x.Code)
	} else {
		var leak *store.Leak
		if leak, err = store.ReadLeak(x.File, filepath.Base(x.File), os.TempDir()); err != nil {
			return err
		}
		found, err = session.Trace(t.ctx, leak)
	}
	if err != nil {
		return err
	}
	if x.JSON {
		out := json.NewEncoder(t.out)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		return out.Encode(found)
	}
	x.tell(t, found)
	return nil
}

func (x *tracer) tell(t *terminal, f *store.Tracing) {
	if x.Code == "" {
		fmt.Fprintf(t.out, "%d rows, %d looked at, %d recognised; %d choices compared with %d of %d exports in %d ms\n", f.Rows, f.Looked, f.Recognised, f.Sites, f.Candidates, f.Copies, f.Millis)
	}
	for _, c := range f.Named {
		fmt.Fprintf(t.out, "named by its marks: %s\n", aboutCopy(c))
		fmt.Fprintf(t.out, "  %d rows of it recognised, %d of %d choices as in it; were all exports innocent, one would agree so well with a probability of at most 1e-%.0f\n", c.Held, c.Agree, c.Compared, c.Exponent)
		var forms []string
		for _, by := range c.ByForm {
			forms = append(forms, fmt.Sprintf("%s %d/%d", by.Form, by.Agree, by.Compared))
		}
		fmt.Fprintf(t.out, "  %s\n", strings.Join(forms, ", "))
		for _, e := range c.Evidence[:min(len(c.Evidence), 5)] {
			fmt.Fprintf(t.out, "  row %d: %q (%s) agrees: %t\n", e.Row, e.Text, e.Form, e.Agrees)
		}
	}
	for _, c := range f.Invented {
		fmt.Fprintf(t.out, "named for certain by what was invented for it alone: %s\n", aboutCopy(c))
		for _, one := range c.Canaries[:min(len(c.Canaries), 5)] {
			fmt.Fprintf(t.out, "  row %d: %q %s\n", one.Row, one.Name, one.Phone)
		}
	}
	for _, c := range f.Stated {
		fmt.Fprintf(t.out, "by the code in it: %s\n", aboutCopy(c))
	}
	for _, code := range f.Unknown {
		fmt.Fprintf(t.out, "a code that no export has: %s\n", code)
	}
	if len(f.Named)+len(f.Invented)+len(f.Stated) == 0 {
		fmt.Fprintf(t.out, "no one can be named\n")
	}
}

// aboutCopy is an export in one line.
func aboutCopy(c store.TracedCopy) string {
	who := c.Login
	if c.Person != nil {
		who = c.Person.Name + " (" + c.Login + ")"
	}
	line := fmt.Sprintf("%s, %s, %s, %d rows of %s as %s", c.Code, who, c.At.Format("2006-01-02 15:04:05Z"), c.Rows, c.Kind, c.Format)
	switch s := c.Sealed; {
	case s == nil:
		line += ", of which the log in the database has no entry"
	case s.Same:
		line += fmt.Sprintf(", entry %d of the log", s.Seq)
	default:
		of := "the program"
		if s.Person != nil {
			of = s.Person.Name
		}
		line += fmt.Sprintf(", BUT entry %d of the log says otherwise, that it is of %s: run guan audit verify", s.Seq, of)
	}
	for _, part := range []struct{ word, text string }{{"device", c.DeviceAs}, {"device", c.Device}, {"address", c.Address}, {"for", c.Purpose}} {
		if part.text != "" {
			line += ", " + part.word + " " + part.text
		}
	}
	return line
}
