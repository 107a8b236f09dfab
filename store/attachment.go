package store

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// Attachment is a file of a record.
type Attachment struct {
	ID        policy.ID `json:"id"`
	Name      string    `json:"name"`
	Media     string    `json:"media"` // what the content was found to be
	Size      int64     `json:"size"`
	Author    Name      `json:"author"`
	CreatedAt time.Time `json:"created_at"`
	Can       []string  `json:"can"` // delete
}

// Attachments are the files of a record, the newest first.
type Attachments struct {
	Items []Attachment `json:"items"`
	Can   []string     `json:"can"`   // add
	Limit int64        `json:"limit"` // bytes of one file
}

// NewAttachment is a file whose content its caller has looked into: Media is what it was found to be.
type NewAttachment struct {
	Name    string
	Media   string
	Size    int64
	Content io.ReadSeeker
}

const (
	// AttachmentLimit bounds one file where Options say nothing else.
	AttachmentLimit = 20 << 20
	attachmentsMost = 100 // of one record
	attachmentsSum  = 10  // times the limit of one file: what the files of one record hold together
	chunkSize       = 256 << 10
	fileNameMax     = 200
)

var (
	noAttachment = fault.New(fault.NotFound, "attachment", "there is no such file")
	notYourFile  = fault.New(fault.Denied, "attachment_others", "a file is removed by who added it, or by who may delete the record")
)

// FileLimit is how many bytes one file of a record may have.
func (db *DB) FileLimit() int64 { return db.fileLimit }

// FileLarge refuses a file that is larger than a file may be, and says how large one may be. Faults:
// Invalid (file_large).
func FileLarge(limit int64) error {
	return fault.Newf(fault.Invalid, "file_large", "the file is too large: a file of a record has at most %s", bytesText(limit)).With("limit", limit).WithAt("file")
}

// bytesText says a number of bytes in the unit in which it is given in the settings.
func bytesText(n int64) string {
	for _, unit := range []struct {
		size int64
		name string
	}{{1 << 30, "GB"}, {1 << 20, "MB"}, {1 << 10, "kB"}} {
		if n >= unit.size && n%unit.size == 0 {
			return strconv.FormatInt(n/unit.size, 10) + " " + unit.name
		}
	}
	return strconv.FormatInt(n, 10) + " bytes"
}

func (n *NewAttachment) check(limit int64) error {
	n.Name = strings.TrimSpace(n.Name)
	switch {
	case n.Name == "" || n.Name == "." || n.Name == ".." || strings.ContainsAny(n.Name, "/\\") || !utf8.ValidString(n.Name) ||
		strings.ContainsFunc(n.Name, func(r rune) bool {
			return r < ' ' || r == 0x7f || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
		}):
		return fault.New(fault.Invalid, "file_name", "the file has no name that can be kept").WithAt("file")
	case utf8.RuneCountInString(n.Name) > fileNameMax:
		return fault.Newf(fault.Invalid, "too_long", "has more than %d characters", fileNameMax).With("max", fileNameMax).WithAt("file")
	case n.Size == 0:
		return fault.New(fault.Invalid, "file_empty", "the file is empty").WithAt("file")
	case n.Size > limit:
		return FileLarge(limit)
	}
	return nil
}

// Attachments lists the files of a record; nothing where the actor does not see what was said.
// Faults: NotFound.
func (s *Session) Attachments(ctx context.Context, kind policy.Kind, id policy.ID) (*Attachments, error) {
	out := &Attachments{}
	var why []string
	var uses []audit.Entry
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		*out = Attachments{Items: []Attachment{}, Can: []string{}, Limit: s.db.fileLimit}
		b, err := t.beneath(ctx, v, kind, id)
		if err != nil || !b.talks {
			return err
		}
		uses, why = b.uses("beneath"), b.why
		if b.says && b.edit {
			out.Can = append(out.Can, "add")
		}
		list, err := t.attachments(ctx, v, b, latest, attachmentsMost)
		out.Items = append(out.Items, list...)
		return err
	})
	if err != nil {
		return nil, s.refused(ctx, kind, id, policy.Read, err)
	}
	return out, s.db.auditRead(ctx, s.actor, append(uses, audit.Entry{Action: audit.Action(policy.Read), Kind: kind, Record: id, Rules: why, Detail: map[string]any{"files": len(out.Items)}})...)
}

