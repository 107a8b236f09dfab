package httpapi

import (
	"fmt"
	"net/http"
	"time"

	"guan/audit"
	"guan/policy"
	"guan/store"
)

// auditRoutes are of the sealed audit log.
func (a *api) auditRoutes() []route {
	return []route{
		get(v1+"/audit/seal", either, a.auditSeal, "auditSeal", "How far the audit log is sealed, by which key, and when it was last verified").gives(200, store.AuditSeal{}),
		post(v1+"/audit/checks", either, a.orderAuditCheck, "verifyAudit", "Verify the whole audit log in the background").gives(202, store.AuditCheck{}),
		get(v1+"/audit/entries", either, a.auditEntries, "auditEntries", "Search the audit log: of a person, a record, an export, or all").asks(auditParams...).gives(200, store.AuditPage{}),
		get(v1+"/audit/retention", either, a.auditRetention, "auditRetention", "How long entries of the audit log stay, and which lie in archives").gives(200, store.Retention{}),
		put(v1+"/audit/retention", person, a.setAuditRetention, "setAuditRetention", "Say how long entries of the audit log stay").onMatch().takes(smallBody, newRetention{}).gives(200, store.Retention{}),
		get(v1+"/audit/archives/{from}", either, a.storedArchive, "storedAuditArchive", "The archive whose first leaf this is").givesFile(200, "application/jsonl").within(transfer),
		get(v1+"/audit/erasures", either, a.planErasure, "planAuditErasure", "What an erasure would take out of the audit log").asks(erasureParams...).gives(200, store.ErasurePlan{}),
		post(v1+"/audit/erasures", person, a.eraseAudit, "eraseAudit", "Take personal data about a record out of the audit log").takes(smallBody, newErasure{}).gives(200, store.Erased{}),
		get(v1+"/audit/archive", either, a.auditArchive, "auditArchive", "The audit log as an archive that verifies by itself").givesFile(200, "application/jsonl").within(transfer),
	}
}

var auditParams = []param{
	{name: "person", desc: "Who did it, or for whom it was done.", typ: "id"},
	{name: "kind", desc: "With record: the kind of the record."},
	{name: "record", desc: "The record that was shown, changed or refused, also as one of many.", typ: "id"},
	{name: "export", desc: "The export that was ordered, made or fetched.", typ: "id"},
	{name: "group", desc: "The sort of acts.", enum: auditGroups()},
	{name: "from", desc: "From this instant on, as RFC 3339 has it."},
	{name: "until", desc: "Before this instant."},
	{name: "limit", desc: "At most so many, 1 to 200; 50 when absent.", typ: "integer"},
	{name: "cursor", desc: "next of the page before."},
}

func auditGroups() []string {
	out := []string{"every"}
	for _, g := range audit.Groups {
		out = append(out, string(g))
	}
	return out
}

func (a *api) auditEntries(c *call) error {
	q := c.query()
	asked := store.AuditQuery{Person: q.id("person"), Kind: policy.Kind(q.text("kind")), Record: q.id("record"), Export: q.id("export"),
		From: q.instant("from"), Until: q.instant("until"), Limit: q.number("limit", 1, 200, 0), Cursor: q.text("cursor")}
	if group := q.choice("group", auditGroups()...); group != "every" {
		asked.Group = audit.Group(group)
	}
	if err := q.err(); err != nil {
		return err
	}
	page, err := c.session().AuditEntries(c.ctx(), asked)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, page)
}

func (a *api) auditSeal(c *call) error {
	found, err := c.session().AuditSeal(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) orderAuditCheck(c *call) error {
	check, err := c.session().OrderAuditCheck(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusAccepted, check)
}

// auditArchive streams the log. What goes wrong before the first byte is an answer as any other; after
// that the connection is cut, so that half an archive is not taken for a whole one.
func (a *api) auditArchive(c *call) error {
	body := &archiveBody{c: c}
	err := c.session().WriteAuditArchive(c.ctx(), body)
	if err != nil && body.began {
		panic(http.ErrAbortHandler)
	}
	return err
}

// archiveBody sends the headers with the first byte.
type archiveBody struct {
	c     *call
	began bool
}

func (b *archiveBody) Write(p []byte) (int, error) {
	if !b.began {
		b.began = true
		h := b.c.w.Header()
		h.Set("Content-Type", "application/jsonl")
		h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", "audit-"+time.Now().UTC().Format("20060102-150405")+".jsonl"))
		b.c.w.WriteHeader(http.StatusOK)
	}
	return b.c.w.Write(p)
}
