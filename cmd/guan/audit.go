package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/jobs"
	"guan/store"
)

// auditCommands are the sealed audit log as somebody with the data, or with an archive alone, sees it.
type auditCommands struct {
	Verify verifyAudit `cmd:"" help:"Recompute the log and compare it with its signed heads; exits 1 and names the places where it is not what was sealed."`
	Export exportAudit `cmd:"" help:"Write the log into an archive that verifies by itself."`
	Prove  proveAudit  `cmd:"" help:"Print a proof that an entry stands in the log, or that the log goes on where an earlier head ended."`
	Key    auditKey    `cmd:"" help:"Print the public keys that sign the log, the newest first."`
	Rotate rotateAudit `cmd:"" help:"Make another key, which signs the log from now on, beside those that are there."`
	Stream streamAudit `cmd:"" help:"Print entries and alerts as JSON lines, for a collector."`
	Erase  eraseAudit  `cmd:"" help:"Take personal data about a record out of the log, which goes on to verify."`
}

// signingKey is where the key of the audit log is.
type signingKey struct {
	AuditKey string `help:"File of the key that signs the audit log; audit.key in the data folder when absent." env:"GUAN_AUDIT_KEY" type:"path" placeholder:"FILE"`
}

// sealedData is a database with its key.
type sealedData struct {
	database
	signingKey
}

func (d sealedData) open(t *terminal) (*store.DB, *store.System, error) {
	db, err := d.lookWith(t.ctx, d.AuditKey)
	if err != nil {
		return nil, nil, err
	}
	return db, db.System(store.JobSetup, store.DefaultTenant), nil
}

type verifyAudit struct {
	sealedData
	Key      []string `help:"Public key that signs the log, as often as there are keys; those of the key file when absent." placeholder:"PUB"`
	Heads    string   `help:"File of published heads to compare with as well." type:"existingfile" placeholder:"FILE"`
	File     string   `help:"Archive to verify instead of the database; needs --key." type:"existingfile" placeholder:"FILE"`
	Of       string   `arg:"" optional:"" name:"file" help:"The same as --file." type:"existingfile"`
	Archives string   `help:"Folder of the archives in which older entries lie, to verify them too; one that is not there is then a finding." type:"existingdir" placeholder:"DIR"`
	Proof    string   `help:"Proof to verify instead of the database; needs --key." type:"existingfile" placeholder:"FILE"`
}

// Run verifies. With an archive or a proof it touches no database.
func (v *verifyAudit) Run(t *terminal) error {
	if v.Of != "" {
		v.File = v.Of
	}
	var keys audit.PublicKeys
	var err error
	if len(v.Key) > 0 {
		if keys, err = audit.ParsePublicKeys(v.Key...); err != nil {
			return errUse.WithAt("--key").WithCause(err)
		}
	}
	if keys == nil && (v.File != "" || v.Proof != "") {
		return fault.New(fault.Invalid, "use", "say with --key which public key has to have signed it").WithAt("--key")
	}
	if v.Proof != "" {
		return v.proof(t, keys)
	}
	heads, closes, err := v.published(t)
	if err != nil {
		return err
	}
	defer closes()
	var report *audit.Report
	if v.File != "" {
		file, err := os.Open(v.File)
		if err != nil {
			return err
		}
		defer file.Close()
		report, err = audit.VerifyArchive(file, keys, heads)
		if err != nil {
			return err
		}
	} else if report, err = v.recompute(t, keys, heads); err != nil {
		return err
	}
	return v.tell(t, report)
}

// recompute verifies the database.
func (v *verifyAudit) recompute(t *terminal, keys audit.PublicKeys, heads audit.Published) (*audit.Report, error) {
	db, setup, err := v.open(t)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	if keys == nil {
		if keys, err = db.AuditKeys(); err != nil {
			return nil, err
		}
	}
	var archives store.OpenArchive
	if v.Archives != "" {
		archives = jobs.ArchivesIn(v.Archives, db, store.DefaultTenant).Open
	}
	tell := progress(t, "entries")
	return setup.VerifyAudit(t.ctx, keys, heads, archives, func(n int64) { tell(store.Tally{Rows: n}) })
}

// published opens the heads that were published, of which there may be some for each second of years: they are read one
// after the other, and of a torn line it is said that it is, for it is no finding and holds against nothing.
func (v *verifyAudit) published(t *terminal) (heads audit.Published, closes func() error, err error) {
	if v.Heads == "" {
		return nil, func() error { return nil }, nil
	}
	file, err := os.Open(v.Heads)
	if err != nil {
		return nil, nil, err
	}
	return func(yield func(audit.PublishedLine, error) bool) {
		whole := false
		for line, err := range audit.ReadHeads(file) {
			if line.Torn {
				fmt.Fprintf(t.out, "line %d of %s is torn, as a full disk or a kill leaves it: only what is signed of it counts\n", line.Number, v.Heads)
			} else if err == nil {
				whole = true
			}
			if !yield(line, err) {
				return
			}
		}
		if !whole {
			yield(audit.PublishedLine{}, fault.New(fault.Invalid, "audit_heads", "no whole head is in the file: there is nothing to compare the log with").WithAt(v.Heads))
		}
	}, file.Close, nil
}

