package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"guan/audit"
	"guan/exchange"
	"guan/fault"
	"guan/grants"
	"guan/policy"
)

// WorkType says what a piece of background work is.
type WorkType string

// The types.
const (
	ExportWork WorkType = "export"
	ImportWork WorkType = "import"
	MassWork   WorkType = "bulk"  // a change of many records, see MassResult
	AuditWork  WorkType = "audit" // a verification of the audit log, see AuditCheck
)

// WorkStatus says how far it is. The last three are final.
type WorkStatus string

// The statuses.
const (
	Queued    WorkStatus = "queued"
	Running   WorkStatus = "running"
	Done      WorkStatus = "done"
	Failed    WorkStatus = "failed"
	Cancelled WorkStatus = "cancelled"
)

// Work is an export or import in the background, as whoever asked for it sees it.
type Work struct {
	ID      policy.ID   `json:"id"`
	Type    WorkType    `json:"type"`
	Kind    policy.Kind `json:"kind"`
	Status  WorkStatus  `json:"status"`
	Total   *int64      `json:"total,omitempty"` // rows, where it is known beforehand
	Problem *Trouble    `json:"problem,omitempty"`
	Tally

	CreatedAt  time.Time  `json:"created_at"`
	FinishedAt *time.Time `json:"finished_at,omitempty"`
	// ExpiresAt is until when its file can be fetched; of a try, until when it can be run.
	ExpiresAt *time.Time `json:"expires_at,omitempty"`

	Name        string       `json:"name,omitempty"` // of an import: what its sender calls the file
	Mode        string       `json:"mode,omitempty"` // of an import: dry, run, revert or revert_dry
	PerRow      bool         `json:"per_row,omitempty"`
	Format      string       `json:"format,omitempty"` // of an export
	Record      policy.ID    `json:"record,omitempty"` // of the document of one record
	Purpose     string       `json:"purpose,omitempty"`
	From        policy.ID    `json:"from,omitempty"` // the try that this runs, the run that this takes back
	Next        policy.ID    `json:"next,omitempty"` // the run of this try, what takes this run back
	Problems    []RowProblem `json:"problems,omitempty"`
	RevertUntil *time.Time   `json:"revert_until,omitempty"` // of a run that can be taken back
	By          *Name        `json:"by,omitempty"`           // in lists of everybody's

	// Looked says how many rows of an import somebody looks after already, and about how many of them
	// their heads can still be asked.
	Looked *LookedRows `json:"looked,omitempty"`
	// Matched are the questions that found them.
	Matched []policy.ID `json:"-"`

	// Order is what was asked for; it holds the names of files and is not shown.
	Order Order `json:"-"`
}

// Trouble is why work failed.
type Trouble struct {
	Kind   fault.Kind     `json:"kind"`
	Code   string         `json:"code"`
	Detail string         `json:"detail"`
	At     string         `json:"at,omitempty"`
	Params map[string]any `json:"params,omitempty"`
	Errors []fault.Item   `json:"errors,omitempty"`
}

func troubleOf(err error) *Trouble {
	f := fault.From(err)
	return &Trouble{Kind: f.Kind, Code: f.Code, Detail: f.Detail, At: f.At, Params: f.Params, Errors: f.Items}
}

// follows is the work that this one follows; a try of taking back follows none.
func (o *Order) follows() policy.ID {
	if o.Dry {
		return 0
	}
	return max(o.From, o.Revert)
}

