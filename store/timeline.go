package store

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// The timeline is one stream of what has to do with a record. It has several sources, each with the
// gate of what it tells of: records that point here are read like a list of their kind, changes are
// told as far as the field shows now, what was said and sent to who sees what was said, and who was
// given access to who may know it. Every source gives what stands before a place in the common
// order, so what one may not see leaves no gap: there is nothing that was taken out.

// TimelineQuery asks for a page of the timeline of a record.
type TimelineQuery struct {
	Kind   policy.Kind
	ID     policy.ID
	What   []string // of TimelineParts; nil: all
	Limit  int      // 1 to 100; 0: 30
	Cursor string
}

// TimelineParts are the parts of a timeline that can be asked for alone.
var TimelineParts = []string{"activities", "related", "changes", "permissions", "comments", "files"}

// Timeline is a page of it, the newest first.
type Timeline struct {
	Items []Happening `json:"items"`
	Next  string      `json:"next,omitempty"`
	// ArchivedBefore is of the last page, for who audits: changes up to then lie in archives of the audit log.
	ArchivedBefore *time.Time `json:"archived_before,omitempty"`
}

// Happening is one entry. Type says which of the other members there are.
type Happening struct {
	ID   string    `json:"id"` // within the timeline
	Type string    `json:"type"`
	At   time.Time `json:"at"`
	By   *Name     `json:"by,omitempty"` // as far as the reader may know whose doing it was

	Relation string        `json:"relation,omitempty"` // record: how it points here
	Item     *Item         `json:"item,omitempty"`
	Changes  []FieldChange `json:"changes,omitempty"` // changed
	Act      string        `json:"act,omitempty"`     // changed: by claim, release, assign, recycled or tagged; glass_reviewed: the verdict
	Reason   string        `json:"reason,omitempty"`  // why it was released, or opened in an emergency
	Why      string        `json:"why,omitempty"`     // recycled: idle, no_deal or leaver
	Comment  *Comment      `json:"comment,omitempty"`
	File     *Attachment   `json:"file,omitempty"`
	Access   *AccessChange `json:"access,omitempty"`   // joined, left, given, revoked, and of emergencies glass_opened, glass_ended, glass_reviewed
	Handover *HandoverMark `json:"handover,omitempty"` // handed
	Merge    *MergeMark    `json:"merge,omitempty"`    // merged
}

// FieldChange is a field that got another value. Values stand there when the field is plain for the
// reader now and its history is kept (that of the general class alone); previews where it is masked.
type FieldChange struct {
	Field    string            `json:"field"`
	Old      any               `json:"old,omitempty"`
	New      any               `json:"new,omitempty"`
	Masked   bool              `json:"masked,omitempty"`
	Withheld bool              `json:"withheld,omitempty"` // it changed; from what to what is not kept
	Titles   map[string]string `json:"titles,omitempty"`   // of what old and new refer to, by id
}

// AccessChange says whose access to the record changed.
type AccessChange struct {
	Person  Name            `json:"person"`
	Actions []policy.Action `json:"actions,omitempty"`
	Until   *time.Time      `json:"until,omitempty"`
}

// place is a position in the order of time and id of one source.
type place struct{ at, id int64 }

var latest = place{math.MaxInt64, math.MaxInt64}

// timelineCursor is the last entry shown: when, of which source, and which of it.
type timelineCursor struct {
	At     int64  `json:"a"`
	Source string `json:"s"`
	ID     int64  `json:"i"`
}

func parseTimelineCursor(text string) (*timelineCursor, error) {
	if text == "" {
		return nil, nil
	}
	var c timelineCursor
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(raw) > 512 || json.Unmarshal(raw, &c) != nil || c.Source == "" || c.ID <= 0 {
		return nil, badCursor
	}
	return &c, nil
}

func (c timelineCursor) String() string {
	text, err := json.Marshal(c)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// before is where a source goes on: the order is by time, then by the name of the source, then by id.
func (c *timelineCursor) before(source string) place {
	switch {
	case c == nil:
		return latest
	case source > c.Source:
		return place{c.At, math.MaxInt64}
	case source == c.Source:
		return place{c.At, c.ID}
	}
	return place{c.At, 0}
}

// happened is an entry on its way, with its place in the order.
type happened struct {
	Happening
	source string
	at, id int64
	by     policy.ID
}

// source is one of the streams that a timeline is woven from.
type source struct {
	name string
	part string
	read func(ctx context.Context, t *rtx, before place, limit int) ([]happened, error)
}

const (
	timelineLimit = 30
	timelineMax   = 100
)

// Timeline shows a page of what has to do with a record. Faults: NotFound, Invalid.
func (s *Session) Timeline(ctx context.Context, q TimelineQuery) (*Timeline, error) {
	at, err := parseTimelineCursor(q.Cursor)
	if err != nil {
		return nil, err
	}
	if q.Limit == 0 {
		q.Limit = timelineLimit
	}
	if q.Limit < 1 || q.Limit > timelineMax {
		return nil, fault.New(fault.Invalid, "limit", "a limit is a number from 1 to 100").WithAt("limit")
	}
	for _, part := range q.What {
		if !slices.Contains(TimelineParts, part) {
			return nil, fault.New(fault.Invalid, "timeline_part", "a timeline has no such part").WithAt("what")
		}
	}
	var out *Timeline
	var entries []audit.Entry
	err = s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		b, err := t.beneath(ctx, v, q.Kind, q.ID)
		if err != nil {
			return err
		}
		out, entries, err = t.timeline(ctx, v, b, q, at)
		entries = append(entries, b.uses("beneath")...)
		return err
	})
	if err != nil {
		return nil, s.refused(ctx, q.Kind, q.ID, policy.Read, err)
	}
	return out, s.db.auditRead(ctx, s.actor, entries...)
}

