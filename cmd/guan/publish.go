package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"guan/audit"
	"guan/store"
)

const (
	publishEvery = time.Second
	sendEvery    = time.Minute
	sendFor      = 10 * time.Second // how long the other server may take
)

// publisher takes signed heads of the audit log out of reach of who holds the database: what was
// published cannot be taken back.
type publisher struct {
	seals *store.System
	file  string
	to    *url.URL
	log   *slog.Logger

	written, sent int64 // the sizes that were published last
	sentAt        time.Time
	failing       bool
}

func newPublisher(seals *store.System, file string, to *url.URL, log *slog.Logger) *publisher {
	return &publisher{seals: seals, file: file, to: to, log: log}
}

// run publishes heads as they are signed.
func (p *publisher) run(ctx context.Context) {
	if p.file == "" && p.to == nil {
		return
	}
	for {
		p.try(ctx, false)
		select {
		case <-ctx.Done():
			return
		case <-time.After(publishEvery):
		}
	}
}

// last publishes the newest head when the program ends.
func (p *publisher) last(ctx context.Context) {
	if p.file == "" && p.to == nil {
		return
	}
	ctx, enough := context.WithTimeout(context.WithoutCancel(ctx), sendFor)
	defer enough()
	p.try(ctx, true)
}

// try publishes, and logs what keeps it from that once, until it works again.
func (p *publisher) try(ctx context.Context, now bool) {
	err := p.once(ctx, now)
	if err != nil && ctx.Err() == nil && !p.failing {
		p.log.Error("heads of the audit log are not published", slog.Any("error", err))
	}
	p.failing = err != nil
}

func (p *publisher) once(ctx context.Context, now bool) error {
	size, head, err := p.seals.AuditHead(ctx)
	if err != nil || size == 0 {
		return err
	}
	if p.file != "" && size > p.written {
		if err := appendHead(p.file, head); err != nil {
			return err
		}
		p.written = size
	}
	if p.to != nil && size > p.sent && (now || time.Since(p.sentAt) >= sendEvery) {
		p.sentAt = time.Now()
		if err := send(ctx, p.to, head); err != nil {
			return err
		}
		p.sent = size
	}
	return nil
}

// appendHead writes one line.
func appendHead(path, head string) error {
	line, err := audit.HeadLine(head)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(line)
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	return err
}

// send posts a head as the text that it is.
func send(ctx context.Context, to *url.URL, head string) error {
	ctx, enough := context.WithTimeout(ctx, sendFor)
	defer enough()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, to.String(), strings.NewReader(head))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "text/plain; charset=utf-8")
	answer, err := http.DefaultClient.Do(request)
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
