package store

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"guan/audit"
	"guan/fault"
)

// auditKeyFile is the name of the file in the data folder that holds the keys of the audit log, when no
// other is named. Who has it and the database can write another history; it belongs where the database
// is not.
const auditKeyFile = "audit.key"

var noAuditKey = fault.New(fault.NotFound, "audit_key_missing", "the key that signs the audit log is not there: put its file back, name it with --audit-key, or make another with guan audit rotate")

// auditKeyPath is where the keys are.
func (db *DB) auditKeyPath() (string, error) {
	if db.auditKey != "" {
		return db.auditKey, nil
	}
	if db.dataDir == "" {
		return "", fault.New(fault.Invalid, "audit_key", "no file is named for the key of the audit log: use --audit-key FILE or --data DIR")
	}
	return filepath.Join(db.dataDir, auditKeyFile), nil
}

// auditKeys reads the keys that sign the audit log. Faults: NotFound (audit_key_missing), Invalid.
func (db *DB) auditKeys() (audit.Keys, audit.PublicKeys, error) {
	path, err := db.auditKeyPath()
	if err != nil {
		return nil, nil, err
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil, noAuditKey.WithAt(path)
	}
	if err != nil {
		return nil, nil, fault.Wrapf(err, fault.Internal, "audit_key", "the key of the audit log in %s cannot be read", path)
	}
	keys, public, err := audit.ParseKeys(string(text))
	if err != nil {
		return nil, nil, fault.Newf(fault.Invalid, "audit_key", "%s does not hold a key of an audit log", path)
	}
	return keys, public, nil
}

// AuditKeys are the public keys that belong to the keys at hand, the newest first.
func (db *DB) AuditKeys() (audit.PublicKeys, error) {
	_, public, err := db.auditKeys()
	return public, err
}

// makeAuditKey makes the first key; another process may have been faster.
func (db *DB) makeAuditKey() error {
	path, err := db.auditKeyPath()
	if err != nil {
		return err
	}
	secret, err := audit.NewKey(rand.Reader)
	if err != nil {
		return err
	}
	part, err := writeKeys(path, secret+"\n")
	if err != nil {
		return err
	}
	defer os.Remove(part)
	if err := os.Link(part, path); err != nil && !errors.Is(err, os.ErrExist) {
		return keyUnwritten(err, path)
	}
	return nil
}

// addAuditKey puts another key before those that are there and returns its public half. Those that
// were there go on signing beside it until they are taken out of the file.
func (db *DB) addAuditKey() (string, error) {
	path, err := db.auditKeyPath()
	if err != nil {
		return "", err
	}
	old, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	secret, err := audit.NewKey(rand.Reader)
	if err != nil {
		return "", err
	}
	text := secret + "\n" + string(old)
	_, public, err := audit.ParseKeys(text)
	if err != nil {
		return "", fault.Newf(fault.Invalid, "audit_key", "%s does not hold a key of an audit log", path)
	}
	part, err := writeKeys(path, text)
	if err != nil {
		return "", err
	}
	if err := os.Rename(part, path); err != nil {
		return "", keyUnwritten(err, path)
	}
	return public[0].Text, nil
}

// writeKeys writes keys into a file beside path, which only its owner reads.
func writeKeys(path, text string) (part string, err error) {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return "", keyUnwritten(err, path)
	}
	_, err = file.WriteString(text)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		os.Remove(file.Name())
		return "", keyUnwritten(err, path)
	}
	return file.Name(), nil
}

func keyUnwritten(err error, path string) error {
	return fault.Wrapf(err, fault.Internal, "audit_key", "the key of the audit log cannot be written to %s", path)
}

// sharesKey reports whether one of the public keys is among those with which the log is signed.
func sharesKey(logged string, public audit.PublicKeys) bool {
	for text := range strings.FieldsSeq(logged) {
		for _, key := range public {
			if key.Text == text {
				return true
			}
		}
	}
	return false
}

// joinKeys is the public keys at hand and those that the log names beyond them.
func joinKeys(at []string, logged string) string {
	for text := range strings.FieldsSeq(logged) {
		if !slices.Contains(at, text) {
			at = append(at, text)
		}
	}
	return strings.Join(at, " ")
}