func (t *rtx) timeline(ctx context.Context, v *view, b *beneath, q TimelineQuery, at *timelineCursor) (*Timeline, []audit.Entry, error) {
	var all []happened
	for _, src := range v.sources(b) {
		if q.What != nil && !slices.Contains(q.What, src.part) {
			continue
		}
		some, err := src.read(ctx, t, at.before(src.name), q.Limit+1)
		if err != nil {
			return nil, nil, err
		}
		for i := range some {
			some[i].source = src.name
		}
		all = append(all, some...)
	}
	slices.SortFunc(all, func(a, b happened) int {
		return cmp.Or(cmp.Compare(b.at, a.at), cmp.Compare(a.source, b.source), cmp.Compare(b.id, a.id))
	})
	out := &Timeline{Items: []Happening{}}
	if len(all) > q.Limit {
		last := all[q.Limit-1]
		all, out.Next = all[:q.Limit], timelineCursor{last.at, last.source, last.id}.String()
	}
	if err := t.nameHappened(ctx, v, b, all); err != nil {
		return nil, nil, err
	}
	if out.Next == "" && v.may("audit") && (q.What == nil || slices.ContainsFunc(q.What, func(part string) bool { return part == "changes" || part == "permissions" })) {
		var err error
		if out.ArchivedBefore, err = t.archivedSince(ctx, b.kind.Table, v.tenant, b.id); err != nil {
			return nil, nil, err
		}
	}
	detail := map[string]any{"timeline": len(all)}
	if q.What != nil {
		detail["parts"] = q.What
	}
	entries := []audit.Entry{{Action: audit.Action(policy.Read), Kind: b.kind.Name, Record: b.id, Epoch: v.epoch, Rules: b.why, Detail: detail}}
	shown, items, why := map[policy.Kind]*audit.Entry{}, map[policy.Kind][]Item{}, map[policy.Kind][]int{}
	for _, h := range all {
		out.Items = append(out.Items, h.Happening)
		if h.Item == nil {
			continue
		}
		e := shown[h.Item.Kind]
		if e == nil {
			e = &audit.Entry{Action: audit.List, Kind: h.Item.Kind, Epoch: v.epoch, Detail: map[string]any{"beside": string(b.kind.Name)}}
			shown[h.Item.Kind] = e
		}
		why[h.Item.Kind] = append(why[h.Item.Kind], h.Item.why...)
		e.Records, items[h.Item.Kind] = append(e.Records, h.Item.ID), append(items[h.Item.Kind], *h.Item)
		for _, name := range plainNames(h.Item) {
			if !slices.Contains(e.Fields, name) {
				e.Fields = append(e.Fields, name)
			}
		}
	}
	for _, name := range sorted(kindNames(shown)) {
		kind := policy.Kind(name)
		shown[kind].Rules = v.ruleIDs(why[kind])
		entries = append(append(entries, *shown[kind]), usesOf("listed", kind, items[kind])...)
	}
	return out, append(entries, v.beside("timeline")...), nil
}

// nameHappened names the people of a page and what its records refer to.
func (t *rtx) nameHappened(ctx context.Context, v *view, b *beneath, all []happened) error {
	var people []policy.ID
	items := map[policy.Kind][]*Item{}
	for i := range all {
		h := &all[i]
		h.ID, h.At = fmt.Sprintf("%s-%d-%d", h.source, h.at, h.id), time.UnixMicro(h.at).UTC()
		if h.by != 0 {
			people = append(people, h.by)
		}
		if h.Access != nil {
			people = append(people, h.Access.Person.ID)
		}
		people = append(people, h.Handover.people()...)
		if h.Item != nil {
			items[h.Item.Kind] = append(items[h.Item.Kind], h.Item)
		}
	}
	names, err := t.names(ctx, v.tenant, people)
	if err != nil {
		return err
	}
	for _, kind := range sorted(kindNames(items)) {
		list := make([]Item, len(items[policy.Kind(kind)]))
		for i, it := range items[policy.Kind(kind)] {
			list[i] = *it
		}
		if err := t.link(ctx, v, v.catalog.Kind(policy.Kind(kind)), list); err != nil {
			return err
		}
		for i, it := range items[policy.Kind(kind)] {
			*it = list[i]
		}
	}
	for i := range all {
		h := &all[i]
		if h.by != 0 {
			h.By = &Name{ID: h.by, Name: names[h.by]}
		}
		if h.Access != nil {
			h.Access.Person.Name = names[h.Access.Person.ID]
		}
		h.Handover.name(names)
		if err := t.nameChanges(ctx, v, b, h.Changes); err != nil {
			return err
		}
	}
	return nil
}
