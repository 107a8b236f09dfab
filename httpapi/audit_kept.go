package httpapi

import (
	"fmt"
	"io"
	"net/http"
	"strconv"

	"guan/policy"
)

// Archives are where stretches of the audit log lie whose entries have left the database.
type Archives interface {
	Open(name string) (io.ReadCloser, error)
}

type newRetention struct {
	Days int `json:"days"`
}

type newErasure struct {
	Kind   policy.Kind `json:"kind"`
	Record policy.ID   `json:"record"`
	Reason string      `json:"reason"`
}

var erasureParams = []param{
	{name: "kind", desc: "The kind of the record; person for somebody of the company.", must: true},
	{name: "record", desc: "The record about which personal data is to go.", typ: "id", must: true},
}

func (a *api) auditRetention(c *call) error {
	found, err := c.session().AuditRetention(c.ctx())
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, found.Version, found)
}

func (a *api) setAuditRetention(c *call) error {
	version, err := c.ifMatch()
	if err != nil {
		return err
	}
	in, err := readBody[newRetention](c)
	if err != nil {
		return err
	}
	set, err := c.session().SetAuditRetention(c.ctx(), version, in.Days)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, set.Version, set)
}

// storedArchive sends an archive in plain. One that ends early is cut off, as VerifyArchive says.
func (a *api) storedArchive(c *call) error {
	from, err := strconv.ParseInt(c.r.PathValue("from"), 10, 64)
	if err != nil {
		from = -1 // there is no such archive
	}
	file, in, err := c.session().ReadAuditArchive(c.ctx(), from, a.archives.Open)
	if err != nil {
		return err
	}
	defer in.Close()
	h := c.w.Header()
	h.Set("Content-Type", "application/jsonl")
	h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", file))
	c.w.WriteHeader(http.StatusOK)
	if _, err := io.Copy(c.w, in); err != nil {
		panic(http.ErrAbortHandler)
	}
	return nil
}

func (a *api) planErasure(c *call) error {
	q := c.query()
	kind, record := policy.Kind(q.text("kind")), q.id("record")
	if err := q.err(); err != nil {
		return err
	}
	plan, err := c.session().PlanErasure(c.ctx(), kind, record)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, plan)
}

func (a *api) eraseAudit(c *call) error {
	in, err := readBody[newErasure](c)
	if err != nil {
		return err
	}
	done, err := c.session().EraseAudit(c.ctx(), in.Kind, in.Record, in.Reason)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, done)
}
