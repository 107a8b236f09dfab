package testdb_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"guan/internal/testdb"
)

func TestEachDatabaseIsFreshAndUnicode(t *testing.T) {
	a, b := testdb.Postgres(t), testdb.Postgres(t)
	if a.URL == b.URL {
		t.Fatal("two tests share a database")
	}
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, a.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	var encoding string
	if err := conn.QueryRow(ctx, "SHOW server_encoding").Scan(&encoding); err != nil || encoding != "UTF8" {
		t.Errorf("encoding %q, %v", encoding, err)
	}
}
