package httpapi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"guan/approvals"
	"guan/internal/testdb"
	"guan/policy"
	"guan/store"
)

// switchesOn takes a template into a draft as the studio does, for everybody of whom it speaks by their packs,
// and publishes it.
func (p *program) switchesOn(template string) *reply {
	p.t.Helper()
	return p.drafted(func(part templatePart, document map[string]any) {
		holders := func(packs []string) (list []any) {
			for _, a := range document["assignments"].([]any) {
				if a := a.(map[string]any); slices.Contains(packs, a["pack"].(string)) {
					list = append(list, a["who"])
				}
			}
			return list
		}
		who := map[string]any{"any": []any{map[string]any{"everyone": true}}}
		if !slices.Contains(part.For, "*") {
			who["any"] = holders(part.For)
		}
		if except := holders(part.Except); len(except) > 0 {
			who["except"] = except
		}
		part.Rule["who"] = who
	}, template)
}

// hold is the company of the stories about templates that wait for approval: the boss heads it, and staff holds
// the pack of finance.
type hold struct {
	*program
	on func(login string) *client
}

func eachHold(t *testing.T, template string, before func(t *testing.T, h *hold), story func(t *testing.T, h *hold)) {
	t.Helper()
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		p := start(t, at)
		signed := map[string]*client{}
		h := &hold{program: p, on: func(login string) *client {
			if signed[login] == nil {
				signed[login] = p.as(login)
			}
			return signed[login]
		}}
		p.headed("boss")
		p.unmarked()
		p.published(func(document map[string]any) {
			document["assignments"] = append(document["assignments"].([]any), map[string]any{"pack": "finance", "who": map[string]any{"person": p.people["staff"].String()}})
		}).must(200)
		before(t, h)
		p.switchesOn(template).must(200)
		story(t, h)
	})
}

func (h *hold) add(kind string, fields map[string]any) policy.ID {
	h.t.Helper()
	return into[item](h.on("boss").post("/api/v1/records/"+kind, map[string]any{"fields": fields}).must(201)).ID
}

// edits changes fields of a record in the version in which it stands.
func (h *hold) edits(who, kind string, id policy.ID, fields map[string]any) *reply {
	h.t.Helper()
	path := "/api/v1/records/" + kind + "/" + id.String()
	version := into[item](h.on("boss").get(path).must(200)).Version
	return h.on(who).do("PATCH", path, map[string]any{"fields": fields}, "If-Match", fmt.Sprint(version))
}

// held wants a refusal that names the type of request with which to ask.
func (h *hold) held(r *reply, typ string) {
	h.t.Helper()
	if got := r.is(403, "needs_approval").problem().Params["type"]; got != typ {
		h.t.Errorf("%s is asked for as %v, not %s", r.asked, got, typ)
	}
}

// asks makes a request, which waits for these people and nobody else, and has them approve one after the
// other; nothing comes of it before the last of them did.
func (h *hold) asks(who, typ string, what map[string]any, pending func(), deciders ...string) store.Request {
	h.t.Helper()
	r := into[store.Request](h.on(who).post("/api/v1/requests", map[string]any{"type": typ, "purpose": "业务需要", typ: what}).must(201))
	path := "/api/v1/requests/" + r.ID.String()
	for i, next := range deciders {
		if r.State != approvals.Pending {
			h.t.Fatalf("%s: %+v", typ, r)
		}
		pending()
		// Who comes later in the chain, and who asked, are refused until then.
		for _, other := range []string{"rival", who} {
			if got := h.on(other).post(path+"/approve", map[string]any{}); got.status != 403 && got.status != 404 {
				h.t.Errorf("%s approves %s: %d", other, typ, got.status)
			}
		}
		r = into[store.Request](h.on(next).post(path+"/approve", map[string]any{}).must(200))
		if last := i == len(deciders)-1; (r.State == approvals.Approved) != last || r.Void != "" {
			h.t.Fatalf("after %s the request is %s (%s)", next, r.State, r.Void)
		}
	}
	return r
}

func (h *hold) exports(who string, fields []string, filter string) *reply {
	h.t.Helper()
	return h.on(who).post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv", "fields": fields, "filter": filter})
}

