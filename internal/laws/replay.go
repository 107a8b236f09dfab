package laws

import (
	"context"
	"encoding/json"
	"testing"

	"guan/internal/testdb"
)

// Replay holds a world, written as a broken law prints it, against all laws on both databases.
func Replay(t testing.TB, text string) {
	t.Helper()
	var w World
	if err := json.Unmarshal([]byte(text), &w); err != nil {
		t.Fatal(err)
	}
	for _, d := range append([]*Database{nil}, Both(t)...) {
		if failure := w.Check(context.Background(), d, new(Stats)); failure != nil {
			t.Error(failure)
		}
	}
}

// Both opens a fresh database of either sort for the life of a test.
func Both(t testing.TB) []*Database {
	t.Helper()
	ctx := context.Background()
	lite, err := OpenSQLite(ctx, testdb.SQLite(t).DataDir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { lite.Close() })
	postgres, err := OpenPostgres(ctx, testdb.Postgres(t).URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { postgres.Close() })
	return []*Database{lite, postgres}
}