// attachments reads what stands before a place; that the actor may is the caller's.
func (t *rtx) attachments(ctx context.Context, v *view, b *beneath, before place, limit int) ([]Attachment, error) {
	return t.attachmentsWhere(ctx, v, b, "(created_at, id) < ($4, $5) ORDER BY created_at DESC, id DESC LIMIT $6", before.at, before.id, limit)
}

func (t *rtx) attachmentsWhere(ctx context.Context, v *view, b *beneath, where string, args ...any) ([]Attachment, error) {
	var list []Attachment
	var people []policy.ID
	err := t.each(ctx, func(rows *sql.Rows) error {
		a := Attachment{Can: []string{}}
		var created int64
		if err := rows.Scan(&a.ID, &a.Name, &a.Media, &a.Size, &a.Author.ID, &created); err != nil {
			return err
		}
		a.CreatedAt = *instant(&created)
		if b.edit && a.Author.ID == v.bound.Subject().Person || b.delete {
			a.Can = append(a.Can, "delete")
		}
		people = append(people, a.Author.ID)
		list = append(list, a)
		return nil
	}, "SELECT id, name, media, size, author_id, created_at FROM attachment WHERE tenant_id = $1 AND kind = $2 AND record_id = $3 AND "+where,
		append([]any{v.tenant, string(b.kind.Name), b.id}, args...)...)
	if err != nil {
		return nil, err
	}
	names, err := t.names(ctx, v.tenant, people)
	for i := range list {
		list[i].Author.Name = names[list[i].Author.ID]
	}
	return list, err
}

func (t *rtx) attachment(ctx context.Context, v *view, b *beneath, id policy.ID) (*Attachment, error) {
	if !b.talks {
		return nil, noAttachment
	}
	list, err := t.attachmentsWhere(ctx, v, b, "id = $4", id)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, noAttachment
	}
	return &list[0], nil
}

// MayAttach asks whether the actor may put a file to a record, before it is read. Faults: NotFound,
// Denied.
func (s *Session) MayAttach(ctx context.Context, kind policy.Kind, id policy.ID) error {
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		b, err := t.beneath(ctx, v, kind, id)
		if err == nil && !(b.says && b.edit) {
			err = noTalk
		}
		return err
	})
	return s.refused(ctx, kind, id, "attach", err)
}

// Attach puts a file to a record that the actor may edit and whose talk they see. Faults: NotFound,
// Denied, Invalid; Conflict when the record has its fill of files.
func (s *Session) Attach(ctx context.Context, kind policy.Kind, id policy.ID, n NewAttachment) (*Attachment, error) {
	if err := n.check(s.db.fileLimit); err != nil {
		return nil, err
	}
	var out *Attachment
	err := s.talking(ctx, "attach", kind, id, func(t *tx, v *view, b *beneath) error {
		if !b.edit {
			return noTalk
		}
		if err := t.roomFor(ctx, v, b, n.Size); err != nil {
			return err
		}
		file, err := t.newID(ctx)
		if err != nil {
			return err
		}
		_, err = t.exec(ctx, "INSERT INTO attachment (tenant_id, id, kind, record_id, author_id, name, media, size, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
			v.tenant, file, string(kind), id, s.actor.Person, n.Name, n.Media, n.Size, t.nowMicros())
		if err != nil {
			return err
		}
		if err := t.writeChunks(ctx, file, n); err != nil {
			return err
		}
		if out, err = t.attachment(ctx, v, b, file); err != nil {
			return err
		}
		if err := t.auditUses(ctx, b); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.Attached, Kind: kind, Record: id, Rules: b.why, Detail: map[string]any{"file": file, "what": "added", "media": n.Media, "size": n.Size}})
	})
	return out, err
}

// roomFor refuses a file for which the record has no room left. The record is locked: two files at
// once are counted one after the other.
func (t *tx) roomFor(ctx context.Context, v *view, b *beneath, size int64) error {
	var n, sum int64
	err := t.row(ctx, "SELECT count(*), CAST(coalesce(sum(size), 0) AS BIGINT) FROM attachment WHERE tenant_id = $1 AND kind = $2 AND record_id = $3",
		v.tenant, string(b.kind.Name), b.id).Scan(&n, &sum)
	switch limit := attachmentsSum * t.db.fileLimit; {
	case err != nil:
		return err
	case n >= attachmentsMost:
		return fault.New(fault.Conflict, "attachments_many", "the record has its fill of files").With("max", attachmentsMost)
	case sum+size > limit:
		return fault.New(fault.Conflict, "attachments_full", "the files of the record would be too large together").With("limit", limit)
	}
	return nil
}

