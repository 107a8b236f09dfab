package store

import (
	"context"
	"encoding/base64"
	"fmt"
	"strconv"
	"testing"
	"time"

	"guan/internal/testdb"
	"guan/policy"
)

// Lists go on after a record of any id, and ask about a person of any id: those of data that were brought
// in are large.
func TestListsGoOnAfterLargeIDs(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		const large = policy.ID(1) << 52
		f, ctx := newFirm(t, at), context.Background()
		auditor, cursor := f.browser("auditor").in("").session, strconv.FormatInt(int64(large), 10)
		for name, ask := range map[string]func() error{
			"alerts of somebody": func() error {
				_, err := auditor.Alerts(ctx, AlertQuery{Person: large, Before: large})
				return err
			},
			"requests": func() error {
				_, err := auditor.Requests(ctx, RequestsMine, cursor)
				return err
			},
			"emergencies": func() error {
				_, err := auditor.Emergencies(ctx, EmergencyQuery{Scope: "all", Cursor: cursor})
				return err
			},
			"exports": func() error {
				_, err := auditor.Works(ctx, ExportWork, true, base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d.%d", time.Now().UnixMicro(), large)))
				return err
			},
		} {
			if err := ask(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