func (h *hold) file(who string, asked *reply) string {
	h.t.Helper()
	return string(h.on(who).get(h.on(who).ordered("exports", asked).FileURL).must(200).body)
}

// approvedFile is what comes of an approved export, for who asked and for nobody else.
func (h *hold) approvedFile(who string, r store.Request) string {
	h.t.Helper()
	h.works()
	job := into[store.Request](h.on(who).get("/api/v1/requests/" + r.ID.String()).must(200)).Job
	path := "/api/v1/exports/" + job.String() + "/file"
	h.on("rival").get(path).is(404, "job")
	return string(h.on(who).get(path).must(200).body)
}

// A list with a VIP leaves when the head and then IT have approved it; a list without, and the boss's, at once.
func TestVIPExportTemplate(t *testing.T) {
	var vip policy.ID
	eachHold(t, "vip_export", func(t *testing.T, h *hold) {
		vip = h.add("customer", map[string]any{"name": "贵宾", "tags": []string{"VIP", "老客户"}, "owner": h.people["seller"].String()})
		if got := h.file("seller", h.exports("seller", []string{"name"}, "")); !strings.Contains(got, "贵宾") {
			t.Errorf("before it is switched on the file is %q", got)
		}
	}, func(t *testing.T, h *hold) {
		h.held(h.exports("seller", []string{"name"}, ""), "export")
		h.held(h.exports("head", []string{"name"}, ""), "export")
		if got := h.file("seller", h.exports("seller", []string{"name"}, "!('VIP' in r.tags)")); strings.Contains(got, "贵宾") {
			t.Errorf("the file without the VIP is %q", got)
		}
		if got := h.file("seller", h.exports("seller", []string{"name"}, "r.name == '关山贸易'")); !strings.Contains(got, "关山贸易") {
			t.Errorf("the file without the VIP is %q", got)
		}
		if got := h.file("boss", h.exports("boss", []string{"name"}, "")); !strings.Contains(got, "贵宾") {
			t.Errorf("the boss's file is %q", got)
		}
		ask := map[string]any{"kind": "customer", "fields": []string{"name"}, "sort": "name", "format": "csv"}
		r := h.asks("seller", "export", ask, func() { h.held(h.exports("seller", []string{"name"}, ""), "export") }, "head", "admin")
		if got := h.approvedFile("seller", r); !strings.Contains(got, "贵宾") || !strings.Contains(got, "关山贸易") || strings.Contains(got, "北辰集团") {
			t.Errorf("the approved file is %q", got)
		}
		h.held(h.exports("seller", []string{"name"}, ""), "export") // it was approved once

		// The tag goes, and with it what held the record.
		h.edits("boss", "customer", vip, map[string]any{"tags": []string{"老客户"}}).must(200)
		if got := h.file("seller", h.exports("seller", []string{"name"}, "")); !strings.Contains(got, "贵宾") {
			t.Errorf("without the tag the file is %q", got)
		}
	})
}

// Bank accounts leave when the head and then IT have approved it; the same list without them, or of those who
// have none, at once.
func TestSensitiveExportTemplate(t *testing.T) {
	const account = "6222020903001473077"
	sensitive := []string{"name", "bank_account"}
	eachHold(t, "sensitive_export", func(t *testing.T, h *hold) {
		h.add("customer", map[string]any{"name": "有账号", "bank_account": account, "owner": h.people["seller"].String()})
		if got := h.file("staff", h.exports("staff", sensitive, "")); !strings.Contains(got, account) {
			t.Errorf("before it is switched on the file is %q", got)
		}
	}, func(t *testing.T, h *hold) {
		h.held(h.exports("staff", sensitive, ""), "export")
		if got := h.file("staff", h.exports("staff", []string{"name"}, "")); !strings.Contains(got, "有账号") {
			t.Errorf("the file without accounts is %q", got)
		}
		if got := h.file("staff", h.exports("staff", sensitive, "r.name == '关山贸易'")); !strings.Contains(got, "关山贸易") {
			t.Errorf("the file of who has no account is %q", got)
		}
		// Who sees accounts masked has them masked in the file, which nothing holds.
		if got := h.file("seller", h.exports("seller", sensitive, "")); strings.Contains(got, account) || !strings.Contains(got, "有账号") {
			t.Errorf("the seller's file is %q", got)
		}
		if got := h.file("boss", h.exports("boss", sensitive, "")); !strings.Contains(got, account) {
			t.Errorf("the boss's file is %q", got)
		}
		ask := map[string]any{"kind": "customer", "fields": sensitive, "sort": "name", "format": "csv"}
		r := h.asks("staff", "export", ask, func() { h.held(h.exports("staff", sensitive, ""), "export") }, "boss", "admin")
		if got := h.approvedFile("staff", r); !strings.Contains(got, account) {
			t.Errorf("the approved file is %q", got)
		}
	})
}

