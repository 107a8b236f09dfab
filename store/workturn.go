package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"maps"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// That work in the background began or ended is an act of who ordered it, with which device and from where they
// did; of what the program does by itself, of the job. It is recorded in the transaction that says so in its table,
// whatever work it is: one that a dead worker left is told of by who finds it.
//
// Recyclings and derivations of tags leave entries of their own at each part (recycled, tagged), and so do the jobs
// that tell people, raise alerts, send mail or archive. What nobody sees anything of leaves none: sealing, which would
// have no end; the sweep of ended sessions and old files; statistics of the database; events on their way to who
// receives them; the indexes and files that are written anew with a key, of which the rotation has its entry. Of a job
// that cannot go on an entry says so, whichever it is (Health).

// turned records what has become of work. While it runs, asked says that somebody wants it to end.
func (t *tx) turned(ctx context.Context, by Actor, w *Work, status WorkStatus, more map[string]any) error {
	detail := map[string]any{"work": w.ID, "type": string(w.Type), "status": string(status)}
	maps.Copy(detail, more)
	entry := audit.Entry{Action: audit.WorkEnded, Kind: known(w.Kind), Detail: detail}
	switch {
	case more["asked"] != nil && status == Running:
		entry.Action = audit.WorkCancelled
	case status == Running:
		entry.Action = audit.WorkBegan
	default:
		detail["rows"] = w.Tally.Rows
		if w.Problem != nil {
			detail["code"] = w.Problem.Code
		}
	}
	if w.Record != 0 {
		entry.Record = w.Record
	}
	return t.tellTurn(ctx, by, entry)
}

// tellTurn writes an entry of what became of work, by who does it.
func (t *tx) tellTurn(ctx context.Context, by Actor, entry audit.Entry) error {
	epoch := cmp.Or(entry.Epoch, t.epoch)
	entry = by.sign(entry)
	entry.At, entry.Epoch = t.now, epoch
	if st := t.db.kept(by.Tenant); epoch == 0 && st != nil { // of what was judged last
		entry.Epoch = st.epoch
	} else if epoch == 0 {
		if err := t.row(ctx, "SELECT epoch FROM policy_state WHERE tenant_id = $1", by.Tenant).Scan(&entry.Epoch); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
	}
	t.entries++
	return insertEntries(ctx, t.db, t.q, []audit.Entry{entry})
}

// Work that the program does by itself, or because somebody's question waits for it.
const (
	StatisticsWork WorkType = "statistics" // a release of statistics of a kind
	ReportWork     WorkType = "report"     // the reports of a month

	recycleWork WorkType = "recycle" // what recycled says of a pool
	tagsWork    WorkType = "tags"    // what tagged says of a kind
)

// What recyclings and derivations of tags say beside how they ended.
const (
	turnBegun = "begun"
	turnPart  = "went on"
)

// ownWork is such work: what its entries say of it, and for whom it is done.
type ownWork struct {
	typ    WorkType
	id     policy.ID
	kind   policy.Kind
	month  string
	behalf policy.ID
}

// turned records what has become of it: it runs, for the first time or again since what did it before died or failed;
// it is done, failed with an error, or waits for who does it next.
func (m ownWork) turned(ctx context.Context, t *tx, by Actor, status WorkStatus, more map[string]any) error {
	detail := map[string]any{"type": string(m.typ), "status": string(status)}
	if m.id != 0 {
		detail["work"] = m.id
	}
	if m.month != "" {
		detail["month"] = m.month
	}
	maps.Copy(detail, more)
	entry := audit.Entry{Action: audit.WorkEnded, Kind: m.kind, OnBehalf: m.behalf, Detail: detail}
	if status == Running {
		entry.Action = audit.WorkBegan
	}
	if by.Person == m.behalf {
		entry.OnBehalf = 0
	}
	return t.tellTurn(ctx, by, entry)
}

// ofAttempt is what an entry says of the manieth time.
func ofAttempt(n int) map[string]any {
	if n < 2 {
		return nil
	}
	return map[string]any{"attempt": n}
}

// retryPause is how long work of the program's own waits after it has failed so many times.
func retryPause(attempts int) time.Duration {
	return min(10*time.Minute, time.Minute<<min(max(attempts-1, 0), 10))
}

// endOf is what an error says of work that ends with it. Who gives it up with the end of the program leaves it to who
// comes next.
func endOf(ctx context.Context, err error) (status WorkStatus, more map[string]any) {
	if ctx.Err() != nil {
		return Queued, nil
	}
	return Failed, map[string]any{"code": fault.From(err).Code}
}

// workAndWho is work with who ordered it, as they were then.
func (t *rtx) workAndWho(ctx context.Context, tenant, id policy.ID) (*Work, Actor, error) {
	w, err := t.work(ctx, tenant, "id = $2", id)
	if err != nil {
		return nil, Actor{}, err
	}
	by := w.Order.By
	who := Actor{Tenant: tenant, Session: by.Session, Token: by.Token, Scope: by.Scope,
		Channel: w.channel(), Device: by.Device, Network: by.Network, Address: by.Address, RequestID: by.RequestID, proved: by.Proved}
	err = t.row(ctx, "SELECT person_id FROM job WHERE tenant_id = $1 AND id = $2", tenant, id).Scan(&who.Person)
	return w, who, err
}
