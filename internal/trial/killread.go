package trial

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// looker looks at customers, at lists of them, at what is masked and at a file, and knows which answers arrived whole.
type looker struct {
	account string // a customer with a masked account
	export  string
	answers []shownAnswer
}

// shownAnswer is an answer that arrived: as what it has to stand in the log, and with which records.
type shownAnswer struct {
	number  string // of the request
	action  string
	records []string
}

const lookers = 3

// prepare makes what is looked at: a customer of the seller with an account, which the seller reveals without a second
// factor in this company, and a file.
func (k Kills) prepare(ctx context.Context) ([]*looker, error) {
	server, err := Start(k.Bin, k.Where)
	if err != nil {
		return nil, err
	}
	defer server.Kill()
	var who [3]staff
	for i, login := range []string{Admin, Boss, k.Login} {
		p, err := SignIn(ctx, server.URL, login)
		if err != nil {
			return nil, err
		}
		who[i] = staff{p, server.URL}
	}
	settings := map[string]any{"factor": []string{}, "per_day": 1000, "seconds": 30}
	if err := who[0].Call(ctx, "PUT", server.URL+"/api/v1/reveal/settings", map[string]string{"If-Match": "0"}, settings, nil); err != nil {
		return nil, fmt.Errorf("the settings of revealing: %w", err)
	}
	person, _, err := (&scene{boss: who[1]}).person(ctx, k.Login)
	if err != nil {
		return nil, err
	}
	var item Item
	if err := who[1].put(ctx, "POST", "/records/customer", 0, map[string]any{"fields": map[string]any{"name": "崩溃试验账户", "owner": person, "bank_account": "6222020903001483077"}}, &item); err != nil {
		return nil, err
	}
	order := map[string]any{"kind": "customer", "purpose": "崩溃试验", "format": "csv", "filter": "r.name == " + strconv.Quote("崩溃试验账户"), "fields": []string{"name"}}
	var job struct{ ID, Status string }
	if err := who[2].put(ctx, "POST", "/exports", 0, order, &job); err != nil {
		return nil, fmt.Errorf("an export of %s: %w", k.Login, err)
	}
	for began := time.Now(); job.Status != "done"; time.Sleep(20 * time.Millisecond) {
		if err := who[2].get(ctx, "/exports/"+job.ID, &job); err != nil {
			return nil, err
		}
		if time.Since(began) > longest {
			return nil, fmt.Errorf("the export is %s", job.Status)
		}
	}
	out := make([]*looker, lookers)
	for i := range out {
		out[i] = &looker{account: item.ID, export: job.ID}
	}
	return out, server.Stop()
}

// look goes on until the program is gone, and says each time that an answer has arrived.
func (l *looker) look(ctx context.Context, p *Person, base string, arrived func()) {
	keep := func(action string, number string, records ...string) {
		l.answers = append(l.answers, shownAnswer{number, action, records})
		arrived()
	}
	for n := 0; ; n++ {
		var page Page
		number, err := p.ask(ctx, "GET", base+"/records/customer?limit="+strconv.Itoa(5+n%20), nil, nil, &page)
		if err != nil {
			return
		}
		var ids []string
		for _, it := range page.Items {
			ids = append(ids, it.ID)
		}
		keep("list", number, ids...)
		one := ids[n%len(ids)]
		if number, err = p.ask(ctx, "GET", base+"/records/customer/"+one, nil, nil, nil); err != nil {
			return
		}
		keep("read", number, one)
		var revealed struct{ Value string }
		number, err = p.ask(ctx, "POST", base+"/records/customer/"+l.account+"/reveal", nil, map[string]string{"field": "bank_account", "reason": "崩溃试验"}, &revealed)
		switch {
		case err == nil && revealed.Value != "":
			keep("reveal", number, l.account)
		case Status(err) == 0: // more than a day has is refused
			return
		}
		if number, err = p.ask(ctx, "GET", base+"/exports/"+l.export+"/file", nil, nil, nil); err != nil {
			return
		}
		keep("export", number)
	}
}

// count counts the answers that arrived.
func (k *Killed) count(looks []*looker) {
	k.Shown, k.Reveals = 0, 0
	for _, l := range looks {
		for _, a := range l.answers {
			if a.action == "reveal" {
				k.Reveals++
			} else {
				k.Shown++
			}
		}
	}
}

// shown looks for each answer that arrived in the log, with each record that stood in it.
func (k Kills) shown(ctx context.Context, looks []*looker, out *Killed) error {
	db, err := k.Where.open()
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, `SELECT e.request_id, e.action, coalesce(a.record_id, 0) FROM audit_entry e
		LEFT JOIN audit_record a ON a.tenant_id = e.tenant_id AND a.seq = e.seq AND a.kind = 'customer' WHERE e.action IN ('list', 'read', 'reveal', 'export')`)
	if err != nil {
		return err
	}
	defer rows.Close()
	type line struct{ number, action, record string }
	log := map[line]bool{}
	for rows.Next() {
		var l line
		if err := rows.Scan(&l.number, &l.action, &l.record); err != nil {
			return err
		}
		log[l] = true
		log[line{l.number, l.action, ""}] = true
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, l := range looks {
		for _, a := range l.answers {
			for _, record := range append(a.records, "") {
				if !log[line{a.number, a.action, record}] {
					out.Unaudited = append(out.Unaudited, fmt.Sprintf("request %s (%s) was answered with %q and is not on record", a.number, a.action, record))
				}
			}
		}
	}
	return nil
}
