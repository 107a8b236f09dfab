package store

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// AuditQuery asks the audit log: of a person, of a record, of an export, or of all. What is empty does not
// narrow.
type AuditQuery struct {
	Person      policy.ID // who did it, or for whom it was done
	Kind        policy.Kind
	Record      policy.ID // shown, changed or refused, also as one of many
	Export      policy.ID
	Group       audit.Group
	From, Until time.Time // [From, Until)
	Limit       int       // 1 to 200; 0: 50
	Cursor      string    // Next of the page before
}

// AuditPage is a page of entries, the newest first. One may be short, and not the last, where what was asked for
// is rare in a long stretch of the log.
type AuditPage struct {
	Items []AuditItem `json:"items"`
	Next  string      `json:"next,omitempty"`
	// Archived is of the last page: what is older and would be asked for too lies in archives.
	Archived *ArchivedSpan `json:"archived,omitempty"`
}

// AuditItem is an entry in words. Of the values that it keeps, and of what was asked for, it has what the reader may
// see of the record through the gate.
type AuditItem struct {
	Seq       policy.ID     `json:"seq"`
	At        time.Time     `json:"at"`
	Action    string        `json:"action"`
	Person    *Name         `json:"person,omitempty"`    // nobody: a job, or a failed sign-in
	Job       string        `json:"job,omitempty"`       // of the program
	OnBehalf  *Name         `json:"on_behalf,omitempty"` // for whom
	Kind      policy.Kind   `json:"kind,omitempty"`
	KindLabel records.Label `json:"kind_label,omitzero"`
	Record    *Link         `json:"record,omitempty"` // with its title where the reader may read it
	Fields    []AskedField  `json:"fields"`           // shown plain, or changed
	Rules     []AuditRule   `json:"rules"`            // that let it through or refused it
	Epoch     int64         `json:"epoch"`            // of the policy by which it was decided
	Channel   string        `json:"channel"`
	Address   string        `json:"address,omitempty"`
	Device    string        `json:"device,omitempty"`
	Session   policy.ID     `json:"session,omitempty"`
	Token     policy.ID     `json:"token,omitempty"`     // with which it was done, or which was made or withdrawn
	Count     int           `json:"count,omitempty"`     // records that it showed or touched, where it is not one
	Refused   string        `json:"refused,omitempty"`   // what was refused
	Barred    Barred        `json:"barred,omitempty"`    // what of the rules refused it; Rules are those that did
	Near      []AuditRule   `json:"near,omitempty"`      // where nothing permits it: some permits for the act that do not reach so far
	Code      string        `json:"code,omitempty"`      // why; of a recycling: idle, no_deal or leaver, and warned where the owner was told
	Operation string        `json:"operation,omitempty"` // of administration; what a list is of; what was done with a sandbox, draft or file; whether an export was ordered, made or fetched
	Reason    string        `json:"reason,omitempty"`    // or purpose
	Export    policy.ID     `json:"export,omitempty"`
	Name      string        `json:"name,omitempty"`    // of the passkey or device of one's own that it is about
	Before    string        `json:"before,omitempty"`  // … that it had before
	Outcome   StreamOutcome `json:"outcome,omitempty"` // of a test event
	Status    int           `json:"status,omitempty"`  // … that was answered
	Request   policy.ID     `json:"request,omitempty"` // that it is about, or by which it was done
	Grant     policy.ID     `json:"grant,omitempty"`   // that was given, taken back or used
	Version   int64         `json:"version,omitempty"` // of the policy that came into force
	Changed   []AuditPart   `json:"changed,omitempty"` // of the policy
	Changes   []FieldChange `json:"changes,omitempty"` // of a record that the reader may read, as far as the fields show on it now
	Asked     *AuditAsked   `json:"asked,omitempty"`   // of the log, in a search of it
	Beside    bool          `json:"beside,omitempty"`  // titles that were shown beside something else
	Work      *WorkTurn     `json:"work,omitempty"`    // in the background that began or ended
	Facts     []AuditFact   `json:"facts,omitempty"`   // what is the act's own beside these
	Verdict   string        `json:"verdict,omitempty"` // on a request: approve or refuse; on an emergency: justified, unjustified or follow_up
}

// AuditRule is a rule that an entry names: its scene as it is now, if it is still in force.
type AuditRule struct {
	ID    string        `json:"id"`
	Scene records.Label `json:"scene,omitzero"`
}

// foundEntry is an entry as the database has it.
type foundEntry struct {
	storedRow
	records audit.RecordList // once it is sealed
}

const (
	auditLimit = 50
	auditMost  = 200
	// auditFirstLook is how many numbers a question looks at first.
	auditFirstLook = 256
	// auditSlack is by how much an entry may stand behind one of a later instant: an entry has the instant
	// of its transaction, and its number from its commit, which a long import delays.
	auditSlack = time.Hour
)

