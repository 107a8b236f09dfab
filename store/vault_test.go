package store

import (
	"context"
	"crypto/rand"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"guan/fault"
	"guan/internal/testdb"
)

// With a role of its own for the vault, who has the right of the main connection has no value, and who has that of
// the vault no record; the program works with both, and says what is missing.
func TestVaultTakesARightOfItsOwn(t *testing.T) {
	ctx := context.Background()
	at := testdb.Postgres(t)
	owner, err := pgx.Connect(ctx, at.URL)
	if err != nil {
		t.Fatal(err)
	}
	run := func(statement string) {
		t.Helper()
		if _, err := owner.Exec(ctx, statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	u, err := url.Parse(at.URL)
	if err != nil {
		t.Fatal(err)
	}
	role := func(what string) (name, address string) {
		name = "guan_" + what + "_" + strings.ToLower(rand.Text()[:8])
		run("CREATE ROLE " + name + " LOGIN")
		as := *u
		as.User = url.User(name)
		return name, as.String()
	}
	app, appURL := role("app")
	values, valuesURL := role("values")
	other, otherURL := role("other")
	t.Cleanup(func() {
		for _, name := range []string{app, values, other} {
			run("DROP OWNED BY " + name)
			run("DROP ROLE " + name)
		}
		owner.Close(ctx)
	})
	run("GRANT ALL ON SCHEMA public TO " + app)
	lacks := func(vault, what string) {
		t.Helper()
		db, err := Open(ctx, Options{URL: appURL, VaultURL: vault})
		if err == nil {
			db.Close()
		}
		if f := fault.From(err); err == nil || f.Code != "vault_right" || !strings.Contains(f.Detail, what) {
			t.Errorf("it is not said that %s is missing: %v", what, err)
		}
	}
	lacks(valuesURL, "CREATE SCHEMA guan_vault AUTHORIZATION")
	run("CREATE SCHEMA guan_vault AUTHORIZATION " + values)

	f := newFirmWith(t, Options{URL: appURL, VaultURL: valuesURL})
	number := idNumber("11010119900307775")
	it := f.customer("lin", "甲", "id_number="+quoted(number))
	if it.Fields["id_number"] != number {
		t.Errorf("it is %v", it.Fields["id_number"])
	}
	page, err := f.as("boss").List(ctx, ListQuery{Kind: "customer", Filter: "r.id_number == '" + number + "'"})
	if f.must(err); len(page.Items) != 1 || page.Items[0].Fields["id_number"] != number {
		t.Errorf("%+v", page.Items)
	}
	f.must(f.db.System(JobSetup, DefaultTenant).RotateKeys(ctx, Rotation{Index: true}, nil))
	if got := f.reread("boss", "customer", it.ID).Fields["id_number"]; got != number {
		t.Errorf("after a rotation it is %v", got)
	}
	denied := func(who, address, statement string) {
		t.Helper()
		conn, err := pgx.Connect(ctx, address)
		f.must(err)
		defer conn.Close(ctx)
		if _, err := conn.Exec(ctx, statement); err == nil || !strings.Contains(err.Error(), "permission denied") {
			t.Errorf("%s: %s: %v", who, statement, err)
		}
	}
	denied("the main connection", appURL, "SELECT * FROM guan_vault.sealed_value")
	denied("the vault's", valuesURL, "SELECT * FROM public.customer")
	denied("the vault's", valuesURL, "SELECT * FROM public.keyset")

	lacks("", "use the schema guan_vault")
	run("GRANT USAGE ON SCHEMA guan_vault TO " + other)
	run("GRANT SELECT ON guan_vault.sealed_value TO " + other)
	lacks(otherURL, "read and write the table")
	_, err = Open(ctx, Options{URL: appURL, VaultURL: "/somewhere/vault.db"})
	f.refused(err, fault.Invalid, "vault_url")
	away := *u
	away.Host = "127.0.0.1:1"
	_, err = Open(ctx, Options{URL: appURL, VaultURL: away.String()})
	f.refused(err, fault.Internal, "vault_unreachable")
}

// Beside SQLite the vault is a file that may lie elsewhere, and is not begun anew where it is not.
func TestVaultLiesElsewhere(t *testing.T) {
	ctx := context.Background()
	at := filepath.Join(t.TempDir(), "apart.db")
	f := newFirmWith(t, Options{DataDir: t.TempDir(), VaultURL: at})
	number := idNumber("11010119900307775")
	it := f.customer("lin", "甲", "id_number="+quoted(number))
	if _, err := os.Stat(filepath.Join(f.db.DataDir(), vaultFile)); !os.IsNotExist(err) {
		t.Errorf("there is a vault in the data folder: %v", err)
	}
	f.must(f.db.Close())
	for _, elsewhere := range []string{"", filepath.Join(t.TempDir(), "mistyped.db")} {
		_, err := Open(ctx, Options{DataDir: f.options.DataDir, VaultURL: elsewhere})
		f.refused(err, fault.NotFound, "vault_missing")
	}
	f.db = openWith(t, f.options)
	if got := f.reread("boss", "customer", it.ID).Fields["id_number"]; got != number {
		t.Errorf("it is %v", got)
	}
}
