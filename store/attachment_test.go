package store

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"guan/fault"
	"guan/policy"
)

func fileOf(name string, content []byte) NewAttachment {
	return NewAttachment{Name: name, Media: "application/pdf", Size: int64(len(content)), Content: bytes.NewReader(content)}
}

// whole reads a download to its end.
func (f *firm) download(who string, id, file policy.ID) ([]byte, error) {
	f.t.Helper()
	d, err := f.as(who).Download(context.Background(), "customer", id, file)
	if err != nil {
		return nil, err
	}
	var all []byte
	for {
		chunk, err := d.Next(context.Background())
		if err != nil || chunk == nil {
			return all, err
		}
		all = append(all, chunk...)
	}
}

func TestAttachments(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		id := f.customer("lin", "甲公司", "").ID
		content := bytes.Repeat([]byte("0123456789abcdef"), 40_000) // more than two chunks
		a, err := f.as("lin").Attach(ctx, "customer", id, fileOf("报价单 2026.pdf", content))
		f.must(err)
		if a.Name != "报价单 2026.pdf" || a.Size != int64(len(content)) || a.Author.Name != "lin" {
			t.Errorf("%+v", a)
		}
		got, err := f.download("boss", id, a.ID)
		f.must(err)
		if !bytes.Equal(got, content) {
			t.Errorf("%d bytes came back of %d", len(got), len(content))
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'downloaded' AND actor_id = $1", int64(f.id("boss"))); n != 1 {
			t.Errorf("%d downloads are on record", n)
		}
		other := f.customer("lin", "乙公司", "").ID
		for _, at := range [][2]policy.ID{{other, a.ID}, {id, 5}} {
			_, err := f.download("lin", at[0], at[1])
			f.refused(err, fault.NotFound, "attachment")
		}
		_, err = f.download("zhao", id, a.ID)
		f.refused(err, fault.NotFound, "record")
		// What was sent is masked for the auditor: for them there is no file.
		_, err = f.download("auditor", id, a.ID)
		f.refused(err, fault.NotFound, "attachment")
		list, err := f.as("auditor").Attachments(ctx, "customer", id)
		f.must(err)
		if len(list.Items)+len(list.Can) != 0 {
			t.Errorf("the auditor sees %+v", list)
		}
		f.refused(f.as("auditor").MayAttach(ctx, "customer", id), fault.Denied, "comment_closed")
		list, err = f.as("lin").Attachments(ctx, "customer", id)
		f.must(err)
		if len(list.Items) != 1 || !slices.Equal(list.Items[0].Can, []string{"delete"}) || list.Limit != AttachmentLimit {
			t.Errorf("%+v", list)
		}
		for code, n := range map[string]NewAttachment{
			"file_name": fileOf("a\u202egpj.pdf", content), "file_empty": fileOf("a.pdf", nil), "too_long": fileOf(strings.Repeat("长", 201), content),
			"file_large": {Name: "a.pdf", Size: AttachmentLimit + 1}, "body_broken": {Name: "a.pdf", Media: "x", Size: 7, Content: strings.NewReader("short")},
		} {
			_, err := f.as("lin").Attach(ctx, "customer", id, n)
			f.refused(err, fault.Invalid, code)
		}
		if n := count(t, f.db, "SELECT count(*) FROM attachment"); n != 1 {
			t.Errorf("%d files after refusals", n)
		}
		f.db.fileLimit = 70_000
		_, err = f.as("lin").Attach(ctx, "customer", id, fileOf("b.pdf", content[:65_000]))
		f.refused(err, fault.Conflict, "attachments_full") // 10 × 70,000 hold the 640,000 and nothing more

		f.must(f.as("chief").AddCollaborator(ctx, "customer", id, NewCollaborator{Person: f.id("wang")}))
		f.refused(f.as("wang").DeleteAttachment(ctx, "customer", id, a.ID), fault.Denied, "attachment_others")
		f.must(f.as("lin").DeleteAttachment(ctx, "customer", id, a.ID))
		if n := count(t, f.db, "SELECT count(*) FROM attachment_chunk"); n != 0 {
			t.Errorf("%d chunks are left", n)
		}
	})
}

