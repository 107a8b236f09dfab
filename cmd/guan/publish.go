package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"guan/audit"
	"guan/store"
)

const (
	publishEvery = 400 * time.Millisecond // behind a log that is sealed as often: a file is less than a second behind
	sendEvery    = time.Minute
	sendAgain    = 5 * time.Second  // what did not arrive
	sendFor      = 10 * time.Second // how long the other server may take
)

// publisher takes signed heads of the audit log out of reach of who holds the database: what was
// published cannot be taken back.
type publisher struct {
	seals  *store.System
	places []*place
	log    *slog.Logger
}

// place is one to which heads go. Each goes on by itself: one that fails or is slow holds up no other.
type place struct {
	put     func(ctx context.Context, head string) error
	every   time.Duration
	size    int64     // of the head that arrived last
	next    time.Time // nothing is put before
	failing bool
}

// newPublisher publishes to a file and another server, where they are named.
func newPublisher(seals *store.System, file string, to *url.URL, log *slog.Logger) *publisher {
	p := &publisher{seals: seals, log: log}
	if file != "" {
		p.places = append(p.places, &place{put: func(_ context.Context, head string) error { return appendHead(file, head) }})
	}
	if to != nil {
		p.places = append(p.places, &place{put: func(ctx context.Context, head string) error { return send(ctx, to, head) }, every: sendEvery})
	}
	return p
}

// sendable refuses an address to which nothing can be sent.
func sendable(to *url.URL) error {
	if to == nil || (to.Scheme == "http" || to.Scheme == "https") && to.Host != "" {
		return nil
	}
	return errUse.WithAt("--publish-heads-to").WithCause(fmt.Errorf("%q is no address that begins with http:// or https://", to.Redacted()))
}

// run publishes heads as they are signed.
func (p *publisher) run(ctx context.Context) {
	p.each(func(at *place) {
		for {
			p.try(ctx, at, false)
			select {
			case <-ctx.Done():
				return
			case <-time.After(publishEvery):
			}
		}
	})
}

// last publishes the newest head when the program ends.
func (p *publisher) last(ctx context.Context) {
	ctx, enough := context.WithTimeout(context.WithoutCancel(ctx), 2*sendFor)
	defer enough()
	p.each(func(at *place) { p.try(ctx, at, true) })
}

func (p *publisher) each(do func(*place)) {
	var all sync.WaitGroup
	for _, at := range p.places {
		all.Go(func() { do(at) })
	}
	all.Wait()
}

// try publishes in a place, and logs what keeps it from that once, until it works again.
func (p *publisher) try(ctx context.Context, at *place, now bool) {
	tried, err := p.once(ctx, at, now)
	if !tried || ctx.Err() != nil {
		return
	}
	if err != nil && !at.failing {
		p.log.Error("heads of the audit log are not published", slog.Any("error", err))
	}
	at.failing = err != nil
}

func (p *publisher) once(ctx context.Context, at *place, now bool) (tried bool, err error) {
	if !now && time.Now().Before(at.next) {
		return false, nil
	}
	size, head, err := p.seals.AuditHead(ctx)
	if err != nil || size <= at.size {
		return err != nil, err
	}
	if err := at.put(ctx, head); err != nil {
		at.next = time.Now().Add(min(at.every, sendAgain))
		return true, err
	}
	at.size, at.next = size, time.Now().Add(at.every)
	return true, nil
}

// appendHead writes one line, and is done when it is on the disk.
func appendHead(path, head string) (err error) {
	line, err := audit.HeadLine(head)
	if err != nil {
		return err
	}
	_, missing := os.Stat(path)
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if missing != nil {
		if err := syncFolder(path); err != nil {
			return err
		}
	}
	if endsTorn(file) {
		line = append([]byte{'\n'}, line...)
	}
	if _, err := file.Write(line); err != nil {
		return err
	}
	return file.Sync()
}

// endsTorn reports whether the last line of a file is without its end, as a full disk or a kill leaves it. One that
// may be written and not read is taken to be: an empty line says nothing.
func endsTorn(file *os.File) bool {
	stat, err := file.Stat()
	if err != nil || !stat.Mode().IsRegular() || stat.Size() == 0 {
		return false
	}
	read, err := os.Open(file.Name())
	if err != nil {
		return true
	}
	defer read.Close()
	var last [1]byte
	_, err = read.ReadAt(last[:], stat.Size()-1)
	return err != nil || last[0] != '\n'
}

// syncFolder brings the name of a file to the disk.
func syncFolder(path string) error {
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// sender follows no redirect: it would ask there with GET, and the head would be lost.
var sender = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// send posts a head as the text that it is.
func send(ctx context.Context, to *url.URL, head string) error {
	ctx, enough := context.WithTimeout(ctx, sendFor)
	defer enough()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, to.String(), strings.NewReader(head))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "text/plain; charset=utf-8")
	answer, err := sender.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<16)); err != nil {
		return err
	}
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("%s answered %d", to.Redacted(), answer.StatusCode)
	}
	return nil
}
