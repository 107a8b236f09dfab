package store

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"net"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"guan/fault"
	"guan/policy"
)

// A constraint is a promise of the schema that callers can break. PostgreSQL names the
// constraint that was broken; SQLite names its columns.
type constraint struct {
	name    string
	columns string // as SQLite lists them: "table.column, table.column"
	problem *fault.Error
}

var constraints = []constraint{
	{"person_login", "person.tenant_id, person.login", fault.New(fault.Conflict, "login_taken", "somebody else has this login").WithAt("login")},
	{"unit_sibling", "unit.tenant_id, unit.parent_id, unit.name", fault.New(fault.Conflict, "unit_name_taken", "there is a unit of this name beside it").WithAt("name")},
	{"unit_root", "unit.tenant_id", fault.New(fault.Conflict, "unit_root", "there is one unit at the top already").WithAt("parent")},
	{"custom_field_pkey", "custom_field.tenant_id, custom_field.kind, custom_field.key", fault.New(fault.Conflict, "field_key_taken", "the kind has a field of this key").WithAt("key")},
	{"position_pkey", "position.tenant_id, position.code", fault.New(fault.Conflict, "position_taken", "there is a position of this code").WithAt("code")},
	{"pool_name", "pool.tenant_id, pool.name", fault.New(fault.Conflict, "pool_name_taken", "there is a pool of this name").WithAt("name")},
	{"team_pkey", "team.tenant_id, team.kind, team.record_id, team.person_id", fault.New(fault.Conflict, "collaborator", "the person is a collaborator already").WithAt("person")},
	{"rule_pkey", "rule.tenant_id, rule.id", fault.New(fault.Conflict, "rule_taken", "there is a rule of this id").WithAt("id")},
}

// Failures of the machine below.
var (
	busy        = fault.New(fault.Locked, "busy", "the database is busy: try again")
	diskFull    = fault.New(fault.Internal, "storage_full", "the server has no room left: nothing was changed")
	unreachable = fault.New(fault.Internal, "database_unreachable", "the database cannot be reached")
	cancelled   = fault.New(fault.Internal, "cancelled", "the request was given up before it was done")
	inUse       = fault.New(fault.Conflict, "in_use", "something else still refers to it")
)

// fault turns an error of the engine or the driver into a fault. Faults stay as they are, and so
// does what the driver did not make: sql.ErrNoRows is for the caller to judge.
func (db *DB) fault(err error) error {
	var known *fault.Error
	var problem *policy.Problem
	var server *pgconn.PgError
	var file *sqlite.Error
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.As(err, &problem):
		return faultOf(problem)
	case errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
		return cancelled.WithCause(err)
	case errors.As(err, &server):
		return postgresFault(server)
	case errors.As(err, &file):
		return sqliteFault(file)
	case errors.Is(err, sql.ErrTxDone): // rolled back below us, when the context ended
		return cancelled.WithCause(err)
	case errors.Is(err, sql.ErrNoRows):
		return err
	case lostConnection(err):
		return unreachable.WithCause(err)
	}
	return fault.From(err)
}

// faultOf is where the engine's problems, which know no faults, become faults.
func faultOf(p *policy.Problem) *fault.Error {
	return fault.New(fault.Invalid, p.Code, p.Detail).WithAt(p.At)
}

func postgresFault(e *pgconn.PgError) error {
	switch e.Code {
	case "23505", "23514":
		i := slices.IndexFunc(constraints, func(c constraint) bool { return c.name == e.ConstraintName })
		if i >= 0 {
			return constraints[i].problem.WithCause(e)
		}
		if e.Code == "23505" {
			return fault.Wrap(e, fault.Conflict, "double", "there is one like it already")
		}
	case "23503":
		return inUse.WithCause(e)
	case "40001", "40P01", "55P03":
		return busy.WithCause(e)
	case "53100":
		return diskFull.WithCause(e)
	case "57014":
		return cancelled.WithCause(e)
	case "57P01", "57P02", "57P03", "53300":
		return unreachable.WithCause(e)
	}
	return fault.From(e)
}

func sqliteFault(e *sqlite.Error) error {
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return busy.WithCause(e)
	case sqlite3.SQLITE_INTERRUPT:
		return cancelled.WithCause(e)
	case sqlite3.SQLITE_FULL:
		return diskFull.WithCause(e)
	case sqlite3.SQLITE_CONSTRAINT:
		switch e.Code() {
		case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
			for _, c := range constraints {
				if failed(e, c.columns) || failed(e, "index '"+c.name+"'") {
					return c.problem.WithCause(e)
				}
			}
			return fault.Wrap(e, fault.Conflict, "double", "there is one like it already")
		case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
			return inUse.WithCause(e)
		}
	}
	return fault.From(e)
}

// GivenUp reports whether an operation failed because who asked for it did not wait for its end. An
// audit entry that could not be written for another reason is no such failure.
func GivenUp(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, cancelled) && !errors.Is(err, context.DeadlineExceeded)
}

// failed reports whether the broken constraint is the one over exactly these columns.
func failed(e *sqlite.Error, columns string) bool {
	text := e.Error()
	i := strings.LastIndex(text, "failed: ")
	if i < 0 {
		return false
	}
	text, _, _ = strings.Cut(text[i+len("failed: "):], " (")
	return text == columns
}

// retryable reports whether the same transaction may succeed when run again.
func retryable(err error) bool {
	var server *pgconn.PgError
	var file *sqlite.Error
	switch {
	case errors.As(err, &server):
		return server.Code == "40001" || server.Code == "40P01"
	case errors.As(err, &file):
		return file.Code()&0xff == sqlite3.SQLITE_BUSY
	}
	return false
}

func lostConnection(err error) bool {
	var network net.Error
	var connect *pgconn.ConnectError
	return errors.As(err, &network) || errors.As(err, &connect) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}

// problemOf returns the engine's problem in the chain, nil when there is none.
func problemOf(err error) *policy.Problem {
	var p *policy.Problem
	if errors.As(err, &p) {
		return p
	}
	return nil
}
