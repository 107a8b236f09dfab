package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"guan/approvals"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// RequestType says what is asked for.
type RequestType string

// The types.
const (
	AccessRequest RequestType = "access" // to see or edit fields of a record for a time
	ExportRequest RequestType = "export" // to have a list as a file

	TransferRequest RequestType = "transfer" // to give a record another owner
	ChangeRequest   RequestType = "change"   // to edit what a rule holds for approval

	CreateRequest RequestType = "create" // to make a record
	DeleteRequest RequestType = "delete" // to remove one
	PoolRequest   RequestType = "pool"   // to claim, assign or release one
	MassRequest   RequestType = "mass"   // to change many at once
)

// NewRequest asks for something. What it is stands in the member of its type.
type NewRequest struct {
	Type    RequestType `json:"type"`
	Purpose string      `json:"purpose"`
	Access  *AccessAsk  `json:"access,omitempty"`
	Export  *ExportAsk  `json:"export,omitempty"`

	Transfer *TransferAsk `json:"transfer,omitempty"`
	Change   *ChangeAsk   `json:"change,omitempty"`

	Create *CreateAsk `json:"create,omitempty"`
	Delete *DeleteAsk `json:"delete,omitempty"`
	Pool   *PoolAsk   `json:"pool,omitempty"`
	Mass   *ManyAsk   `json:"mass,omitempty"`
}

// whole reports whether exactly the member of its type is there.
func (n *NewRequest) whole() bool {
	for typ, is := range map[RequestType]bool{
		AccessRequest: n.Access != nil, ExportRequest: n.Export != nil, TransferRequest: n.Transfer != nil, ChangeRequest: n.Change != nil,
		CreateRequest: n.Create != nil, DeleteRequest: n.Delete != nil, PoolRequest: n.Pool != nil, MassRequest: n.Mass != nil,
	} {
		if is != (typ == n.Type) {
			return false
		}
	}
	return true
}

// ask is what is asked for, as it came: what a check notes must not change it.
func (n *NewRequest) ask() asked {
	return asked{Access: copied(n.Access), Export: copied(n.Export), Transfer: copied(n.Transfer), Change: copied(n.Change),
		Create: copied(n.Create), Delete: copied(n.Delete), Pool: copied(n.Pool), Mass: n.Mass.kept()}
}

func copied[T any](p *T) *T {
	if p == nil {
		return nil
	}
	c := *p
	return &c
}

// Outcome is what came of an approved request.
type Outcome struct {
	Giver policy.ID `json:"giver,omitempty"` // in whose name it was given
	Grant policy.ID `json:"grant,omitempty"`
	Job   policy.ID `json:"job,omitempty"`
	Made  policy.ID `json:"made,omitempty"` // the record that was created
	Void  string    `json:"void,omitempty"` // why nothing came of it
	Came  *PoolCame `json:"came,omitempty"` // of what was asked of many records of the pools
}

// request is a request as it is kept: how far it is decided, and what was asked.
type request struct {
	approvals.Request
	id      policy.ID
	typ     RequestType
	kind    policy.Kind
	record  policy.ID
	purpose string
	ask     asked
	turn    int64
	outcome *Outcome
	created time.Time
	ended   *time.Time
}

// asked is what was asked for, as it is kept.
type asked struct {
	Access *AccessAsk `json:"access,omitempty"`
	Export *ExportAsk `json:"export,omitempty"`

	Transfer *TransferAsk                `json:"transfer,omitempty"`
	From     policy.ID                   `json:"from,omitempty"`  // whose the record was
	Along    map[policy.Kind][]policy.ID `json:"along,omitempty"` // what was to go along

	Change *ChangeAsk `json:"change,omitempty"`
	Before Fields     `json:"before,omitempty"` // what the fields held

	Create *CreateAsk `json:"create,omitempty"`
	Delete *DeleteAsk `json:"delete,omitempty"`
	Pool   *PoolAsk   `json:"pool,omitempty"`
	Lay    policy.ID  `json:"lay,omitempty"` // the pool in which the record lay
	// Pooled are the records, where it is about several, as they were found, and Left what was asked beside
	// them and cannot be done.
	Pooled []pooledThen `json:"pooled,omitempty"`
	Left   []PooledRow  `json:"left,omitempty"`
	Mass   *askedMany   `json:"mass,omitempty"`

	Steps []string `json:"by_rules,omitempty"` // by whom the rules want it decided
	// Seen: who asks saw at that time whose the record is, and may be told who its heads are.
	Seen bool        `json:"seen,omitempty"`
	By   *orderActor `json:"by,omitempty"` // whence it was asked, for work that follows
}

