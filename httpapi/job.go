package httpapi

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"guan/fault"
	"guan/store"
)

// Files is the folder in which the files of exports and imports stand.
type Files interface {
	// Path is where the file of that name stands.
	Path(name string) (string, error)
	// Take writes an upload under a name. Faults: Invalid when it is too large.
	Take(name string, from io.Reader) error
	// Open reads a file, and tells how many bytes it holds.
	Open(name string) (io.ReadCloser, int64, error)
	// Plain gives a file to something that wants a path, for as long as it runs.
	Plain(name string, use func(path string) error) error
}

// transfer is how long a file may take on its way.
const transfer = 30 * time.Minute

// job is an export or import as it stands on the wire.
type job struct {
	store.Work
	FileURL   string `json:"file_url,omitempty"`
	ErrorsURL string `json:"errors_url,omitempty"`
}

func jobOf(w *store.Work) job {
	j := job{Work: *w}
	at := fmt.Sprintf("/api/v1/%ss/%s/", w.Type, w.ID)
	if w.ExpiresAt == nil {
		return j
	}
	switch {
	case w.Type == store.ExportWork && w.Status == store.Done:
		j.FileURL = at + "file"
	case w.Type == store.ImportWork && w.FinishedAt != nil && w.Failed > 0:
		j.ErrorsURL = at + "errors"
	}
	return j
}

// jobPage is a part of a history.
type jobPage struct {
	Items []job  `json:"items"`
	Next  string `json:"next,omitempty"`
}

var jobParams = []param{
	{name: "of", desc: "me, or everybody, which takes the right audit and tells no file.", enum: []string{"me", "everybody"}},
	{name: "cursor", desc: "`next` of the page before."},
}

func (a *api) listJobs(typ store.WorkType) func(*call) error {
	return func(c *call) error {
		q := c.query()
		everybody, cursor := q.choice("of", "me", "everybody") == "everybody", q.text("cursor")
		if err := q.err(); err != nil {
			return err
		}
		page, err := c.session().Works(c.ctx(), typ, everybody, cursor)
		if err != nil {
			return err
		}
		out := jobPage{Items: []job{}, Next: page.Next}
		for i := range page.Items {
			j := job{Work: page.Items[i]}
			if !everybody {
				j = jobOf(&page.Items[i])
			}
			out.Items = append(out.Items, j)
		}
		return c.answer(http.StatusOK, out)
	}
}

func (a *api) showJob(typ store.WorkType) func(*call) error {
	return func(c *call) error {
		id, err := c.pathID("id")
		if err != nil {
			return err
		}
		w, err := c.session().Work(c.ctx(), typ, id)
		if err != nil {
			return err
		}
		return c.answer(http.StatusOK, jobOf(w))
	}
}

func (a *api) cancelJob(typ store.WorkType) func(*call) error {
	return func(c *call) error {
		id, err := c.pathID("id")
		if err != nil {
			return err
		}
		if err := c.session().CancelWork(c.ctx(), typ, id); err != nil {
			return err
		}
		return c.done()
	}
}

// jobFile sends the file of finished work to who asked for it.
func (a *api) jobFile(typ store.WorkType) func(*call) error {
	return func(c *call) error {
		id, err := c.pathID("id")
		if err != nil {
			return err
		}
		w, err := c.session().WorkFile(c.ctx(), typ, id)
		if err != nil {
			return err
		}
		folder, err := a.folder()
		if err != nil {
			return err
		}
		file, size, err := folder.Open(w.Order.Result)
		if errors.Is(err, os.ErrNotExist) {
			return fault.New(fault.NotFound, "job_file", "there is no file of this job, or none any more")
		}
		if err != nil {
			return err
		}
		defer file.Close()
		name, media := fmt.Sprintf("import-errors-%s.csv", w.ID), "text/csv"
		if typ == store.ExportWork {
			name, media = fmt.Sprintf("%s-%s.%s", w.Kind, w.CreatedAt.Format("20060102-150405"), w.Order.Format), "application/octet-stream"
		}
		return c.sendFile(file, size, name, media)
	}
}

// sendFile answers with a file that is saved, never shown.
func (c *call) sendFile(file io.Reader, size int64, name, media string) error {
	h := c.w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
	h.Set("Content-Length", fmt.Sprint(size))
	c.w.WriteHeader(http.StatusOK)
	if c.r.Method == http.MethodHead {
		return nil
	}
	if _, err := io.Copy(c.w, file); err != nil {
		panic(http.ErrAbortHandler) // half a file is out: cut the connection
	}
	return nil
}

func (a *api) folder() (Files, error) {
	if a.files == nil {
		return nil, fault.New(fault.Internal, "jobs_off", "this server does no exports and imports")
	}
	return a.files, nil
}
