package store

import (
	"context"
	"maps"

	"guan/audit"
	"guan/policy"
)

// That work in the background began or ended is an act of who ordered it, with which device and from where they
// did. It is recorded in the transaction that says so in the table of jobs, whatever work it is: one that a dead
// worker left is told of by who finds it.

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
	entry = by.sign(entry)
	entry.At, entry.Epoch = t.now, t.epoch
	if entry.Epoch == 0 { // of what was judged last
		if st := t.db.kept(by.Tenant); st != nil {
			entry.Epoch = st.epoch
		}
	}
	t.entries++
	return insertEntries(ctx, t.db, t.q, []audit.Entry{entry})
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