// Order is what an export or import shall do. File names are relative to the folder of jobs and
// cannot be guessed.
type Order struct {
	Result string `json:"result"` // the table of an export, the errors of an import

	Query    *ListQuery      `json:"query,omitempty"`    // of an export
	Document *RecordDocument `json:"document,omitempty"` // of one that is a single record
	Format   string          `json:"format,omitempty"`
	Lang     string          `json:"lang,omitempty"`
	// Purpose is what an export is said to be for.
	Purpose string `json:"purpose,omitempty"`

	Source  string            `json:"source,omitempty"` // of an import
	Sheet   string            `json:"sheet,omitempty"`  // of a workbook; empty: the first
	Name    string            `json:"name,omitempty"`   // what the sender calls the file
	Mapping *exchange.Mapping `json:"mapping,omitempty"`
	Dry     bool              `json:"dry,omitempty"`
	PerRow  bool              `json:"per_row,omitempty"`
	Rows    int64             `json:"rows,omitempty"`   // that the file has, where they were counted
	From    policy.ID         `json:"from,omitempty"`   // the try whose file this is
	Revert  policy.ID         `json:"revert,omitempty"` // the import to take back
	Until   *time.Time        `json:"until,omitempty"`  // how long the file stays

	Mass policy.ID `json:"mass,omitempty"` // the change of many records that it is

	Check *audit.Report `json:"check,omitempty"` // what came of a verification of the audit log

	// By is who asked, whence, and with what.
	By orderActor `json:"by"`
	// Rights is with what rights an export was made, see exportRights.mark.
	Rights string `json:"rights,omitempty"`
	// Approval is what an approved export stands on.
	Approval *approval `json:"approval,omitempty"`
}

// orderActor is an Actor as it is kept. Its person is the job's.
type orderActor struct {
	Session   policy.ID `json:"session,omitempty"`
	Token     policy.ID `json:"token,omitempty"`
	Scope     *Scope    `json:"scope,omitempty"`
	Device    string    `json:"device"`
	Network   string    `json:"network"`
	Address   string    `json:"address"`
	RequestID string    `json:"request_id"`
	Proved    bool      `json:"proved,omitempty"` // the second factor, when it was ordered
}

const (
	workOpen = 3              // pieces of work that one person may have under way
	workKept = 24 * time.Hour // how long a result can be fetched
)

var (
	noWork      = fault.New(fault.NotFound, "job", "there is no such job")
	tooMuch     = fault.New(fault.Locked, "job_limit", "you have as many exports and imports under way as one person may: wait for one to end").With("max", workOpen)
	noResult    = fault.New(fault.NotFound, "job_file", "there is no file of this job, or none any more")
	interrupted = fault.New(fault.Internal, "interrupted", "the server stopped during the import; what was not committed by then was not imported")
)

// unguessable names a file.
func unguessable(ending string) string { return strings.ToLower(rand.Text()) + ending }

// ExportFormats are the formats of exports.
var ExportFormats = []string{"csv", "xlsx", "pdf"}

// PDFColumns is how many columns a page has room for.
const PDFColumns = 12

var noFormat = fault.New(fault.Invalid, "format", "the format is csv, xlsx or pdf")

// fits refuses what no page has room for, before anything is made of it.
func (l *listing) fits(format string, exports []*policy.Reduction) error {
	if format == "pdf" && len(l.exportColumns(exports)) > PDFColumns {
		return fault.Newf(fault.Invalid, "too_many_columns", "a page has room for %d columns: choose fewer, or another format", PDFColumns).With("max", PDFColumns).WithAt("fields")
	}
	return nil
}

// OrderExport asks for a list as a file. Whether the query stands and something may be exported
// is asked at once; format is one of ExportFormats, and purpose says what the file is for, which is kept with
// it and in the audit log. Faults: those of Export, Locked.
func (s *Session) OrderExport(ctx context.Context, q ListQuery, purpose, format, lang string) (*Work, error) {
	return s.orderExport(ctx, q, nil, purpose, format, lang)
}

// OrderRecord asks for one record as a document, with what shall stand beside it: a list of which nothing may be
// exported, and comments that may not, are left out. Of q only the kind and the fields count. Faults: those of
// OrderExport, NotFound.
func (s *Session) OrderRecord(ctx context.Context, q ListQuery, d RecordDocument, purpose, format, lang string) (*Work, error) {
	return s.orderExport(ctx, q, &d, purpose, format, lang)
}