// auditLooks is how many numbers a page looks at in all: one that is not full by then goes on with the next. An
// entry that was not asked for lately takes a tenth of a millisecond.
var auditLooks = 10_000

var auditWays = fault.New(fault.Invalid, "audit_query", "ask either of a record, with its kind, or of an export")

func (q *AuditQuery) check() (before int64, err error) {
	switch {
	case (q.Record == 0) != (q.Kind == "") || q.Record != 0 && q.Export != 0:
		return 0, auditWays
	case q.Group != "" && !slices.Contains(audit.Groups, q.Group):
		return 0, fault.New(fault.Invalid, "audit_group", "there is no such group of acts").WithAt("group").With("group", string(q.Group))
	case q.Limit < 0 || q.Limit > auditMost:
		return 0, fault.New(fault.Invalid, "limit", "the limit goes from 1 to 200").WithAt("limit")
	case !q.From.IsZero() && !q.Until.IsZero() && !q.From.Before(q.Until):
		return 0, fault.New(fault.Invalid, "window", "the time ends before it begins").WithAt("until")
	}
	if q.Limit == 0 {
		q.Limit = auditLimit
	}
	if q.Cursor == "" {
		return 1<<63 - 1, nil
	}
	if before, err = strconv.ParseInt(q.Cursor, 10, 64); err != nil || before < 1 {
		return 0, badCursor
	}
	return before, nil
}

// AuditEntries searches the audit log: who saw or changed this customer, what did this person do, everything
// on this export. It takes the right audit. What was asked is itself an entry. Faults: Denied, Invalid.
func (s *Session) AuditEntries(ctx context.Context, q AuditQuery) (*AuditPage, error) {
	before, err := q.check()
	if err != nil {
		return nil, err
	}
	var page *AuditPage
	var entries []audit.Entry
	var by []string
	err = s.oversee(ctx, "audit_entries", func(t *rtx, v *view) error {
		by = v.by
		page = &AuditPage{Items: []AuditItem{}}
		found, next, err := t.auditSearch(ctx, v.tenant, v.bound.Subject().Person, q, before)
		if err != nil {
			return err
		}
		if next > 0 {
			page.Next = strconv.FormatInt(next, 10)
		}
		for i := range found {
			item, err := v.auditItem(&found[i])
			if err != nil {
				return err
			}
			page.Items = append(page.Items, item)
		}
		if err := t.nameAudit(ctx, v, page.Items); err != nil {
			return err
		}
		entries, err = t.tellValues(ctx, v, found, page.Items)
		if err == nil && page.Next == "" {
			page.Archived, err = t.archivedSpan(ctx, v.tenant, q.From)
		}
		entries = append(entries, v.beside("audit")...)
		return err
	}, "audit")
	if err != nil {
		return nil, err
	}
	detail := map[string]any{"of": "audit_entries", "count": len(page.Items)}
	for name, id := range map[string]policy.ID{"person": q.Person, "record": q.Record, "export": q.Export} {
		if id != 0 {
			detail[name] = id
		}
	}
	if q.Kind != "" {
		detail["kind"] = q.Kind
	}
	if q.Group != "" {
		detail["group"] = q.Group
	}
	for name, at := range map[string]time.Time{"from": q.From, "until": q.Until} {
		if !at.IsZero() {
			detail[name] = at.UTC()
		}
	}
	return page, s.db.auditRead(ctx, s.actor, append(entries, audit.Entry{Action: audit.List, Rules: by, Detail: detail})...)
}

// What is in the index on acts, and how an entry names its export. The indexes have the same texts.
const auditSeldom = "e.action <> 'read' AND e.action <> 'list' AND e.action <> 'count'"

func (t *rtx) exportOf() string {
	return t.pick("coalesce(e.detail->>'$.export', e.detail->>'$.ordered', e.detail->>'$.fetched')",
		"coalesce(e.detail->>'export', e.detail->>'ordered', e.detail->>'fetched')")
}

// workActs are what becomes of work in the background, as its index has them.
var workActs = []audit.Action{audit.WorkBegan, audit.WorkEnded, audit.WorkCancelled}

func actList(acts []audit.Action) string {
	names := make([]string, len(acts))
	for i, a := range acts {
		names[i] = "'" + string(a) + "'"
	}
	return "(" + strings.Join(names, ", ") + ")"
}

