package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"guan/audit"
	"guan/policy"
	"guan/records"
	"guan/report"
)

// Reports are made by the job report once a month is over and its last entries have their numbers. The log is
// counted once, along its numbers, some entries at a time; what was counted is kept. Each reader's report is one
// transaction with its mail and its entry: killed in the middle, the job goes on with the readers that are left, once
// the lease of who made it is over.

const countBatch = 2000

// MakeReports makes the reports that are due, or one part of them, and reports whether there may be more. Only the
// job report may.
func (s *System) MakeReports(ctx context.Context) (more bool, err error) {
	if err := s.may(JobReport); err != nil {
		return false, err
	}
	run, err := s.dueRun(ctx)
	if err != nil || run == nil {
		return false, s.db.fault(err)
	}
	switch err = s.makeDue(ctx, run); {
	case errors.Is(err, unsealedMonth):
		return false, nil // it is tried again
	case errors.Is(err, errMadeElsewhere):
		err = nil
	}
	return true, s.db.fault(err)
}

// unsealedMonth: which records an entry showed is known once it is sealed.
var unsealedMonth = errors.New("store: entries of the month are not sealed yet")

// reportRun is a month of which reports are to be made.
type reportRun struct {
	id    policy.ID
	month string
	asker policy.ID // 0: for all readers
	owner string    // who makes it
}

// turned records what becomes of it.
func (r *reportRun) turned(ctx context.Context, t *tx, by Actor, status WorkStatus, more map[string]any) error {
	return ownWork{typ: ReportWork, id: r.id, kind: records.System, month: r.month, behalf: r.asker}.turned(ctx, t, by, status, more)
}

