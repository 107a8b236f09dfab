package trial

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"time"
)

// staff is somebody of the sample company, with what trials do to them.
type staff struct {
	*Person
	base string
}

func (s staff) get(ctx context.Context, path string, out any) error {
	return s.Call(ctx, "GET", s.base+"/api/v1"+path, nil, nil, out)
}

// put sends a change, with the version it is meant for when there is one.
func (s staff) put(ctx context.Context, method, path string, version int64, body, out any) error {
	header := map[string]string{}
	if version > 0 {
		header["If-Match"] = strconv.Quote(strconv.FormatInt(version, 10))
	}
	return s.Call(ctx, method, s.base+"/api/v1"+path, header, body, out)
}

// toggles prepares one right of each sort: by a rule, by a unit's place in the tree, by an
// appointment, by a grant, by a sandbox, and in an emergency; to reveal a field; to figures without rows;
// and to be let in at all, by an account and from a device. All of them are changed on the first server.
func (s Stales) toggles(ctx context.Context) ([]*toggle, error) {
	base := s.Servers[0]
	var who [2]staff
	for i, login := range []string{Admin, Boss} {
		p, err := SignIn(ctx, base, login)
		if err != nil {
			return nil, err
		}
		who[i] = staff{p, base}
	}
	admin, boss := who[0], who[1]
	w := &scene{admin: admin, boss: boss}
	var out []*toggle
	for _, make := range []func(context.Context) (*toggle, error){w.byRule, w.byUnit, w.byAppointment, w.byGrant, w.bySandbox, w.byEmergency,
		w.revealing, w.figuresAlone, w.byAccount, w.byDevice} {
		t, err := make(ctx)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// scene is the sample company as the trial changes it.
type scene struct{ admin, boss staff }

// person finds somebody's id and home unit.
func (w *scene) person(ctx context.Context, login string) (id, unit string, err error) {
	var page Page
	query := url.Values{"filter": {"r.login == " + strconv.Quote(login)}}
	if err := w.boss.get(ctx, "/records/person?"+query.Encode(), &page); err != nil {
		return "", "", err
	}
	if len(page.Items) != 1 {
		return "", "", fmt.Errorf("there is no %s in the sample company", login)
	}
	unit, _ = page.Items[0].Fields["unit"].(string)
	return page.Items[0].ID, unit, nil
}

// customer makes a record for a toggle, with a number of employees to sum.
func (w *scene) customer(ctx context.Context, title string, fields map[string]any) (string, error) {
	all := map[string]any{"name": title, "employees": 7}
	for name, value := range fields {
		all[name] = value
	}
	var item Item
	err := w.boss.put(ctx, "POST", "/records/customer", 0, map[string]any{"fields": all}, &item)
	return item.ID, err
}

var plainGeneral = []map[string]any{{"class": "general", "level": "plain"}}

// byRule gives an accountant's colleague one customer by a sharing rule, and deletes the rule.
func (w *scene) byRule(ctx context.Context) (*toggle, error) {
	const reader, title = "litt", "撤权试验甲公司"
	person, _, err := w.person(ctx, reader)
	if err != nil {
		return nil, err
	}
	id, err := w.customer(ctx, title, nil)
	if err != nil {
		return nil, err
	}
	rule := map[string]any{
		"effect": "permit", "who": map[string]any{"any": []map[string]any{{"person": person}}}, "kind": "customer", "actions": []string{"read"},
		"where": map[string]any{"path": "all"}, "when": map[string]any{"op": "eq", "field": "name", "value": map[string]any{"text": title}},
		"fields": plainGeneral, "scene": "撤权试验",
	}
	return &toggle{name: "rule", reader: reader, record: id, title: title,
		give: func(ctx context.Context) error { return w.admin.put(ctx, "PUT", "/policy/rules/trial", 0, rule, nil) },
		take: func(ctx context.Context) error { return w.admin.put(ctx, "DELETE", "/policy/rules/trial", 0, nil, nil) },
	}, nil
}

// unit is what a trial reads of the tree.
type unit struct {
	ID      string      `json:"id"`
	Version json.Number `json:"version"`
	Parent  string      `json:"parent"`
	Name    string      `json:"name"`
}

// byUnit moves a store out of a head's region and back.
func (w *scene) byUnit(ctx context.Context) (*toggle, error) {
	const reader, title = "huangjg", "撤权试验乙公司"
	_, region, err := w.person(ctx, reader)
	if err != nil {
		return nil, err
	}
	var tree struct {
		Items []unit `json:"items"`
	}
	if err := w.admin.get(ctx, "/org/units", &tree); err != nil {
		return nil, err
	}
	var root string
	for _, u := range tree.Items {
		if u.Parent == "" {
			root = u.ID
		}
	}
	var store unit
	made := map[string]any{"parent": root, "name": "试验门店", "type": "store"}
	if err := w.admin.put(ctx, "POST", "/org/units", 0, made, &store); err != nil {
		return nil, err
	}
	id, err := w.customer(ctx, title, map[string]any{"unit": store.ID})
	if err != nil {
		return nil, err
	}
	move := func(parent string) func(context.Context) error {
		return func(ctx context.Context) error {
			version, err := store.Version.Int64()
			if err != nil {
				return err
			}
			return w.admin.put(ctx, "PATCH", "/org/units/"+store.ID, version, map[string]any{"parent": parent}, &store)
		}
	}
	return &toggle{name: "unit", reader: reader, record: id, title: title, give: move(region), take: move(root)}, nil
}

// byAppointment ends the appointment by which a seller sells, and makes a new one.
func (w *scene) byAppointment(ctx context.Context) (*toggle, error) {
	const reader, title = Seller, "撤权试验丙公司"
	person, home, err := w.person(ctx, reader)
	if err != nil {
		return nil, err
	}
	var held struct {
		Items []struct {
			ID       string      `json:"id"`
			Version  json.Number `json:"version"`
			State    string      `json:"state"`
			Position struct {
				Code string `json:"code"`
			} `json:"position"`
		} `json:"items"`
	}
	if err := w.admin.get(ctx, "/org/appointments?person="+person, &held); err != nil {
		return nil, err
	}
	id, err := w.customer(ctx, title, map[string]any{"owner": person, "unit": home})
	if err != nil {
		return nil, err
	}
	var current struct {
		ID      string      `json:"id"`
		Version json.Number `json:"version"`
	}
	position := ""
	for _, a := range held.Items {
		if a.State != "active" {
			continue
		}
		position, current.ID, current.Version = a.Position.Code, a.ID, a.Version
		version, err := a.Version.Int64()
		if err != nil {
			return nil, err
		}
		// Begin without the right, as the other toggles do.
		if err := w.admin.put(ctx, "DELETE", "/org/appointments/"+a.ID, version, nil, nil); err != nil {
			return nil, err
		}
	}
	if position == "" {
		return nil, fmt.Errorf("%s holds no appointment", reader)
	}
	return &toggle{name: "appointment", reader: reader, record: id, title: title,
		give: func(ctx context.Context) error {
			return w.admin.put(ctx, "POST", "/org/appointments", 0, map[string]any{"person": person, "unit": home, "position": position}, &current)
		},
		take: func(ctx context.Context) error {
			version, err := current.Version.Int64()
			if err != nil {
				return err
			}
			return w.admin.put(ctx, "DELETE", "/org/appointments/"+current.ID, version, nil, nil)
		},
	}, nil
}

// byGrant lends a customer to a trainee for an hour, and revokes the grant.
func (w *scene) byGrant(ctx context.Context) (*toggle, error) {
	const reader, title = "zhuyf", "撤权试验丁公司"
	person, _, err := w.person(ctx, reader)
	if err != nil {
		return nil, err
	}
	id, err := w.customer(ctx, title, nil)
	if err != nil {
		return nil, err
	}
	var current struct {
		ID string `json:"id"`
	}
	return &toggle{name: "grant", reader: reader, record: id, title: title,
		give: func(ctx context.Context) error {
			grant := map[string]any{"receiver": person, "kind": "customer", "records": []string{id}, "actions": []string{"read"}, "fields": plainGeneral,
				"until": time.Now().Add(time.Hour).UTC().Format(time.RFC3339), "purpose": "撤权试验"}
			return w.boss.put(ctx, "POST", "/grants", 0, grant, &current)
		},
		take: func(ctx context.Context) error {
			return w.boss.put(ctx, "DELETE", "/grants/"+current.ID, 0, nil, nil)
		},
	}, nil
}

// bySandbox brings a trainee into a sandbox with a customer in it, and takes them out.
func (w *scene) bySandbox(ctx context.Context) (*toggle, error) {
	const reader, title = "zhuyf", "撤权试验戊公司"
	person, _, err := w.person(ctx, reader)
	if err != nil {
		return nil, err
	}
	id, err := w.customer(ctx, title, nil)
	if err != nil {
		return nil, err
	}
	var box struct {
		ID string `json:"id"`
	}
	err = w.boss.put(ctx, "POST", "/sandboxes", 0, map[string]any{"title": title, "purpose": "撤权试验", "until": time.Now().Add(time.Hour).UTC().Format(time.RFC3339),
		"shares": []any{map[string]any{"kind": "customer", "records": []string{id}, "actions": []string{"read"}, "fields": plainGeneral}}}, &box)
	if err != nil {
		return nil, err
	}
	return &toggle{name: "sandbox", reader: reader, record: id, title: title,
		give: func(ctx context.Context) error {
			return w.boss.put(ctx, "POST", "/sandboxes/"+box.ID+"/members", 0, map[string]any{"members": []any{map[string]any{"person": person, "mode": "view"}}}, nil)
		},
		take: func(ctx context.Context) error {
			return w.boss.put(ctx, "DELETE", "/sandboxes/"+box.ID+"/members/"+person, 0, nil, nil)
		},
	}, nil
}
