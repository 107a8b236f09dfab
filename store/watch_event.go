package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"guan/audit"
	"guan/policy"
	"guan/records"
	"guan/signin"
	"guan/watch"
)

// watchEvent is an entry as detectors look at it.
type watchEvent struct {
	watch.Event
	bait policy.ID // the record of it that is marked
}

// actsOf says as what entries count. Entries of other actions are no acts.
var actsOf = map[audit.Action]watch.Act{
	audit.Action(policy.Read): watch.Opened, audit.Downloaded: watch.Opened,
	audit.List: watch.Listed, audit.Action(policy.Export): watch.Exported,
	audit.Action(policy.Reveal): watch.Revealed,
	audit.Action(policy.Create): watch.Worked, audit.Action(policy.Edit): watch.Worked, audit.Action(policy.Delete): watch.Worked,
	audit.Commented: watch.Worked, audit.Attached: watch.Worked, "claim": watch.Worked, "release": watch.Worked, "assign": watch.Worked,
	audit.Refused: watch.Refused, audit.SignIn: watch.Arrived,
}

// unwatched are the kinds that everybody looks up all day: nobody's secret is in them.
var unwatched = []policy.Kind{"", records.System, records.RefPerson, "product"}

// watchEvents makes events of entries, with what the detectors need beside them.
func (t *rtx) watchEvents(ctx context.Context, tenant policy.ID, entries []*audit.Stored) ([]watchEvent, error) {
	var out []watchEvent
	people, sessions := map[policy.ID]bool{}, map[policy.ID]string{}
	baits, err := t.baits(ctx, tenant)
	if err != nil {
		return nil, err
	}
	var exports bool
	for _, e := range entries {
		act, counts := actsOf[audit.Action(e.Action)]
		w := watchEvent{Event: watch.Event{Entry: e.Seq, At: time.UnixMicro(e.At), Person: policy.ID(*e.Actor), Act: act}}
		if e.Kind != nil {
			w.Kind = policy.Kind(*e.Kind)
		}
		if e.Address != "" {
			w.Network = signin.NetworkOf(e.Address)
		}
		switch {
		case !counts, e.OnBehalf != nil && act == watch.Worked:
			continue
		case act == watch.Refused:
			if asksProof(e.Detail) {
				continue
			}
		case act != watch.Arrived && slices.Contains(unwatched, w.Kind):
			continue
		}
		for _, id := range e.Records {
			w.Records = append(w.Records, policy.ID(id))
			if since, marked := baits[mention{w.Kind, policy.ID(id)}]; marked && e.At >= since && act != watch.Listed && act != watch.Refused {
				w.Bait, w.bait = true, policy.ID(id)
			}
		}
		if act == watch.Exported {
			if w.Rows = int64(len(w.Records)); w.Rows == 0 {
				continue // a file was ordered or fetched: its rows have entries of their own
			}
			exports = true
		}
		people[w.Person] = true
		if e.Session != nil {
			sessions[policy.ID(*e.Session)] = ""
			w.Device = "s" + policy.ID(*e.Session).String()
		}
		out = append(out, w)
	}
	if len(out) == 0 {
		return nil, nil
	}
	last, err := t.lastDays(ctx, tenant, slices.Collect(maps.Keys(people)))
	if err != nil {
		return nil, err
	}
	if err := t.devicesOf(ctx, tenant, sessions); err != nil {
		return nil, err
	}
	limits := map[policy.ID]int64{}
	if exports {
		if limits, err = t.limitsOf(ctx, tenant, out); err != nil {
			return nil, err
		}
	}
	for i := range out {
		w := &out[i]
		w.LastDay, w.Limit = last[w.Person], limits[w.Person]
		if w.Device != "" {
			session, _ := policy.ParseID(w.Device[1:])
			w.Device = sessions[session]
		}
	}
	return out, nil
}

// asksProof reports whether somebody was refused only until they prove their second factor.
func asksProof(detail []byte) bool {
	var why struct {
		Code string `json:"code"`
	}
	return json.Unmarshal(detail, &why) == nil && why.Code == factorRequired.Code
}

// devicesOf fills in with which device sessions were opened, where they are still there.
func (t *rtx) devicesOf(ctx context.Context, tenant policy.ID, sessions map[policy.ID]string) error {
	return t.each(ctx, func(rows *sql.Rows) error {
		var session, device policy.ID
		err := rows.Scan(&session, &device)
		sessions[session] = "d" + device.String()
		return err
	}, "SELECT id, device_id FROM session WHERE tenant_id = $1 AND device_id IS NOT NULL AND id IN "+t.listed(2), tenant, idList(slices.Collect(maps.Keys(sessions))))
}

// limitsOf is how many rows those who exported may export in a day.
func (t *rtx) limitsOf(ctx context.Context, tenant policy.ID, events []watchEvent) (map[policy.ID]int64, error) {
	st, err := t.loadState(ctx, tenant)
	if err != nil {
		return nil, err
	}
	out := map[policy.ID]int64{}
	for _, e := range events {
		if _, known := out[e.Person]; known || e.Act != watch.Exported {
			continue
		}
		out[e.Person] = 0
		limit, err := t.exportLimit(ctx, st.view(Actor{Tenant: tenant, Person: e.Person, Channel: "web", Device: "unknown", Network: "unknown"}, t.now))
		if err != nil {
			return nil, err
		}
		if limit != nil {
			out[e.Person] = *limit
		}
	}
	return out, nil
}
