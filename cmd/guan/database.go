package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"guan/fault"
	"guan/store"
)

// database is where the data stands, for every command that uses it.
type database struct {
	Data string `help:"Folder of the data." default:"./data" env:"GUAN_DATA" type:"path" placeholder:"DIR"`
	DB   string `name:"db" help:"PostgreSQL database to use instead of SQLite in the data folder." env:"GUAN_DB" placeholder:"postgres://…"`

	KeyFile string `help:"File of the key that wraps the keysets of what is kept encrypted; when absent GUAN_KEY holds it, or the file beside the data folder, DIR.key." env:"GUAN_KEY_FILE" type:"path" placeholder:"FILE"`
	VaultDB string `name:"vault-db" help:"Where the values that are kept encrypted lie: a PostgreSQL database, with a role of its own, or beside SQLite a file." env:"GUAN_VAULT_DB" placeholder:"postgres://…|FILE"`
}

// open opens the data, making or upgrading what is needed.
func (d database) open(ctx context.Context) (*store.DB, error) {
	return store.Open(ctx, d.options())
}

func (d database) options() store.Options {
	return store.Options{DataDir: d.Data, URL: d.DB, KeyFile: d.KeyFile, VaultURL: d.VaultDB, Tell: func(line string) { fmt.Fprintln(os.Stderr, line) }}
}

// look opens data that is there already and as new as the program: a command that only reads
// must not make an empty database where somebody mistyped the folder.
func (d database) look(ctx context.Context) (*store.DB, error) { return d.lookWith(ctx, "") }

// lookWith is look with a key of the audit log; empty means that in the data folder.
func (d database) lookWith(ctx context.Context, auditKey string) (*store.DB, error) {
	if d.DB == "" {
		if _, err := os.Stat(filepath.Join(d.Data, "guan.db")); os.IsNotExist(err) {
			return nil, fault.Newf(fault.NotFound, "data_missing", "there is no data in %s: name the folder with --data or the database with --db", d.Data)
		}
	}
	options := d.options()
	options.KeepSchema, options.AuditKey = true, auditKey
	return store.Open(ctx, options)
}
