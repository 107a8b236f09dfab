package trial

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"guan/access"
	"guan/store"
)

// OldCustomer is one whose name stands in details of old entries.
type OldCustomer struct{ ID, Name string }

// day is one of the log.
const day = 24 * time.Hour

// Aged makes an installation whose log began some days ago, was filled on the days after that, and has a term of 180
// days: what is older waits to be archived. Its boss, who may do everything, is Boss. It returns the customers.
func Aged(ctx context.Context, at Where, began, days int) (customers []OldCustomer, err error) {
	now := time.Now().Add(-time.Duration(began) * day)
	db, err := store.Open(ctx, store.Options{DataDir: at.DataDir, URL: at.URL, Clock: func() time.Time { return now }})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	seals, watch := db.System(store.JobSeal, store.DefaultTenant), db.System(store.JobWatch, store.DefaultTenant)
	if _, err := seals.OpenAuditLog(ctx); err != nil {
		return nil, err
	}
	code, err := db.System(store.JobSetup, store.DefaultTenant).SetupCode(ctx)
	if err != nil {
		return nil, err
	}
	_, boss, err := db.SetUp(ctx, store.DefaultTenant, store.FirstRun{Code: code, Name: "陈年家居", Trade: access.Trades[0].ID, Lang: "zh",
		Admin: store.FirstAdmin{Name: "周敏仪", Login: Boss, Password: Password, SeesAll: true}}, store.Client{Channel: "web", Device: "desktop", Network: "office", Address: "192.0.2.1"})
	if err != nil {
		return nil, err
	}
	session := db.As(boss)
	if _, err := session.SetAuditRetention(ctx, 0, 180); err != nil {
		return nil, err
	}
	for d := range days {
		for n := range 3 {
			name := fmt.Sprintf("旧客户%d之%d号", d, n)
			made, err := session.Create(ctx, "customer", store.Fields{"name": json.RawMessage(strconv.Quote(name))})
			if err != nil {
				return nil, err
			}
			customers = append(customers, OldCustomer{made.ID.String(), name})
			for range 3 {
				if _, err := session.List(ctx, store.ListQuery{Kind: "customer", Filter: "r.name == " + strconv.Quote(name)}); err != nil {
					return nil, err
				}
			}
		}
		if _, err := seals.Seal(ctx); err != nil {
			return nil, err
		}
		for more := true; more; {
			if more, err = watch.Watch(ctx); err != nil {
				return nil, err
			}
		}
		now = now.Add(day)
	}
	return customers, nil
}
