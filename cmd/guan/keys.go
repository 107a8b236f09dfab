package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"guan/fault"
	"guan/jobs"
	"guan/store"
	"guan/vault"
)

// keysCommands are the keys of what is kept encrypted, for who has the data.
type keysCommands struct {
	Make   makeKey    `cmd:"" help:"Make a key that wraps the keysets: print it, or write it into a file."`
	Status keysStatus `cmd:"" help:"Show the keys and how many values each has sealed."`
	Rotate rotateKeys `cmd:"" help:"Seal everything with a new key, while servers run, and remove what nothing needs any more; done again after an interruption it goes on."`
	Wrap   wrapKeys   `cmd:"" help:"Wrap the keysets with the first key of the key file; afterwards the others are not needed."`
}

type makeKey struct {
	File string `arg:"" optional:"" help:"File to put it into, before the keys that it holds; printed when absent." type:"path" placeholder:"FILE"`
}

// Run makes a key. It touches no data.
func (m *makeKey) Run(t *terminal) error {
	secret := vault.NewSecret()
	if m.File == "" {
		_, err := fmt.Fprintln(t.out, secret)
		return err
	}
	old, err := os.ReadFile(m.File)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	text := secret + "\n" + string(old)
	w, err := vault.Secrets(text, m.File)
	if err != nil {
		return err
	}
	part := m.File + ".part"
	if err := os.WriteFile(part, []byte(text), 0o600); err != nil {
		return fault.Wrapf(err, fault.Internal, "key_file", "no key can be written into %s", filepath.Dir(m.File))
	}
	if err := os.Rename(part, m.File); err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, "%s in %s\n", w.ID(), m.File)
	return err
}

type keysStatus struct{ database }

// Run prints the keys.
func (k *keysStatus) Run(t *terminal) error {
	return k.database.keys(t, func(_ *store.DB, setup *store.System) error {
		s, err := setup.KeyStatus(t.ctx)
		if err != nil {
			return err
		}
		return tellKeys(t, s)
	})
}

func tellKeys(t *terminal, s *store.KeyStatus) error {
	fmt.Fprintf(t.out, "wrapped with %s since %s\n", s.Wrapped, s.Rotated.Format(time.RFC3339))
	if s.Wrapped != s.Wrapping {
		fmt.Fprintf(t.out, "the first key at hand is %s: guan keys wrap wraps with it\n", s.Wrapping)
	}
	for i, key := range s.Keys {
		of := "seals"
		if i > 0 {
			of = "opens"
		}
		fmt.Fprintf(t.out, "key %d %s: %d values\n", key.Number, of, key.Values)
	}
	for i, key := range s.Indexes {
		if i == 0 {
			fmt.Fprintf(t.out, "index %d: %d values\n", key.Number, key.Values)
		} else {
			fmt.Fprintf(t.out, "index %d goes: %d values; guan keys rotate goes on\n", key.Number, key.Values)
		}
	}
	return nil
}

type rotateKeys struct {
	database
	Index bool `help:"Rotate the key of the index too, by which equal values are found: each record with such a value is written anew. The files of jobs in the data folder are sealed anew with it."`
}

// Run rotates.
func (k *rotateKeys) Run(t *terminal) error {
	return k.database.keys(t, func(db *store.DB, setup *store.System) error {
		tell := progress(t, "values are left")
		r := store.Rotation{Index: k.Index, Files: func(archives []string) error { return resealFiles(db, archives) }}
		if err := setup.RotateKeys(t.ctx, r, func(left int64) { tell(store.Tally{Rows: left}) }); err != nil {
			return err
		}
		s, err := setup.KeyStatus(t.ctx)
		if err != nil {
			return err
		}
		return tellKeys(t, s)
	})
}

// resealFiles seals the files of jobs anew, where there are some, and the archives of the audit log, of which none
// may be missing.
func resealFiles(db *store.DB, archives []string) error {
	if _, err := os.Stat(filepath.Join(db.DataDir(), "jobs")); db.DataDir() != "" && err == nil {
		folder, err := jobs.FolderOfData(db, store.DefaultTenant)
		if err == nil {
			err = folder.Reseal()
		}
		if err != nil {
			return err
		}
	}
	if len(archives) == 0 {
		return nil
	}
	folder, err := jobs.ArchivesOfData(db, store.DefaultTenant)
	if err != nil {
		return err
	}
	return folder.Reseal(archives)
}

type wrapKeys struct{ database }

// Run wraps anew.
func (k *wrapKeys) Run(t *terminal) error {
	return k.database.keys(t, func(_ *store.DB, setup *store.System) error {
		if err := setup.RewrapKeys(t.ctx); err != nil {
			return err
		}
		s, err := setup.KeyStatus(t.ctx)
		if err != nil {
			return err
		}
		return tellKeys(t, s)
	})
}

// keys does something with the keys of data that is there.
func (d database) keys(t *terminal, do func(*store.DB, *store.System) error) error {
	db, err := d.look(t.ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	return do(db, db.System(store.JobSetup, store.DefaultTenant))
}
