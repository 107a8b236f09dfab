package store

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"guan/fault"
	"guan/policy"
)

// mailOn switches mail on, with a password.
func (f *firm) mailOn() *WrittenMailSettings {
	f.t.Helper()
	password := "geheim-4711-平安"
	set, err := f.browser("admin").in("").session.SetMailSettings(context.Background(), 0,
		MailSettings{On: true, Host: "mail.example.com", Port: 465, Security: MailTLS, User: "guan", Sender: "guan@example.com"}, &password)
	f.must(err)
	return set
}

func (f *firm) next() *Outgoing {
	f.t.Helper()
	o, err := f.db.System(JobMail, DefaultTenant).NextMail(context.Background())
	f.must(err)
	return o
}

func TestMailSettings(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		admin := f.browser("admin").in("").session
		set := f.mailOn()
		if set.Version != 1 || !set.HasPassword {
			t.Fatalf("%+v", set)
		}
		// The password lies in no file in plain, and opens for the job.
		if f.options.DataDir != "" {
			f.must(filepath.WalkDir(f.options.DataDir, func(path string, d os.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				text, err := os.ReadFile(path)
				if bytes.Contains(text, []byte("geheim-4711")) {
					t.Errorf("the password lies in %s", path)
				}
				return err
			}))
		}
		_, err := admin.TryMail(ctx, "chief@example.com")
		f.must(err)
		if o := f.next(); o == nil || o.Password != "geheim-4711-平安" || o.To != "chief@example.com" {
			t.Fatalf("%+v", o)
		}
		// What was kept for one server is shown to no other.
		elsewhere := set.MailSettings
		elsewhere.Host = "mail.evil.example"
		_, err = admin.SetMailSettings(ctx, 1, elsewhere, nil)
		f.refused(err, fault.Invalid, "mail_password")
		same := set.MailSettings
		same.Sender = "crm@example.com"
		if set, err = admin.SetMailSettings(ctx, 1, same, nil); err != nil || !set.HasPassword {
			t.Fatalf("%+v %v", set, err)
		}
		other := "another"
		if set, err = admin.SetMailSettings(ctx, 2, elsewhere, &other); err != nil {
			t.Fatal(err)
		}
		if n := count(t, f.db, "SELECT count(*) FROM mail_settings WHERE secret LIKE '%another%'"); n != 0 {
			t.Error("the password lies in its row")
		}
		// A rotation takes it along.
		f.must(f.db.System(JobSetup, DefaultTenant).RotateKeys(ctx, Rotation{Index: true}, nil))
		left, err := f.db.values.get(ctx, DefaultTenant, mailSecrets.table, []policy.ID{DefaultTenant})
		if err != nil || len(left) != 1 {
			t.Errorf("%d passwords lie in the vault, %v", len(left), err)
		}
		elsewhere.User = ""
		if set, err = admin.SetMailSettings(ctx, 3, elsewhere, nil); err != nil || set.HasPassword {
			t.Fatalf("%+v %v", set, err)
		}
		for at, wrong := range map[string]MailSettings{
			"mail_host":        {Host: "a b", Port: 25, Security: MailPlain, Sender: "a@b.cn"},
			"mail_port":        {Host: "b.cn", Port: 0, Security: MailPlain, Sender: "a@b.cn"},
			"mail_security":    {Host: "b.cn", Port: 25, Sender: "a@b.cn"},
			"mail_unencrypted": {Host: "b.cn", Port: 25, Security: MailPlain, User: "u", Sender: "a@b.cn"},
			"mail_address":     {Host: "b.cn", Port: 25, Security: MailPlain, Sender: "A <a@b.cn>"},
			"mail_link":        {Host: "b.cn", Port: 25, Security: MailPlain, Sender: "a@b.cn", Link: "javascript:1"},
		} {
			_, err := admin.SetMailSettings(ctx, 4, wrong, nil)
			f.refused(err, fault.Invalid, at)
		}
		_, err = admin.SetMailSettings(ctx, 3, elsewhere, nil)
		f.refused(err, fault.Stale, "version")
		for _, who := range []string{"chief", "lin", "auditor"} {
			_, err := f.as(who).MailSettings(ctx)
			f.refused(err, fault.Denied, "right")
			_, err = f.as(who).Mails(ctx)
			f.refused(err, fault.Denied, "right")
		}
	})
}

// A mail goes out once, is tried again when it was refused, and is left alone when nobody knows.
func TestMailQueue(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		job := f.db.System(JobMail, DefaultTenant)
		admin := f.browser("admin").in("").session
		_, err := admin.TryMail(ctx, "a@example.com")
		f.refused(err, fault.Conflict, "mail_off")
		f.mailOn()
		put := func() { // as the program's own mail is
			f.must(f.db.write(ctx, f.db.System(JobSeal, DefaultTenant).actor, op{name: "test"}, func(t *tx) error {
				t.entries++
				_, err := t.post(ctx, "heads 2026-03-01", 0, 0, letter{To: "heads@example.com", Subject: "s", Body: "b", File: "head.txt", Text: "head"})
				return err
			}))
		}
		put()
		put()
		var all sync.WaitGroup
		var mu sync.Mutex
		var got []*Outgoing
		for range 20 {
			all.Go(func() {
				o, err := job.NextMail(ctx)
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					t.Error(err)
				}
				if o != nil {
					got = append(got, o)
				}
			})
		}
		all.Wait()
		if len(got) != 1 || len(got[0].Files) != 1 || string(got[0].Files[0].Data) != "head" {
			t.Fatalf("%d took the one mail", len(got))
		}
		state := func(want MailState) Mail {
			t.Helper()
			list, err := admin.Mails(ctx)
			if err != nil || len(list) != 1 || list[0].State != want {
				t.Fatalf("%+v %v, not %s", list, err, want)
			}
			return list[0]
		}
		f.must(job.MailRefused(ctx, got[0], "connect: refused", false))
		if m := state(MailWaits); m.Tries != 1 || m.Failed == "" || m.NextAt == nil {
			t.Errorf("%+v", m)
		}
		if f.next() != nil {
			t.Error("tried again at once")
		}
		f.clock.advance(mailFirst)
		o := f.next()
		if o == nil || o.Key != got[0].Key {
			t.Fatalf("%+v", o)
		}
		f.must(job.MailRefused(ctx, o, "connect: refused", false))
		f.clock.advance(mailFirst)
		if f.next() != nil {
			t.Error("the second pause is not longer")
		}
		f.clock.advance(mailFirst)
		if o = f.next(); o == nil {
			t.Fatal("not tried again")
		}
		// The process died: nobody knows.
		f.clock.advance(mailLease + time.Second)
		if f.next() != nil {
			t.Error("sent twice")
		}
		m := state(MailUnsure)
		_, err = admin.SendMailAgain(ctx, m.ID)
		f.must(err)
		o = f.next()
		f.must(job.MailArrived(ctx, o))
		if m := state(MailGone); m.SentAt == nil || m.Failed != "" {
			t.Errorf("%+v", m)
		}
		_, err = admin.SendMailAgain(ctx, m.ID)
		f.refused(err, fault.Conflict, "mail_on_way")
		_, err = admin.SendMailAgain(ctx, 1)
		f.refused(err, fault.NotFound, "mail")
		put()
		state(MailGone)
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'mail_failed' AND CAST(detail AS text) LIKE '%cut_off%' AND CAST(detail AS text) LIKE '%heads%'"); n != 1 {
			t.Errorf("%d entries say that nobody knows whether it left", n)
		}
	})
}