func (s *Session) orderExport(ctx context.Context, q ListQuery, d *RecordDocument, purpose, format, lang string) (*Work, error) {
	if !slices.Contains(ExportFormats, format) {
		return nil, noFormat.WithAt("format")
	}
	if code, detail := grants.CheckPurpose(purpose); code != "" {
		return nil, fault.New(fault.Invalid, code, detail).WithAt("purpose")
	}
	actor := s.actor
	actor.Channel = "export"
	var document *RecordDocument
	err := s.db.lookNow(ctx, actor, func(v *view) error {
		lists, err := v.exportLists(q, d, format)
		if err != nil {
			return err
		}
		if document = nil; d != nil {
			document = &RecordDocument{Record: d.Record, Comments: d.Comments}
		}
		t := s.db.through(v)
		for _, list := range lists {
			if actor.Session != 0 && v.waitsForFactor(list.Kind, policy.Export) {
				return factorRequired // and not a file in which some records are missing
			}
			err := t.orderable(ctx, v, list, document, format)
			if err != nil && (list.relation == nil || !leftOut(err)) {
				return err
			}
			if err == nil && list.relation != nil {
				document.Related = append(document.Related, list.relation.Name)
			}
		}
		day, err := t.exportedToday(ctx, v)
		if err != nil {
			return err
		}
		return day.spent(t.now)
	})
	if err != nil {
		return nil, s.refusedExport(ctx, q.Kind, err)
	}
	return s.order(ctx, ExportWork, q.Kind, Order{Query: &q, Document: document, Purpose: purpose, Format: format, Lang: lang, Result: unguessable("." + format)})
}

// OrderImport asks for a file to be brought in, as Import does. The file stands under source in
// the folder of jobs and is called name by who sent it. Faults: Denied, Invalid, Locked.
func (s *Session) OrderImport(ctx context.Context, o Order) (*Work, error) {
	if err := o.Mapping.Check(); err != nil {
		return nil, err
	}
	err := s.db.lookNow(ctx, s.actor, func(v *view) error {
		if !v.may("import") {
			return noRight.With("action", "import")
		}
		return v.checkLocked(o.Mapping)
	})
	if err = s.declined(ctx, "import", err); err != nil {
		return nil, err
	}
	o.Result = unguessable(".csv")
	w, err := s.order(ctx, ImportWork, policy.Kind(o.Mapping.Kind), o)
	if err != nil {
		return nil, err
	}
	return w, s.rememberMapping(ctx, o.Mapping)
}

func (s *Session) order(ctx context.Context, typ WorkType, kind policy.Kind, o Order) (*Work, error) {
	a := s.actor
	o.By = orderActor{Session: a.Session, Token: a.Token, Scope: a.Scope, Device: a.Device, Network: a.Network, Address: a.Address, RequestID: a.RequestID, Proved: a.hasProved(s.db.Now(), proofLasts)}
	var ordered *Work
	err := s.db.write(ctx, a, op{name: string(typ)}, func(t *tx) error {
		var open int
		err := t.row(ctx, "SELECT count(*) FROM job WHERE tenant_id = $1 AND person_id = $2 AND status IN ('queued', 'running')", a.Tenant, a.Person).Scan(&open)
		if err != nil {
			return err
		}
		if open >= workOpen {
			return tooMuch
		}
		id, err := t.putOrder(ctx, a.Person, typ, kind, o)
		if err != nil {
			return err
		}
		action := audit.Import
		switch typ {
		case ExportWork:
			action = audit.Action(policy.Export)
		case MassWork:
			action = audit.Action(policy.Edit)
		case AuditWork:
			action = audit.Checked
		}
		detail := map[string]any{"ordered": id, "into": string(kind)}
		if o.Purpose != "" {
			detail["purpose"] = o.Purpose
		}
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		entry := audit.Entry{Action: action, Kind: known(kind), Detail: detail}
		if o.Document != nil {
			entry.Record = o.Document.Record
		}
		switch typ {
		case ExportWork:
			entry.Rules = v.rulesOf(v.bound.Reduce(policy.Export, kind))
		case ImportWork:
			entry.Rules = v.rightBy("import")
		case AuditWork:
			entry.Rules = v.rightBy("audit")
		case MassWork:
			entry.Rules = v.rulesOf(v.bound.Reduce(policy.Edit, kind))
		}
		if err := t.audit(ctx, entry); err != nil {
			return err
		}
		// As it was ordered: read after the commit, it would tell whether a worker was free.
		ordered, err = t.work(ctx, a.Tenant, "type = $2 AND id = $3", string(typ), id)
		return err
	})
	return ordered, err
}

