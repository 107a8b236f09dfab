package httpapi

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"strings"
	"syscall"

	"guan/fault"
	"guan/store"
)

// attachmentForm is the form of a file.
type attachmentForm struct {
	File string `json:"file"`
}

// formRoom is what a form may hold beside its file.
const formRoom = 64 << 10

// attachmentBody bounds the form: one file of the largest size, and what is around it. A table that
// serves nothing has the usual bound.
func (a *api) attachmentBody() int64 {
	if a.db == nil {
		return store.AttachmentLimit + formRoom
	}
	return a.db.FileLimit() + formRoom
}

func (a *api) attachments(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	list, err := c.session().Attachments(c.ctx(), c.kind(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, list)
}

// attach reads a form whose one part is the file. Who may not put one there is told before it is
// read.
func (a *api) attach(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	if err := c.session().MayAttach(c.ctx(), c.kind(), id); err != nil {
		return err
	}
	n, close, err := c.readAttachment()
	if err != nil {
		if fault.From(err).Code == "body_large" {
			return store.FileLarge(a.db.FileLimit())
		}
		return err
	}
	defer close()
	file, err := c.session().Attach(c.ctx(), c.kind(), id, n)
	if err != nil {
		return err
	}
	return c.answer(http.StatusCreated, file)
}

func (c *call) readAttachment() (n store.NewAttachment, close func(), err error) {
	if c.r.ContentLength > c.route.limit {
		return n, nil, formFault(&http.MaxBytesError{Limit: c.route.limit}) // what is announced need not be sent
	}
	c.r.Body = http.MaxBytesReader(c.w, c.r.Body, c.route.limit)
	reader, err := c.r.MultipartReader()
	if err != nil {
		return n, nil, fault.New(fault.Invalid, "content_type", "the body must be multipart/form-data")
	}
	part, err := reader.NextPart()
	switch {
	case errors.Is(err, io.EOF):
		return n, nil, invalid("file", "required", "is required")
	case err != nil:
		return n, nil, formFault(err)
	case part.FormName() != "file":
		return n, nil, invalid(nameFromOutside(part.FormName()), "unknown_member", "the form has no such part")
	}
	spool, err := spoolOf(part)
	if err != nil {
		return n, nil, err
	}
	defer func() {
		if err != nil {
			spool.Close()
		}
	}()
	if _, err := reader.NextPart(); !errors.Is(err, io.EOF) {
		return n, nil, invalid("file", "repeated_parameter", "the form has one part")
	}
	n.Name, n.Content = attachmentName(part), spool
	if n.Size, err = spool.Seek(0, io.SeekEnd); err != nil {
		return n, nil, err
	}
	if n.Size == 0 {
		return n, nil, invalid("file", "file_empty", "the file is empty")
	}
	if n.Media, err = mediaOf(n.Name, part.Header.Get("Content-Type"), spool, n.Size); err != nil {
		return n, nil, err
	}
	return n, func() { spool.Close() }, nil
}

// spoolOf keeps the part on disk, in a file that has no name any more, until it is where it belongs.
func spoolOf(part *multipart.Part) (*os.File, error) {
	spool, err := os.CreateTemp("", "guan-attachment-")
	if err != nil {
		return nil, err
	}
	os.Remove(spool.Name())
	if _, err := io.Copy(spool, part); err != nil {
		spool.Close()
		if errors.Is(err, syscall.ENOSPC) {
			return nil, fault.Wrap(err, fault.Internal, "storage_full", "the server has no room left: nothing was changed")
		}
		return nil, formFault(err)
	}
	return spool, nil
}

// attachmentName is what the sender calls the file, without a folder.
func attachmentName(part *multipart.Part) string {
	name := part.FileName()
	return name[strings.LastIndexAny(name, `/\`)+1:]
}

// attachmentFile sends a file: to be saved, never shown as part of this site, whatever is in it.
func (a *api) attachmentFile(c *call) error {
	id, file, err := c.beneath("file")
	if err != nil {
		return err
	}
	d, err := c.session().Download(c.ctx(), c.kind(), id, file)
	if err != nil {
		return err
	}
	chunk, err := d.Next(c.ctx())
	if err != nil {
		return err
	}
	h := c.w.Header()
	h.Set("Content-Type", "application/octet-stream") // no browser has a use for it but to save it
	h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+strings.ReplaceAll(url.PathEscape(d.Name), "'", "%27"))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'")
	h.Set("Content-Length", fmt.Sprint(d.Size))
	c.w.WriteHeader(http.StatusOK)
	if c.r.Method == http.MethodHead {
		return nil
	}
	for len(chunk) > 0 {
		if _, err := c.w.Write(chunk); err != nil {
			panic(http.ErrAbortHandler)
		}
		if chunk, err = d.Next(c.ctx()); err != nil {
			panic(http.ErrAbortHandler) // half a file is out: cut the connection
		}
	}
	return nil
}

func (a *api) deleteAttachment(c *call) error {
	id, file, err := c.beneath("file")
	if err != nil {
		return err
	}
	if err := c.session().DeleteAttachment(c.ctx(), c.kind(), id, file); err != nil {
		return err
	}
	return c.done()
}