// requestKind is what one type of request is made of. A new type is one of these.
type requestKind struct {
	typ   RequestType
	label records.Label
	// chain decides it until the company says otherwise.
	chain []approvals.Step
	// check asks whether the view may ask for this at all, and notes what it is about.
	check func(ctx context.Context, t *tx, v *view, r *request) error
	// give asks whether a giver could give now exactly what was asked, and returns what gives it. A
	// fault says that this giver cannot.
	give func(ctx context.Context, t *tx, giver *view, r *request) (func() (*Outcome, error), error)
	// sees asks whether somebody sees what they are about to approve; nil asks nothing.
	sees func(ctx context.Context, t *tx, v *view, r *request) error
	// kept does what belongs to a request once it has been written down; nil does nothing.
	kept func(ctx context.Context, t *tx, r *request) error
}

var requestKinds []*requestKind

func init() {
	requestKinds = []*requestKind{&accessKind, &transferKind, &changeKind, &createKind, &deleteKind, &poolKind, &massKind, &exportKind}
}

func requestKindOf(typ RequestType) *requestKind {
	i := slices.IndexFunc(requestKinds, func(k *requestKind) bool { return k.typ == typ })
	if i < 0 {
		return nil
	}
	return requestKinds[i]
}

// requestsOpen is how many requests of one person may wait at a time.
const requestsOpen = 20

var (
	noRequest    = fault.New(fault.NotFound, "request", "there is no such request")
	noAsk        = fault.New(fault.Invalid, "request_type", "say what is asked for, in the member of its type").WithAt("type")
	requestsMany = said(fault.Locked, "requests_many", "等待审批的申请已到上限,先撤回一些", "you have as many requests waiting as one person may: withdraw some first").With("max", requestsOpen)
	requestSame  = said(fault.Conflict, "request_same", "同样的申请已在等待审批", "the same request of yours is waiting already")
	nothingAsked = said(fault.Conflict, "request_has", "您已经有这些权限", "you have what you ask for already")
)

// Ask makes a request of the actor's. What it names must be within their sight: of a record that they
// cannot read they are told what they are told of one that does not exist. It takes a session. Faults:
// Invalid; NotFound; Denied; Conflict (request_nobody, request_has, request_same); Locked.
func (s *Session) Ask(ctx context.Context, n NewRequest) (*Request, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	purpose, err := approvals.Words(n.Purpose, true)
	if err != nil {
		return nil, err
	}
	kind := requestKindOf(n.Type)
	if kind == nil || !n.whole() {
		return nil, noAsk
	}
	r := &request{}
	err = s.db.write(ctx, s.actor, op{name: "request"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		*r = request{typ: n.Type, purpose: purpose, created: t.now, turn: 1, ask: n.ask()}
		r.Asker = s.actor.Person
		if err := kind.check(ctx, t, v, r); err != nil {
			return err
		}
		chain, err := t.chain(ctx, v.tenant, kind)
		if err != nil {
			return err
		}
		r.Steps = spelled(r.ask.Steps, chain.Steps)
		o, err := t.deciders(ctx, v, r)
		if err != nil {
			return err
		}
		if r.Request, err = approvals.Ask(r.Asker, r.Steps, o.company(r)); err != nil {
			return err
		}
		if r.id, err = t.newID(ctx); err != nil {
			return err
		}
		if err := t.insertRequest(ctx, r); err != nil {
			return err
		}
		if kind.kept != nil {
			if err := kind.kept(ctx, t, r); err != nil {
				return err
			}
		}
		if err := t.tellSeats(ctx, r, o, NoticeRequest); err != nil {
			return err
		}
		return t.audit(ctx, r.entry(audit.Requested, map[string]any{"purpose": audit.Clean(purpose), "ask": r.ask.named()}))
	})
	if err != nil {
		return nil, s.refused(ctx, r.kind, r.record, "request", err)
	}
	return s.Request(ctx, r.id)
}

