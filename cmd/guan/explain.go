package main

import (
	"context"
	"fmt"
	"strings"

	"guan/fault"
	"guan/policy"
	"guan/records"
	"guan/store"
)

type explain struct {
	database
	Login  string `arg:"" help:"Login of the person."`
	Kind   string `arg:"" help:"Kind of the record, such as customer."`
	ID     string `arg:"" help:"Id of the record."`
	Action string `help:"What the person wants to do." default:"read"`
	Field  string `help:"Explain how this field shows instead."`
	Lang   string `help:"Language of the sentences." enum:"zh,en" default:"zh"`
}

// Run prints the decision and each rule's part in it. Whoever can run it holds the data itself,
// so it answers for anybody; the question is on record under the job setup.
func (e *explain) Run(t *terminal) error {
	id, err := policy.ParseID(e.ID)
	if err != nil {
		return errUse.WithAt("ID").WithCause(err)
	}
	db, err := e.look(t.ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	session, err := db.System(store.JobSetup, store.DefaultTenant).Records()
	if err != nil {
		return err
	}
	person, err := personOf(t.ctx, session, e.Login)
	if err != nil {
		return err
	}
	x, err := session.Explain(t.ctx, store.ExplainQuery{Person: person, Kind: policy.Kind(e.Kind), ID: id, Action: policy.Action(e.Action), Field: e.Field})
	if err != nil {
		return err
	}
	fmt.Fprintln(t.out, e.verdict(x))
	e.reasons(t, "permit", x.Permits)
	e.reasons(t, "forbid", x.Forbids)
	e.reasons(t, "missing", x.Missing)
	return nil
}

func (e *explain) verdict(x *store.Explanation) string {
	verdict := "no"
	if x.Allowed {
		verdict = "yes"
	}
	line := fmt.Sprintf("%s: %s may %s %s %s", verdict, e.Login, e.Action, e.Kind, e.ID)
	if e.Field != "" {
		line += fmt.Sprintf("; %s is %s", e.Field, x.Level)
		if x.Sets {
			line += " and may be set"
		}
	}
	return line
}

func (e *explain) reasons(t *terminal, part string, reasons []store.Reason) {
	say := func(l records.Label) string { return l.In(e.Lang) }
	for _, r := range reasons {
		fmt.Fprintf(t.out, "%-8s%s  %s\n", part, r.Rule, say(r.Sentence))
		var lacks []string
		for _, l := range r.Lacks {
			lacks = append(lacks, say(l.Sentence))
		}
		if len(lacks) > 0 {
			fmt.Fprintf(t.out, "        %s\n", strings.Join(lacks, "; "))
		}
	}
}

// personOf finds a person by login.
func personOf(ctx context.Context, session *store.Session, login string) (policy.ID, error) {
	login, err := records.NormalLogin(login)
	if err != nil {
		return 0, errUse.WithAt("LOGIN").WithCause(err)
	}
	page, err := session.List(ctx, store.ListQuery{Kind: records.RefPerson, Filter: "r.login == '" + login + "'", Fields: []string{}, Limit: 1})
	if err != nil {
		return 0, err
	}
	if len(page.Items) == 0 {
		return 0, fault.New(fault.NotFound, "person", "there is no person of this login").WithAt(login)
	}
	return page.Items[0].ID, nil
}
