package laws

import (
	"strings"
	"sync"

	"guan/policy"
	"guan/records"
	"guan/vault"
)

// An encrypted field has in its column what stands for a value, as the product makes it. The keys are the
// program's own: which record equals which does not hang on them.

type sealing struct {
	before, now *vault.Keys // of the index: before it was rotated, and since, when both find
	made        sync.Map    // what stands for values, by standKey
}

type standKey struct {
	field, text string
	keys        *vault.Keys
}

var sealer = sync.OnceValue(func() *sealing {
	before, err := vault.New(int64(tenant))
	if err != nil {
		panic(err)
	}
	now, err := before.RotateIndex()
	if err != nil {
		panic(err)
	}
	return &sealing{before: before, now: now}
})

func encryptedOf(k *policy.KindSchema) []*policy.Field {
	var out []*policy.Field
	for _, f := range k.Fields {
		if f.Encrypted {
			out = append(out, f)
		}
	}
	return out
}

// kept is the descriptor of an encrypted field.
func kept(f *policy.Field) *records.Field {
	return &records.Field{Name: f.Name, Type: records.Text, Class: f.Class, Encrypted: true}
}

// of gives what may stand for a text of a field, the one that is written first.
func (s *sealing) of(keys *vault.Keys, f *policy.Field, text string) ([]string, error) {
	key := standKey{f.Name, text, keys}
	if found, ok := s.made.Load(key); ok {
		return found.([]string), nil
	}
	indexes, err := keys.Indexes(string(client), f.Name, text)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(indexes))
	for i, index := range indexes {
		out[i] = kept(f).Stand(index, policy.TextOf(text)).Text()
	}
	s.made.Store(key, out)
	return out, nil
}

// keys are those that find a value.
func (w *World) keys() *vault.Keys {
	if w.Reindexing {
		return sealer().now
	}
	return sealer().before
}

// stored is the row of a record as the database has it.
func (w *World) stored(r *Record) *policy.Row {
	row := r.row()
	for _, f := range encryptedOf(schema.Kind(r.Kind)) {
		v := row.Values[f.Name]
		if v.Missing() {
			continue
		}
		keys := w.keys()
		if r.ID%2 == 1 {
			keys = sealer().before
		}
		stands, err := sealer().of(keys, f, v.Text())
		if err != nil {
			panic(err)
		}
		row.Values[f.Name] = policy.TextOf(stands[0])
	}
	return row
}

// indexed is the filter of an ask with what stands for the texts of encrypted fields.
func (w *World) indexed(ask *Ask) (*policy.Cond, error) {
	return policy.WithTexts(schema.Kind(ask.Kind), ask.Filter, func(f *policy.Field, text string) ([]string, error) {
		return sealer().of(w.keys(), f, text)
	})
}

// tells is the plain value of an encrypted field that a text holds; empty for none.
func tells(text string) string {
	for _, account := range accounts {
		if strings.Contains(text, account) {
			return account
		}
	}
	return ""
}
