package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"guan/audit"
	"guan/grants"
	"guan/policy"
	"guan/records"
	"guan/sheet"
)

// SandboxStatement says what was seen and changed in a sandbox, and by whom, as the audit log has it;
// also while the sandbox runs.
type SandboxStatement struct {
	Sandbox policy.ID         `json:"sandbox"`
	Title   string            `json:"title"`
	At      time.Time         `json:"at"` // up to when
	State   grants.State      `json:"state"`
	Mine    bool              `json:"mine"` // of who asks alone
	Totals  StatementTotals   `json:"totals"`
	Members []MemberStatement `json:"members"`
	More    bool              `json:"more"` // there is more in the audit log than was read

	mark *Watermark // of the session that asked, for a file
}

// StatementTotals counts over some records, each once.
type StatementTotals struct {
	Opened  int `json:"opened"`
	Listed  int `json:"listed"`
	Changed int `json:"changed"`
	Files   int `json:"files"`   // of which files were downloaded
	Refused int `json:"refused"` // exports, each time
}

// MemberStatement is the part of one person.
type MemberStatement struct {
	Person  Name            `json:"person"`
	Joined  *time.Time      `json:"joined,omitempty"` // first; of the sponsor none
	Left    *time.Time      `json:"left,omitempty"`   // at last, before the end
	Totals  StatementTotals `json:"totals"`
	Records []StatementLine `json:"records"`
}

// StatementLine is one record in somebody's hands.
type StatementLine struct {
	Kind    policy.Kind      `json:"kind"`
	Label   records.Label    `json:"label"` // of the kind
	Record  policy.ID        `json:"record"`
	Title   string           `json:"title,omitempty"` // empty when who asks may not read it
	Opened  int              `json:"opened"`          // how often
	Listed  int              `json:"listed"`
	Changed int              `json:"changed"` // with what was said and sent below it
	Files   int              `json:"files"`   // downloads
	Refused int              `json:"refused"`
	Fields  []StatementField `json:"fields"` // that were changed, as far as who asks may know of them
	First   time.Time        `json:"first"`
	Last    time.Time        `json:"last"`
}

// StatementField is a field by name.
type StatementField struct {
	Name  string        `json:"name"`
	Label records.Label `json:"label"`
}

// maxUses bounds how much of the audit log a statement reads.
const maxUses = 50_000

// SandboxStatement tells the sponsor of a sandbox, and who administers or audits the policy, what each
// of its members saw and changed by it, and each member their own part. Faults: NotFound.
func (s *Session) SandboxStatement(ctx context.Context, id policy.ID) (*SandboxStatement, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var out *SandboxStatement
	var seen *view
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		box, err := t.knownSandbox(ctx, v, id)
		if err != nil {
			return err
		}
		me := v.bound.Subject().Person
		out, seen = &SandboxStatement{Sandbox: id, Title: box.Title, At: v.now, State: box.At(v.now), Members: []MemberStatement{}}, v
		out.Mine = box.Sponsor != me && !v.may("policy") && !v.may("audit")
		people := []policy.ID{box.Sponsor}
		for _, m := range box.Members {
			if !slices.Contains(people, m.Person) {
				people = append(people, m.Person)
			}
		}
		if out.Mine {
			people = []policy.ID{me}
		}
		uses, err := t.sandboxUses(ctx, v, id, out)
		if err != nil {
			return err
		}
		return t.tellStatement(ctx, v, box, people, uses, out)
	})
	if err != nil {
		return nil, err
	}
	entries := append(seen.beside(string(kindSandbox)), audit.Entry{Action: audit.SandboxChanged, Kind: kindSandbox, Record: id, Detail: map[string]any{"what": "statement"}})
	return out, s.db.auditRead(ctx, s.actor, entries...)
}

// SandboxStatementFile is SandboxStatement to take along: it says whose it is. It takes a session.
func (s *Session) SandboxStatementFile(ctx context.Context, id policy.ID) (*SandboxStatement, error) {
	mark, err := s.watermark(ctx)
	if err != nil {
		return nil, err
	}
	out, err := s.SandboxStatement(ctx, id)
	if err == nil {
		out.mark = mark
	}
	return out, err
}

