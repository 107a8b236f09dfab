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
)

// A mass change is one change of many records. It is rehearsed first: every record goes through the
// gate, is written as it would stand, asked about again, and all of it is undone. What was rehearsed
// is kept with the versions that were seen, and only that is done afterwards.

// MassAsk chooses records, by id or as a list would, and says what shall become of them.
type MassAsk struct {
	IDs    []policy.ID
	Match  *MassMatch
	Change MassChange
}

// MassMatch chooses what a list would show.
type MassMatch struct {
	Filter string `json:"filter,omitempty"`
	Search string `json:"q,omitempty"`
}

// MassChange is what shall become of the records: exactly one of its parts is set.
type MassChange struct {
	Fields   Fields        `json:"fields,omitempty"`
	Transfer *MassTransfer `json:"transfer,omitempty"`
	Tags     *MassTags     `json:"tags,omitempty"`
	Delete   bool          `json:"delete,omitempty"`

	kept bool // it was written down: what stands for values takes the place of those that are kept encrypted
}

// MassTransfer gives the records another owner.
type MassTransfer struct {
	Owner    policy.ID `json:"owner"`
	Children []string  `json:"children,omitempty"` // of TransferParts; then there is no way back
	Note     string    `json:"note,omitempty"`
}

// MassTags adds tags to those that each record has, and takes others away.
type MassTags struct {
	Add    []string `json:"add,omitempty"`
	Remove []string `json:"remove,omitempty"`
}

// MassResult is a mass change as whoever asked for it sees it.
type MassResult struct {
	ID     policy.ID   `json:"id"`
	Kind   policy.Kind `json:"kind"`
	Status WorkStatus  `json:"status"` // rehearsed, then queued, running, done, failed or cancelled
	Total  int         `json:"total"`  // records chosen
	Will   int         `json:"will"`   // that the rehearsal could change
	// Held are those of the skipped that an approval would let be changed: they can be asked for, with the
	// others, as one request.
	Held    int        `json:"held,omitempty"`
	Request policy.ID  `json:"request,omitempty"` // by which it was asked for
	Done    int        `json:"done"`
	Undone  int        `json:"undone"`
	Skipped []MassSkip `json:"skipped"`
	Sample  []Link     `json:"sample,omitempty"` // of those that will be changed
	// Along are the children that a transfer takes along, as it was looked at.
	Along []TransferPart `json:"along,omitempty"`
	// Until is until when it can be done, and once done, undone; absent when it cannot.
	Until *time.Time `json:"until,omitempty"`
}

// MassSkip says why some records are left as they are.
type MassSkip struct {
	Code   string         `json:"code"`
	Field  string         `json:"field,omitempty"`
	Params map[string]any `json:"params,omitempty"`
	Count  int            `json:"count"`
	Sample []Link         `json:"sample,omitempty"`
}

// Rehearsed is the status of a mass change that was looked at and not done, Asked that of one that is done
// when it is approved.
const (
	Rehearsed WorkStatus = "rehearsed"
	Asked     WorkStatus = "asked"
)

const (
	massMost   = 10_000           // records of one mass change
	massInline = 500              // done at once and as a whole; more is background work
	massChunk  = 200              // in one transaction of a rehearsal or of background work
	massKept   = 10 * time.Minute // between looking and doing, and between doing and undoing
	massSample = 5
)

var (
	noMass      = fault.New(fault.NotFound, "bulk", "there is no such change of many records, or none any more")
	massMany    = fault.New(fault.Invalid, "bulk_many", "one change takes at most 10,000 records: narrow the list").With("max", massMost)
	massWhat    = fault.New(fault.Invalid, "bulk_what", "a change sets fields, transfers, tags or deletes: exactly one of these").WithAt("change")
	massUsed    = fault.New(fault.Conflict, "bulk_used", "this change was done already")
	massNoUndo  = fault.New(fault.Conflict, "bulk_undo", "this change cannot be undone, or not any more")
	massAccount = fault.New(fault.Invalid, "bulk_account", "whether people can sign in is changed one by one").WithAt("change")
	rehearsed   = fault.New(fault.Internal, "rehearsed", "a rehearsal is undone")
)

// mass is a mass change as it stands in its table.
type mass struct {
	MassResult
	change  MassChange
	duties  []string // by whom the rules want it decided
	person  policy.ID
	token   policy.ID
	job     policy.ID
	created time.Time
	ended   *time.Time
}

// massOf reads one's own mass change. What was asked for with a token is that token's.
func (t *rtx) massOf(ctx context.Context, actor Actor, id policy.ID) (*mass, error) {
	m := &mass{}
	var change, skipped, duties []byte
	var token, job, request sql.NullInt64
	var created int64
	var ended *int64
	err := t.row(ctx, `SELECT id, kind, person_id, token_id, change, status, job_id, skipped, created_at, done_at, coalesce(duties, '[]'), request_id FROM mass_change
		WHERE tenant_id = $1 AND id = $2 AND person_id = $3`, actor.Tenant, id, actor.Person).
		Scan(&m.ID, &m.Kind, &m.person, &token, &change, &m.Status, &job, &skipped, &created, &ended, &duties, &request)
	if errors.Is(err, sql.ErrNoRows) || err == nil && actor.Token != 0 && policy.ID(token.Int64) != actor.Token {
		return nil, noMass
	}
	if err == nil {
		err = json.Unmarshal(change, &m.change)
	}
	if err == nil {
		err = errors.Join(json.Unmarshal(skipped, &m.Skipped), json.Unmarshal(duties, &m.duties))
	}
	if err != nil {
		return nil, err
	}
	m.change.kept = true
	m.token, m.job, m.Request = policy.ID(token.Int64), policy.ID(job.Int64), policy.ID(request.Int64)
	m.created, m.ended = time.UnixMicro(created).UTC(), instant(ended)
	if m.job != 0 {
		if err := t.row(ctx, "SELECT status FROM job WHERE tenant_id = $1 AND id = $2", actor.Tenant, m.job).Scan(&m.Status); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
	}
	return m, t.countMass(ctx, actor.Tenant, m)
}

