package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
	"guan/report"
)

// ReportItem is a report in a list of one's own.
type ReportItem struct {
	ID          policy.ID   `json:"id"`
	Month       string      `json:"month"`
	Preliminary bool        `json:"preliminary"`
	Role        report.Role `json:"role"`
	MadeAt      time.Time   `json:"made_at"`
}

// ReportList is one's own reports, the newest first, and what may be asked for.
type ReportList struct {
	Items   []ReportItem `json:"items"`
	Waiting []string     `json:"waiting"` // months of which reports are being made
	Can     []string     `json:"can"`     // ask
}

// ReportDocument is a report as it was made.
type ReportDocument struct {
	ID policy.ID `json:"id"`
	report.Report
}

const reportsMost = 120

var noReport = fault.New(fault.NotFound, "report", "there is no such report")

// reader is why somebody is told of a month, and of whom.
type reader struct {
	role  report.Role
	units []policy.ID // and all below them, of a head
}

// readers are all who are told, each in the widest of their roles: who audits, the boss, and who leads a unit.
func (t *rtx) readers(ctx context.Context, v *view) (map[policy.ID]reader, error) {
	out := map[policy.ID]reader{}
	for unit := range v.tree.Units() {
		for _, head := range unit.Heads {
			r := out[head]
			r.role, r.units = report.Head, append(r.units, unit.ID)
			out[head] = r
		}
	}
	auditors, err := t.holdersOf(ctx, v, "audit")
	if err != nil {
		return nil, err
	}
	for _, auditor := range auditors {
		out[auditor] = reader{role: report.Auditor}
	}
	for _, boss := range v.bosses() {
		out[boss] = reader{role: report.Boss}
	}
	var people []policy.ID
	for person := range out {
		people = append(people, person)
	}
	open := map[policy.ID]bool{}
	if err := t.whoSignsIn(ctx, v.tenant, people, open); err != nil {
		return nil, err
	}
	for _, person := range people {
		if !open[person] {
			delete(out, person)
		}
	}
	return out, nil
}

func (v *view) bosses() []policy.ID { return (&deciders{v: v}).holders(theBoss) }

// mayRead reports whether somebody who is that reader now may read a report that was made for them: what they led
// then they lead still, or they know more by now.
func (v *view) mayRead(now reader, r *report.Report) bool {
	switch now.role {
	case report.Auditor, report.Boss:
		return true
	case report.Head:
		within := v.tree.Union(now.units)
		return r.Role == report.Head && !slices.ContainsFunc(r.UnitIDs, func(u policy.ID) bool { return !slices.Contains(within, u) })
	}
	return false
}

// readerNow is what the actor is told by the rules and the organisation of this instant.
func (v *view) readerNow() reader {
	me := v.bound.Subject()
	switch {
	case slices.Contains(v.bosses(), me.Person):
		return reader{role: report.Boss}
	case v.may("audit"):
		return reader{role: report.Auditor}
	case len(me.Headed) > 0:
		return reader{role: report.Head, units: v.tree.HeadedBy(me.Person)}
	}
	return reader{}
}

// Reports lists the actor's reports that they may still read. It takes a session. Faults: Denied.
func (s *Session) Reports(ctx context.Context) (*ReportList, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var out *ReportList
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		out = &ReportList{Items: []ReportItem{}, Waiting: []string{}, Can: []string{}}
		now := v.readerNow()
		err := t.reports(ctx, v.tenant, func(id policy.ID, r *report.Report) error {
			if v.mayRead(now, r) {
				out.Items = append(out.Items, ReportItem{ID: id, Month: r.Month, Preliminary: r.Preliminary, Role: r.Role, MadeAt: r.MadeAt})
			}
			return nil
		}, "person_id = $2 ORDER BY month DESC, id DESC LIMIT $3", s.actor.Person, reportsMost)
		if err != nil || !v.may("audit") && !v.may("policy") {
			return err
		}
		out.Can = append(out.Can, "ask")
		return t.each(ctx, func(rows *sql.Rows) error {
			var month string
			err := rows.Scan(&month)
			out.Waiting = append(out.Waiting, month)
			return err
		}, "SELECT DISTINCT month FROM report_run WHERE tenant_id = $1 AND done_at IS NULL AND (asked_by IS NULL OR asked_by = $2) ORDER BY month", v.tenant, s.actor.Person)
	})
	if err != nil {
		return nil, err
	}
	return out, s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.List, Kind: records.System, Detail: map[string]any{"of": "reports", "count": len(out.Items)}})
}

func (t *rtx) reports(ctx context.Context, tenant policy.ID, each func(policy.ID, *report.Report) error, where string, args ...any) error {
	return t.each(ctx, func(rows *sql.Rows) error {
		var id policy.ID
		var document []byte
		if err := rows.Scan(&id, &document); err != nil {
			return err
		}
		var r report.Report
		if err := json.Unmarshal(document, &r); err != nil {
			return err
		}
		return each(id, &r)
	}, "SELECT id, document FROM report WHERE tenant_id = $1 AND "+where, append([]any{tenant}, args...)...)
}