// writeChunks writes the bytes of a file. The transaction may run again: the content is read from
// its beginning each time.
func (t *tx) writeChunks(ctx context.Context, file policy.ID, n NewAttachment) error {
	if _, err := n.Content.Seek(0, io.SeekStart); err != nil {
		return err
	}
	chunk := make([]byte, chunkSize)
	var written int64
	for seq := 0; ; seq++ {
		read, err := io.ReadFull(n.Content, chunk)
		if read > 0 {
			if _, err := t.exec(ctx, "INSERT INTO attachment_chunk (tenant_id, attachment_id, seq, data) VALUES ($1, $2, $3, $4)", t.actor.Tenant, file, seq, chunk[:read]); err != nil {
				return err
			}
			written += int64(read)
		}
		switch {
		case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
			if written != n.Size {
				return fault.New(fault.Invalid, "body_broken", "the file ended before it was whole")
			}
			return nil
		case err != nil:
			return err
		}
	}
}

// DeleteAttachment takes a file off a record: who added it may, while they may edit the record, and
// who may delete the record. Faults: NotFound, Denied.
func (s *Session) DeleteAttachment(ctx context.Context, kind policy.Kind, id, file policy.ID) error {
	return s.talking(ctx, "detach", kind, id, func(t *tx, v *view, b *beneath) error {
		a, err := t.attachment(ctx, v, b, file)
		if err != nil {
			return err
		}
		if len(a.Can) == 0 {
			return notYourFile
		}
		for _, text := range []string{
			"DELETE FROM attachment_chunk WHERE tenant_id = $1 AND attachment_id = $2",
			"DELETE FROM attachment WHERE tenant_id = $1 AND id = $2",
		} {
			if _, err := t.exec(ctx, text, v.tenant, file); err != nil {
				return err
			}
		}
		return t.audit(ctx, audit.Entry{Action: audit.Attached, Kind: kind, Record: id, Rules: b.why, Detail: map[string]any{"file": file, "what": "removed"}})
	})
}

// Download is a file on its way out. Every chunk asks anew whether the policy is still the one under
// which it began, and if not whether the file may still be read.
type Download struct {
	Attachment
	s    *Session
	kind policy.Kind
	of   policy.ID
	at   int64 // epoch
	why  []string
	seq  int
	uses []audit.Entry // of sandboxes
}

// Download opens a file of a record. That it was read is on record before its first byte. Faults:
// NotFound.
func (s *Session) Download(ctx context.Context, kind policy.Kind, id, file policy.ID) (*Download, error) {
	d := &Download{s: s, kind: kind, of: id}
	d.ID = file
	if err := d.open(ctx); err != nil {
		return nil, s.refused(ctx, kind, id, "download", err)
	}
	entry := audit.Entry{Action: audit.Downloaded, Kind: kind, Record: id, Epoch: d.at, Rules: d.why, Detail: map[string]any{"file": file}}
	if err := s.db.auditRead(ctx, s.actor, append(d.uses, entry)...); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *Download) open(ctx context.Context) error {
	return d.s.db.lookAt(ctx, d.s.actor, func(t *rtx, v *view) error {
		v = v.withoutEmergencies(d.s.actor)
		b, err := t.beneath(ctx, v, d.kind, d.of)
		if err != nil {
			return err
		}
		a, err := t.attachment(ctx, v, b, d.ID)
		if err == nil {
			d.Attachment, d.at, d.why, d.uses = *a, v.epoch, b.why, b.uses("downloaded")
		}
		return err
	})
}

// Next gives the next bytes, nil after the last. A fault means that the rest must not leave.
func (d *Download) Next(ctx context.Context) ([]byte, error) {
	for {
		var epoch int64
		var data []byte
		err := d.s.db.single().row(ctx, `
			SELECT s.epoch, c.data FROM policy_state s
			LEFT JOIN attachment_chunk c ON c.tenant_id = s.tenant_id AND c.attachment_id = $2 AND c.seq = $3
			WHERE s.tenant_id = $1`, d.s.actor.Tenant, d.ID, d.seq).Scan(&epoch, &data)
		if err != nil {
			return nil, d.s.db.fault(err)
		}
		if epoch != d.at {
			if err := d.open(ctx); err != nil {
				return nil, err
			}
			continue
		}
		d.seq++
		return data, nil
	}
}
