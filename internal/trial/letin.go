package trial

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const letInMost = 100 // the notices of the people should not be what is measured

// letIn makes a seller with a customer of their own, who is let in or not.
func (w *scene) letIn(ctx context.Context, name, reader, title string) (t *toggle, person string, err error) {
	person, home, err := w.person(ctx, reader)
	if err != nil {
		return nil, "", err
	}
	t = &toggle{name: name, reader: reader, title: title, most: letInMost, shut: true}
	if t.record, err = w.customer(ctx, title, map[string]any{"owner": person, "unit": home}); err != nil {
		return nil, "", err
	}
	t.who, err = SignIn(ctx, w.boss.base, reader)
	return t, person, err
}

// byAccount freezes an account by an alert and thaws it: what is signed in goes on then.
func (w *scene) byAccount(ctx context.Context) (*toggle, error) {
	t, person, err := w.letIn(ctx, "account", "ouyangf", "撤权试验辛公司")
	if err != nil {
		return nil, err
	}
	if err := w.boss.put(ctx, "PUT", "/honey/customer/"+t.record, 0, map[string]any{"note": "撤权试验"}, nil); err != nil {
		return nil, fmt.Errorf("a record that nobody has a reason to open: %w", err)
	}
	alert, err := w.alertOf(ctx, t, person)
	if err != nil {
		return nil, err
	}
	if err := w.boss.put(ctx, "DELETE", "/honey/customer/"+t.record, 0, nil, nil); err != nil {
		return nil, err
	}
	t.give = func(ctx context.Context) error {
		return w.admin.put(ctx, "POST", "/org/people/"+person+"/thaw", 0, nil, nil)
	}
	t.take = func(ctx context.Context) error {
		return w.boss.put(ctx, "POST", "/alerts/"+alert+"/freeze", 0, nil, nil)
	}
	return t, t.take(ctx)
}

// alertOf has the reader open the record until that is told: the first look at the log only teaches.
func (w *scene) alertOf(ctx context.Context, t *toggle, person string) (string, error) {
	for began := time.Now(); time.Since(began) < longest; time.Sleep(100 * time.Millisecond) {
		if err := (staff{t.who, w.boss.base}).get(ctx, "/records/customer/"+t.record, nil); err != nil {
			return "", err
		}
		var page struct{ Items []struct{ ID string } }
		if err := w.boss.get(ctx, "/alerts?detector=honey&person="+person, &page); err != nil {
			return "", err
		}
		if len(page.Items) > 0 {
			return page.Items[0].ID, nil
		}
	}
	return "", errors.New("no alert tells who opened what nobody has a reason to open")
}

// byDevice blocks the device somebody is signed in from, admits it, and has them sign in anew.
func (w *scene) byDevice(ctx context.Context) (*toggle, error) {
	t, person, err := w.letIn(ctx, "device", "liuzq", "撤权试验壬公司")
	if err != nil {
		return nil, err
	}
	var devices struct {
		Items []struct {
			ID       string `json:"id"`
			Sessions int    `json:"sessions"`
		} `json:"items"`
	}
	path := "/org/people/" + person + "/devices"
	if err := w.admin.get(ctx, path, &devices); err != nil {
		return nil, err
	}
	device := ""
	for _, d := range devices.Items {
		if d.Sessions > 0 {
			device = d.ID
		}
	}
	if device == "" {
		return nil, fmt.Errorf("%s is signed in from no device", t.reader)
	}
	path += "/" + device
	t.give = func(ctx context.Context) error {
		if err := w.admin.put(ctx, "POST", path+"/admit", 0, nil, nil); err != nil {
			return err
		}
		return t.who.signIn(ctx, w.admin.base)
	}
	t.take = func(ctx context.Context) error { return w.admin.put(ctx, "POST", path+"/block", 0, nil, nil) }
	return t, t.take(ctx)
}