// Decide takes the actor's verdict. With the last approval it is asked again, at that instant, whether
// those who approved may give what was asked; when none of them can it is passed on to the nearest head
// who can. It takes a session. Faults: NotFound; Denied (request_own, request_not_you); Conflict
// (request_decided, request_twice).
func (s *Session) Decide(ctx context.Context, id policy.ID, approve bool, words string) (*Request, error) {
	verdict, o := approvals.No, op{name: "request_decide"}
	if approve {
		// What is approved may become a grant, which changes who sees what.
		verdict, o.raises = approvals.Yes, true
	}
	err := s.onRequest(ctx, id, o, func(t *tx, v *view, r *request) error {
		who, err := t.deciders(ctx, v, r)
		if err != nil {
			return err
		}
		if kind := requestKindOf(r.typ); approve && kind != nil && kind.sees != nil && v.decides(r, who) {
			if err := kind.sees(ctx, t, v, r); err != nil {
				return err
			}
		}
		before, step := len(r.Decisions), r.Step
		if r.Request, err = r.Request.Decide(s.actor.Person, verdict, words, who.company(r)); err != nil {
			return err
		}
		if r.State == approvals.Approved {
			if err := t.carryOut(ctx, v, who, r); err != nil {
				return err
			}
		}
		if err := t.saveRequest(ctx, r, before); err != nil {
			return err
		}
		if r.State != approvals.Pending {
			err = t.notify(ctx, r.Asker, NoticeRequestDone, "", r.id, r.tellingEnd())
		} else if r.Step != step {
			err = t.tellSeats(ctx, r, who, NoticeRequest)
		}
		if err != nil {
			return err
		}
		detail := map[string]any{"verdict": string(verdict), "state": string(r.State), "decisions": r.Decisions[before:]}
		if r.outcome != nil {
			detail["outcome"] = r.outcome.named()
		}
		entry := r.entry(audit.RequestDecided, detail)
		entry.OnBehalf = r.Decisions[before].For
		return t.audit(ctx, entry)
	})
	if err != nil {
		return nil, err
	}
	return s.Request(ctx, id)
}

// Withdraw takes a request of the actor's back before it is decided. It takes a session. Faults:
// NotFound, Denied (request_others), Conflict (request_decided).
func (s *Session) Withdraw(ctx context.Context, id policy.ID) (*Request, error) {
	err := s.onRequest(ctx, id, op{name: "request_withdraw"}, func(t *tx, v *view, r *request) (err error) {
		if r.Request, err = r.Request.Withdraw(s.actor.Person, t.now); err != nil {
			return err
		}
		if err := t.saveRequest(ctx, r, len(r.Decisions)); err != nil {
			return err
		}
		return t.audit(ctx, r.entry(audit.RequestWithdrawn, nil))
	})
	if err != nil {
		return nil, err
	}
	return s.Request(ctx, id)
}

// onRequest is the frame of what is done with a request that the actor may know of: it is locked, so
// that of two who decide one is first.
func (s *Session) onRequest(ctx context.Context, id policy.ID, o op, do func(*tx, *view, *request) error) error {
	if err := s.inPerson(); err != nil {
		return err
	}
	err := s.db.write(ctx, s.actor, o, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		list, err := t.requests(ctx, v.tenant, "id = $2"+t.pick("", " FOR UPDATE"), id)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return noRequest
		}
		who, err := t.deciders(ctx, v, list...)
		if err != nil {
			return err
		}
		if !v.knowsRequest(list[0], who) {
			return noRequest
		}
		return do(t, v, list[0])
	})
	return s.declined(ctx, o.name, err)
}

// carryOut gives what was approved, in the name of the last of those who approved and can.
func (t *tx) carryOut(ctx context.Context, v *view, o *deciders, r *request) error {
	kind := requestKindOf(r.typ)
	if kind == nil || !o.open[r.Asker] {
		r.State, r.outcome = approvals.Void, &Outcome{Void: "asker"}
		return nil
	}
	for _, giver := range r.Givers() {
		do, err := t.givenBy(ctx, v, o, kind, r, giver)
		if err != nil {
			return err
		}
		if do != nil {
			if r.outcome, err = do(); err == nil && r.outcome.Void != "" {
				r.State = approvals.Void
			}
			return err
		}
	}
	for _, heads := range o.over(r) {
		var able []policy.ID
		for _, h := range heads {
			if slices.Contains(r.Givers(), h) {
				continue
			}
			do, err := t.givenBy(ctx, v, o, kind, r, h)
			if err != nil {
				return err
			}
			if do != nil {
				able = append(able, h)
			}
		}
		if len(able) > 0 {
			r.Request = r.Request.PassOn(able, o.company(r))
			return nil
		}
	}
	r.State, r.outcome = approvals.Void, &Outcome{Void: "giver"}
	return nil
}

