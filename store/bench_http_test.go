package store_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"guan/httpapi"
	"guan/internal/testdb"
	"guan/store"
)

// BenchmarkGate measures every question of a list against the same question without permission,
// as statements and, for a page, over HTTP with the audit on, turn and turn about in one run, and
// prints tables. GUAN_BENCH_CUSTOMERS sets the size (default 20,000), GUAN_BENCH_OUT names a file
// for the tables.
func BenchmarkGate(b *testing.B) {
	customers := 20_000
	if text := os.Getenv("GUAN_BENCH_CUSTOMERS"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			b.Fatal(err)
		}
		customers = n
	}
	var report strings.Builder
	fmt.Fprintf(&report, "%s %s, %d CPU, %s; %d customers, %s.\nMedians in milliseconds; × is the ratio to the same question without permission in the same run.\n",
		runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), customers, store.BenchShape)
	for _, open := range []func(testing.TB) testdb.Database{testdb.SQLite, testdb.Postgres} {
		at := open(b)
		company := store.NewBenchCompany(b, at, customers)
		company.Measure(b, at.Dialect(), &report)
		overHTTP(b, company, at.Dialect(), &report)
	}
	fmt.Print("\n" + report.String())
	if out := os.Getenv("GUAN_BENCH_OUT"); out != "" {
		if err := os.WriteFile(out, []byte(report.String()), 0o644); err != nil {
			b.Fatal(err)
		}
	}
}

// overHTTP measures the first page for people who see little and much against the same page for
// somebody who has no permission in the way.
func overHTTP(b *testing.B, company *store.BenchCompany, dialect string, report *strings.Builder) {
	base := serve(b, company.DB)
	fmt.Fprintf(report, "\n### %s over HTTP, first page, audit included\n\n| person | raw | gate | × |\n|---|---|---|---|\n", dialect)
	raw := signIn(b, base, company.People["raw"])
	for _, name := range []string{"seller", "30,000 shares", "head", "region", "boss"} {
		person := signIn(b, base, company.People[name])
		x, y := turns(func() { page(b, raw, base) }, func() { page(b, person, base) })
		fmt.Fprintf(report, "| %s | %.2f | %.2f | %.2f |\n", name, x, y, y/x)
	}
}

func serve(b *testing.B, db *store.DB) string {
	b.Helper()
	server, err := httpapi.New(httpapi.Options{DB: db, Listen: "127.0.0.1:0", Limits: httpapi.Limits{Requests: -1, SignIns: -1},
		Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx) }()
	b.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			b.Error(err)
		}
	})
	return server.URL()
}

func signIn(b *testing.B, base, login string) *http.Client {
	b.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	body, err := json.Marshal(map[string]string{"login": login, "password": store.BenchPassword})
	if err != nil {
		b.Fatal(err)
	}
	answer, err := client.Post(base+"/api/v1/session", "application/json", bytes.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(answer.Body)
		b.Fatalf("%s: %d %s", login, answer.StatusCode, text)
	}
	return client
}

func page(b *testing.B, client *http.Client, base string) {
	answer, err := client.Get(base + "/api/v1/records/customer?fields=name,type,stage,phone,city,owner,tags,updated_at")
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		b.Fatalf("%d %.300s %v", answer.StatusCode, text, err)
	}
}

// turns runs two things turn and turn about and gives their medians in milliseconds.
func turns(x, y func()) (float64, float64) {
	var tx, ty []float64
	for i := range 80 {
		for _, run := range []struct {
			f func()
			t *[]float64
		}{{x, &tx}, {y, &ty}} {
			start := time.Now()
			run.f()
			if i >= 10 {
				*run.t = append(*run.t, float64(time.Since(start).Microseconds())/1000)
			}
		}
	}
	slices.Sort(tx)
	slices.Sort(ty)
	return tx[len(tx)/2], ty[len(ty)/2]
}