// putOrder writes down work for a person.
func (t *tx) putOrder(ctx context.Context, person policy.ID, typ WorkType, kind policy.Kind, o Order) (policy.ID, error) {
	if o.Query != nil {
		v, err := t.view(ctx)
		if err == nil {
			err = v.keepable(kind, o.Query.Filter)
		}
		if err != nil {
			return 0, err
		}
	}
	id, err := t.newID(ctx)
	if err != nil {
		return 0, err
	}
	request, err := jsonText(o)
	if err != nil {
		return 0, err
	}
	if err := t.follows(ctx, o); err != nil {
		return 0, err
	}
	_, err = t.exec(ctx, "INSERT INTO job (tenant_id, id, type, kind, person_id, status, request, progress, created_at, from_id) VALUES ($1, $2, $3, $4, $5, 'queued', $6, '{}', $7, $8)",
		t.actor.Tenant, id, string(typ), string(kind), person, request, t.nowMicros(), optionalID(o.follows()))
	return id, err
}

// Work shows one's own work. Somebody else's is not found. Faults: NotFound.
func (s *Session) Work(ctx context.Context, typ WorkType, id policy.ID) (*Work, error) {
	if err := s.actor.check(); err != nil {
		return nil, err
	}
	w, err := s.db.single().work(ctx, s.actor.Tenant, "type = $2 AND id = $3 AND person_id = $4", string(typ), id, s.actor.Person)
	if err != nil {
		return nil, s.db.fault(err)
	}
	// What a token asked for is its own; whoever has signed in sees all of theirs.
	if s.actor.Token != 0 && w.Order.By.Token != s.actor.Token {
		return nil, noWork
	}
	if tally, under := s.db.working.tally(id); under && w.Status == Running {
		w.Tally = tally
	}
	if len(w.Matched) > 0 {
		w.Looked, err = s.db.single().lookedRows(ctx, s.actor, w.Matched)
	}
	return w, s.db.fault(err)
}

// CancelWork ends work that has not ended; what an import per row has committed stays. Cancelling
// what has ended changes nothing. Faults: NotFound.
func (s *Session) CancelWork(ctx context.Context, typ WorkType, id policy.ID) error {
	if _, err := s.Work(ctx, typ, id); err != nil {
		return err
	}
	under := s.db.working.cancel(id) // an import in SQLite holds the only writer: it must end first
	return s.db.maintain(ctx, func(t *tx) error {
		ids, err := t.eachID(ctx, `UPDATE job SET cancelled = `+t.pick("1", "TRUE")+`,
			status = CASE status WHEN 'queued' THEN 'cancelled' ELSE status END, finished_at = CASE status WHEN 'queued' THEN $1 ELSE finished_at END
			WHERE tenant_id = $2 AND id = $3 AND status IN ('queued', 'running') AND NOT cancelled RETURNING id`, t.nowMicros(), s.actor.Tenant, id)
		if err != nil || len(ids) == 0 && !under {
			return err
		}
		w, err := t.work(ctx, s.actor.Tenant, "id = $2", id)
		if err != nil {
			return err
		}
		status := w.Status
		if under { // it may have ended for that by now
			status = Running
		}
		return t.turned(ctx, s.actor, w, status, map[string]any{"asked": true})
	})
}

