package httpapi_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"guan/internal/testdb"
	"guan/paper"
	"guan/post"
	"guan/siem"
	"guan/store"
)

// postOffice is a mail server on loopback. What it does with a mail hangs on whom it is for.
type postOffice struct {
	mu   sync.Mutex
	came map[string][]string // by address
	port int
}

type desk struct {
	office *postOffice
	line   *smtp.Conn
	to     string
	known  bool
}

func (o *postOffice) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &desk{office: o, line: c}, nil
}

func (d *desk) AuthMechanisms() []string { return []string{sasl.Plain} }

func (d *desk) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if d.known = user == "guan" && password == "right"; !d.known {
			return errors.New("no such user")
		}
		return nil
	}), nil
}

func (d *desk) Mail(string, *smtp.MailOptions) error {
	if _, secure := d.line.TLSConnectionState(); secure && !d.known {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (d *desk) Rcpt(to string, _ *smtp.RcptOptions) error {
	switch d.to = to; {
	case strings.HasPrefix(to, "nobody@"):
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}
	case strings.HasPrefix(to, "later@"):
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 2, 0}, Message: "come back later"}
	}
	return nil
}

func (d *desk) Data(from io.Reader) error {
	text, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	d.office.mu.Lock()
	d.office.came[d.to] = append(d.office.came[d.to], string(text))
	d.office.mu.Unlock()
	if strings.HasPrefix(d.to, "cut@") {
		return d.line.Conn().Close() // taken, and nobody is told
	}
	return nil
}

func (*desk) Reset()        {}
func (*desk) Logout() error { return nil }

// open opens the office, encrypted where there is a certificate.
func (o *postOffice) open(t *testing.T, secure *tls.Config) {
	t.Helper()
	o.came = map[string][]string{}
	server := smtp.NewServer(o)
	server.Domain, server.TLSConfig, server.ErrorLog = "localhost", secure, quiet{}
	line, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o.port = line.Addr().(*net.TCPAddr).Port
	if secure != nil {
		line = tls.NewListener(line, secure)
	}
	go server.Serve(line)
	t.Cleanup(func() { server.Close() })
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

func officeKey(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	of := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, of, of, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(made)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, roots
}

// Mail arrives, is refused for now or for good, or is left alone when nobody knows; the password goes over an
// encrypted way to who proves who they are, and comes back from nowhere.
func TestMailOverSMTP(t *testing.T) {
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		p := start(t, at)
		ctx := context.Background()
		admin := p.as("admin")
		plain, secure := &postOffice{}, &postOffice{}
		config, roots := officeKey(t)
		plain.open(t, nil)
		secure.open(t, config)
		sender := post.New(p.db.System(store.JobMail, store.DefaultTenant), siem.Dialer(false).DialContext, roots)
		try := func(to string) store.Mail {
			t.Helper()
			admin.post("/api/v1/mail", map[string]any{"to": to}).must(202)
			for {
				found, err := sender.Once(ctx)
				if err != nil {
					t.Fatal(err)
				}
				if !found {
					break
				}
			}
			return into[struct{ Items []store.Mail }](admin.get("/api/v1/mail").must(200)).Items[0]
		}
		version := "0"
		set := func(values map[string]any) {
			t.Helper()
			version = fmt.Sprint(into[struct{ Version int64 }](admin.do("PUT", "/api/v1/mail/settings", values, "If-Match", version).must(200)).Version)
		}
		set(mailTo("127.0.0.1", plain.port, "none"))
		if m := try("it@example.com"); m.State != store.MailGone || len(plain.came["it@example.com"]) != 1 {
			t.Fatalf("%+v", m)
		}
		if text := plain.came["it@example.com"][0]; !strings.Contains(text, "Message-ID: <guan.") || !strings.Contains(text, "Auto-Submitted: auto-generated") {
			t.Error(text)
		}
		if m := try("nobody@example.com"); m.State != store.MailFailed || !strings.HasPrefix(m.Failed, "recipient:") || !strings.Contains(m.Failed, "no such mailbox") {
			t.Errorf("%+v", m)
		}
		if m := try("cut@example.com"); m.State != store.MailUnsure || len(plain.came["cut@example.com"]) != 1 {
			t.Errorf("%+v", m)
		}
		if m := try("it@example.com"); m.State != store.MailGone || len(plain.came["cut@example.com"]) != 1 {
			t.Errorf("what may have arrived was sent again: %+v", m)
		}
		with := mailTo("127.0.0.1", secure.port, "tls")
		with["user"], with["password"] = "guan", "wrong"
		set(with)
		if m := try("it@example.com"); m.State != store.MailFailed || !strings.HasPrefix(m.Failed, "auth:") || strings.Contains(m.Failed, "wrong") {
			t.Errorf("%+v", m)
		}
		with["password"] = "right"
		set(with)
		if m := try("it@example.com"); m.State != store.MailGone || len(secure.came["it@example.com"]) != 1 {
			t.Errorf("%+v", m)
		}
		for _, path := range []string{"/api/v1/mail/settings", "/api/v1/mail"} {
			if r := admin.get(path).must(200); strings.Contains(string(r.body), "right\"") || strings.Contains(string(r.body), "wrong") {
				t.Errorf("%s gives the password: %s", path, r.body)
			}
		}
		// Who cannot prove to be the server gets nothing.
		strangers := post.New(p.db.System(store.JobMail, store.DefaultTenant), siem.Dialer(false).DialContext, nil)
		admin.post("/api/v1/mail", map[string]any{"to": "it@example.com"}).must(202)
		if _, err := strangers.Once(ctx); err != nil {
			t.Fatal(err)
		}
		if m := into[struct{ Items []store.Mail }](admin.get("/api/v1/mail").must(200)).Items[0]; m.State != store.MailFailed || !strings.HasPrefix(m.Failed, "tls:") {
			t.Errorf("%+v", m)
		}
		none := mailTo("127.0.0.1", plain.port, "starttls")
		set(none)
		if m := try("it@example.com"); m.State != store.MailFailed || !strings.HasPrefix(m.Failed, "tls:") {
			t.Errorf("%+v", m)
		}
	})
}

