// Package trial puts the real program through what must not hurt it: processes killed in the
// middle of writes, archiving and mail (trial/kill), rights taken away under the eyes of readers on
// several processes (trial/stale), a log changed by who holds the database (trial/tamper), data carried
// away without their key (trial/theft).
//
// A trial starts the built program, talks to it over HTTP as people would, keeps a history of
// what was acknowledged, and checks the history afterwards. The commands run a trial at length;
// the tests run a short form of each.
package trial

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the database, past the program
	_ "modernc.org/sqlite"
)

// longest bounds how long the program may take for one thing: long, since a machine may be slow.
const longest = 5 * time.Minute

// Password is the password of everybody in a trial.
const Password = "a-trial-of-the-gate"

// Where is a database for a trial: a data folder, and PostgreSQL beside it where URL is set.
type Where struct {
	DataDir string
	URL     string
}

// Args are the flags that name the database to the program.
func (w Where) Args() []string {
	args := []string{"--data", w.DataDir}
	if w.URL != "" {
		args = append(args, "--db", w.URL)
	}
	return args
}

// open opens the database past the program, as who holds it can.
func (w Where) open() (*sql.DB, error) {
	if w.URL != "" {
		return sql.Open("pgx", w.URL)
	}
	return sql.Open("sqlite", "file:"+filepath.Join(w.DataDir, "guan.db")+"?_pragma=busy_timeout(10000)")
}

// key is the file of the key that wraps the keysets, which lies beside the data.
func (w Where) key() string { return w.DataDir + ".key" }

// run runs a command of the program on the database, and gives what it said whether or not it ended well.
func run(bin string, args ...string) (said string, err error) {
	text, err := exec.Command(bin, args...).CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return "", fmt.Errorf("%s %s: %w", bin, strings.Join(args, " "), err)
	}
	return string(text), err
}

// Build makes the program in dir and returns its path.
func Build(dir string) (string, error) {
	out, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "guan")
	build := exec.Command("go", "build", "-buildvcs=false", "-o", bin, "./cmd/guan")
	build.Dir = filepath.Dir(strings.TrimSpace(string(out)))
	if text, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the program: %w\n%s", err, text)
	}
	return bin, nil
}

// Fill writes the sample company into the database.
func Fill(bin string, at Where) error {
	text, err := exec.Command(bin, append([]string{"demo", "world", "--password", Password}, at.Args()...)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("filling the database: %w\n%s", err, text)
	}
	return nil
}

// Server is a running program.
type Server struct {
	URL string

	process *exec.Cmd
	log     *bytes.Buffer
}

// Start runs the program on a free port and waits until it listens.
func Start(bin string, at Where) (*Server, error) {
	s := &Server{log: &bytes.Buffer{}}
	s.process = exec.Command(bin, append([]string{"serve", "--listen", "127.0.0.1:0", "--rate", "0", "--quiet"}, at.Args()...)...)
	s.process.Stderr = s.log
	out, err := s.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	url, ok := strings.CutPrefix(strings.TrimSpace(line), "listening on ")
	if !ok {
		s.Kill()
		return nil, fmt.Errorf("the program did not start: %q %v\n%s", line, err, s.log)
	}
	s.URL = url
	return s, nil
}

// Kill ends the program with SIGKILL and waits until it is gone.
func (s *Server) Kill() {
	_ = s.process.Process.Kill()
	_ = s.process.Wait()
}

// Stop ends the program as an administrator does, and reports what it left on stderr when it
// did not end well.
func (s *Server) Stop() error {
	if err := s.process.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	if err := s.process.Wait(); err != nil {
		return fmt.Errorf("the program ended with %w\n%s", err, s.log)
	}
	return nil
}

// Person is somebody signed in at one or more programs on the same data.
type Person struct {
	Login string
	http  *http.Client
}

// SignIn signs a person in.
func SignIn(ctx context.Context, url, login string) (*Person, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	p := &Person{Login: login, http: &http.Client{Jar: jar, Timeout: longest, Transport: &http.Transport{MaxIdleConnsPerHost: 4}}}
	return p, p.signIn(ctx, url)
}

// signIn signs them in anew, from the same browser.
func (p *Person) signIn(ctx context.Context, url string) error {
	return p.Call(ctx, "POST", url+"/api/v1/session", nil, map[string]string{"login": p.Login, "password": Password}, nil)
}

// Refused is an answer other than 2xx.
type Refused struct {
	Status int
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

func (r *Refused) Error() string { return fmt.Sprintf("%d %s: %s", r.Status, r.Code, r.Detail) }

// Status returns the status of a refusal, 0 for another failure.
func Status(err error) int {
	var r *Refused
	if errors.As(err, &r) {
		return r.Status
	}
	return 0
}

// Call makes a request and reads the answer into out, which may be nil.
func (p *Person) Call(ctx context.Context, method, url string, header map[string]string, body, out any) error {
	_, err := p.ask(ctx, method, url, header, body, out)
	return err
}

// ask is Call, and gives the number under which the program has the request once the whole answer is there.
func (p *Person) ask(ctx context.Context, method, url string, header map[string]string, body, out any) (number string, err error) {
	var text io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return "", err
		}
		text = bytes.NewReader(raw)
	}
	request, err := http.NewRequestWithContext(ctx, method, url, text)
	if err != nil {
		return "", err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	for name, value := range header {
		request.Header.Set(name, value)
	}
	answer, err := p.http.Do(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		return "", err
	}
	if answer.StatusCode/100 != 2 {
		refused := &Refused{Status: answer.StatusCode}
		_ = json.Unmarshal(raw, refused) // a proxy's page is not ours to read
		return "", refused
	}
	if out != nil {
		err = json.Unmarshal(raw, out)
	}
	return answer.Header.Get("X-Request-Id"), err
}

// Item is what a trial reads of a record.
type Item struct {
	ID      string         `json:"id"`
	Version json.Number    `json:"version"`
	Title   string         `json:"title"`
	Fields  map[string]any `json:"fields"`
	Reveal  []string       `json:"reveal"` // what the reader may have shown
}

// Page is what a trial reads of a list.
type Page struct {
	Items []Item `json:"items"`
	Next  string `json:"next"`
	Total *struct {
		Count  int  `json:"count"`
		Capped bool `json:"capped"`
	} `json:"total"`
	Sums map[string]map[string]string `json:"sums"`
}
