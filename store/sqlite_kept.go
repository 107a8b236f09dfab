package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"strings"
)

// keptStatements is how many statements a connection keeps ready: SQLite reads the text of a list, some
// thousand characters, in a third of the time that the list takes, and that of an audit entry in twice the
// time of writing it, since every index of the table is a text too.
const keptStatements = 64

// keeping makes connections that keep the statements they were given.
type keeping struct{ driver.Connector }

// sqliteConn is what the driver's connections can do.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

var errDriver = errors.New("the SQLite driver is not the one that the program was made for")

func (k keeping) Connect(ctx context.Context) (driver.Conn, error) {
	inner, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	c, ok := inner.(sqliteConn)
	if !ok {
		return nil, errors.Join(errDriver, inner.Close())
	}
	return &keepingConn{c, map[string]*keptStatement{}}, nil
}

// keepingConn is one connection, which database/sql gives to one goroutine at a time.
type keepingConn struct {
	sqliteConn
	kept map[string]*keptStatement
}

type sqliteStatement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type keptStatement struct {
	sqliteStatement
	busy bool // its rows are being read
}

func (c *keepingConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.ready(ctx, text)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.sqliteConn.QueryContext(ctx, text, args)
	}
	rows, err := s.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.busy = true
	return &keptRows{rows, s}, nil
}

func (c *keepingConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.ready(ctx, text)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.sqliteConn.ExecContext(ctx, text, args)
	}
	return s.ExecContext(ctx, args)
}

// ready is the statement of a text, read already or from now on; nil is one that is not kept: what changes the
// tables, or whose rows are being read.
func (c *keepingConn) ready(ctx context.Context, text string) (*keptStatement, error) {
	if s := c.kept[text]; s != nil {
		if s.busy {
			return nil, nil
		}
		return s, nil
	}
	switch verb, _, _ := strings.Cut(strings.TrimLeft(text, "\n\t "), " "); verb {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "WITH":
		return c.keep(ctx, text)
	}
	return nil, nil
}

func (c *keepingConn) keep(ctx context.Context, text string) (*keptStatement, error) {
	if err := c.makeRoom(); err != nil {
		return nil, err
	}
	prepared, err := c.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	statement, ok := prepared.(sqliteStatement)
	if !ok {
		return nil, errors.Join(errDriver, prepared.Close())
	}
	c.kept[text] = &keptStatement{sqliteStatement: statement}
	return c.kept[text], nil
}

// makeRoom lets any statement go that is not in use: which one was asked last says little of which is
// asked next, when hundreds of people read.
func (c *keepingConn) makeRoom() error {
	for text, s := range c.kept {
		if len(c.kept) < keptStatements {
			return nil
		}
		if !s.busy {
			delete(c.kept, text)
			if err := s.Close(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *keepingConn) Close() error {
	var errs []error
	for _, s := range c.kept {
		errs = append(errs, s.Close())
	}
	clear(c.kept)
	return errors.Join(append(errs, c.sqliteConn.Close())...)
}

type keptRows struct {
	driver.Rows
	of *keptStatement
}

func (r *keptRows) Close() error {
	r.of.busy = false
	return r.Rows.Close()
}