// A customer gets another owner when the head over it has approved: on its own or with many, by its owner or
// by assigning it anew. What else is done with it, and what lies in a pool, is as before.
func TestTransferApprovalTemplate(t *testing.T) {
	var pool policy.ID
	eachHold(t, "transfer_approval", func(t *testing.T, h *hold) {
		pool = into[made](h.on("boss").post("/api/v1/org/pools", map[string]any{"name": "公海", "open": []any{map[string]any{"unit": h.sales.String(), "below": true}}}).must(201)).ID
		h.on("head").do("POST", customers(h.own)+"/transfer", map[string]any{"to": h.people["rival"].String()}, "If-Match", "1").must(200)
		h.on("head").post(customers(h.own)+"/assign", map[string]any{"person": h.people["seller"].String()}).must(200)
	}, func(t *testing.T, h *hold) {
		rival, own := h.people["rival"].String(), h.own.String()
		owner := func() string {
			t.Helper()
			return into[item](h.on("boss").get(customers(h.own)).must(200)).Fields["owner"].(string)
		}
		stays := func() {
			t.Helper()
			if owner() != h.people["seller"].String() {
				t.Fatal("it changed hands without an approval")
			}
		}
		back := func() {
			t.Helper()
			h.edits("boss", "customer", h.own, map[string]any{"owner": h.people["seller"].String()}).must(200) // the boss needs nobody
		}
		gone := func() {
			t.Helper()
			if owner() != rival {
				t.Fatal("what was approved was not done")
			}
			back()
		}
		h.held(h.edits("head", "customer", h.own, map[string]any{"owner": rival}), "transfer")
		h.held(h.on("head").do("POST", customers(h.own)+"/transfer", map[string]any{"to": rival}, "If-Match", fmt.Sprint(into[item](h.on("head").get(customers(h.own)).must(200)).Version)), "transfer")
		h.held(h.on("head").post(customers(h.own)+"/assign", map[string]any{"person": rival}), "pool")
		stays()
		h.edits("head", "customer", h.own, map[string]any{"remark": "换个称呼"}).must(200)

		h.asks("head", "transfer", map[string]any{"kind": "customer", "record": own, "to": rival}, stays, "boss")
		gone()
		h.asks("head", "pool", map[string]any{"kind": "customer", "record": own, "action": "assign", "person": rival}, stays, "boss")
		gone()
		// Of many: those of others go along by one request.
		plan := into[struct {
			ID         policy.ID
			Will, Held int
		}](h.on("head").post("/api/v1/records/customer/bulk/preview", map[string]any{"ids": []string{own}, "change": map[string]any{"transfer": map[string]any{"owner": rival}}}).must(200))
		if plan.Will != 0 || plan.Held != 1 {
			t.Fatalf("%+v", plan)
		}
		h.asks("head", "mass", map[string]any{"preview": plan.ID.String()}, stays, "boss")
		gone()
		// A seller's own wish, which they have no right to themselves, goes to the head.
		h.asks("seller", "transfer", map[string]any{"kind": "customer", "record": own, "to": rival}, stays, "head")
		gone()

		lying := h.add("customer", map[string]any{"name": "在公海", "pool": pool.String()})
		h.on("head").post(customers(lying)+"/assign", map[string]any{"person": rival}).must(200)
		next := h.add("customer", map[string]any{"name": "也在公海", "pool": pool.String()})
		h.on("seller").do("POST", customers(next)+"/claim", nil).must(200)
	})
}