// WorkFile names the file of finished work, in the folder of jobs. The table of an export is
// handed out only while its reader has the rights with which it was made. Faults: NotFound, Stale.
func (s *Session) WorkFile(ctx context.Context, typ WorkType, id policy.ID) (*Work, error) {
	w, err := s.Work(ctx, typ, id)
	if err != nil {
		if typ == ExportWork {
			err = s.blocked(ctx, "", err)
		}
		return nil, err
	}
	if !slices.Contains([]WorkStatus{Done, Failed}, w.Status) || w.FinishedAt == nil || s.db.Now().Sub(*w.FinishedAt) >= workKept {
		return nil, noResult
	}
	if typ == ImportWork {
		return w, nil
	}
	if w.Status != Done {
		return nil, noResult
	}
	actor := s.actor
	actor.Channel = "export"
	var why []string
	err = s.db.lookNow(ctx, actor, func(v *view) error {
		why = v.rulesOf(v.bound.Reduce(policy.Export, w.Kind))
		lists, err := v.exportLists(*w.Order.Query, w.Order.Document, w.Order.Format)
		if err != nil {
			return exportChanged
		}
		kinds := kindsOf(lists)
		rights, err := v.exportRights(w.Order.Approval, kinds, nil).mark(kinds)
		if err != nil || rights == w.Order.Rights {
			return err
		}
		for _, kind := range kinds {
			if w.Order.By.Proved && v.waitsForFactor(kind, policy.Read, policy.Export) {
				return factorRequired
			}
		}
		return exportChanged
	})
	if err != nil {
		return nil, s.blocked(ctx, w.Kind, err)
	}
	return w, s.db.auditRead(ctx, actor, audit.Entry{Action: audit.Action(policy.Export), Kind: known(w.Kind), Rules: why, Detail: map[string]any{"fetched": id}})
}

// workColumns are what scanWork reads.
const workColumns = `id, type, kind, status, request, progress, problem, created_at, finished_at,
	(SELECT max(c.id) FROM job c WHERE c.tenant_id = job.tenant_id AND c.from_id = job.id)`

// progress is how far work is, as the table keeps it.
type progress struct {
	Tally
	Problems []RowProblem `json:"problems,omitempty"`
	Matched  []policy.ID  `json:"matched,omitempty"` // questions, see Work.Matched
}

func (t *rtx) work(ctx context.Context, tenant policy.ID, where string, args ...any) (*Work, error) {
	w, err := scanWork(t.row(ctx, "SELECT "+workColumns+" FROM job WHERE tenant_id = $1 AND "+where, append([]any{tenant}, args...)...).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noWork
	}
	return w, err
}

func scanWork(scan func(...any) error, more ...any) (*Work, error) {
	w := &Work{}
	var request, far []byte
	var problem sql.NullString
	var created int64
	var finished, next *int64
	err := scan(append([]any{&w.ID, &w.Type, &w.Kind, &w.Status, &request, &far, &problem, &created, &finished, &next}, more...)...)
	if err != nil {
		return nil, err
	}
	var at progress
	err = errors.Join(json.Unmarshal(request, &w.Order), json.Unmarshal(far, &at))
	if err == nil && problem.Valid {
		err = json.Unmarshal([]byte(problem.String), &w.Problem)
	}
	w.Tally, w.Problems, w.Matched = at.Tally, at.Problems, at.Matched
	w.CreatedAt, w.FinishedAt = time.UnixMicro(created).UTC(), instant(finished)
	if next != nil {
		w.Next = policy.ID(*next)
	}
	w.describe()
	return w, err
}

// describe fills in what the order tells of the work.
func (w *Work) describe() {
	o := &w.Order
	w.Name, w.PerRow, w.Format, w.Purpose, w.From = o.Name, o.PerRow, o.Format, o.Purpose, max(o.From, o.Revert)
	if o.Document != nil {
		w.Record = o.Document.Record
	}
	if o.Rows > 0 {
		w.Total = &o.Rows
	}
	until := func(d time.Duration) *time.Time {
		end := w.FinishedAt.Add(d)
		return &end
	}
	if w.FinishedAt != nil && (w.Status == Done || w.Status == Failed) {
		w.ExpiresAt = until(workKept)
	}
	if w.Type != ImportWork {
		return
	}
	switch {
	case o.Revert != 0 && o.Dry:
		w.Mode = "revert_dry"
	case o.Revert != 0:
		w.Mode = "revert"
	case o.Dry:
		w.Mode = "dry"
	default:
		w.Mode = "run"
		if _, organisation := exchange.OrganisationFields[string(w.Kind)]; w.FinishedAt != nil && !organisation && w.Created+w.Updated > 0 {
			w.RevertUntil = until(journalKept)
		}
	}
	if o.Dry && w.ExpiresAt != nil && o.Until != nil && o.Until.Before(*w.ExpiresAt) {
		w.ExpiresAt = o.Until
	}
}