// dueRun is what is to be made next: what somebody asked for, or a month that is over.
func (s *System) dueRun(ctx context.Context) (*reportRun, error) {
	t := s.db.single()
	var run reportRun
	var asker sql.NullInt64
	err := t.row(ctx, "SELECT id, month, asked_by FROM report_run WHERE tenant_id = $1 AND done_at IS NULL AND (until_at IS NULL OR until_at < $2) ORDER BY id LIMIT 1",
		s.actor.Tenant, t.nowMicros()).Scan(&run.id, &run.month, &asker)
	if err == nil {
		run.asker = policy.ID(asker.Int64)
		return &run, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	over := t.now.Add(-auditSlack).In(chinaTime)
	month := time.Date(over.Year(), over.Month()-1, 1, 0, 0, 0, 0, chinaTime)
	var last sql.NullString
	if err := t.row(ctx, "SELECT max(month) FROM report_run WHERE tenant_id = $1 AND asked_by IS NULL AND month <= $2", s.actor.Tenant, month.Format("2006-01")).Scan(&last); err != nil {
		return nil, err
	}
	if last.String == month.Format("2006-01") {
		return nil, nil
	}
	if last.Valid { // the program stood still for more than a month
		from, _, err := monthOf(last.String)
		if err != nil {
			return nil, err
		}
		month = from.AddDate(0, 1, 0)
	}
	var first sql.NullInt64
	if err := t.row(ctx, "SELECT at FROM audit_entry WHERE tenant_id = $1 ORDER BY seq LIMIT 1", s.actor.Tenant).Scan(&first); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	if !first.Valid || !time.UnixMicro(first.Int64).Before(month.AddDate(0, 1, 0)) {
		return nil, nil // nothing happened before it ended
	}
	run.month = month.Format("2006-01")
	err = s.db.maintain(ctx, func(t *tx) error {
		var err error
		if run.id, err = t.newID(ctx); err != nil {
			return err
		}
		n, err := t.exec(ctx, "INSERT INTO report_run (tenant_id, id, month, asked_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", s.actor.Tenant, run.id, run.month, t.nowMicros())
		if err == nil && n == 0 { // another process was faster
			err = t.row(ctx, "SELECT id FROM report_run WHERE tenant_id = $1 AND month = $2 AND asked_by IS NULL", s.actor.Tenant, run.month).Scan(&run.id)
		}
		return err
	})
	return &run, err
}

// makeDue makes the reports of a run, unless somebody else does.
func (s *System) makeDue(ctx context.Context, run *reportRun) error {
	from, until, err := monthOf(run.month)
	if err != nil {
		return err
	}
	now := s.db.Now()
	if until.After(now) {
		until = now
	}
	for _, end := range []time.Time{from, until} {
		if err := s.db.single().sealedUntil(ctx, s.actor.Tenant, end); err != nil {
			return err
		}
	}
	if err := s.claimReports(ctx, run); err != nil {
		return err
	}
	inside, stop := context.WithCancel(ctx)
	defer stop()
	go keepAlive(inside, stop, func(ctx context.Context) error { return s.holdReports(ctx, run) })
	n, err := s.makeReports(inside, run, from, until)
	if err == nil {
		err = s.endReports(ctx, run, n)
	}
	if err == nil || errors.Is(err, errMadeElsewhere) {
		return err
	}
	return errors.Join(err, s.leaveReports(ctx, run, err))
}

// claimReports makes a run somebody's, unless it is somebody else's.
func (s *System) claimReports(ctx context.Context, run *reportRun) error {
	run.owner = rand.Text()
	return s.db.maintain(ctx, func(t *tx) error {
		var attempts int
		err := t.row(ctx, `UPDATE report_run SET owner = $1, until_at = $2, attempts = attempts + 1
			WHERE tenant_id = $3 AND id = $4 AND done_at IS NULL AND (until_at IS NULL OR until_at < $5) RETURNING attempts`,
			run.owner, t.now.Add(makingLease).UnixMicro(), s.actor.Tenant, run.id, t.nowMicros()).Scan(&attempts)
		if errors.Is(err, sql.ErrNoRows) {
			return errMadeElsewhere
		}
		if err != nil {
			return err
		}
		return run.turned(ctx, t, s.actor, Running, ofAttempt(attempts))
	})
}

// holdReports keeps it for another while.
func (s *System) holdReports(ctx context.Context, run *reportRun) error {
	return s.db.maintain(ctx, func(t *tx) error {
		return run.mine(t.exec(ctx, "UPDATE report_run SET until_at = $1 WHERE tenant_id = $2 AND id = $3 AND owner = $4", t.now.Add(makingLease).UnixMicro(), s.actor.Tenant, run.id, run.owner))
	})
}

// mine is what an update of a run says that its owner made.
func (*reportRun) mine(n int64, err error) error {
	if err == nil && n == 0 {
		err = errMadeElsewhere
	}
	return err
}

// endReports notes that so many reports of a run are made.
func (s *System) endReports(ctx context.Context, run *reportRun, made int) error {
	return s.db.maintain(ctx, func(t *tx) error {
		if err := run.mine(t.exec(ctx, "UPDATE report_run SET done_at = $1, owner = NULL, until_at = NULL WHERE tenant_id = $2 AND id = $3 AND owner = $4", t.nowMicros(), s.actor.Tenant, run.id, run.owner)); err != nil {
			return err
		}
		return run.turned(ctx, t, s.actor, Done, map[string]any{"rows": made})
	})
}

// leaveReports gives it back, for an error: it is tried again, later each time.
func (s *System) leaveReports(ctx context.Context, run *reportRun, err error) error {
	status, more := endOf(ctx, err)
	ctx = context.WithoutCancel(ctx)
	return s.db.maintain(ctx, func(t *tx) error {
		var attempts int
		err := t.row(ctx, "UPDATE report_run SET owner = NULL, until_at = NULL WHERE tenant_id = $1 AND id = $2 AND owner = $3 RETURNING attempts", s.actor.Tenant, run.id, run.owner).Scan(&attempts)
		if errors.Is(err, sql.ErrNoRows) {
			return nil // it is somebody else's by now
		}
		if err == nil && status == Failed {
			_, err = t.exec(ctx, "UPDATE report_run SET until_at = $1 WHERE tenant_id = $2 AND id = $3", t.now.Add(retryPause(attempts)).UnixMicro(), s.actor.Tenant, run.id)
		}
		if err != nil {
			return err
		}
		return run.turned(ctx, t, s.actor, status, more)
	})
}

// makeReports makes and keeps them, and says how many there are.
func (s *System) makeReports(ctx context.Context, run *reportRun, from, until time.Time) (int, error) {
	tally, err := s.tallyOf(ctx, from, until, run.month)
	if err != nil {
		return 0, err
	}
	earlier := from.AddDate(0, -1, 0)
	before, err := s.tallyOf(ctx, earlier, from, earlier.Format("2006-01"))
	if err != nil {
		return 0, err
	}
	var made map[policy.ID]*report.Report
	err = s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		m := &reportMaker{rtx: t, view: v, now: tally, before: before, from: from, until: until}
		made, err = m.all(ctx, run)
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, person := range slices.Sorted(maps.Keys(made)) {
		if err := s.keepReport(ctx, run, person, made[person]); err != nil {
			return 0, err
		}
	}
	return len(made), nil
}

// keepReport keeps one reader's report, unless it is there, and tells them.
func (s *System) keepReport(ctx context.Context, run *reportRun, person policy.ID, r *report.Report) error {
	there := errors.New("store: the report is there")
	err := s.db.write(ctx, s.actor, op{name: "report"}, func(t *tx) error {
		id, err := t.newID(ctx)
		if err != nil {
			return err
		}
		r.MadeAt = t.now.UTC()
		text, err := jsonText(r)
		if err != nil {
			return err
		}
		n, err := t.exec(ctx, `INSERT INTO report (tenant_id, id, month, person_id, run_id, role, preliminary, made_at, document) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
			s.actor.Tenant, id, run.month, person, run.id, string(r.Role), number(r.Preliminary), t.nowMicros(), text)
		if err != nil {
			return err
		}
		if n == 0 {
			return there
		}
		if err := t.insertNotice(ctx, s.actor.Tenant, person, 0, NoticeReport, "", id, map[string]any{"month": run.month}); err != nil {
			return err
		}
		if err := t.mailReport(ctx, person, id, r); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.ReportMade, Kind: records.System, OnBehalf: person, Detail: map[string]any{"month": run.month, "report": id, "preliminary": r.Preliminary}})
	})
	if errors.Is(err, there) {
		return nil
	}
	return err
}

// mailReport puts the mail of a report into the queue, where mail goes out and its reader has an address.
func (t *tx) mailReport(ctx context.Context, person, id policy.ID, r *report.Report) error {
	set, out, err := t.mailsOut(ctx, t.actor.Tenant)
	if err != nil || !out {
		return err
	}
	var address sql.NullString
	if err := t.row(ctx, "SELECT email FROM person WHERE tenant_id = $1 AND id = $2", t.actor.Tenant, person).Scan(&address); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if !isAddress(address.String) {
		return nil
	}
	subject, body := r.Letter(set.Link, id)
	_, err = t.post(ctx, "report "+id.String(), person, id, letter{To: address.String, Subject: subject, Body: body})
	return err
}

// tallyOf counts what was done in a time, or reads what was counted of a month that was over.
func (s *System) tallyOf(ctx context.Context, from, until time.Time, month string) (*report.Tally, error) {
	whole := !s.db.Now().Before(from.AddDate(0, 1, 0).Add(auditSlack))
	t := s.db.single()
	tally := report.NewTally()
	var document []byte
	err := t.row(ctx, "SELECT document FROM report_month WHERE tenant_id = $1 AND month = $2", s.actor.Tenant, month).Scan(&document)
	if err == nil {
		return tally, json.Unmarshal(document, tally)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	if err := t.countEntries(ctx, s.actor.Tenant, from, until, tally); err != nil || !whole {
		return tally, err
	}
	return tally, s.db.maintain(ctx, func(t *tx) error {
		text, err := jsonText(tally)
		if err == nil {
			_, err = t.exec(ctx, "INSERT INTO report_month (tenant_id, month, document) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", s.actor.Tenant, month, text)
		}
		return err
	})
}

// actsCounted are the entries that a report counts.
var actsCounted = map[audit.Action]report.Act{
	audit.List: report.Saw, audit.Action(policy.Read): report.Opened, audit.Downloaded: report.Opened, audit.Action(policy.Reveal): report.Revealed,
	audit.Refused: report.Refused, audit.Action(policy.Export): report.TookOut,
}

// sealedUntil reports whether what was done before an instant has its numbers, unless it was done just now.
func (t *rtx) sealedUntil(ctx context.Context, tenant policy.ID, until time.Time) error {
	if !until.Add(auditSlack).Before(t.now) {
		return nil
	}
	end, err := t.seqAt(ctx, tenant, until.Add(auditSlack))
	if err != nil {
		return err
	}
	var waits bool
	err = t.row(ctx, "SELECT EXISTS (SELECT 1 FROM audit_pending WHERE tenant_id = $1 AND seq < $2)", tenant, end).Scan(&waits)
	if err == nil && waits {
		err = unsealedMonth
	}
	return err
}

// countEntries walks the log once, from the first number of the time to its last.
func (t *rtx) countEntries(ctx context.Context, tenant policy.ID, from, until time.Time, tally *report.Tally) error {
	next, err := t.seqAt(ctx, tenant, from.Add(-auditSlack))
	if err != nil {
		return err
	}
	end, err := t.seqAt(ctx, tenant, until.Add(auditSlack))
	if err != nil {
		return err
	}
	acts := make([]audit.Action, 0, len(actsCounted))
	for act := range actsCounted {
		acts = append(acts, act)
	}
	slices.Sort(acts)
	for {
		n := 0
		// What was done is few columns of an entry; the texts of its detail are read of those that need it.
		err := t.each(ctx, func(rows *sql.Rows) error {
			n++
			var at int64
			var actor, record sql.NullInt64
			var action string
			var kind sql.NullString
			var list, detail []byte
			if err := rows.Scan(&next, &at, &actor, &action, &kind, &record, &list, &detail); err != nil {
				return err
			}
			next++
			if at < from.UnixMicro() || at >= until.UnixMicro() || !actor.Valid || actor.Int64 == 0 {
				return nil
			}
			touched, err := audit.ParseRecordList(list)
			if err != nil {
				return err
			}
			e := report.Entry{At: time.UnixMicro(at).UTC(), Person: policy.ID(actor.Int64), Act: actsCounted[audit.Action(action)], Kind: policy.Kind(kind.String), Records: int64(len(touched))}
			if record.Valid {
				e.Records = max(e.Records, 1)
			}
			return countEntry(tally, e, detail)
		}, `SELECT e.seq, e.at, e.actor_id, e.action, e.kind, e.record_id, coalesce(l.records, `+t.pick("''", "''::bytea")+`),
				CASE WHEN e.action IN ('export', 'refused') THEN e.detail ELSE NULL END
			FROM audit_entry e LEFT JOIN audit_leaf l ON l.tenant_id = e.tenant_id AND l.seq = e.seq
			WHERE e.tenant_id = $1 AND e.seq >= $2 AND e.seq < $3 AND e.action IN `+actList(acts)+` ORDER BY e.seq LIMIT $4`, tenant, next, end, countBatch)
		if err != nil || n < countBatch {
			return err
		}
	}
}

// countEntry counts an entry, but for what everybody looks up all day, and for who is only asked for the second factor.
func countEntry(tally *report.Tally, e report.Entry, detail []byte) error {
	switch e.Act {
	case report.Refused:
		if asksProof(detail) {
			return nil
		}
	case report.TookOut:
		var x struct {
			Export  policy.ID `json:"export"`
			Ordered policy.ID `json:"ordered"`
			Into    string    `json:"into"`
			Purpose string    `json:"purpose"`
		}
		if err := json.Unmarshal(detail, &x); err != nil {
			return err
		}
		e.Export, e.Purpose = x.Export, x.Purpose
		if x.Ordered != 0 {
			e.Act, e.Export = report.Ordered, x.Ordered
		}
		if e.Export == 0 {
			return nil // fetched, what was taken out before
		}
	default:
		if slices.Contains(unwatched, e.Kind) {
			return nil
		}
	}
	tally.Add(e)
	return nil
}
