package store

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"guan/audit"
	"guan/policy"
	"guan/records"
)

// An entry keeps in its detail what is its act's own. Beside what AuditItem has fields for, auditFacts says what of it
// its readers are told, and how. TestDetailsAreTold (internal/archtest) holds that every name under which anything is
// kept is told, or stands there with the reason why not.

// AuditFact is one thing that is an act's own: Key says what it is, and one of the others what of it.
type AuditFact struct {
	Key    string        `json:"key"`
	Text   string        `json:"text,omitempty"`
	Word   string        `json:"word,omitempty"` // one of a closed list, for which there are words
	Number *int64        `json:"number,omitempty"`
	At     *time.Time    `json:"at,omitempty"`
	Person *Name         `json:"person,omitempty"`
	Label  records.Label `json:"label,omitzero"`
	IDs    []policy.ID   `json:"ids,omitempty"`
}

type factSort int

const (
	factText   factSort = iota // as it is: a name, a file, a month
	factWord                   // one of a closed list
	factFlag                   // that it is there, and neither false nor 0: of the fact 'what' its name is the word
	factNumber                 // … or how many there are
	factPerson
	factKind
	factIDs // of one or of several
	factAt
	factName // what it is called: the name or the label in it
	factNone // it stands elsewhere
)

// auditFacts are told, by act and name; under the empty act, whichever it is.
var auditFacts = map[audit.Action]map[string]factSort{
	"": {
		"person": factPerson, "until": factAt, "requests": factIDs, "sandboxes": factIDs, "emergencies": factIDs, "merged": factIDs, "merged_into": factIDs, "draft": factIDs,
	},
	audit.List:                   {"month": factText, "person": factNone},
	audit.Moved:                  {"file": factText, "days": factNumber},
	audit.ArchiveErased:          {"file": factText},
	audit.ArchiveSpared:          {"file": factText},
	audit.Archived:               {"file": factText},
	audit.SandboxChanged:         {"title": factText, "kind": factKind, "records": factIDs},
	audit.AccountStopped:         {"left_on": factText},
	audit.PasswordSet:            {"common": factFlag},
	audit.FactorProved:           {"recovery": factFlag},
	audit.FactorRemoved:          {"recovery": factFlag},
	audit.RetentionSet:           {"days": factNumber},
	audit.ReportAsked:            {"month": factText},
	audit.ReportMade:             {"month": factText},
	audit.ReportFetched:          {"month": factText},
	audit.AlertRaised:            {"detector": factWord, "done": factWord},
	audit.AlertJudged:            {"detector": factWord, "state": factWord},
	audit.FactorAsked:            {"done": factWord},
	audit.HoneyMarked:            {"of": factKind, "record": factIDs, "marked": factWord},
	audit.AccountFrozen:          {"why": factWord},
	audit.AccountThawed:          {"by": factWord},
	audit.MailAsked:              {"mail": factIDs},
	audit.MailSent:               {"of": factWord, "mail": factIDs, "to": factText},
	audit.MailFailed:             {"of": factWord, "mail": factIDs, "state": factWord, "why": factWord},
	audit.Checked:                {"entries": factNumber, "findings": factNumber},
	audit.PartsErased:            {"of": factKind, "record": factIDs, "file": factText},
	audit.Traced:                 {"file": factText, "rows": factNumber, "recognised": factNumber, "named": factNumber, "canaries": factNumber},
	audit.WatermarkTraced:        {"sessions": factNumber},
	audit.Rekeyed:                {"keys": factWord, "values": factNumber},
	audit.Setup:                  {"people": factNumber, "units": factNumber},
	audit.DraftChanged:           {"name": factText},
	audit.SandboxUsed:            {"kind": factKind, "records": factIDs},
	audit.AwaySet:                {"stand_in": factPerson, "from": factAt, "back": factFlag},
	audit.OrgChanged:             {"created": factFlag, "before": factFlag, "after": factName, "deleted": factFlag, "position": factName, "deleted_position": factName, "reorganised": factFlag},
	audit.WatchChanged:           {"detectors": factFlag, "stream": factFlag},
	audit.Import:                 {"into": factKind, "uploaded": factFlag, "dry": factFlag, "reverting": factFlag, "reverted": factFlag, "looked_up": factNumber},
	audit.FactorAdded:            {"begun": factFlag},
	audit.Action(policy.Figures): {"release": factFlag, "key": factFlag},
	audit.Explain:                {"action": factWord, "who_can": factWord, "access": factFlag, "matrix": factFlag, "organisation": factFlag, "people": factNumber},
	audit.PolicyChanged: {
		"mark_settings": factFlag, "emergency_settings": factFlag, "reveal_settings": factFlag, "statistics_settings": factFlag, "sign_in_settings": factFlag,
		"watermark": factFlag, "export_limits": factFlag, "chain": factFlag, "routing": factFlag, "stages": factKind, "created": factFlag, "deleted": factFlag,
	},
	audit.Requested:           {"type": factWord, "page": factText},
	audit.RequestDecided:      {"type": factWord},
	audit.RequestExpired:      {"type": factWord},
	audit.RequestWithdrawn:    {"type": factWord},
	audit.Action(policy.Edit): {"team": factWord},
}

