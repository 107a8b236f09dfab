package httpapi_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guan/policy"
	"guan/store"
)

type notice struct {
	ID     policy.ID `json:"id"`
	What   string    `json:"what"`
	Kind   string    `json:"kind"`
	Record policy.ID `json:"record"`
	Title  string    `json:"title"`
	By     *struct{ Name string }
	Read   bool           `json:"read"`
	Detail map[string]any `json:"detail"`
}

type noticePage struct {
	Items  []notice
	Next   string
	Unread int
}

// Somebody is told of what concerns them, sees its title only as long as they may, and nobody reads
// or marks what somebody else is told.
func TestNotices(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss, rival, seller := p.as("boss"), p.as("rival"), p.as("seller")
		boss.post(customers(p.own)+"/team", map[string]any{"person": p.people["rival"].String()}).must(http.StatusNoContent)

		page := into[noticePage](rival.get("/api/v1/notices").must(http.StatusOK))
		if len(page.Items) != 1 || page.Unread != 1 || page.Items[0].What != "team" || page.Items[0].Title != "关山贸易" || page.Items[0].By == nil || page.Items[0].By.Name != "姓boss" || page.Items[0].Read {
			t.Fatalf("the rival is told %+v", page)
		}
		if got := into[noticePage](seller.get("/api/v1/notices")); len(got.Items) != 0 || got.Unread != 0 {
			t.Errorf("the seller is told %+v", got)
		}
		// Somebody else's notice cannot be marked.
		seller.post("/api/v1/notices/read", map[string]any{"ids": []string{page.Items[0].ID.String()}}).must(http.StatusNoContent)
		seller.post("/api/v1/notices/read", map[string]any{"all": true}).must(http.StatusNoContent)
		if n := into[noticePage](rival.get("/api/v1/notices/unread")); n.Unread != 1 {
			t.Errorf("somebody else marked it: %d unread", n.Unread)
		}

		// What one may not see any more does not show, and does not count.
		boss.do("DELETE", customers(p.own)+"/team/"+p.people["rival"].String(), nil).must(http.StatusNoContent)
		if got := rival.get("/api/v1/notices").must(http.StatusOK); bytes.Contains(got.body, []byte("关山贸易")) || into[noticePage](got).Unread != 0 || len(into[noticePage](got).Items) != 0 {
			t.Errorf("a record out of sight is still told: %s", got.body)
		}
		boss.post(customers(p.own)+"/team", map[string]any{"person": p.people["rival"].String()}).must(http.StatusNoContent)

		if got := into[noticePage](rival.get("/api/v1/notices?unread=only")); len(got.Items) != 2 || got.Unread != 2 {
			t.Errorf("the rival has %+v", got)
		}
		rival.post("/api/v1/notices/read", map[string]any{"ids": []string{page.Items[0].ID.String()}}).must(http.StatusNoContent)
		if got := into[noticePage](rival.get("/api/v1/notices?unread=only")); len(got.Items) != 1 || got.Unread != 1 {
			t.Errorf("one was read, there are %+v", got)
		}
		rival.post("/api/v1/notices/read", map[string]any{"all": true}).must(http.StatusNoContent)
		if got := into[noticePage](rival.get("/api/v1/notices")); len(got.Items) != 2 || got.Unread != 0 {
			t.Errorf("all were read, there are %+v", got)
		}
		for _, body := range []map[string]any{{}, {"all": true, "ids": []string{"1"}}} {
			rival.post("/api/v1/notices/read", body).is(http.StatusBadRequest, "notices_which")
		}
		for _, cursor := range []string{"x", "1", "1-0", "1-2x", "-1--1"} {
			rival.get("/api/v1/notices?cursor="+cursor).is(http.StatusBadRequest, "cursor")
		}
	})
}

