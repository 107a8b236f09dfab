package store

import (
	"context"
	"strings"

	"guan/policy"
	"guan/vault"
)

// Secrets that the program must have plain, of second factors, of the stream of events, of the marks of exports and
// of the mail server, lie in the vault as values of records do; their rows hold what stands for them.

const secretMark = "\x01"

// secretKind is a sort of secret: the name under which it lies in the vault is that of its table.
type secretKind struct {
	table   string
	record  string   // the column that says whose it is
	columns []string // that hold one
}

var (
	factorSecrets = secretKind{"factor", "person_id", []string{"secret"}}
	streamSecrets = secretKind{"siem", "tenant_id", []string{"secret", "former"}}
	markSecrets   = secretKind{"mark_key", "tenant_id", []string{"secret"}}
	mailSecrets   = secretKind{"mail_settings", "tenant_id", []string{"secret"}}

	secretKinds = []secretKind{factorSecrets, streamSecrets, markSecrets, mailSecrets}
)

func (k secretKind) of(record policy.ID) vault.Place {
	return vault.Place{Kind: k.table, Field: "secret", Record: int64(record)}
}

// sealSecret gives what stands for a secret.
func (t *tx) sealSecret(ctx context.Context, p vault.Place, text string) (string, error) {
	k, err := t.keysToSeal(ctx)
	if err != nil {
		return "", err
	}
	index, err := k.Index(p.Kind, p.Field, text)
	t.encrypting.list = append(t.encrypting.list, unsaved{vaultKey{p, index}, text})
	return secretMark + index, err
}

// openSecret gives the secret that something stands for.
func (t *rtx) openSecret(ctx context.Context, tenant policy.ID, p vault.Place, stand string) (string, error) {
	index, stands := strings.CutPrefix(stand, secretMark)
	if !stands {
		return stand, nil // of an older version
	}
	opened, err := t.opened(ctx, tenant, policy.Kind(p.Kind), []vaultKey{{p, index}})
	if err != nil {
		return "", err
	}
	return opened[0], nil
}

// replaced has what an old secret stood for removed once the new one is committed.
func (t *tx) replaced(p vault.Place, old, stand string) {
	if index, stands := strings.CutPrefix(old, secretMark); stands && old != stand {
		t.encrypting.old = append(t.encrypting.old, vaultKey{p, index})
	}
}