func (v *verifyAudit) proof(t *terminal, keys audit.PublicKeys) error {
	text, err := os.ReadFile(v.Proof)
	if err != nil {
		return err
	}
	var p audit.Proof
	if err := json.Unmarshal(text, &p); err != nil {
		return fault.New(fault.Invalid, "audit_proof", "the file is not a proof").WithAt(v.Proof)
	}
	shown, err := p.Verify(keys)
	if err != nil {
		return fault.Newf(fault.Conflict, "audit_proof", "it proves nothing: %v", err)
	}
	fmt.Fprintln(t.out, "ok: "+shown)
	return nil
}

func (v *verifyAudit) tell(t *terminal, r *audit.Report) error {
	for _, a := range r.Archives {
		state := "verified"
		if !a.Checked {
			state = "not looked at: name its folder with --archives"
		}
		fmt.Fprintf(t.out, "entries of leaves %d to %d lie in the archive %s, %s\n", a.From, a.Until-1, a.File, state)
	}
	for _, f := range r.Findings {
		fmt.Fprintln(t.out, f)
	}
	if n := len(r.Findings) + r.More; n > 0 {
		return fault.Newf(fault.Conflict, "audit_tampered", "the audit log is not what was sealed: %d findings in %d entries", n, r.Size)
	}
	if r.From > 0 {
		fmt.Fprintf(t.out, "from leaf %d on, behind a head that is signed too\n", r.From)
	}
	if r.Published.Origin != "" {
		fmt.Fprintf(t.out, "the newest published head is of %d leaves, signed %s\n", r.Published.Size, r.Published.At.Format(time.RFC3339))
	}
	fmt.Fprintf(t.out, "ok: %d entries, %d heads, %d with parts erased, %d not sealed yet; root %s\n", r.Size-r.From-r.Archived, r.Heads, r.Erased, r.Unsealed, r.Root)
	return nil
}

type exportAudit struct {
	sealedData
	Out string `arg:"" help:"File to write." type:"path"`
}

// Run writes the archive, which appears when it is whole.
func (x *exportAudit) Run(t *terminal) (err error) {
	db, setup, err := x.open(t)
	if err != nil {
		return err
	}
	defer db.Close()
	part := x.Out + ".part"
	file, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(part)
		}
	}()
	n, err := setup.WriteAuditArchive(t.ctx, file)
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if err := os.Rename(part, x.Out); err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, "%d entries in %s\n", n, x.Out)
	return err
}

type proveAudit struct {
	sealedData
	Seq   int64 `arg:"" optional:"" help:"Number of the entry."`
	Since int64 `help:"Size of an earlier head from which on the log has to have grown." placeholder:"SIZE"`

	Erasures bool `help:"Print instead a proof of each entry that says what was erased, for guan audit erase --archive --proofs."`
}

// Run prints the proof, which guan audit verify --proof checks.
func (x *proveAudit) Run(t *terminal) error {
	if asked := []bool{x.Seq > 0, x.Since > 0, x.Erasures}; len(slices.DeleteFunc(asked, func(is bool) bool { return !is })) != 1 {
		return fault.New(fault.Invalid, "use", "name the number of an entry, or with --since the size of an earlier head, or say --erasures")
	}
	db, setup, err := x.open(t)
	if err != nil {
		return err
	}
	defer db.Close()
	proofs := make([]*audit.Proof, 1)
	switch {
	case x.Erasures:
		proofs, err = setup.ProveErasures(t.ctx, nil)
	case x.Since > 0:
		proofs[0], err = setup.ProveAuditGrowth(t.ctx, x.Since)
	default:
		proofs[0], err = setup.ProveAudit(t.ctx, x.Seq)
	}
	out := json.NewEncoder(t.out)
	out.SetEscapeHTML(false)
	for _, p := range proofs {
		if err == nil {
			err = out.Encode(p)
		}
	}
	return err
}

type auditKey struct{ sealedData }

// Run prints the public keys.
func (k *auditKey) Run(t *terminal) error {
	db, _, err := k.open(t)
	if err != nil {
		return err
	}
	defer db.Close()
	keys, err := db.AuditKeys()
	if err != nil {
		return err
	}
	for _, key := range keys {
		fmt.Fprintln(t.out, key.Text)
	}
	return nil
}

type rotateAudit struct{ sealedData }

// Run makes another key and prints its public half.
func (r *rotateAudit) Run(t *terminal) error {
	db, setup, err := r.open(t)
	if err != nil {
		return err
	}
	defer db.Close()
	added, err := setup.RotateAuditKey(t.ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(t.out, added)
	return err
}
