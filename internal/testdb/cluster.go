package testdb

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// own starts the test binary's own cluster, once. The script keeps it as long as it can read
// from the pipe whose other end this process holds: however the process ends, it stops.
var own = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "guan-pg-")
	if err != nil {
		return "", err
	}
	_, here, _, _ := runtime.Caller(0)
	script := filepath.Join(filepath.Dir(here), "..", "..", "scripts", "postgres.sh")
	cmd := exec.Command(script, "hold", dir)
	var trouble bytes.Buffer
	cmd.Stderr = &trouble
	held, err := cmd.StdinPipe()
	if err != nil {
		return "", err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		cmd.Wait()
		os.RemoveAll(dir)
		return "", fmt.Errorf("no PostgreSQL cluster for the tests: %s", strings.TrimSpace(trouble.String()))
	}
	pipe = held
	return strings.TrimSpace(line), nil
})

// pipe keeps the cluster's pipe from being collected and thereby closed.
var pipe any

func cluster(t testing.TB) string {
	t.Helper()
	if server := os.Getenv("GUAN_TEST_POSTGRES"); server != "" {
		return server
	}
	server, err := own()
	if err != nil {
		t.Fatal(err)
	}
	return server
}
