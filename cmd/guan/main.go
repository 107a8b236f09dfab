// Command guan is Guan: the server, and the commands around it.
//
// Every command is a struct whose fields are its flags and whose Run does the work. Commands that
// use the data take --data or --db (see database). Exit codes: 0 done, 1 failed, 2 wrong use; an
// error is one line on stderr.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"guan/fault"
)

// The exit codes.
const (
	done   = 0
	failed = 1
	misuse = 2
)

// cli lists the commands.
type cli struct {
	Serve   serve          `cmd:"" help:"Serve the web UI and the API."`
	Demo    demo           `cmd:"" help:"Fill an empty installation with a company to look at."`
	Import  importer       `cmd:"" help:"Bring a table in, as a person."`
	Export  exporter       `cmd:"" help:"Write a list, or one record, into a file, as a person sees it."`
	Sees    sees           `cmd:"" help:"Show what a person sees of each kind, and through which rules."`
	Explain explain        `cmd:"" help:"Explain why a person may or may not do something with a record."`
	Policy  policyCommands `cmd:"" help:"The policy as a file: export, diff, apply."`
	Audit   auditCommands  `cmd:"" help:"The sealed audit log: verify, export, prove, erase, and its key."`
	Trace   tracer         `cmd:"" help:"Whose export a file is a copy of."`
	Keys    keysCommands   `cmd:"" help:"The keys of what is kept encrypted: make, status, rotate, wrap."`
	OpenAPI openAPI        `cmd:"" name:"openapi" help:"Print the OpenAPI document of the API."`
	Check   check          `cmd:"" help:"Look for data that is not whole: writes without audit entry, search or sort keys out of step."`
	Version version        `cmd:"" help:"Print the version."`
}

// terminal is where a command runs.
type terminal struct {
	ctx    context.Context // ends with SIGINT or SIGTERM
	out    io.Writer
	errors io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // whoever asks a second time does not want to wait
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// exit is how kong leaves after it printed help.
type exit int

// run is the program without its process.
func run(ctx context.Context, args []string, out, errs io.Writer) (code int) {
	defer func() {
		if r := recover(); r != nil {
			asked, ok := r.(exit)
			if !ok {
				panic(r)
			}
			code = int(asked)
		}
	}()
	parser, err := kong.New(new(cli), kong.Name("guan"), kong.Description("关 Guan: a CRM whose heart is its gate."),
		kong.Writers(out, errs), kong.Exit(func(code int) { panic(exit(code)) }), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		return say(errs, err, failed)
	}
	if err := dropEmpty(parser.Model); err != nil {
		return say(errs, err, failed)
	}
	command, err := parser.Parse(args)
	if err != nil {
		return say(errs, err, misuse)
	}
	if err := command.Run(&terminal{ctx, out, errs}); err != nil {
		if errors.Is(err, errDiffers) {
			return failed
		}
		if errors.Is(err, errUse) {
			return say(errs, err, misuse)
		}
		return say(errs, err, failed)
	}
	return done
}

// dropEmpty takes variables of ours that are set to nothing for such that are not set: a flag that names a file
// would else name the folder in which the program was started.
func dropEmpty(node kong.Visitable) error {
	return kong.Visit(node, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok {
			for _, name := range flag.Envs {
				if os.Getenv(name) == "" {
					os.Unsetenv(name)
				}
			}
		}
		return next(nil)
	})
}

// errUse marks what is wrong with the command line itself, beyond what kong sees.
var errUse = fault.New(fault.Invalid, "use", "wrong use")

// say prints an error as one line.
func say(errs io.Writer, err error, code int) int {
	fmt.Fprintln(errs, "guan: "+strings.ReplaceAll(strings.TrimSpace(err.Error()), "\n", "; "))
	return code
}
