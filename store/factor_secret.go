package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"

	"guan/policy"
	"guan/signin"
)

// The secret of a second factor and the codes of recovery are read and written here alone. The secret lies in the
// vault.

// factorSecret is a person's secret with the step of the code that was last accepted; empty without one.
// A write holds the row until it commits.
func (t *rtx) factorSecret(ctx context.Context, tenant, person policy.ID, confirmed bool) (secretText string, last int64, err error) {
	err = t.row(ctx, "SELECT secret, last_step FROM factor WHERE tenant_id = $1 AND person_id = $2 AND (confirmed_at IS NOT NULL) = ($3 <> 0)",
		tenant, person, number(confirmed)).Scan(&secretText, &last)
	if errors.Is(err, sql.ErrNoRows) {
		return "", 0, nil
	}
	if err == nil {
		secretText, err = t.openSecret(ctx, tenant, factorSecrets.of(person), secretText)
	}
	return secretText, last, err
}

func number(is bool) int {
	if is {
		return 1
	}
	return 0
}

// newFactorSecret gives a person a secret that is not confirmed yet, in the place of another such one.
func (t *tx) newFactorSecret(ctx context.Context, person policy.ID) (string, error) {
	random := make([]byte, signin.SecretBytes)
	rand.Read(random)
	text := signin.SecretText(random)
	stand, err := t.sealSecret(ctx, factorSecrets.of(person), text)
	if err != nil {
		return "", err
	}
	_, err = t.exec(ctx, `
		INSERT INTO factor (tenant_id, person_id, secret, created_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (tenant_id, person_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at, last_step = 0 WHERE factor.confirmed_at IS NULL`,
		t.actor.Tenant, person, stand, t.nowMicros())
	return text, err
}

// newRecoveryCodes gives a person codes in the place of those they had. Only their hashes stay.
func (t *tx) newRecoveryCodes(ctx context.Context, person policy.ID) ([]string, error) {
	if err := t.dropRecoveryCodes(ctx, person); err != nil {
		return nil, err
	}
	codes := make([]string, signin.RecoveryCodes)
	for i := range codes {
		random := make([]byte, signin.RecoveryBytes)
		rand.Read(random)
		codes[i] = signin.RecoveryText(random)
		plain, _ := signin.PlainCode(codes[i])
		if _, err := t.exec(ctx, "INSERT INTO recovery_code (tenant_id, person_id, hash) VALUES ($1, $2, $3)", t.actor.Tenant, person, recoveryHash(person, plain)); err != nil {
			return nil, err
		}
	}
	return codes, nil
}

func (t *tx) dropRecoveryCodes(ctx context.Context, person policy.ID) error {
	_, err := t.exec(ctx, "DELETE FROM recovery_code WHERE tenant_id = $1 AND person_id = $2", t.actor.Tenant, person)
	return err
}

func recoveryHash(person policy.ID, plain string) string {
	sum := sha256.Sum256([]byte("recovery " + person.String() + " " + plain))
	return hex.EncodeToString(sum[:])
}

// useCode uses a code of a person's second factor up, or one of recovery. Of many at once with the same
// code one is right: the row of what is used up is the lock.
func (t *tx) useCode(ctx context.Context, tenant, person policy.ID, typed string) (right, recovery bool, err error) {
	plain, recovery := signin.PlainCode(typed)
	if recovery {
		n, err := t.exec(ctx, "UPDATE recovery_code SET used_at = $1 WHERE tenant_id = $2 AND person_id = $3 AND hash = $4 AND used_at IS NULL",
			t.nowMicros(), tenant, person, recoveryHash(person, plain))
		return n == 1, true, err
	}
	secretText, last, err := t.factorSecret(ctx, tenant, person, true)
	if err != nil || secretText == "" {
		return false, false, err
	}
	step, right := signin.Step(secretText, plain, t.now, last)
	if !right {
		return false, false, nil
	}
	n, err := t.exec(ctx, "UPDATE factor SET last_step = $1 WHERE tenant_id = $2 AND person_id = $3 AND confirmed_at IS NOT NULL AND last_step < $1", step, tenant, person)
	return n == 1, false, err
}