// A report is asked for, read and taken out by whom it is for, and by nobody else.
func TestReportOverHTTP(t *testing.T) {
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		p := start(t, at)
		boss, auditor := p.as("boss"), p.as("auditor")
		id := into[item](boss.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "只有客户知道的名字", "owner": p.people["seller"].String()}}).must(201)).ID
		p.as("seller").get(customers(id)).must(200)
		month := p.db.Now().In(time.FixedZone("", 8*3600)).Format("2006-01")
		auditor.post("/api/v1/reports", map[string]any{"month": month}).must(204)
		p.reports()
		mine := into[store.ReportList](auditor.get("/api/v1/reports").must(200)).Items
		if len(mine) != 1 || !mine[0].Preliminary || mine[0].Month != month {
			t.Fatalf("%+v", mine)
		}
		path := "/api/v1/reports/" + mine[0].ID.String()
		page := auditor.get(path).must(200)
		if strings.Contains(string(page.body), "只有客户知道") || into[store.ReportDocument](page).Total.Opened < 1 {
			t.Errorf("%s", page.body)
		}
		for lang, want := range map[string]string{"zh": "数据访问月报", "en": "Monthly report"} {
			file := auditor.get(path + "/file?lang=" + lang).must(200)
			lines, err := paper.Lines(file.body)
			if text := strings.Join(lines, "\n"); err != nil || !strings.Contains(text, want) || strings.Contains(text, "只有客户") {
				t.Errorf("%v: %s", err, text)
			}
		}
		for _, who := range []string{"boss", "seller", "admin"} {
			p.as(who).get(path).must(404)
			p.as(who).get(path + "/file?lang=zh").must(404)
		}
	})
}
