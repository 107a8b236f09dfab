package store

import (
	"context"
	"testing"

	"guan/policy"
)

// Who leaves while a read waits to be recorded, or a write to be made, has given it up: whatever the
// database below calls that.
func TestGivenUp(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		id := f.customer("lin", "甲", "").ID
		for name, ask := range map[string]func(ctx context.Context, s *Session) error{
			"figures": func(ctx context.Context, s *Session) error {
				_, err := s.Figures(ctx, FiguresQuery{Kind: "customer", Group: "owner"})
				return err
			},
			"list": func(ctx context.Context, s *Session) error {
				_, err := s.List(ctx, ListQuery{Kind: "customer", Count: true})
				return err
			},
			"comment": func(ctx context.Context, s *Session) error {
				_, err := s.AddComment(ctx, "customer", id, NewComment{Text: "说"})
				return err
			},
			"rehearsal": func(ctx context.Context, s *Session) error {
				_, err := s.RehearseMass(ctx, "customer", MassAsk{IDs: []policy.ID{id}, Change: MassChange{Fields: Fields{"city": raw("广州")}}})
				return err
			},
		} {
			// Nothing can be recorded while this is open.
			held, err := f.db.writer.BeginTx(context.Background(), nil)
			f.must(err)
			if f.db.dialect == Postgres {
				_, err := held.Exec("LOCK TABLE audit_entry IN ACCESS EXCLUSIVE MODE")
				f.must(err)
			}
			ctx, leave := context.WithCancel(context.Background())
			asked, ended := make(chan struct{}), make(chan error)
			go func() {
				close(asked)
				ended <- ask(ctx, f.as("lin"))
			}()
			<-asked
			leave()
			if err := <-ended; err == nil || !GivenUp(err) {
				t.Errorf("%s: %v", name, err)
			}
			f.must(held.Rollback())
		}
		if it := f.reread("lin", "customer", id); it.Version != 1 {
			t.Errorf("%+v", it)
		}
	})
}
