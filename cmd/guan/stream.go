package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"path/filepath"
	"time"

	"guan/fault"
	"guan/store"
)

// streamAudit prints events as JSON lines, for a collector that reads a file or a pipe.
type streamAudit struct {
	sealedData
	Follow bool     `help:"Go on with what is sealed from now on, until the command is stopped."`
	From   int64    `help:"Leaf of the log to begin with; in a file that is there already, it goes on behind its last line."`
	Alerts bool     `help:"Alerts alone, not every entry."`
	Values bool     `help:"With old and new values of fields, and filters."`
	Out    string   `help:"File to append to instead of standard output." type:"path" placeholder:"FILE"`
	Rotate byteSize `help:"Size at which the file is renamed to FILE.1, and another begun; never when absent." placeholder:"SIZE"`
}

const (
	streamPart  = 500
	streamPause = 500 * time.Millisecond
)

// Run prints until there is nothing more, or until it is stopped.
func (s *streamAudit) Run(t *terminal) error {
	db, setup, err := s.open(t)
	if err != nil {
		return err
	}
	defer db.Close()
	out := &lineFile{to: t.out, path: s.Out, most: int64(s.Rotate)}
	leaf := s.From
	if s.Out != "" {
		if leaf, err = out.open(leaf); err != nil {
			return err
		}
		defer out.file.Close()
	}
	if err := setup.BeginStream(t.ctx, s.how(leaf)); err != nil {
		return err
	}
	for {
		events, next, err := setup.EventsFrom(t.ctx, leaf, streamPart, s.Values)
		if err != nil {
			if t.ctx.Err() != nil {
				return nil
			}
			return err
		}
		for _, e := range events {
			if s.Alerts && e.Type == "audit.entry" {
				continue
			}
			if err := out.write(e); err != nil {
				return err
			}
		}
		if next > leaf {
			leaf = next
			continue
		}
		if !s.Follow {
			return nil
		}
		select {
		case <-t.ctx.Done():
			return nil
		case <-time.After(streamPause):
		}
	}
}

// how says who takes what, where: whoever does it holds the data, and is somebody of the machine.
func (s *streamAudit) how(leaf int64) map[string]any {
	how := map[string]any{"leaf": leaf, "follow": s.Follow, "alerts": s.Alerts, "values": s.Values, "file": filepath.Base(s.Out), "process": os.Getpid()}
	if s.Out == "" {
		how["file"] = ""
	}
	if host, err := os.Hostname(); err == nil {
		how["host"] = host
	}
	if who, err := user.Current(); err == nil {
		how["user"] = who.Username
	}
	return how
}

// lineFile takes events, one in each line.
type lineFile struct {
	to   io.Writer
	path string
	most int64
	file *os.File
	size int64
}

// open opens the file and says with which leaf it goes on.
func (f *lineFile) open(from int64) (int64, error) {
	file, err := os.OpenFile(f.path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return 0, err
	}
	f.file, f.to = file, file
	lines := bufio.NewReader(file)
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			if len(line) > 0 { // half a line: the last writer died
				return from, file.Truncate(f.size)
			}
			return from, nil
		}
		if err != nil {
			return 0, err
		}
		f.size += int64(len(line))
		var e store.StreamEvent
		if err := json.Unmarshal(line, &e); err != nil {
			return 0, fault.New(fault.Invalid, "use", fmt.Sprintf("%s is no file of events", f.path)).WithAt("--out")
		}
		from = e.Leaf + 1
	}
}

func (f *lineFile) write(e store.StreamEvent) error {
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if f.file != nil && f.most > 0 && f.size > 0 && f.size+int64(len(line)) > f.most {
		if err := f.file.Close(); err != nil {
			return err
		}
		if err := os.Rename(f.path, f.path+".1"); err != nil {
			return err
		}
		f.size = 0
		if f.file, err = os.OpenFile(f.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600); err != nil {
			return err
		}
		f.to = f.file
	}
	n, err := f.to.Write(append(line, '\n'))
	f.size += int64(n)
	return err
}