// Report gives a report of the actor's as it was made. It takes a session. Faults: Denied, NotFound, also once what
// it tells is not theirs to know any more.
func (s *Session) Report(ctx context.Context, id policy.ID) (*ReportDocument, error) {
	out, err := s.report(ctx, id)
	if err != nil {
		return nil, err
	}
	return out, s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.List, Kind: records.System, Detail: map[string]any{"of": "report", "report": id, "month": out.Month}})
}

// ReportPDF gives it as a file. Faults: those of Report.
func (s *Session) ReportPDF(ctx context.Context, id policy.ID, english bool) (month string, file []byte, err error) {
	out, err := s.report(ctx, id)
	if err != nil {
		return "", nil, err
	}
	if file, err = out.Report.PDF(english, chinaTime, out.mark()); err != nil {
		return "", nil, err
	}
	return out.Month, file, s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.ReportFetched, Kind: records.System, Detail: map[string]any{"report": id, "month": out.Month}})
}

// mark says whose copy a file is.
func (r *ReportDocument) mark() string { return r.Reader.Name + " · " + r.ID.String() }

func (s *Session) report(ctx context.Context, id policy.ID) (*ReportDocument, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var out *ReportDocument
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) (err error) {
		if out, err = t.oneReport(ctx, v.tenant, s.actor.Person, id); err == nil && !v.mayRead(v.readerNow(), &out.Report) {
			err = noReport
		}
		return err
	})
	if fault.Is(err, fault.NotFound) && out != nil {
		err = s.orFactor(ctx, err, records.System, "audit")
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (t *rtx) oneReport(ctx context.Context, tenant, person, id policy.ID) (*ReportDocument, error) {
	var out *ReportDocument
	err := t.reports(ctx, tenant, func(id policy.ID, r *report.Report) error {
		out = &ReportDocument{id, *r}
		return nil
	}, "id = $2 AND person_id = $3", id, person)
	if err == nil && out == nil {
		err = noReport
	}
	return out, err
}

// reportFiles are what is attached to the mail of a report, and whether it may still be sent to whom it was made for.
func (s *System) reportFiles(ctx context.Context, person, id policy.ID, linkOnly bool) (files []MailFile, may bool, err error) {
	var out *ReportDocument
	err = s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		readers, err := t.readers(ctx, v)
		if err != nil {
			return err
		}
		out, err = t.oneReport(ctx, v.tenant, person, id)
		may = err == nil && v.mayRead(readers[person], &out.Report)
		if errors.Is(err, noReport) {
			err = nil
		}
		return err
	})
	if err != nil || !may || linkOnly {
		return nil, may, err
	}
	for _, english := range []bool{false, true} {
		data, err := out.Report.PDF(english, chinaTime, out.mark())
		if err != nil {
			return nil, may, err
		}
		files = append(files, MailFile{report.FileName(out.Month, english), "application/pdf", data})
	}
	return files, may, nil
}

// AskReport asks for the reports of a month out of turn. Where those of a month that is over are missing, they are
// made for all readers; otherwise the actor gets one of their own, marked as preliminary. It takes the right audit or
// policy and a session. Faults: Invalid, Denied, Conflict (report_waits, report_there).
func (s *Session) AskReport(ctx context.Context, month string) error {
	if err := s.inPerson(); err != nil {
		return err
	}
	from, until, err := monthOf(month)
	if err != nil {
		return err
	}
	err = s.overseeing(ctx, op{name: "report_ask"}, func(t *tx, v *view) error {
		if !from.Before(t.now) {
			return fault.New(fault.Invalid, "report_month", "this month has not begun").WithAt("month")
		}
		var regular bool
		if err := t.row(ctx, "SELECT EXISTS (SELECT 1 FROM report_run WHERE tenant_id = $1 AND month = $2 AND asked_by IS NULL)", v.tenant, month).Scan(&regular); err != nil {
			return err
		}
		var by *policyID
		if regular || t.now.Before(until.Add(auditSlack)) {
			if v.readerNow().role == "" {
				return fault.New(fault.Conflict, "report_there", "the reports of this month are made, or will be once it is over")
			}
			by = optionalID(s.actor.Person)
			var waits bool
			if err := t.row(ctx, "SELECT EXISTS (SELECT 1 FROM report_run WHERE tenant_id = $1 AND month = $2 AND asked_by = $3 AND done_at IS NULL)", v.tenant, month, s.actor.Person).Scan(&waits); err != nil {
				return err
			}
			if waits {
				return fault.New(fault.Conflict, "report_waits", "it is being made")
			}
		}
		id, err := t.newID(ctx)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "INSERT INTO report_run (tenant_id, id, month, asked_by, asked_at) VALUES ($1, $2, $3, $4, $5)", v.tenant, id, month, by, t.nowMicros()); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.ReportAsked, Kind: records.System, Detail: map[string]any{"month": month, "all": by == nil}})
	})
	return s.declined(ctx, "report_ask", err)
}

// monthOf is when a month of the company's time begins and ends. Faults: Invalid.
func monthOf(month string) (from, until time.Time, err error) {
	from, err = time.ParseInLocation("2006-01", month, chinaTime)
	if err != nil || from.Year() < 2000 || from.Year() > 9000 {
		return from, from, fault.New(fault.Invalid, "report_month", "a month is written as 2026-10").WithAt("month")
	}
	return from, from.AddDate(0, 1, 0), nil
}