// Whose access ends while a file is on its way gets no more of it.
func TestDownloadEndsWithTheRight(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		id := f.customer("lin", "甲公司", "").ID
		f.must(f.as("chief").AddCollaborator(ctx, "customer", id, NewCollaborator{Person: f.id("wang")}))
		a, err := f.as("lin").Attach(ctx, "customer", id, fileOf("a.pdf", bytes.Repeat([]byte("x"), 3*chunkSize)))
		f.must(err)
		d, err := f.as("wang").Download(ctx, "customer", id, a.ID)
		f.must(err)
		if chunk, err := d.Next(ctx); err != nil || len(chunk) != chunkSize {
			t.Fatalf("%d bytes, %v", len(chunk), err)
		}
		_, err = f.as("boss").PutRule(ctx, policy.Rule{ID: "shut", Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Person: f.id("wang")}}}, Kind: "customer",
			Actions: []policy.Action{policy.Read}, Where: everything, Scene: "离岗"})
		f.must(err)
		_, err = d.Next(ctx)
		f.refused(err, fault.NotFound, "record")
	})
}

// Looking for what is there already finds what a search would, and nothing of what is masked.
func TestDuplicates(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "上海关山贸易有限公司", `phone="13800138000"`)
		f.customer("lin", "A Bike Store, Ltd.", "")
		f.customer("wang", "北辰集团", `phone="13900139000"`)
		ask := func(who, fields string) string {
			t.Helper()
			d, err := f.as(who).Duplicates(ctx, "customer", jsonFields(t, fields))
			f.must(err)
			var got []string
			for _, one := range d.Mine {
				got = append(got, one.Title+" "+strings.Join(one.By, ","))
			}
			if d.Found != (len(got) > 0) {
				t.Errorf("%+v", d)
			}
			return strings.Join(got, "; ")
		}
		for fields, want := range map[string]string{
			`{"name":"上海关山贸易"}`:                           "上海关山贸易有限公司 name",
			`{"name":"上海 关山贸易(集团)公司"}`:                    "上海关山贸易有限公司 name",
			`{"name":"a bike store"}`:                     "A Bike Store, Ltd. name",
			`{"name":"关山"}`:                               "",
			`{"phone":"138 0013 8000"}`:                   "上海关山贸易有限公司 phone",
			`{"phone2":"13800138000"}`:                    "上海关山贸易有限公司 phone",
			`{"phone":"138"}`:                             "",
			`{"name":"上海关山贸易","phone":"13800138000"}`:     "上海关山贸易有限公司 name,phone",
			`{"name":"北辰","phone":"13900139000"}`:         "",
			`{"nonsense":1,"city":"上海"}`:                  "",
			`{"name":5,"phone":null}`:                     "",
			`{"name":"` + strings.Repeat("长", 300) + `"}`: "",
		} {
			if got := ask("lin", fields); got != want {
				t.Errorf("%s finds %q, not %q", fields, got, want)
			}
		}
		if got := ask("chief", `{"name":"北辰","phone":"13800138000"}`); got != "北辰集团 name; 上海关山贸易有限公司 phone" {
			t.Errorf("the head finds %q", got)
		}
		// To the auditor telephone numbers are masked: one that is typed in full is nobody's.
		if got := ask("auditor", `{"phone":"13800138000"}`); got != "" {
			t.Errorf("the auditor finds %q", got)
		}
		if got := ask("leaver", `{"name":"上海关山贸易","phone":"13800138000"}`); got != "" {
			t.Errorf("somebody without rights finds %q", got)
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE CAST(detail AS TEXT) LIKE '%13800138000%'"); n != 0 {
			t.Error("the log holds the number that was asked for")
		}
		_, err := f.as("lin").Duplicates(ctx, "unicorn", nil)
		f.refused(err, fault.NotFound, "kind")
	})
}