// givenBy returns what gives the request in somebody's name; nil when they could not give it
// themselves.
func (t *tx) givenBy(ctx context.Context, v *view, o *deciders, kind *requestKind, r *request, giver policy.ID) (func() (*Outcome, error), error) {
	if !o.open[giver] {
		return nil, nil
	}
	actor := t.actor
	actor.Person = giver
	do, err := kind.give(ctx, t, v.state.view(actor, t.now), r)
	if f := fault.From(err); err != nil && (f.Kind == fault.Internal || errors.Is(err, errEpoch)) {
		return nil, err
	}
	if err != nil {
		return nil, nil
	}
	return do, nil
}

func (r *request) entry(action audit.Action, detail map[string]any) audit.Entry {
	if detail == nil {
		detail = map[string]any{}
	}
	detail["request"], detail["type"] = r.id, string(r.typ)
	return audit.Entry{Action: action, Kind: r.kind, Record: r.record, Detail: detail}
}

// same is what was asked, to be compared: without whence, and what was found when it was asked.
func (a asked) same() asked {
	out := asked{Access: a.Access, Export: a.Export, Transfer: a.Transfer, Change: a.Change, Create: a.Create, Delete: a.Delete, Pool: a.Pool}
	if a.Mass != nil { // whichever preview it came from
		out.Mass = &askedMany{Digest: a.Mass.Digest}
	}
	return out
}

// named is what was asked as the audit keeps it: the names of fields without values.
func (a asked) named() map[string]any {
	out := map[string]any{}
	switch {
	case a.Access != nil:
		out["access"] = a.Access
	case a.Export != nil:
		out["export"] = a.Export
	case a.Transfer != nil:
		out["transfer"] = map[string]any{"to": a.Transfer.To, "children": a.Transfer.Children, "along": a.Along}
	case a.Change != nil:
		out["change"] = map[string]any{"version": a.Change.Version, "fields": sorted(keysOf(a.Change.Fields))}
	case a.Create != nil:
		out["create"] = map[string]any{"fields": sorted(keysOf(a.Create.Fields))}
	case a.Delete != nil:
		out["delete"] = map[string]any{"version": a.Delete.Version}
	case a.Pool != nil:
		out["pool"] = map[string]any{"action": a.Pool.Action, "person": a.Pool.Person, "into": a.Pool.Pool}
		if len(a.Pool.Records) > 0 {
			out["pool"].(map[string]any)["records"] = a.Pool.Records
		}
	case a.Mass != nil:
		out["mass"] = a.Mass.named()
	}
	return out
}

// telling is what a notice of the request holds: nothing of the record.
func (r *request) telling(name string, value any) map[string]any {
	return map[string]any{"type": string(r.typ), "of": string(r.kind), name: value}
}

// tellSeats tells everybody who may decide now that there is something to decide.
func (t *tx) tellSeats(ctx context.Context, r *request, o *deciders, what string) error {
	for _, seat := range r.Seats(o.company(r)) {
		if err := t.notify(ctx, seat.Person, what, "", r.id, r.telling("asker", r.Asker)); err != nil {
			return err
		}
	}
	return nil
}

// nextAt is when somebody is to be told of the request again.
func (r *request) nextAt(now time.Time) *int64 {
	if r.State != approvals.Pending {
		return nil
	}
	for _, at := range []time.Time{r.Due(), r.Escalates(), r.Expires()} {
		if at.After(now) {
			return micros(&at)
		}
	}
	return nil
}