// A contract is signed when the head and finance have both agreed, and goes on from there in the same way; one
// that is made as signed is held too. What comes before, and the boss, needs nobody.
func TestSigningApprovalTemplate(t *testing.T) {
	eachHold(t, "signing_approval", func(*testing.T, *hold) {}, func(t *testing.T, h *hold) {
		fields := func(number, stage string) map[string]any {
			return map[string]any{"number": number, "customer": h.own.String(), "stage": stage, "total": "8800.00"}
		}
		id := into[item](h.on("seller").post("/api/v1/records/contract", map[string]any{"fields": fields("HT-1", "draft")}).must(201)).ID
		path := "/api/v1/records/contract/" + id.String()
		at := func(stage string) func() {
			return func() {
				t.Helper()
				if got := into[item](h.on("seller").get(path).must(200)).Fields["stage"]; got != stage {
					t.Fatalf("it stands in %v, not %s", got, stage)
				}
			}
		}
		change := func(stage string) map[string]any {
			return map[string]any{"kind": "contract", "record": id.String(), "version": into[item](h.on("seller").get(path).must(200)).Version, "fields": map[string]any{"stage": stage}}
		}
		h.edits("seller", "contract", id, map[string]any{"stage": "review"}).must(200)
		h.held(h.edits("seller", "contract", id, map[string]any{"stage": "signed"}), "change")
		at("review")()
		h.asks("seller", "change", change("signed"), at("review"), "head", "staff")
		at("signed")()
		h.edits("seller", "contract", id, map[string]any{"name": "续保"}).must(200)
		h.held(h.edits("seller", "contract", id, map[string]any{"stage": "performing"}), "change")
		h.held(h.edits("head", "contract", id, map[string]any{"stage": "draft"}), "change")
		h.asks("seller", "change", change("performing"), at("signed"), "staff", "head") // whoever comes first
		at("performing")()
		h.edits("seller", "contract", id, map[string]any{"stage": "completed"}).must(200)

		// Made as signed it would have passed by.
		h.held(h.on("seller").post("/api/v1/records/contract", map[string]any{"fields": fields("HT-2", "signed")}), "create")
		h.held(h.on("seller").post("/api/v1/records/contract", map[string]any{"fields": fields("HT-2", "performing")}), "create")
		h.asks("seller", "create", map[string]any{"kind": "contract", "fields": fields("HT-2", "signed")}, func() {}, "head", "staff")
		h.on("boss").post("/api/v1/records/contract", map[string]any{"fields": fields("HT-3", "signed")}).must(201)

		// That nobody passes 'signed' by is a matter of the moves, as the template says.
		third := into[item](h.on("seller").post("/api/v1/records/contract", map[string]any{"fields": fields("HT-4", "review")}).must(201)).ID
		stages := into[store.WrittenStages](h.on("boss").get("/api/v1/policy/stages/contract").must(200))
		for i := range stages.Stages {
			if stages.Stages[i].Code == "performing" {
				stages.Stages[i].Anywhere, stages.Stages[i].From = false, []string{"signed"}
			}
		}
		h.on("boss").do("PUT", "/api/v1/policy/stages/contract", map[string]any{"stages": stages.Stages}, "If-Match", "0").must(200)
		h.edits("seller", "contract", third, map[string]any{"stage": "performing"}).is(400, "stage_gate")
	})
}

// Where nobody holds finance the template cannot be published, and it is said where and why: otherwise contracts
// would wait for nobody.
func TestTemplateWithoutApprover(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		refused := p.switchesOn("signing_approval").is(400, "draft_problems").problem()
		if len(refused.Errors) == 0 || !strings.Contains(refused.Errors[0].At, "duty.approval") {
			t.Errorf("%+v", refused)
		}
		if rules := string(p.as("admin").get("/api/v1/policy/rules").must(200).body); strings.Contains(rules, "signing_approval") {
			t.Error("it is in force all the same")
		}
	})
}
