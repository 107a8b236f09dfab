// Command days serves the sample company on a day that whoever asks chooses, for stories in which days pass:
// the API, the screens and the work in the background are those of the program, and only the clock is not.
//
// It stands until it is moved at a second address, of loopback like the first: GET says the time, POST of
// {"now": …} moves it forward, and answers once what is due by then was done. The program itself has no such
// address, and no such clock.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"guan/demo/chain"
	"guan/httpapi"
	"guan/internal/world"
	"guan/jobs"
	"guan/store"
	"guan/web"
)

func main() {
	var at store.Options
	flag.StringVar(&at.DataDir, "data", "", "folder for the data, empty")
	flag.StringVar(&at.URL, "db", "", "PostgreSQL database, empty; SQLite in the folder without it")
	password := flag.String("password", "", "password of everybody")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := serve(ctx, at, *password); err != nil {
		fmt.Fprintln(os.Stderr, "days: "+err.Error())
		os.Exit(1)
	}
}

// serve fills the database and serves it until ctx ends.
func serve(ctx context.Context, at store.Options, password string) error {
	hand := &clock{now: world.Now}
	at.Clock = hand.Now
	at.Tell = func(line string) { fmt.Fprintln(os.Stderr, line) }
	db, err := store.Open(ctx, at)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	if err := chain.Install(ctx, db, store.DefaultTenant, password, func(string) {}); err != nil {
		return errors.Join(err, db.Close())
	}
	runner, err := jobs.New(db, store.DefaultTenant, log)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	server, err := httpapi.New(httpapi.Options{
		DB: db, Jobs: runner.Folder(), Archives: runner.Archives(), Listen: "127.0.0.1:0", Limits: httpapi.Limits{Requests: -1, SignIns: -1}, UI: web.Handler(), Log: log,
	})
	if err != nil {
		return errors.Join(err, db.Close())
	}
	side, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return errors.Join(err, db.Close())
	}
	days := &days{clock: hand, runner: runner, ctx: ctx}
	days.work()
	moved := &http.Server{Handler: days}
	go func() { _ = moved.Serve(side) }() // until it is closed
	fmt.Printf("clock on http://%s\n", side.Addr())
	fmt.Printf("listening on %s\n", server.URL())
	err = server.Run(ctx)
	err = errors.Join(err, moved.Close())
	days.close()
	return errors.Join(err, db.Close())
}