// factsOf are the facts of an entry. What is of another form than the program writes is not told.
func (v *view) factsOf(e *foundEntry) ([]AuditFact, error) {
	var detail map[string]json.RawMessage
	if err := json.Unmarshal(e.detail, &detail); err != nil {
		return nil, err
	}
	var out []AuditFact
	for _, name := range sorted(keysOf(detail)) {
		sort, told := auditFacts[audit.Action(e.action.String)][name]
		if !told {
			sort, told = auditFacts[""][name]
		}
		if fact, ok := v.fact(name, sort, detail[name]); told && ok && !slices.Contains(workActs, audit.Action(e.action.String)) {
			out = append(out, fact)
		}
	}
	return out, nil
}

// fact reads one; not ok is one that says nothing.
func (v *view) fact(name string, sort factSort, value json.RawMessage) (f AuditFact, ok bool) {
	f.Key = name
	text := strings.Trim(string(value), `"`)
	if text == "" || text == "null" {
		return f, false
	}
	read := func(into any) bool { return json.Unmarshal(value, into) == nil }
	switch sort {
	case factText:
		ok = read(&f.Text)
	case factWord:
		f.Word, ok = text, value[0] == '"' || text == "true" || text == "false"
	case factFlag:
		f.Key, f.Word, ok = "what", name, text != "false" && text != "0"
	case factNumber:
		var list []json.RawMessage
		var n int64
		if read(&list) {
			n = int64(len(list))
		} else if !read(&n) {
			return f, false
		}
		f.Number, ok = &n, true
	case factPerson:
		f.Person = &Name{}
		ok = read(&f.Person.ID) && f.Person.ID != 0
	case factKind:
		f.Label = v.auditKind(policy.Kind(text))
		ok = f.Label != records.Label{}
	case factIDs:
		var one policy.ID
		if !read(&f.IDs) {
			f.IDs = nil
			if read(&one) && one != 0 {
				f.IDs = []policy.ID{one}
			}
		}
		ok = len(f.IDs) > 0
	case factAt:
		f.At = &time.Time{}
		ok = read(f.At) && !f.At.IsZero()
	case factName:
		var named struct {
			Name  string
			Label records.Label
		}
		if ok = read(&named) && (named.Name != "" || named.Label != records.Label{}); ok {
			f.Text, f.Label = named.Name, named.Label
		}
	}
	return f, ok
}

// auditKinds are what entries are about that is no kind of records.
var auditKinds = map[policy.Kind]records.Label{
	records.RefPerson: {ZH: "员工", EN: "person"},
	records.RefUnit:   {ZH: "部门", EN: "unit"},
	records.RefPool:   {ZH: "公海", EN: "pool"},
	kindGrant:         {ZH: "临时权限", EN: "grant"},
	kindSandbox:       {ZH: "沙箱", EN: "sandbox"},
	auditErased:       {ZH: "日志条目", EN: "entries of the log"},
}

// auditKind is what an entry calls what it is about.
func (v *view) auditKind(kind policy.Kind) records.Label {
	if label := v.kindLabel(kind); label != (records.Label{}) {
		return label
	}
	return auditKinds[kind]
}

// auditTitle is what the organisation calls what an entry is about, where that is no record.
func (v *view) auditTitle(kind policy.Kind, id policy.ID) string {
	switch kind {
	case records.RefUnit:
		unit, _ := v.tree.Unit(id)
		return unit.Name
	case records.RefPool:
		if pool := v.pool(id); pool != nil {
			return pool.Name
		}
	}
	return ""
}
