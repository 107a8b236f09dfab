package trial

import (
	"context"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// MailKills is a trial of sending mail under SIGKILL.
type MailKills struct {
	Bin    string
	Where  Where
	Rounds int
	Seed   uint64

	said  map[string]bool // addresses of which the program was asked already
	twice map[string]bool // Message-IDs that arrived twice, as far as that was told
}

// mailsListed is how many mails the program lists.
const mailsListed = 50

// MailKilled is what came of it.
type MailKilled struct {
	Rounds, Asked, Arrived, Unsure int
	Findings                       []string // each a line that says what went wrong
}

// String returns the counts as one line.
func (k *MailKilled) String() string {
	return fmt.Sprintf("%d kills, %d mails asked for: %d arrived, of %d nobody knows, %d arrived twice or are lost", k.Rounds, k.Asked, k.Arrived, k.Unsure, len(k.Findings))
}

// letterbox is a mail server on loopback that counts what comes, by Message-ID, and takes its time.
type letterbox struct {
	mu   sync.Mutex
	came map[string]int    // by Message-ID
	to   map[string]string // address → Message-ID
}

type letterSlot struct {
	box *letterbox
	to  string
}

func (b *letterbox) NewSession(*smtp.Conn) (smtp.Session, error) { return &letterSlot{box: b}, nil }

func (*letterSlot) Mail(string, *smtp.MailOptions) error { return nil }
func (*letterSlot) Reset()                               {}
func (*letterSlot) Logout() error                        { return nil }

func (s *letterSlot) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return nil
}

func (s *letterSlot) Data(from io.Reader) error {
	text, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	_, rest, _ := strings.Cut(string(text), "Message-ID: <")
	id, _, _ := strings.Cut(rest, ">")
	s.box.mu.Lock()
	s.box.came[id]++
	s.box.to[s.to] = id
	s.box.mu.Unlock()
	time.Sleep(20 * time.Millisecond) // the answer is under way for a while
	return nil
}

type mailPage struct {
	Items []struct {
		To    string `json:"to"`
		State string `json:"state"`
	} `json:"items"`
}

// Run asks for mails and kills the program while it sends them.
func (k MailKills) Run(ctx context.Context) (*MailKilled, error) {
	random := rand.New(rand.NewPCG(k.Seed, 40))
	out := &MailKilled{}
	k.said, k.twice = map[string]bool{}, map[string]bool{}
	box := &letterbox{came: map[string]int{}, to: map[string]string{}}
	line, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return out, err
	}
	office := smtp.NewServer(box)
	office.Domain, office.ErrorLog = "localhost", log.New(io.Discard, "", 0) // lines break here on purpose
	go office.Serve(line)
	defer office.Close()
	settings := map[string]any{"on": true, "host": "127.0.0.1", "port": line.Addr().(*net.TCPAddr).Port, "security": "none", "sender": "guan@example.com", "link_only": false}
	for ; out.Rounds < k.Rounds; out.Rounds++ {
		server, admin, err := k.begin(ctx)
		if err != nil {
			return out, err
		}
		if out.Rounds == 0 {
			err = admin.Call(ctx, "PUT", server.URL+"/api/v1/mail/settings", map[string]string{"If-Match": "0"}, settings, nil)
		}
		for n := 0; n < 3 && err == nil; n++ {
			err = admin.Call(ctx, "POST", server.URL+"/api/v1/mail", nil, map[string]string{"to": fmt.Sprintf("mail%d@example.com", out.Asked)}, nil)
			out.Asked++
		}
		if err == nil {
			time.Sleep(time.Duration(random.IntN(600)) * time.Millisecond)
		}
		server.Kill()
		if err == nil && out.Asked-len(k.said) > mailsListed-3 {
			err = k.count(ctx, box, out)
		}
		if err != nil {
			return out, err
		}
	}
	return out, k.count(ctx, box, out)
}

func (k MailKills) begin(ctx context.Context) (*Server, *Person, error) {
	server, err := Start(k.Bin, k.Where)
	if err != nil {
		return nil, nil, err
	}
	admin, err := SignIn(ctx, server.URL, Admin)
	if err != nil {
		server.Kill()
		return nil, nil, err
	}
	return server, admin, nil
}

// count waits until no mail waits any more, and compares what the program says of each with what arrived.
func (k MailKills) count(ctx context.Context, box *letterbox, out *MailKilled) error {
	server, admin, err := k.begin(ctx)
	if err != nil {
		return err
	}
	defer server.Kill()
	var page mailPage
	for begin := time.Now(); ; time.Sleep(200 * time.Millisecond) {
		page = mailPage{}
		if err := admin.Call(ctx, "GET", server.URL+"/api/v1/mail", nil, nil, &page); err != nil {
			return err
		}
		waits := 0
		for _, m := range page.Items {
			if m.State == "waiting" {
				waits++
			}
		}
		if waits == 0 {
			break
		}
		if time.Since(begin) > longest {
			return fmt.Errorf("%d mails still wait", waits)
		}
	}
	box.mu.Lock()
	defer box.mu.Unlock()
	for id, n := range box.came {
		if n > 1 && !k.twice[id] {
			k.twice[id] = true
			out.Findings = append(out.Findings, fmt.Sprintf("%s arrived %d times", id, n))
		}
	}
	out.Arrived = len(box.to)
	for _, m := range page.Items {
		if k.said[m.To] {
			continue
		}
		k.said[m.To] = true
		_, arrived := box.to[m.To]
		switch {
		case m.State == "sent" && !arrived:
			out.Findings = append(out.Findings, m.To+" is said to have gone, and did not arrive")
		case m.State != "sent":
			out.Unsure++
		}
	}
	return nil
}
