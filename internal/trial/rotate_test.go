package trial_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"guan/internal/testdb"
	"guan/internal/trial"
)

// account is a customer whose bank account somebody changes again and again, and the number that was acknowledged last.
type account struct {
	id, number string
	version    int
}

// patience is after how long the test gives up on what is done beside it, on the slowest of machines.
const patience = 5 * time.Minute

// rotations are what people and commands do to one installation at once.
type rotations struct {
	t    *testing.T
	at   trial.Where
	base string
	boss *trial.Person
}

// keys runs a command of the keys in a process of its own.
func (r *rotations) keys(want int, args ...string) string {
	r.t.Helper()
	command := exec.Command(bin, append([]string{"keys"}, args...)...)
	text, err := command.CombinedOutput()
	if code := command.ProcessState.ExitCode(); code != want {
		r.t.Fatalf("guan keys %v: exit %d: %s %v", args, code, text, err)
	}
	return string(text)
}

// of names the installation to a command.
func (r *rotations) of(args ...string) []string { return append(args, r.at.Args()...) }

func (r *rotations) serve() *trial.Server {
	r.t.Helper()
	server, err := trial.Start(bin, r.at)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(server.Kill)
	r.base = server.URL + "/api/v1"
	if r.boss, err = trial.SignIn(context.Background(), server.URL, trial.Boss); err != nil {
		r.t.Fatal(err)
	}
	return server
}

func (r *rotations) call(method, path string, version int, body, out any) error {
	header := map[string]string{}
	if version > 0 {
		header["If-Match"] = strconv.Quote(strconv.Itoa(version))
	}
	return r.boss.Call(context.Background(), method, r.base+path, header, body, out)
}

// change gives the customer another account, and wants it found by that and by nothing that it had.
func (r *rotations) change(a *account, n int) error {
	old := a.number
	number := fmt.Sprintf("622202%s%06d", a.id[len(a.id)-4:], n)
	if err := r.call("PATCH", "/records/customer/"+a.id, a.version, map[string]any{"fields": map[string]any{"bank_account": number}}, nil); err != nil {
		return err
	}
	a.number, a.version = number, a.version+1
	for text, want := range map[string]int{old: 0, number: 1} {
		var page trial.Page
		if err := r.call("GET", "/records/customer?"+url.Values{"filter": {"r.bank_account == " + strconv.Quote(text)}}.Encode(), 0, nil, &page); err != nil {
			return err
		}
		if len(page.Items) != want || want > 0 && (page.Items[0].ID != a.id || page.Items[0].Fields["bank_account"] != number) {
			return fmt.Errorf("by %s %d are found, want %d", text, len(page.Items), want)
		}
	}
	return nil
}

// stand wants every account read as it was acknowledged.
func (r *rotations) stand(accounts []*account) {
	r.t.Helper()
	for _, a := range accounts {
		var it trial.Item
		if err := r.call("GET", "/records/customer/"+a.id, 0, nil, &it); err != nil {
			r.t.Fatal(err)
		}
		if it.Fields["bank_account"] != a.number {
			r.t.Errorf("%s has %v, acknowledged was %s", a.id, it.Fields["bank_account"], a.number)
		}
	}
}

// The keys are rotated by commands of their own while the program serves people who change, find and read what is
// encrypted; some of the commands are killed, and the next one goes on. The key that wraps is exchanged as the manual
// says, and the old one then opens nothing.
func TestKeysAreRotatedBesideTheProgram(t *testing.T) {
	testdb.InTurn(t, func(t *testing.T, db testdb.Database) {
		r := &rotations{t: t, at: company(t, db)}
		server := r.serve()
		accounts := make([]*account, 4)
		for i := range accounts {
			var it trial.Item
			first := fmt.Sprintf("62170000100%08d", i)
			if err := r.call("POST", "/records/customer", 0, map[string]any{"fields": map[string]any{"name": fmt.Sprintf("轮换 %d", i), "bank_account": first}}, &it); err != nil {
				t.Fatal(err)
			}
			accounts[i] = &account{it.ID, first, 1}
		}
		var job struct{ ID, Status string }
		if err := r.call("POST", "/exports", 0, map[string]any{"kind": "customer", "purpose": "轮换试验", "format": "csv", "fields": []string{"name", "bank_account"}}, &job); err != nil {
			t.Fatal(err)
		}
		for began := time.Now(); job.Status != "done"; time.Sleep(20 * time.Millisecond) {
			if err := r.call("GET", "/exports/"+job.ID, 0, nil, &job); err != nil || time.Since(began) > patience {
				t.Fatalf("the export is %s: %v", job.Status, err)
			}
		}

		var done atomic.Bool
		var changed atomic.Int64
		var work sync.WaitGroup
		for _, a := range accounts {
			work.Go(func() {
				for n := 0; !done.Load(); n++ {
					if err := r.change(a, n); err != nil {
						t.Errorf("while keys are rotated: %v", err)
						return
					}
					changed.Add(1)
				}
			})
		}
		random := rand.New(rand.NewPCG(33, 1))
		for range 2 {
			killed := exec.Command(bin, r.of("keys", "rotate", "--index")...)
			if err := killed.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(40+random.IntN(250)) * time.Millisecond)
			_ = killed.Process.Kill()
			_ = killed.Wait()
			r.keys(0, r.of("rotate")...)
		}
		before := changed.Load()
		r.keys(0, r.of("rotate", "--index")...)
		for began := time.Now(); changed.Load() < before+4 && time.Since(began) < patience && !t.Failed(); {
			time.Sleep(20 * time.Millisecond)
		}
		done.Store(true)
		work.Wait()
		said := r.keys(0, r.of("rotate", "--index")...)
		if strings.Count(said, " seals: ") != 1 || strings.Contains(said, " opens: ") || strings.Contains(said, " goes: ") || strings.Count(said, "index ") != 1 || changed.Load() < before+4 {
			t.Errorf("after %d changes, of which %d came before the last rotation: %s", changed.Load(), before, said)
		}
		r.stand(accounts)
		if err := r.call("GET", "/exports/"+job.ID+"/file", 0, nil, nil); err != nil {
			t.Errorf("a file that was sealed with the old key: %v", err)
		}
		if err := server.Stop(); err != nil {
			t.Fatal(err)
		}

		// Another key that wraps, from a file: first beside the old one, then alone.
		file := filepath.Join(t.TempDir(), "guan.key")
		if err := os.WriteFile(file, []byte(testdb.Key+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Setenv("GUAN_KEY_FILE", file)
		fresh, _, _ := strings.Cut(r.keys(0, "make", file), " ")
		server = r.serve()
		if said := r.keys(0, r.of("status")...); !strings.Contains(said, "the first key at hand is "+fresh) {
			t.Error(said)
		}
		if said := r.keys(0, r.of("wrap")...); !strings.HasPrefix(said, "wrapped with "+fresh+" since ") || strings.Contains(said, "at hand") {
			t.Error(said)
		}
		for _, a := range accounts { // the program that runs knows both
			if err := r.change(a, 900_000); err != nil {
				t.Error(err)
			}
		}
		if err := server.Stop(); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(string(text), "\n")
		if err := os.WriteFile(file, []byte(first+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		server = r.serve()
		r.stand(accounts)
		if err := server.Stop(); err != nil {
			t.Fatal(err)
		}
		if err := os.Unsetenv("GUAN_KEY_FILE"); err != nil { // the environment still has the old key
			t.Fatal(err)
		}
		if said := r.keys(1, r.of("status")...); !strings.Contains(said, fresh) {
			t.Errorf("the old key opens, or it is not said which is wanted: %s", said)
		}
	})
}
