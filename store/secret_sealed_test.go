package store

import (
	"context"
	"encoding/base64"
	"reflect"
	"slices"
	"strings"
	"testing"

	"guan/mark"
)

// The secret of the stream of events and the key of the marks lie in plain nowhere, also those of an older version,
// and are what they were after an upgrade and after a rotation.
func TestSecretsLieInTheVault(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		var key string
		wanted := func(when string, secrets ...string) {
			t.Helper()
			got, err := f.db.single().markKey(ctx, DefaultTenant)
			f.must(err)
			want, err := mark.ParseKey(key)
			if f.must(err); !reflect.DeepEqual(got, want) {
				t.Errorf("%s the marks have another key", when)
			}
			f.clock.advance(streamLast)
			seal(t, f.db)
			d, err := f.db.System(JobStream, DefaultTenant).NextDelivery(ctx)
			if f.must(err); d == nil || !slices.Equal(d.Secrets, secrets) {
				t.Errorf("%s what is sent is signed otherwise: %+v", when, d)
			}
			plain := []string{key}
			for _, secret := range secrets {
				plain = append(plain, strings.TrimPrefix(secret, streamSecret))
			}
			f.plainNowhere(plain...)
		}
		f.options.AuditKey = t.TempDir() + "/audit.key"
		f.reopen()
		set := StreamSettings{On: true, URL: "https://siem.example.com/", Entries: true}
		w, err := f.browser("admin").in("").session.SetStream(ctx, 0, set, StreamSecret{})
		f.must(err)
		key = mark.NewKey()
		older := streamSecret + base64.StdEncoding.EncodeToString([]byte("a secret of an older version, 32"))
		f.must(f.db.maintain(ctx, func(t *tx) error {
			t.actor.Tenant = DefaultTenant
			_, err := t.markKey(ctx, DefaultTenant)
			return err
		}))
		f.plainNowhere(strings.TrimPrefix(w.Secret, streamSecret))
		f.must(f.db.maintain(ctx, func(t *tx) error {
			_, err := t.exec(ctx, "UPDATE mark_key SET secret = $1", key)
			if err == nil {
				_, err = t.exec(ctx, "UPDATE siem SET secret = $1", older)
			}
			if err == nil {
				_, err = t.exec(ctx, "DELETE FROM encrypted_kind")
			}
			return err
		}))
		f.reopen()
		wanted("upgraded", older)
		f.must(f.db.System(JobSetup, DefaultTenant).RotateKeys(ctx, Rotation{Index: true}, nil))
		wanted("rotated", older)

		// One that was replaced is kept as long as it signs, and no longer.
		w, err = f.browser("admin").in("").session.SetStream(ctx, 1, set, StreamSecret{Text: "new"})
		f.must(err)
		wanted("replaced", w.Secret, older)
		f.must(f.db.System(JobSetup, DefaultTenant).RotateKeys(ctx, Rotation{Index: true}, nil))
		wanted("replaced and rotated", w.Secret, older)
		f.clock.advance(formerSigns)
		wanted("after its time", w.Secret)
		if kept, err := f.db.values.keysAfter(ctx, DefaultTenant, vaultKey{place: streamSecrets.of(0)}); err != nil || len(kept) != 1 || kept[0].place.Kind != "siem" {
			t.Errorf("kept of the stream: %v %v", kept, err)
		}
	})
}

// reopen is the program's next start.
func (f *firm) reopen() {
	f.t.Helper()
	f.must(f.db.Close())
	f.db = openWith(f.t, f.options)
}