// The pages of the notices are the whole list, and the end of a job is told.
func TestNoticePages(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss, rival := p.as("boss"), p.as("rival")
		for range 35 {
			boss.post(customers(p.own)+"/team", map[string]any{"person": p.people["rival"].String()}).must(http.StatusNoContent)
		}
		seen := map[policy.ID]bool{}
		cursor := ""
		for pages := 0; ; pages++ {
			page := into[noticePage](rival.get("/api/v1/notices?cursor=" + cursor).must(http.StatusOK))
			for _, n := range page.Items {
				seen[n.ID] = true
			}
			if cursor = page.Next; cursor == "" || pages > 5 {
				break
			}
		}
		if len(seen) != 35 {
			t.Errorf("the pages have %d of 35", len(seen))
		}
		made := into[struct {
			ID policy.ID `json:"id"`
		}](boss.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"}).must(http.StatusAccepted))
		if _, err := p.runner.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
		page := into[noticePage](boss.get("/api/v1/notices").must(http.StatusOK))
		if len(page.Items) != 1 || page.Items[0].What != "job_done" || page.Items[0].Record != made.ID || page.Items[0].Detail["type"] != "export" {
			t.Errorf("the boss is told %+v", page)
		}
	})
}

func searched(r *reply) string {
	var titles []string
	for _, f := range into[ofItems[store.Found]](r.must(http.StatusOK)).Items {
		titles = append(titles, f.Title)
	}
	return strings.Join(titles, " ")
}

// A search finds what one may read by words, pinyin and initials, and nothing by what is masked.
func TestSearch(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss, seller, staff := p.as("boss"), p.as("seller"), p.as("staff")
		find := func(c *client, q string, more ...string) string {
			t.Helper()
			return searched(c.get("/api/v1/search?q=" + url.QueryEscape(q) + strings.Join(more, "")))
		}
		for q, want := range map[string]string{
			"关山": "关山贸易", "贸易": "关山贸易", "guanshan": "关山贸易", "gsmy": "关山贸易", "my": "关山贸易", "maoyi": "关山贸易", "BeiChen": "北辰集团", "山mao": "关山贸易",
			"xilingshanghang": "西岭商行", "xlsh": "西岭商行", "商行": "西岭商行", "xingshang": "", "zzz": "", "-": "",
		} {
			if got := find(boss, q, "&kinds=customer"); got != want {
				t.Errorf("the boss finds by %q: %q, want %q", q, got, want)
			}
		}
		for q, want := range map[string]string{"关山": "关山贸易", "gsmy": "关山贸易", "xlsh": "", "西岭": "", "beichen": ""} {
			if got := find(seller, q, "&kinds=customer"); got != want {
				t.Errorf("the seller finds by %q: %q, want %q", q, got, want)
			}
		}
		for _, q := range []string{"关山", "gsmy", "138"} {
			if got := find(staff, q, "&kinds=customer,contact"); got != "" {
				t.Errorf("staff finds by %q: %q", q, got)
			}
		}
		if got := find(boss, "姓", "&limit=2"); len(strings.Fields(got)) != 2 {
			t.Errorf("a limit of two gives %q", got)
		}
		if got := find(boss, "关山", "&kinds=unicorn"); got != "" {
			t.Errorf("no kind gives %q", got)
		}
		boss.get("/api/v1/search").is(http.StatusBadRequest, "query")

		// A guard masks the name: what it sounds like finds nothing either, in the search as in lists.
		boss.do("PUT", "/api/v1/policy/rules/veil", map[string]any{
			"effect": "forbid", "who": map[string]any{"any": []any{map[string]any{"person": p.people["seller"].String()}}}, "kind": "customer", "actions": []string{"read"},
			"where": map[string]any{"path": "all"}, "fields": []any{map[string]any{"field": "name", "level": "masked"}}, "scene": "试",
		}).must(http.StatusOK)
		for _, q := range []string{"关山", "guanshan", "gsmy", "my"} {
			if got := find(seller, q, "&kinds=customer"); got != "" {
				t.Errorf("a masked name is found by %q: %q", q, got)
			}
			if got := into[ofItems[item]](seller.get("/api/v1/records/customer?q=" + url.QueryEscape(q))); len(got.Items) != 0 {
				t.Errorf("a masked name is listed by %q", q)
			}
		}
	})
}
