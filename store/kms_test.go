package store

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/tink-crypto/tink-go/v2/tink"

	"guan/fault"
	"guan/policy"
	"guan/vault"
)

// kms is a service of keys on loopback: no key leaves it, it wraps and opens what it is sent. It implements
// vault.Wrapper as the client of any such service would.
type kms struct {
	url   string
	first string
	keys  map[string]vault.Wrapper // by the name that the service has for it
	down  atomic.Bool
	asked atomic.Int64
}

type kmsAsk struct {
	Key, Do     string
	Text, About []byte
}

func newKMS(t *testing.T) *kms {
	k := &kms{keys: map[string]vault.Wrapper{}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var ask kmsAsk
		k.asked.Add(1)
		if err := json.NewDecoder(r.Body).Decode(&ask); err != nil || k.down.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		of := k.keys[ask.Key]
		key, err := of.Key(of.ID())
		if err == nil && ask.Do == "wrap" {
			ask.Text, err = key.Encrypt(ask.Text, ask.About)
		} else if err == nil {
			ask.Text, err = key.Decrypt(ask.Text, ask.About)
		}
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		_, _ = w.Write(ask.Text)
	}))
	t.Cleanup(server.Close)
	k.url = server.URL
	return k
}

// add makes a key in the service, which wraps from then on.
func (k *kms) add(t *testing.T, name string) {
	t.Helper()
	w, err := vault.Secrets(vault.NewSecret(), name)
	if err != nil {
		t.Fatal(err)
	}
	k.keys[name], k.first = w, name
}

func (k *kms) ID() string { return k.first }

func (k *kms) Key(id string) (tink.AEAD, error) {
	if k.keys[id] == nil {
		return nil, fault.Newf(fault.NotFound, "key_missing", "the service has no key %s", id).With("key", id)
	}
	return remoteKey{k, id}, nil
}

type remoteKey struct {
	kms *kms
	id  string
}

func (r remoteKey) Encrypt(text, about []byte) ([]byte, error) { return r.ask("wrap", text, about) }
func (r remoteKey) Decrypt(text, about []byte) ([]byte, error) { return r.ask("open", text, about) }

func (r remoteKey) ask(do string, text, about []byte) ([]byte, error) {
	body, err := json.Marshal(kmsAsk{r.id, do, text, about})
	if err != nil {
		return nil, err
	}
	answer, err := http.Post(r.kms.url, "application/json", strings.NewReader(string(body)))
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode >= 500 {
		return nil, fault.New(fault.Internal, "key_unreachable", "the service of keys does not answer")
	}
	out, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fault.New(fault.Invalid, "refused", "the service refuses")
	}
	return out, err
}

// The key that wraps the keysets may be that of a service: it is asked when the data are opened and when keys change,
// and not for values; out of reach, that is said, and not that the keysets were changed; and its keys are exchanged
// while it keeps the old one.
func TestKeyOfAService(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		service := newKMS(t)
		service.add(t, "one")
		number := idNumber("11010119900307775")
		it := f.customer("lin", "甲", "id_number="+quoted(number))
		setup := func() *System { return f.db.System(JobSetup, DefaultTenant) }
		open := true
		reopen := func() error {
			t.Helper()
			if open {
				f.must(f.db.Close())
			}
			o := f.options
			o.Clock, o.Keys = f.clock.Now, vault.Wrapper(service)
			db, err := Open(ctx, o)
			if open = err == nil; open {
				t.Cleanup(func() { db.Close() })
				f.db = db
			}
			return err
		}
		reads := func() {
			t.Helper()
			if got := f.reread("boss", "customer", it.ID).Fields["id_number"]; got != number {
				t.Errorf("it is %v", got)
			}
		}
		// What is wrapped by the file moves to the service: for one opening both are at hand.
		status, err := setup().KeyStatus(ctx)
		f.must(err)
		service.keys[status.Wrapped] = f.db.wrapper
		f.must(reopen())
		f.must(setup().RewrapKeys(ctx))
		delete(service.keys, status.Wrapped)
		f.must(reopen())
		reads()
		if status, err = setup().KeyStatus(ctx); err != nil || status.Wrapped != "one" || status.Wrapping != "one" {
			t.Errorf("%+v %v", status, err)
		}

		// Values take no question to the service, so they are read and written while it is away.
		asked := service.asked.Load()
		service.down.Store(true)
		for range 5 {
			reads()
		}
		number = idNumber("44052419880101001")
		it, err = f.as("boss").Update(ctx, "customer", it.ID, it.Version, Fields{"id_number": []byte(quoted(number))})
		f.must(err)
		reads()
		if n := service.asked.Load(); n != asked {
			t.Errorf("%d questions for values", n-asked)
		}
		f.refused(setup().RewrapKeys(ctx), fault.Internal, "key_unreachable")
		reads()
		f.refused(reopen(), fault.Internal, "key_unreachable")
		service.down.Store(false)
		f.must(reopen())
		reads()

		// Another key of the service, and the first one is thrown away.
		service.add(t, "two")
		f.must(setup().RotateKeys(ctx, Rotation{Index: true}, nil))
		f.must(setup().RewrapKeys(ctx))
		delete(service.keys, "one")
		f.must(reopen())
		reads()
		f.plainNowhere(number)
		// What somebody else wrapped, and what was changed, is still told apart from a service that is away.
		service.add(t, "three")
		service.keys["two"] = service.keys["three"]
		f.refused(reopen(), fault.Invalid, "key_wrong")
		delete(service.keys, "two")
		f.refused(reopen(), fault.NotFound, "key_missing")
	})
}

// A list on which what is encrypted is masked takes no value from the vault: it stands while the vault is out of
// reach, and so does the page; who sees the value plain is told, and is not shown a mask in its place.
func TestMasksTakeNoValue(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		number := idNumber("11010119900307775")
		it := f.customer("lin", "甲", "id_number="+quoted(number)+`;bank_account="6222020903001483077"`)
		masked := func() {
			t.Helper()
			page := f.list("lin", "customer")
			one, err := f.as("lin").Get(ctx, "customer", it.ID)
			f.must(err)
			for _, it := range []*Item{&page[0], one} {
				if it.Masked["id_number"] != number[:1]+strings.Repeat("*", 16)+number[17:] || it.Masked["bank_account"] != "****3077" {
					t.Errorf("%v", it.Masked)
				}
			}
		}
		masked()
		v := f.db.values
		_, err := v.writer.ExecContext(ctx, "ALTER TABLE "+v.table+" RENAME TO away")
		f.must(err)
		masked()
		_, err = f.as("boss").Get(ctx, "customer", it.ID)
		if !fault.Is(err, fault.Internal) {
			t.Errorf("who sees it plain gets %v", err)
		}
		page, err := f.as("boss").List(ctx, ListQuery{Kind: "customer", Fields: []string{"name"}})
		if f.must(err); len(page.Items) != 1 || page.Items[0].ID != policy.ID(it.ID) {
			t.Errorf("%+v", page)
		}
	})
}
