package trial

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"time"

	"guan/jobs"
	"guan/store"
)

// OldKills is a trial of archiving, and of erasing in archives, under SIGKILL.
type OldKills struct {
	Bin    string
	Where  Where // empty
	Rounds int
	Seed   uint64
}

// OldKilled is what came of it.
type OldKilled struct {
	Rounds, Archives, Erased int
	Archived                 int64    // entries that lie in archives
	Findings                 []string // each a line that says what is not whole
}

// String returns the counts as one line.
func (k *OldKilled) String() string {
	return fmt.Sprintf("%d kills, %d entries in %d archives, %d customers erased in them: %d findings", k.Rounds, k.Archived, k.Archives, k.Erased, len(k.Findings))
}

// Run kills the program while it archives, and then while it takes erased customers out of the archives; each time
// everything has to verify.
func (k OldKills) Run(ctx context.Context) (*OldKilled, error) {
	random := rand.New(rand.NewPCG(k.Seed, 39))
	out := &OldKilled{}
	customers, err := Aged(ctx, k.Where, 215, 30)
	if err != nil {
		return out, err
	}
	for ; out.Rounds < k.Rounds; out.Rounds++ {
		server, err := Start(k.Bin, k.Where)
		if err != nil {
			return out, err
		}
		switch {
		case out.Archived > 0:
			err = k.order(ctx, server, customers, out)
		case out.Rounds >= k.Rounds/2: // a slow machine never comes so far; the rest is about what is archived
			err = k.settle(ctx, server, out)
		}
		if err == nil {
			time.Sleep(time.Duration(random.IntN(200+100*out.Rounds%800)) * time.Millisecond)
		}
		server.Kill()
		if err == nil {
			_, err = k.inspect(ctx, out)
		}
		if err != nil {
			return out, err
		}
	}
	server, err := Start(k.Bin, k.Where)
	if err != nil {
		return out, err
	}
	defer server.Kill()
	if err := k.settle(ctx, server, out); err != nil {
		return out, err
	}
	return out, k.forgotten(ctx, customers[:out.Erased], out)
}

// settle waits until everything old is archived, and nothing is to be erased in archives.
func (k OldKills) settle(ctx context.Context, server *Server, out *OldKilled) error {
	for begin := time.Now(); ; time.Sleep(200 * time.Millisecond) {
		left, err := k.inspect(ctx, out)
		if err != nil || out.Archived > 0 && left == 0 {
			return err
		}
		if time.Since(begin) > longest {
			return fmt.Errorf("after %s there are %d archives, and with %d something is to be done\n%s", longest, out.Archives, left, server.log)
		}
	}
}

// order has the next customer erased.
func (k OldKills) order(ctx context.Context, server *Server, customers []OldCustomer, out *OldKilled) error {
	if out.Erased == len(customers) {
		return nil
	}
	boss, err := SignIn(ctx, server.URL, Boss)
	if err != nil {
		return err
	}
	err = boss.Call(ctx, "POST", server.URL+"/api/v1/audit/erasures", nil, map[string]string{"kind": "customer", "record": customers[out.Erased].ID, "reason": "本人要求删除个人信息"}, nil)
	if Status(err) == http.StatusConflict {
		return nil // on its way into the archive
	}
	out.Erased++
	return err
}

// open opens the database beside the program.
func (k OldKills) open(ctx context.Context) (*store.DB, error) {
	return store.Open(ctx, store.Options{DataDir: k.Where.DataDir, URL: k.Where.URL, KeepSchema: true})
}

// inspect verifies the log and its archives, and reports with how many something is to be done yet.
func (k OldKills) inspect(ctx context.Context, out *OldKilled) (left int, err error) {
	db, err := k.open(ctx)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	keys, err := db.AuditKeys()
	if err != nil {
		return 0, err
	}
	folder, err := jobs.ArchivesOfData(db, store.DefaultTenant)
	if err != nil {
		return 0, err
	}
	report, err := db.System(store.JobSetup, store.DefaultTenant).VerifyAudit(ctx, keys, nil, folder.Open, func(int64) {})
	if err != nil {
		return 0, err
	}
	for _, f := range report.Findings {
		out.Findings = append(out.Findings, fmt.Sprintf("after %d kills: %s", out.Rounds, f))
	}
	out.Archived, out.Archives = report.Archived, len(report.Archives)
	keeper := db.System(store.JobRetain, store.DefaultTenant)
	list, err := keeper.NextErasures(ctx)
	if err != nil {
		return 0, err
	}
	stretch, err := keeper.NextStretch(ctx)
	if stretch != nil {
		return len(list) + 1, err
	}
	return len(list), err
}

// forgotten looks whether an archive still names who was erased.
func (k OldKills) forgotten(ctx context.Context, erased []OldCustomer, out *OldKilled) error {
	db, err := k.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	folder, err := jobs.ArchivesOfData(db, store.DefaultTenant)
	if err != nil {
		return err
	}
	kept, err := db.System(store.JobSetup, store.DefaultTenant).AuditArchiveFiles(ctx)
	if err != nil {
		return err
	}
	for _, file := range kept {
		in, err := folder.Open(file)
		if err != nil {
			return err
		}
		text, err := io.ReadAll(in)
		if err = errors.Join(err, in.Close()); err != nil {
			return err
		}
		for _, c := range erased {
			if bytes.Contains(text, []byte(c.Name)) {
				out.Findings = append(out.Findings, file+" still names "+c.Name)
			}
		}
	}
	return nil
}
