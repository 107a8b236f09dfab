package main

import (
	"fmt"
	"strings"

	"guan/records"
	"guan/store"
)

type sees struct {
	database
	Login string `arg:"" help:"Login of the person."`
	Lang  string `help:"Language of names and sentences." enum:"zh,en" default:"zh"`
}

// Run prints how many records of each kind the person sees, and the rules that open and close
// them. Whoever can run it holds the data itself, so it answers for anybody; that it was asked is
// on record under the job setup.
func (s *sees) Run(t *terminal) error {
	db, err := s.look(t.ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	sight, err := db.System(store.JobSetup, store.DefaultTenant).Sees(t.ctx, s.Login)
	if err != nil {
		return err
	}
	say := func(l records.Label) string { return l.In(s.Lang) }
	fmt.Fprintf(t.out, "%s (%s)\n", sight.Person.Name, sight.Person.Login)
	for _, kind := range sight.Kinds {
		count := fmt.Sprint(kind.Total.Count)
		if kind.Total.Capped {
			count = "> " + count
		}
		fmt.Fprintf(t.out, "%-12s %8s  %s\n", kind.Kind, count, say(kind.Label))
		for _, r := range kind.Rules {
			fmt.Fprintf(t.out, "    %-6s %s  %s\n", r.Effect, r.Rule, say(r.Sentence))
		}
	}
	if len(sight.Can) > 0 {
		var rights []string
		for _, action := range sight.Can {
			rights = append(rights, string(action))
		}
		fmt.Fprintf(t.out, "administers: %s\n", strings.Join(rights, ", "))
	}
	return nil
}
