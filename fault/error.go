package fault

import (
	"errors"
	"fmt"
	"maps"
)

// Error is a failure with a public side and a cause.
type Error struct {
	Kind   Kind           `json:"kind"`
	Code   string         `json:"code"`             // short and stable, lower case with underscores: catalogues translate it
	Detail string         `json:"detail"`           // one public English sentence
	At     string         `json:"at,omitempty"`     // where: a field name, "args[1].value", "1:14", "row 7, column email"
	Params map[string]any `json:"params,omitempty"` // what catalogues put into the sentence
	Items  []Item         `json:"errors,omitempty"` // all mistakes found at once, when there can be several

	cause error
}

// Item is one of several mistakes.
type Item struct {
	At     string         `json:"at"`
	Code   string         `json:"code"`
	Detail string         `json:"detail"`
	Params map[string]any `json:"params,omitempty"`
}

// New makes an error without a cause.
func New(kind Kind, code, detail string) *Error {
	return &Error{Kind: kind, Code: code, Detail: detail}
}

// Newf is New with a formatted detail.
func Newf(kind Kind, code, format string, args ...any) *Error {
	return New(kind, code, fmt.Sprintf(format, args...))
}

// Wrap hides cause behind a public side. The cause is found by errors.Is and errors.As and
// printed by Error, never by the JSON form.
func Wrap(cause error, kind Kind, code, detail string) *Error {
	return &Error{Kind: kind, Code: code, Detail: detail, cause: cause}
}

// Wrapf is Wrap with a formatted detail.
func Wrapf(cause error, kind Kind, code, format string, args ...any) *Error {
	return Wrap(cause, kind, code, fmt.Sprintf(format, args...))
}

// With returns a copy that has the parameter.
func (e *Error) With(name string, value any) *Error {
	c := *e
	c.Params = maps.Clone(e.Params)
	if c.Params == nil {
		c.Params = make(map[string]any, 1)
	}
	c.Params[name] = value
	return &c
}

// WithAt returns a copy that says where.
func (e *Error) WithAt(at string) *Error {
	c := *e
	c.At = at
	return &c
}

// WithItems returns a copy with these mistakes added.
func (e *Error) WithItems(items ...Item) *Error {
	c := *e
	c.Items = append(c.Items[:len(c.Items):len(c.Items)], items...)
	return &c
}

// WithCause returns a copy that hides cause.
func (e *Error) WithCause(cause error) *Error {
	c := *e
	c.cause = cause
	return &c
}

// Item returns the error as one mistake among several.
func (e *Error) Item() Item {
	return Item{At: e.At, Code: e.Code, Detail: e.Detail, Params: e.Params}
}

// Error returns place, detail and cause: the text for logs and the command line. Answers to
// others show Detail alone.
func (e *Error) Error() string {
	text := e.Detail
	if e.At != "" {
		text = e.At + ": " + text
	}
	for _, item := range e.Items {
		text += "; " + item.At + ": " + item.Detail
	}
	if e.cause != nil {
		text += ": " + e.cause.Error()
	}
	return text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.cause }

// Is reports whether target is an Error of the same kind and code, so that a declared value
// finds its copies with parameters.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Kind == e.Kind && t.Code == e.Code
}

// KindOf returns the kind of the outermost Error in the chain; Internal for foreign errors.
func KindOf(err error) Kind { return From(err).Kind }

// Is reports whether err carries an Error of that kind. Nil never does.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }

// From returns the outermost Error in the chain. A foreign error becomes Internal and keeps
// its text to itself.
func From(err error) *Error {
	var e *Error
	if errors.As(err, &e) && e != nil {
		return e
	}
	return Wrap(err, Internal, "internal", "something went wrong on the server")
}

// Collect gathers the mistakes of several errors under one: nil when there are none. Internal
// failures and foreign errors are not mistakes of the input and come back as they are.
func Collect(kind Kind, code, detail string, errs ...error) error {
	all := New(kind, code, detail)
	for _, err := range errs {
		if err == nil {
			continue
		}
		e := From(err)
		switch {
		case e.Kind == Internal:
			return err
		case len(e.Items) > 0:
			all.Items = append(all.Items, e.Items...)
		default:
			all.Items = append(all.Items, e.Item())
		}
	}
	if len(all.Items) == 0 {
		return nil
	}
	return all
}