// auditItem says an entry in words. What it keeps of values, and of what was asked for, is for who reads the
// record: the timeline tells it through the gate.
func (v *view) auditItem(e *foundEntry) (AuditItem, error) {
	out := AuditItem{Seq: policy.ID(e.seq.Int64), At: time.UnixMicro(e.at.Int64).UTC(), Action: e.action.String, Fields: []AskedField{}, Rules: []AuditRule{}, Epoch: e.epoch.Int64,
		Channel: e.channel.String, Address: e.address.String, Device: e.device.String}
	for _, id := range []struct {
		from *int64
		to   **Name
	}{{e.actor, &out.Person}, {e.onBehalf, &out.OnBehalf}} {
		if id.from != nil {
			*id.to = &Name{ID: policy.ID(*id.from)}
		}
	}
	for from, to := range map[*int64]*policy.ID{e.session: &out.Session, e.token: &out.Token} {
		if from != nil {
			*to = policy.ID(*from)
		}
	}
	if e.job != nil {
		out.Job = *e.job
	}
	if e.kind != nil {
		out.Kind = policy.Kind(*e.kind)
		out.KindLabel = v.auditKind(out.Kind)
	}
	if e.record != nil {
		out.Record = &Link{ID: policy.ID(*e.record)}
	} else {
		out.Count = len(e.records)
	}
	var fields, rules []string
	var detail struct {
		Action, Code, Operation, Of, What, Reason, Purpose, Why string
		Barred                                                  Barred
		Near                                                    []string
		Warned, Export, Ordered, Fetched, Request               policy.ID
	}
	for _, part := range []struct {
		from []byte
		to   any
	}{{e.fields, &fields}, {e.rules, &rules}, {e.detail, &detail}} {
		if err := json.Unmarshal(part.from, part.to); err != nil {
			return out, err
		}
	}
	described := v.catalog.Kind(out.Kind)
	for _, name := range fields {
		field := AskedField{Name: name}
		if described != nil && described.Field(name) != nil {
			field.Label = described.Field(name).Label
		}
		out.Fields = append(out.Fields, field)
	}
	for _, id := range rules {
		out.Rules = append(out.Rules, AuditRule{ID: id, Scene: v.sceneOf(id)})
	}
	if acts, _ := audit.In(audit.Refusals); slices.Contains(acts, audit.Action(e.action.String)) {
		out.Refused, out.Code, out.Barred = detail.Action, detail.Code, detail.Barred
		for _, id := range detail.Near {
			out.Near = append(out.Near, AuditRule{ID: id, Scene: v.sceneOf(id)})
		}
	}
	if audit.Action(e.action.String) == audit.Recycled && out.Kind == access.Pooled {
		if out.Code = detail.Why; detail.Warned != 0 {
			out.Code = string(access.Warned)
		}
	}
	out.Operation, out.Reason = cmp.Or(detail.Operation, detail.Of, detail.What), cmp.Or(detail.Reason, detail.Purpose)
	if e.action.String == string(policy.Export) {
		out.Export = cmp.Or(detail.Export, detail.Ordered, detail.Fetched)
		switch {
		case detail.Ordered != 0:
			out.Operation = "ordered"
		case detail.Fetched != 0:
			out.Operation = "fetched"
		case detail.Export != 0:
			out.Operation = "made"
		}
	}
	out.Request = detail.Request
	var err error
	if out.Facts, err = v.factsOf(e); err != nil {
		return out, err
	}
	return out, v.auditOwn(e, &out)
}

// sceneOf is the scene of a rule in force; empty when it is in force no more.
func (v *view) sceneOf(id string) (out records.Label) {
	for i := range v.rules.Len() {
		if rule := v.rules.Rule(i); rule.ID == id {
			return both(func(lang string) string { return v.scene(rule, lang) })
		}
	}
	return out
}

// nameAudit names the people, and of the records those that the reader may read.
func (t *rtx) nameAudit(ctx context.Context, v *view, items []AuditItem) error {
	var people []policy.ID
	wanted := map[policy.Kind][]policy.ID{}
	for _, it := range items {
		for _, name := range it.people() {
			if name != nil {
				people = append(people, name.ID)
			}
		}
		if it.Record != nil && v.catalog.Kind(it.Kind) != nil {
			wanted[it.Kind] = append(wanted[it.Kind], it.Record.ID)
		}
	}
	names, err := t.names(ctx, v.tenant, people)
	if err != nil {
		return err
	}
	titles := map[policy.Kind]map[policy.ID]string{}
	for kind, ids := range wanted {
		slices.Sort(ids)
		if titles[kind], err = t.titles(ctx, v, kind, slices.Compact(ids)); err != nil {
			return err
		}
	}
	for i := range items {
		it := &items[i]
		for _, name := range it.people() {
			if name != nil {
				name.Name = names[name.ID]
			}
		}
		if it.Record != nil {
			it.Record.Title = cmp.Or(titles[it.Kind][it.Record.ID], v.auditTitle(it.Kind, it.Record.ID))
		}
	}
	return nil
}
