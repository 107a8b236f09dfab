package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/store"
)

type eraseAudit struct {
	sealedData
	Kind    string   `arg:"" optional:"" help:"Kind of the record, such as customer or person."`
	ID      string   `arg:"" optional:"" help:"Id of the record."`
	Reason  string   `help:"Why; it stands in the log." placeholder:"TEXT"`
	Archive string   `help:"Instead: copy of an archive, as it was downloaded, out of which to take what the log says was erased." type:"existingfile" placeholder:"FILE"`
	Proofs  string   `help:"With --archive and --key: proofs of the erasures, from guan audit prove --erasures or an archive that was written anew, instead of the database." type:"existingfile" placeholder:"FILE"`
	Key     []string `help:"Public key that signs the log, as often as there are keys; those of the key file when absent." placeholder:"PUB"`
}

// Run erases.
func (e *eraseAudit) Run(t *terminal) error {
	if e.Archive != "" {
		return e.copy(t)
	}
	if e.Kind == "" || e.ID == "" || e.Reason == "" {
		return fault.New(fault.Invalid, "use", "name a kind, an id and the --reason, or with --archive the copy of an archive")
	}
	id, err := policy.ParseID(e.ID)
	if err != nil {
		return errUse.WithAt("ID").WithCause(err)
	}
	db, setup, err := e.open(t)
	if err != nil {
		return err
	}
	defer db.Close()
	session, err := setup.Records()
	if err != nil {
		return err
	}
	done, err := session.EraseAudit(t.ctx, policy.Kind(e.Kind), id, e.Reason)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "personal data was taken out of %d entries\n", done.Entries)
	if done.Archives > 0 {
		fmt.Fprintf(t.out, "archives that hold entries about it too: %d; guan serve writes them anew within a minute\n", done.Archives)
	}
	return nil
}

// copy takes out of a copy of an archive what the log says was erased: with the database, or with proofs alone.
func (e *eraseAudit) copy(t *terminal) error {
	if e.Kind != "" || e.Reason != "" {
		return fault.New(fault.Invalid, "use", "--archive takes out what was erased already: name no record and no reason").WithAt("--archive")
	}
	if (e.Proofs != "") != (len(e.Key) > 0) {
		return fault.New(fault.Invalid, "use", "--proofs and --key go together").WithAt("--proofs")
	}
	var keys audit.PublicKeys
	var setup *store.System
	var err error
	if e.Proofs != "" {
		if keys, err = audit.ParsePublicKeys(e.Key...); err != nil {
			return errUse.WithAt("--key").WithCause(err)
		}
	} else {
		var db *store.DB
		if db, setup, err = e.open(t); err != nil {
			return err
		}
		defer db.Close()
		if keys, err = db.AuditKeys(); err != nil {
			return err
		}
	}
	var numbers []int64 // of the entries in it
	before, err := readCopy(e.Archive, keys, func(l audit.Leaf) { numbers = append(numbers, l.Seq) })
	if err != nil {
		return err
	}
	var proofs []*audit.Proof
	if setup != nil {
		proofs, err = setup.ProveErasures(t.ctx, numbers)
	} else {
		err = reading(e.Proofs, func(in io.Reader) (err error) {
			proofs, err = audit.ReadProofs(in)
			return err
		})
	}
	if err != nil {
		return err
	}
	n, err := replaceCopy(e.Archive, keys, before, proofs)
	if err == nil {
		_, err = fmt.Fprintf(t.out, "personal data was taken out of %d entries of %s\n", n, e.Archive)
	}
	return err
}

// readCopy verifies a copy of an archive, which has to be whole.
func readCopy(path string, keys audit.PublicKeys, visit func(audit.Leaf)) (report *audit.Report, err error) {
	err = reading(path, func(in io.Reader) (err error) {
		report, err = audit.ReadArchive(in, keys, nil, visit)
		return err
	})
	if err == nil && !report.Whole() {
		err = fault.Newf(fault.Conflict, "audit_tampered", "the archive is not what was sealed, and was left as it is: %s", report.Findings[0]).WithAt(path)
	}
	return report, err
}

func reading(path string, do func(io.Reader) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(do(file), file.Close())
}

// replaceCopy writes the copy anew beside it, verifies that, and puts it in its place.
func replaceCopy(path string, keys audit.PublicKeys, before *audit.Report, proofs []*audit.Proof) (n int, err error) {
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part") // mode 0600
	if err != nil {
		return 0, err
	}
	defer os.Remove(part.Name()) // which is gone where it got its name
	err = reading(path, func(in io.Reader) (err error) {
		n, err = audit.EraseArchive(in, part, keys, proofs)
		return err
	})
	if err == nil {
		err = part.Sync()
	}
	if err = errors.Join(err, part.Close()); err != nil || n == 0 {
		return 0, err
	}
	after, err := readCopy(part.Name(), keys, func(audit.Leaf) {})
	if err != nil {
		return 0, err
	}
	if after.From != before.From || after.Size != before.Size || after.Root != before.Root || after.Heads != before.Heads {
		return 0, fault.New(fault.Internal, "audit_archive", "what was written anew is not the same log; the archive was left as it is").WithAt(path)
	}
	if err := os.Rename(part.Name(), path); err != nil {
		return 0, err
	}
	return n, syncFolder(path)
}
