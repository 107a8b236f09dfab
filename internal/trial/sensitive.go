package trial

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

// The ways to come by what a right to sensitive data gives: a value that is masked otherwise, figures
// without rows, and the word of the program that one may have them.
const (
	wayReveal     = "reveal"
	wayOffer      = "offer to reveal"
	wayOffers     = "offer to reveal in a list"
	wayStatistics = "statistics"
	wayKinds      = "offer of statistics"
)

// revealed is the telephone number that the trial reveals.
const revealed = "13800004417"

// lookSensitive is look for rights to sensitive data.
func (t *toggle) lookSensitive(ctx context.Context, p staff, way string) (bool, error) {
	switch way {
	case wayReveal:
		var shown struct{ Value string }
		err := p.put(ctx, "POST", "/records/customer/"+t.record+"/reveal", 0, map[string]string{"field": "phone", "reason": "撤权试验"}, &shown)
		if err == nil && shown.Value != revealed {
			err = fmt.Errorf("%q was revealed", shown.Value)
		}
		return may(err, "reveal", "reveal_day")
	case wayOffer:
		var item Item
		err := p.get(ctx, "/records/customer/"+t.record, &item)
		return slices.Contains(item.Reveal, "phone"), err
	case wayOffers:
		var page Page
		err := p.get(ctx, "/records/customer?"+url.Values{"filter": {"r.name == " + strconv.Quote(t.title)}, "fields": {"name,phone"}}.Encode(), &page)
		if err == nil && len(page.Items) != 1 {
			err = fmt.Errorf("%d records stand in the list", len(page.Items))
		}
		return err == nil && slices.Contains(page.Items[0].Reveal, "phone"), err
	case wayStatistics:
		n, err := p.groups(ctx, "/statistics/of/customer?group=industry")
		if err == nil && n == 0 {
			err = errors.New("the statistics have no groups")
		}
		return may(err, "figures", "figures_budget")
	}
	var offer struct{ Kinds []struct{ Kind string } }
	err := p.get(ctx, "/statistics", &offer)
	return slices.ContainsFunc(offer.Kinds, func(k struct{ Kind string }) bool { return k.Kind == "customer" }), err
}

// may tells a right from its absence. The right is asked for first: who is told that the day is used up has it.
func may(err error, without, spent string) (bool, error) {
	var r *Refused
	switch {
	case !errors.As(err, &r):
		return err == nil, err
	case r.Status == http.StatusForbidden && r.Code == without:
		return false, nil
	case r.Code == spent:
		return true, nil
	}
	return false, err
}

// groups counts the groups of figures that tell of a record.
func (s staff) groups(ctx context.Context, path string) (n int, err error) {
	var told struct{ Groups []struct{ Count int } }
	err = s.get(ctx, path, &told)
	for _, g := range told.Groups {
		if g.Count > 0 {
			n++
		}
	}
	return n, err
}

// revealing lets the auditor, who sees telephone numbers masked, have that of one customer shown.
func (w *scene) revealing(ctx context.Context) (*toggle, error) {
	const reader, title = "fengz", "撤权试验庚公司"
	most := map[string]any{"factor": []string{}, "per_day": 1000, "seconds": 30}
	t, err := w.sensitive(ctx, "reveal", reader, "/reveal/settings", most, map[string]any{
		"where": map[string]any{"path": "all"}, "when": map[string]any{"op": "eq", "field": "name", "value": map[string]any{"text": title}},
		"fields": []map[string]any{{"class": "contact", "level": "plain"}}})
	if err != nil {
		return nil, err
	}
	t.title, t.ways = title, []string{wayReveal, wayOffer, wayOffers}
	t.record, err = w.customer(ctx, title, map[string]any{"phone": revealed})
	return t, err
}

// figuresAlone lets a seller have figures of all customers, of which they may read few.
func (w *scene) figuresAlone(ctx context.Context) (*toggle, error) {
	most := map[string]any{"least": 10, "budget": 10_000}
	t, err := w.sensitive(ctx, "figures", "weic", "/statistics/settings", most, map[string]any{"where": map[string]any{"path": "all"}, "fields": plainGeneral})
	if err != nil {
		return nil, err
	}
	t.ways = []string{wayStatistics, wayKinds}
	if t.who, err = SignIn(ctx, w.boss.base, t.reader); err != nil {
		return nil, err
	}
	// The first question of the day makes the release from which all are answered.
	if err := t.give(ctx); err != nil {
		return nil, err
	}
	if saw, err := ask(ctx, t.who, w.boss.base, t, wayStatistics); err != nil || !saw {
		return nil, fmt.Errorf("figures that were permitted: %t, %w", saw, err)
	}
	return t, t.take(ctx)
}

// sensitive sets how much a day has of what an action gives, and permits the action by a rule.
func (w *scene) sensitive(ctx context.Context, action, reader, settings string, most, rule map[string]any) (*toggle, error) {
	person, _, err := w.person(ctx, reader)
	if err != nil {
		return nil, err
	}
	if err := w.admin.Call(ctx, "PUT", w.admin.base+"/api/v1"+settings, map[string]string{"If-Match": "0"}, most, nil); err != nil {
		return nil, fmt.Errorf("%s: %w", settings, err)
	}
	rule["effect"], rule["kind"], rule["actions"], rule["scene"] = "permit", "customer", []string{action}, "撤权试验"
	rule["who"] = map[string]any{"any": []map[string]any{{"person": person}}}
	path := "/policy/rules/trial-" + action
	return &toggle{name: action, reader: reader,
		give: func(ctx context.Context) error { return w.admin.put(ctx, "PUT", path, 0, rule, nil) },
		take: func(ctx context.Context) error { return w.admin.put(ctx, "DELETE", path, 0, nil, nil) },
	}, nil
}
