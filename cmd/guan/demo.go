package main

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"guan/demo/adventureworks"
	"guan/demo/chain"
	"guan/store"
)

type demo struct {
	AdventureWorks demoAdventureWorks `cmd:"" name:"adventureworks" help:"Adventure Works Cycles: 290 people, 701 stores, 3,806 orders, 18,484 individuals."`
	World          demoWorld          `cmd:"" name:"world" help:"关雎生活: a chain of eight stores in five Chinese cities, with its headquarters."`
}

// demoFlags are of every demo.
type demoFlags struct {
	database
	Password string `help:"Password of everybody in the demo." required:"" placeholder:"P"`
}

// persona is somebody to sign in as.
type persona struct {
	login, name, zh, en string
}

type demoAdventureWorks struct {
	demoFlags
}

// Run fills an empty installation.
func (d *demoAdventureWorks) Run(t *terminal) error {
	var people []persona
	for _, p := range adventureworks.Personas() {
		people = append(people, persona{p.Login, p.Name, p.What.ZH, p.What.EN})
	}
	return d.fill(t, people, func(db *store.DB, say func(string)) error {
		return adventureworks.Install(t.ctx, db, store.DefaultTenant, d.Password, say)
	})
}

type demoWorld struct {
	demoFlags
}

// Run fills an empty installation.
func (d *demoWorld) Run(t *terminal) error {
	var people []persona
	for _, p := range chain.Personas() {
		people = append(people, persona{p.Login, p.Name, p.What.ZH, p.What.EN})
	}
	return d.fill(t, people, func(db *store.DB, say func(string)) error {
		return chain.Install(t.ctx, db, store.DefaultTenant, d.Password, say)
	})
}

// fill opens the data, lets install do its work and prints who can sign in.
func (d *demoFlags) fill(t *terminal, people []persona, install func(*store.DB, func(string)) error) error {
	if strings.TrimSpace(d.Password) == "" {
		return errUse.WithCause(fmt.Errorf("a password is needed: --password P"))
	}
	db, err := d.open(t.ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	began := time.Now()
	say := func(step string) { fmt.Fprintln(t.errors, step) }
	if err := install(db, say); err != nil {
		return err
	}
	say(fmt.Sprintf("done in %.1f s", time.Since(began).Seconds()))
	fmt.Fprintf(t.out, "\nEverybody's password is %s. Some of those who can sign in:\n\n", d.Password)
	table := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
	for _, p := range people {
		fmt.Fprintf(table, "  %s\t%s\t%s\t%s\n", p.login, p.name, p.en, p.zh)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	at := "--data " + d.Data
	if d.DB != "" {
		at += " --db …"
	}
	fmt.Fprintf(t.out, "\nServe it: guan serve %s\n", at)
	return db.Close()
}