type lineKey struct {
	person policy.ID
	kind   policy.Kind
	record policy.ID
}

// sandboxUses sums up the trail of a sandbox, by person and record; record 0 stands for exports that
// were refused as a whole.
func (t *rtx) sandboxUses(ctx context.Context, v *view, id policy.ID, out *SandboxStatement) (map[lineKey]*StatementLine, error) {
	uses := map[lineKey]*StatementLine{}
	n := 0
	err := t.each(ctx, func(rows *sql.Rows) error {
		var at int64
		var person policy.ID
		var fields, detail []byte
		if err := rows.Scan(&at, &person, &fields, &detail); err != nil {
			return err
		}
		if n++; n > maxUses {
			out.More = true
			return nil
		}
		var d struct {
			What    string      `json:"what"`
			Kind    policy.Kind `json:"kind"`
			Records []policy.ID `json:"records"`
		}
		var changed []string
		if err := json.Unmarshal(detail, &d); err != nil {
			return err
		}
		if err := json.Unmarshal(fields, &changed); err != nil {
			return err
		}
		if len(d.Records) == 0 {
			d.Records = []policy.ID{0}
		}
		when := time.UnixMicro(at).UTC()
		for _, record := range d.Records {
			key := lineKey{person, d.Kind, record}
			line := uses[key]
			if line == nil {
				line = &StatementLine{Kind: d.Kind, Record: record, Fields: []StatementField{}, First: when}
				uses[key] = line
			}
			line.Last = when
			switch d.What {
			case "opened":
				line.Opened++
			case "listed":
				line.Listed++
			case "beneath":
				line.Opened = max(line.Opened, 1)
			case "downloaded":
				line.Files++
			case "said":
				line.Changed++
			case "refused":
				line.Refused++
			case "changed":
				line.Changed++
				for _, name := range changed {
					if !slices.ContainsFunc(line.Fields, func(f StatementField) bool { return f.Name == name }) {
						line.Fields = append(line.Fields, StatementField{Name: name})
					}
				}
			}
		}
		return nil
	}, `SELECT e.at, coalesce(e.actor_id, 0), e.fields, e.detail
		FROM audit_record a JOIN audit_entry e ON e.tenant_id = a.tenant_id AND e.seq = a.seq
		WHERE a.tenant_id = $1 AND a.kind = 'sandbox' AND a.record_id = $2 AND e.action = 'sandbox_used' ORDER BY a.seq LIMIT $3`, v.tenant, id, maxUses+1)
	return uses, err
}

// tellStatement puts it together for those people, with the titles that who asks may read.
func (t *rtx) tellStatement(ctx context.Context, v *view, box *grants.Sandbox, people []policy.ID, uses map[lineKey]*StatementLine, out *SandboxStatement) error {
	names := map[policy.ID]string{}
	if err := t.directoryNames(ctx, v.tenant, people, names); err != nil {
		return err
	}
	total := map[lineKey]*StatementLine{}
	wanted := map[policy.Kind][]policy.ID{}
	for key, line := range uses {
		if slices.Contains(people, key.person) && key.record != 0 {
			wanted[key.kind] = append(wanted[key.kind], key.record)
			line.Fields = v.toldChanges(key.kind, line.Fields)
		}
	}
	titles := map[policy.Kind]map[policy.ID]string{}
	for kind, ids := range wanted {
		slices.Sort(ids)
		var err error
		if titles[kind], err = t.titles(ctx, v, kind, slices.Compact(ids)); err != nil {
			return err
		}
	}
	for _, person := range people {
		one := MemberStatement{Person: Name{ID: person, Name: names[person]}, Records: []StatementLine{}}
		_, end := box.Window()
		for _, m := range box.Members {
			if m.Person != person {
				continue
			}
			if one.Joined == nil {
				one.Joined = &m.Joined
			}
			if one.Left = nil; m.Left != nil && !m.Left.After(v.now) && m.Left.Before(end) {
				one.Left = m.Left
			}
		}
		for key, line := range uses {
			if key.person != person {
				continue
			}
			one.Totals.add(line)
			all := lineKey{kind: key.kind, record: key.record}
			if total[all] == nil {
				total[all] = &StatementLine{Record: line.Record}
			}
			total[all].Opened += line.Opened
			total[all].Listed += line.Listed
			total[all].Changed += line.Changed
			total[all].Files += line.Files
			total[all].Refused += line.Refused
			if k := v.catalog.Kind(key.kind); key.record != 0 && k != nil {
				line.Label, line.Title = k.Label, titles[key.kind][key.record]
				one.Records = append(one.Records, *line)
			}
		}
		if one.Joined == nil && len(one.Records) == 0 && one.Totals.Refused == 0 {
			continue // a sponsor who opened nothing that others put in
		}
		slices.SortFunc(one.Records, func(a, b StatementLine) int {
			return cmp.Or(b.Last.Compare(a.Last), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Record, b.Record))
		})
		out.Members = append(out.Members, one)
	}
	for _, line := range total {
		out.Totals.add(line)
	}
	return nil
}