// holdMass keeps others from going on with a mass change until commit: two that undo it, or two
// workers of which one was taken for dead, do its parts one after the other. SQLite has one writer.
func (t *tx) holdMass(ctx context.Context, id policy.ID) error {
	if t.db.dialect == SQLite {
		return nil
	}
	_, err := t.exec(ctx, "SELECT 1 FROM mass_change WHERE tenant_id = $1 AND id = $2 FOR UPDATE", t.actor.Tenant, id)
	return err
}

func (t *rtx) countMass(ctx context.Context, tenant policy.ID, m *mass) error {
	m.Total, m.Will, m.Held, m.Done, m.Undone = 0, 0, 0, 0, 0
	err := t.each(ctx, func(rows *sql.Rows) error {
		var status string
		var n int
		if err := rows.Scan(&status, &n); err != nil {
			return err
		}
		if m.Will += n; status == "held" {
			m.Will, m.Held = m.Will-n, n
		}
		switch status {
		case "done":
			m.Done = n
		case "undone":
			m.Undone = n
		}
		return nil
	}, "SELECT status, count(*) FROM mass_target WHERE tenant_id = $1 AND change_id = $2 GROUP BY status", tenant, m.ID)
	m.Total = m.Will
	for _, skip := range m.Skipped {
		if skip.Params["late"] != true {
			m.Total += skip.Count
		}
	}
	switch {
	case m.Status == Rehearsed:
		until := m.created.Add(massKept)
		m.Until = &until
	case m.ended != nil && m.Done > 0 && !m.change.final():
		until := m.ended.Add(massKept)
		m.Until = &until
	}
	return err
}

// MassChanged shows one's own mass change: how far it is, and what was left as it was. Faults: NotFound.
func (s *Session) MassChanged(ctx context.Context, id policy.ID) (*MassResult, error) {
	if err := s.actor.check(); err != nil {
		return nil, err
	}
	m, err := s.db.single().massOf(ctx, s.actor, id)
	if err != nil {
		return nil, s.db.fault(err)
	}
	return &m.MassResult, nil
}

// CancelMass ends a mass change in the background; what it has done stays, and can be undone.
// Faults: NotFound.
func (s *Session) CancelMass(ctx context.Context, id policy.ID) error {
	if err := s.actor.check(); err != nil {
		return err
	}
	m, err := s.db.single().massOf(ctx, s.actor, id)
	if err != nil {
		return s.db.fault(err)
	}
	if m.job == 0 {
		return nil
	}
	return s.CancelWork(ctx, MassWork, m.job)
}

// skipGroups gathers records that are left as they are by why.
type skipGroups []MassSkip

func (g *skipGroups) add(link Link, err error, late bool) {
	f := fault.From(err)
	skip := MassSkip{Code: f.Code, Field: f.At, Params: f.Params, Count: 1}
	if f.Code == "fields" && len(f.Items) > 0 {
		skip.Code, skip.Field, skip.Params = f.Items[0].Code, f.Items[0].At, f.Items[0].Params
	}
	if late { // the rehearsal had not seen it coming
		skip.Params = withParam(skip.Params, "late", true)
	}
	i := slices.IndexFunc(*g, func(s MassSkip) bool {
		return s.Code == skip.Code && s.Field == skip.Field && sameJSON(s.Params, skip.Params)
	})
	if i < 0 {
		*g = append(*g, skip)
		i = len(*g) - 1
	} else {
		(*g)[i].Count++
	}
	if link.Title != "" && len((*g)[i].Sample) < massSample {
		(*g)[i].Sample = append((*g)[i].Sample, link)
	}
}

// kept is what is written down: titles are shown once and then asked for anew.
func (g skipGroups) kept() skipGroups {
	out := skipGroups{}
	for _, skip := range g {
		skip.Sample = nil
		out = append(out, skip)
	}
	return out
}

func (g *skipGroups) join(more skipGroups) {
	for _, skip := range more {
		i := slices.IndexFunc(*g, func(s MassSkip) bool {
			return s.Code == skip.Code && s.Field == skip.Field && sameJSON(s.Params, skip.Params)
		})
		if i < 0 {
			*g = append(*g, skip)
			continue
		}
		(*g)[i].Count += skip.Count
	}
}

func withParam(params map[string]any, name string, value any) map[string]any {
	out := map[string]any{name: value}
	for k, v := range params {
		out[k] = v
	}
	return out
}

func sameJSON(a, b any) bool {
	x, errA := json.Marshal(a)
	y, errB := json.Marshal(b)
	return errA == nil && errB == nil && string(x) == string(y)
}

// auditMass writes the entry of the change as a whole beside those of its records, by whose rules it was done.
func (t *tx) auditMass(ctx context.Context, w *massWriter, m *mass, what string, done []massRow, skipped skipGroups) error {
	left := 0
	for _, skip := range skipped {
		left += skip.Count
	}
	rules := w.v.bound.Reduce(w.action(), w.kind.Name)
	var why []int
	for _, r := range done {
		why = append(why, rules.Opened(r.row.answer)...)
	}
	return t.audit(ctx, audit.Entry{Action: audit.Action(w.action()), Kind: w.kind.Name, Rules: w.v.ruleIDs(why), Detail: map[string]any{"mass": m.ID, "what": what, "done": len(done), "skipped": left}})
}
