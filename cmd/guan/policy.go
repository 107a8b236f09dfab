package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"guan/access"
	"guan/fault"
	"guan/policyfile"
	"guan/records"
	"guan/store"
)

// policyCommands are the policy as a file under version control.
type policyCommands struct {
	Export exportPolicy `cmd:"" help:"Write the packs, assignments and rules of the company as YAML."`
	Diff   diffPolicy   `cmd:"" help:"Show by what a file differs from the policy in force; exits 1 when it does."`
	Apply  applyPolicy  `cmd:"" help:"Put the policy of a file in force, as a person."`
}

// errDiffers is the answer of a comparison that found something. It is no mistake to print.
var errDiffers = errors.New("there are differences")

// policyData is a policy and whose eyes look at it.
type policyData struct {
	database
	As string `help:"Login of the person with whose rights it is done; without it those of who holds the data." placeholder:"LOGIN"`
}

// session opens the data as the person, or as who holds it.
func (p *policyData) session(t *terminal) (*store.DB, *store.Session, error) {
	db, err := p.look(t.ctx)
	if err != nil {
		return nil, nil, err
	}
	setup := db.System(store.JobSetup, store.DefaultTenant)
	var session *store.Session
	if p.As == "" {
		session, err = setup.Records()
	} else {
		session, err = setup.StandIn(t.ctx, p.As, "cli")
	}
	if err != nil {
		db.Close()
		return nil, nil, err
	}
	return db, session, nil
}

func namesOf(b *store.PolicyBook) policyfile.Names {
	return policyfile.Names{Schema: b.Schema, Tree: b.Tree, People: b.Logins, Pools: b.Pools, Unit: records.RefUnit, Person: records.RefPerson, Pool: records.RefPool}
}

type exportPolicy struct {
	policyData
	Output string `help:"File to write; standard output when absent." short:"o" type:"path" placeholder:"FILE"`
}

// Run writes the file.
func (e *exportPolicy) Run(t *terminal) error {
	db, session, err := e.session(t)
	if err != nil {
		return err
	}
	defer db.Close()
	b, err := session.PolicyBook(t.ctx)
	if err != nil {
		return err
	}
	text, err := policyfile.Write(b.Document, namesOf(b), policyfile.Sentences{Packs: b.Packs, PackRules: b.PackRules, Assignments: b.Assignments, Rules: b.Rules})
	if err != nil {
		return err
	}
	if e.Output != "" {
		return os.WriteFile(e.Output, text, 0o600)
	}
	_, err = t.out.Write(text)
	return err
}

// readPolicy reads a file in the words of the company.
func readPolicy(t *terminal, session *store.Session, path string) (access.Document, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return access.Document{}, err
	}
	b, err := session.PolicyBook(t.ctx)
	if err != nil {
		return access.Document{}, err
	}
	return policyfile.Read(text, namesOf(b))
}

type diffPolicy struct {
	policyData
	File  string `arg:"" help:"The policy as YAML." type:"existingfile"`
	Lang  string `help:"Language of the sentences." enum:"zh,en" default:"zh"`
	Color string `help:"Whether to colour: auto is on terminals." enum:"auto,always,never" default:"auto"`
}

// Run prints the differences.
func (d *diffPolicy) Run(t *terminal) error {
	db, session, err := d.session(t)
	if err != nil {
		return err
	}
	defer db.Close()
	document, err := readPolicy(t, session, d.File)
	if err != nil {
		return err
	}
	changes, err := session.ComparePolicy(t.ctx, document)
	if err != nil || len(changes) == 0 {
		return err
	}
	p := painter{t.out, d.Color == "always" || d.Color == "auto" && onTerminal(t.out)}
	for _, c := range changes {
		p.change("", c, d.Lang)
	}
	return errDiffers
}

// painter prints changes, in colours where they can be seen.
type painter struct {
	out    io.Writer
	colour bool
}

const (
	red    = "31"
	green  = "32"
	yellow = "33"
)

func (p painter) line(colour, text string) {
	if p.colour {
		text = "\x1b[" + colour + "m" + text + "\x1b[0m"
	}
	fmt.Fprintln(p.out, text)
}

// change prints a part: what it was, and what it becomes. Of a pack its rules follow one by one.
func (p painter) change(in string, c store.PolicyChange, lang string) {
	name := c.Part + " " + c.ID
	if a, ok := c.After.(access.Assignment); ok && c.Op == access.Added {
		name = c.Part + " " + a.Pack
	}
	mark := map[string]string{access.Added: "+", access.Removed: "-", access.Changed: "~"}[c.Op]
	colour := map[string]string{access.Added: green, access.Removed: red, access.Changed: yellow}[c.Op]
	if c.Sensitive {
		name += " !"
	}
	p.line(colour, in+mark+" "+name)
	if c.Sentence.Before != nil {
		p.line(red, in+"    - "+c.Sentence.Before.In(lang))
	}
	if c.Sentence.After != nil {
		p.line(green, in+"    + "+c.Sentence.After.In(lang))
	}
	for _, r := range c.Rules {
		p.change(in+"    ", r, lang)
	}
}

// onTerminal reports whether somebody looks at what is written.
func onTerminal(out io.Writer) bool {
	file, ok := out.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

type applyPolicy struct {
	policyData
	File  string `arg:"" help:"The policy as YAML." type:"existingfile"`
	Note  string `help:"Why; it stands with the version." required:""`
	Alone bool   `help:"Sensitive changes, where nobody else could confirm them."`
}

// Run puts the file in force, as the person, who may do no more here than in a browser: what is
// sensitive waits for somebody else.
func (a *applyPolicy) Run(t *terminal) error {
	if a.As == "" {
		return errUse.WithAt("--as").WithCause(errors.New("whoever puts a policy in force has a name"))
	}
	db, session, err := a.session(t)
	if err != nil {
		return err
	}
	defer db.Close()
	document, err := readPolicy(t, session, a.File)
	if err != nil {
		return err
	}
	done, err := session.ApplyPolicy(t.ctx, document, a.Note, a.Alone)
	switch {
	case fault.Is(err, fault.Conflict) && fault.From(err).Code == "draft_empty":
		fmt.Fprintln(t.out, "nothing differs: the policy in force stays")
		return nil
	case err != nil:
		return err
	case done.Draft != nil:
		fmt.Fprintf(t.out, "draft %s waits: the changes are sensitive, and somebody else has to confirm them\n", done.Draft.ID)
		return nil
	}
	fmt.Fprintf(t.out, "version %d is in force\n", done.Version.Number)
	return nil
}