func (t *tx) insertRequest(ctx context.Context, r *request) error {
	ask, err := jsonText(r.ask)
	if err != nil {
		return err
	}
	this, err := jsonText(r.ask.same())
	if err != nil {
		return err
	}
	steps, err := jsonText(r.Steps)
	if err != nil {
		return err
	}
	// The asker's row makes two requests of one person wait for each other.
	var one int
	if err := t.row(ctx, "SELECT 1 FROM person WHERE tenant_id = $1 AND id = $2"+t.pick("", " FOR UPDATE"), t.actor.Tenant, r.Asker).Scan(&one); err != nil {
		return err
	}
	mine, err := t.requests(ctx, t.actor.Tenant, "asker_id = $2 AND state = 'pending'", r.Asker)
	if err != nil {
		return err
	}
	open := 0
	for _, m := range mine {
		if m.At(t.now) != approvals.Pending {
			continue
		}
		if open++; open >= requestsOpen {
			return requestsMany
		}
		other, err := jsonText(m.ask.same())
		if err != nil {
			return err
		}
		if m.typ == r.typ && other == this {
			return requestSame.With("request", m.id.String())
		}
	}
	_, err = t.exec(ctx, `
		INSERT INTO request (tenant_id, id, type, asker_id, kind, record_id, purpose, ask, steps, step, since_at, state, created_at, next_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		t.actor.Tenant, r.id, string(r.typ), r.Asker, string(r.kind), optionalID(r.record), r.purpose, ask, steps, r.Step, r.Since.UnixMicro(), string(r.State), t.nowMicros(), r.nextAt(t.now))
	return err
}

// saveRequest is the one conditional statement by which a request changes: it is still as it was read.
func (t *tx) saveRequest(ctx context.Context, r *request, before int) error {
	steps, err := jsonText(r.Steps)
	if err != nil {
		return err
	}
	var outcome sql.NullString
	if r.outcome != nil {
		if outcome.String, err = jsonText(r.outcome); err != nil {
			return err
		}
		outcome.Valid = true
	}
	if r.State != approvals.Pending {
		r.ended = &t.now
	}
	n, err := t.exec(ctx, `UPDATE request SET steps = $1, step = $2, since_at = $3, state = $4, outcome = $5, ended_at = $6, next_at = $7, turn = turn + 1
		WHERE tenant_id = $8 AND id = $9 AND state = 'pending' AND turn = $10`,
		steps, r.Step, r.Since.UnixMicro(), string(r.State), outcome, micros(r.ended), r.nextAt(t.now), t.actor.Tenant, r.id, r.turn)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "request_decided", "the request was decided already")
	}
	for i, d := range r.Decisions[before:] {
		_, err := t.exec(ctx, "INSERT INTO request_decision (tenant_id, request_id, seq, step, slot, person_id, for_id, verdict, words, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
			t.actor.Tenant, r.id, before+i, d.Step, d.Slot, d.Person, optionalID(d.For), string(d.Verdict), d.Words, d.At.UnixMicro())
		if err != nil {
			return err
		}
	}
	return nil
}

// requests reads requests with what was decided on them.
func (t *rtx) requests(ctx context.Context, tenant policy.ID, where string, args ...any) ([]*request, error) {
	var list []*request
	at := map[policy.ID]*request{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		r := &request{}
		var record sql.NullInt64
		var ask, steps []byte
		var outcome sql.NullString
		var since, created int64
		var ended *int64
		if err := rows.Scan(&r.id, &r.typ, &r.Asker, &r.kind, &record, &r.purpose, &ask, &steps, &r.Step, &since, &r.State, &r.turn, &outcome, &created, &ended); err != nil {
			return err
		}
		r.record, r.Since, r.created, r.ended = policy.ID(record.Int64), time.UnixMicro(since).UTC(), time.UnixMicro(created).UTC(), instant(ended)
		list = append(list, r)
		at[r.id] = r
		err := errors.Join(json.Unmarshal(ask, &r.ask), json.Unmarshal(steps, &r.Steps))
		if err == nil && outcome.Valid {
			err = json.Unmarshal([]byte(outcome.String), &r.outcome)
		}
		return err
	}, "SELECT id, type, asker_id, kind, record_id, purpose, ask, steps, step, since_at, state, turn, outcome, created_at, ended_at FROM request WHERE tenant_id = $1 AND "+where,
		append([]any{tenant}, args...)...)
	if err != nil || len(list) == 0 {
		return list, err
	}
	ids := make([]policy.ID, len(list))
	for i, r := range list {
		ids[i] = r.id
	}
	err = t.each(ctx, func(rows *sql.Rows) error {
		var id policy.ID
		var d approvals.Decision
		var instead sql.NullInt64
		var when int64
		err := rows.Scan(&id, &d.Step, &d.Slot, &d.Person, &instead, &d.Verdict, &d.Words, &when)
		d.For, d.At = policy.ID(instead.Int64), time.UnixMicro(when).UTC()
		at[id].Decisions = append(at[id].Decisions, d)
		return err
	}, "SELECT request_id, step, slot, person_id, for_id, verdict, words, at FROM request_decision WHERE tenant_id = $1 AND request_id IN "+t.listed(2)+" ORDER BY request_id, seq", tenant, idList(ids))
	return list, err
}
