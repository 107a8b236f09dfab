package trial

import (
	"context"
	"fmt"
	"strconv"
)

// emergenciesOfDay is how often somebody may open a record in a day at the very most.
const emergenciesOfDay = 50

// byEmergency has a service agent open a customer in an emergency, which is ended early, by themselves
// or their head in turn, and reviewed.
func (w *scene) byEmergency(ctx context.Context) (*toggle, error) {
	const reader, head, title = "pengj", "luoy", "撤权试验己公司"
	var people [2]staff
	for i, login := range []string{reader, head} {
		p, err := SignIn(ctx, w.boss.base, login)
		if err != nil {
			return nil, err
		}
		people[i] = staff{p, w.boss.base}
	}
	id, err := w.customer(ctx, title, nil)
	if err != nil {
		return nil, err
	}
	var settings struct {
		Version int64 `json:"version"`
	}
	if err := w.admin.get(ctx, "/emergencies/settings", &settings); err != nil {
		return nil, err
	}
	often := map[string]any{"minutes": 30, "review_hours": 24, "late_hours": 24, "per_day": emergenciesOfDay, "kinds": []string{"customer"}, "classes": []string{"general"}}
	err = w.admin.Call(ctx, "PUT", w.admin.base+"/api/v1/emergencies/settings", map[string]string{"If-Match": strconv.FormatInt(settings.Version, 10)}, often, nil)
	if err != nil {
		return nil, fmt.Errorf("the settings of emergencies: %w", err)
	}
	var current struct {
		ID string `json:"id"`
	}
	ended := 0
	return &toggle{name: "emergency", reader: reader, record: id, title: title, most: emergenciesOfDay,
		give: func(ctx context.Context) error {
			return people[0].put(ctx, "POST", "/emergencies", 0, map[string]any{"kind": "customer", "record": id, "reason": "撤权试验,客户设备起火"}, &current)
		},
		take: func(ctx context.Context) error {
			ended++
			if err := people[ended%2].put(ctx, "POST", "/emergencies/"+current.ID+"/end", 0, nil, nil); err != nil {
				return err
			}
			return people[1].put(ctx, "POST", "/emergencies/"+current.ID+"/review", 0, map[string]any{"verdict": "justified", "note": "属实"}, nil)
		},
	}, nil
}