func (n *StatementTotals) add(line *StatementLine) {
	if line.Opened > 0 {
		n.Opened++
	}
	if line.Listed > 0 {
		n.Listed++
	}
	if line.Changed > 0 {
		n.Changed++
	}
	if line.Files > 0 {
		n.Files++
	}
	n.Refused += line.Refused
}

// toldChanges labels fields, and leaves out those that do not exist for who asks.
func (v *view) toldChanges(kind policy.Kind, fields []StatementField) []StatementField {
	known := v.knownCatalog().Kind(kind)
	told := []StatementField{}
	for _, f := range fields {
		if known != nil && known.Field(f.Name) != nil {
			told = append(told, StatementField{f.Name, known.Field(f.Name).Label})
		}
	}
	return told
}

// WriteTo writes a statement as a table, in one language and the time of the company, a line for each record in
// somebody's hands. It names records, so it ends as a page does that is printed: with who took it, when, and the code
// of their session.
func (x *SandboxStatement) WriteTo(to sheet.Writer, lang string) error {
	headings := []string{"成员", "业务表", "记录编号", "记录", "打开次数", "列表中显示次数", "修改次数", "修改的字段", "下载文件次数", "未能导出次数", "首次", "最近"}
	comma := "、"
	if lang == "en" {
		comma = ", "
		headings = []string{"Member", "Kind", "Record id", "Record", "Opened", "Shown in lists", "Changed", "Fields changed", "Files downloaded", "Kept from a file", "First", "Last"}
	}
	if err := to.Header(headings); err != nil {
		return err
	}
	for _, m := range x.Members {
		for _, r := range m.Records {
			var fields []string
			for _, f := range r.Fields {
				fields = append(fields, f.Label.In(lang))
			}
			count := func(n int) sheet.Cell { return sheet.Number(float64(n)) }
			err := to.Row([]sheet.Cell{sheet.Text(m.Person.Name), sheet.Text(r.Label.In(lang)), sheet.Text(r.Record.String()), sheet.Text(r.Title),
				count(r.Opened), count(r.Listed), count(r.Changed), sheet.Text(strings.Join(fields, comma)), count(r.Files), count(r.Refused), sheet.Time(r.First.In(chinaTime)), sheet.Time(r.Last.In(chinaTime))})
			if err != nil {
				return err
			}
		}
	}
	if m := x.mark; m != nil {
		last := make([]sheet.Cell, len(headings))
		for i := range last {
			last[i] = sheet.Text("")
		}
		word := "水印码"
		if lang == "en" {
			word = "watermark"
		}
		last[0] = sheet.Text(fmt.Sprintf("%s (%s) · %s · %s %s", m.Name, m.Tail, m.At.In(chinaTime).Format("2006-01-02 15:04"), word, m.Code))
		if err := to.Row(last); err != nil {
			return err
		}
	}
	return to.Close()
}
